// The picture in the README, taken anew by: SCREENSHOT=1 npx vitest run --config tests/vitest.config.ts tests/screenshot.test.ts
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { atBrowser, hasBrowser } from './support/browser.ts'

const path = fileURLToPath(new URL('../src/practice/page/screenshot.png', import.meta.url))
const room = 'inc-2026-0001'

test.skipIf(!hasBrowser || !process.env.SCREENSHOT)('a lost laptop on a Friday night', async () => {
  const at = await atBrowser()
  try {
    const { actAs, go, say, press, submit, message, page } = await at.visit()
    await actAs('sam')
    await say('/incident my laptop was stolen')
    await page.getByTestId('modal').waitFor()
    await submit()
    await go(room)
    await message(/Clocks — counted from/).waitFor()
    await actAs('priya')
    await press('Last change', 'I lead this')
    await message(/Commander\s+@Priya Nair/).waitFor()
    await actAs('dana')
    await say('/incident claim privacy officer')
    await message(/Privacy\s+@Dana Reyes/).waitFor()
    await actAs('sam')
    await say('Device management saw it online at 22:10, from the garage. I cannot prove it was encrypted.')
    await message('from the garage').waitFor()
    await actAs('priya')
    await say('/incident decide Wipe the laptop now because its encryption is not proven')
    await message('Why: its encryption is not proven').waitFor()
    await say('Wipe is sent. @dana how long do we have?')
    await message('Wipe is sent').waitFor()
    await actAs('dana')
    await say('/incident clocks')
    await message(/Clocks — counted from/)
      .getByTestId('ephemeral')
      .waitFor()
    await page.mouse.move(300, 26)
    const picture = await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    expect(picture.byteLength).toBeLessThan(400_000)
  } finally {
    await at.close()
  }
})
