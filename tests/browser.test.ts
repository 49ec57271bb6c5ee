// A person at a browser: an incident from the first words to the reminder of its last day, and the same by keyboard.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AtBrowser, atBrowser, hasBrowser, unnamed, type Visitor } from './support/browser.ts'

const room = 'inc-2026-0001'

describe.skipIf(!hasBrowser)('at a browser (left out where no Chromium is found: set CHROMIUM)', () => {
  let at: AtBrowser
  let who: Visitor
  beforeAll(async () => {
    at = await atBrowser()
    who = await at.visit()
  })
  afterAll(() => at?.close())

  it('declares from a sentence: the form has it already, and the room opens with its four posts', async () => {
    await who.actAs('sam')
    await who.say('/incident my laptop was stolen')
    await who.page.getByTestId('modal').waitFor()
    expect(await who.field('What happened, in one sentence').inputValue()).toBe('my laptop was stolen')
    expect(await who.field('Kind').inputValue()).toBe('lost-device')
    expect(await unnamed(who.page)).toEqual([])
    await who.submit()
    // The bot is no member of this channel; the answer comes back to where it was asked all the same.
    await who.message('inc-2026-0001 · lost or stolen device is declared').getByTestId('ephemeral').waitFor()
    await who.go(room)
    await who.message('Everything said here is recorded').waitFor()
    await who.message(/Clocks — counted from Fri 20 Nov 2026/).waitFor()
    await who.message(/Declare and open the record/).waitFor()
    const status = who.message('nobody yet — @Priya Nair is asked first')
    await status.getByText('Pinned').waitFor()
    expect(await status.textContent()).toMatch(/Last day\s+Tue 19 Jan 2027 · 60 days left/)
    expect(await unnamed(who.page)).toEqual([])
  })

  it('refuses a time to come at its field, keeps what was typed, and takes the corrected form', async () => {
    await who.go('general')
    await who.say('/incident declare')
    const noticed = who.field('When anyone here first noticed')
    await who.field('What happened, in one sentence').fill('a fax went astray')
    await who.field('Kind').selectOption('misdirected-disclosure')
    await noticed.fill('2026-12-24T10:00')
    await who.page.getByTestId('modal-submit').click()
    await who.page.getByTestId('field-error').getByText('still to come').waitFor()
    expect(await who.field('What happened, in one sentence').inputValue()).toBe('a fax went astray')
    await noticed.fill('2026-11-20T09:00')
    await who.submit()
    await who.page.getByTestId('channel:inc-2026-0002').waitFor()
  })

  it('assigns: one takes the lead from the card and gives a role by name', async () => {
    await who.actAs('priya')
    await who.go(room)
    await who.press('Last change', 'I lead this')
    await who.message(/Commander\s+@Priya Nair/).waitFor()
    await who.say('/incident assign detection lead @sam')
    await who.message('@Sam Okafor now holds detection lead').getByTestId('ephemeral').waitFor()
    await who.actAs('dana')
    await who.say('/incident claim privacy officer')
    await who.message(/Privacy\s+@Dana Reyes/).waitFor()
  })

  it('a typo is answered with what was meant, and one press runs it', async () => {
    await who.say('/incident clcks')
    await who.press('There is no command', 'Run it')
    await who
      .message(/Clocks — counted from/)
      .getByTestId('ephemeral')
      .waitFor()
  })

  it('completes a checklist item with its evidence', async () => {
    await who.actAs('sam')
    await who.press('Declare and open the record', 'Complete D6')
    await who.field('Evidence').fill('Scope sheet in ticket HD-4471')
    await who.submit()
    await who.message('D6 is done.').waitFor()
    await who.message(/✓ D6 List the systems/).waitFor()
  })

  it('records a decision, and the room sees it', async () => {
    await who.say('/incident decide wipe the laptop remotely because its encryption is not proven')
    const card = who.message('Why: its encryption is not proven')
    await card.getByText(/Decision 1/).waitFor()
    expect(await card.textContent()).toContain('Decided by @Sam Okafor')
  })

  it('a command said in a thread is answered there to one person, and that is no reply', async () => {
    const card = who.message('Why: its encryption is not proven')
    await card.focus()
    await card.getByRole('button', { name: 'Reply in thread' }).click()
    const thread = who.page.locator('#thread')
    await who.page.getByTestId('thread-composer').fill('@wardroom note the wipe was confirmed')
    await who.page.getByTestId('thread-composer').press('Enter')
    await thread.getByTestId('ephemeral').waitFor()
    await thread.getByText('Note recorded.').waitFor()
    await thread.getByText('1 reply', { exact: true }).waitFor()
    expect(await unnamed(who.page)).toEqual([])
    await who.page.getByTestId('close-thread').click()
  })

  it('moves the clock to the next reminder, and the privacy officer sees it', async () => {
    await who.actAs('dana')
    await who.go('Wardroom')
    const clock = who.page.getByTestId('clock')
    const before = Date.parse((await clock.getAttribute('datetime')) ?? '')
    const reminder = who.message('Seen; the deadline stays')
    for (let moves = 0; moves < 6 && (await reminder.count()) === 0; moves++) {
      const now = await clock.getAttribute('datetime')
      await who.page.getByTestId('clock-next').click()
      await expect.poll(() => clock.getAttribute('datetime')).not.toBe(now)
      await expect.poll(() => who.page.locator('#clock').getAttribute('aria-busy')).toBeNull()
    }
    await reminder.waitFor()
    expect(await reminder.textContent()).toMatch(/letters to individuals · last day Tue 19 Jan 2027/)
    const after = Date.parse((await clock.getAttribute('datetime')) ?? '')
    expect(after - before).toBeGreaterThan(7 * 86_400_000)
    await reminder.getByRole('button', { name: 'Seen; the deadline stays' }).first().click()
    await who.messages
      .getByText(/last day Tue 19 Jan 2027/)
      .last()
      .waitFor()
  })

  it('a letter sent is proved by a file: chosen, taken back, chosen again', async () => {
    await who.go(room)
    await who.say('/incident notify individuals sent')
    const [files, list] = [who.field('Proof as files'), who.page.getByTestId('picked-files')]
    const choose = (name: string) =>
      files.setInputFiles({ name, mimeType: 'application/pdf', buffer: Buffer.from(name) })
    await choose('wrong.pdf')
    await list.getByRole('button', { name: 'Take back wrong.pdf' }).click()
    await choose('receipt.pdf')
    await list.getByText('receipt.pdf').waitFor()
    expect(await list.getByRole('listitem').count()).toBe(1)
    expect(await unnamed(who.page)).toEqual([])
    await who.field('Sent on').fill('2026-11-21')
    await who.field('To how many people').fill('612')
    await who.field('By what manner').selectOption('mail')
    await who.submit()
    await who.message('A file is being fetched').getByTestId('ephemeral').waitFor()
    await who.message('Letters to individuals went out').waitFor()
    await who.say('/incident notify individuals')
    await who.message(/receipt\.pdf · SHA-256 [0-9a-f]{64} · kept as entry/).waitFor()
  })

  it('the Home and a phone-wide window are whole and named', async () => {
    await who.page.getByRole('button', { name: 'Wardroom Home' }).click()
    await who.page.getByTestId('home').getByText(room).first().waitFor()
    expect(await unnamed(who.page)).toEqual([])
    const phone = await at.visit({ width: 390, height: 844 })
    expect(await unnamed(phone.page)).toEqual([])
    const { scrollWidth } = await phone.page.locator('html').evaluate(({ scrollWidth }) => ({ scrollWidth }))
    expect(scrollWidth).toBe(390)
    await phone.page.context().close()
  })

  it('a long message stands whole in its form on a phone, below the fields, and the button stays in reach', async () => {
    const phone = await at.visit({ width: 390, height: 844 })
    const { page } = phone
    await phone.say(`The tablet is gone.\n${`${'x'.repeat(300)}\nהטאבלט נעלם.\n`.repeat(40)}And that is all.`)
    await phone.message('And that is all.').focus()
    await phone.message('And that is all.').getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Declare from message' }).click()
    const body = page.getByTestId('modal-body')
    await body.getByText('The message, as it will be recorded:').waitFor()
    const widths = await body.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])
    expect(widths[0]).toBe(widths[1])
    await body.getByText('And that is all.').last().scrollIntoViewIfNeeded()
    const isInReach = (box: { y: number; height: number } | null) => box !== null && box.y + box.height < 844
    expect(isInReach(await page.getByTestId('modal-submit').boundingBox())).toBe(true)
    expect(await unnamed(page)).toEqual([])
    await phone.submit()
    await page.context().close()
  })

  it('declares by keyboard alone', async () => {
    const typist = await at.visit()
    const { keyboard } = typist.page
    const focused = () => typist.page.evaluate<string>("document.activeElement?.dataset.testid ?? ''")
    await expect.poll(focused).toBe('composer')
    await keyboard.type('/incident the ward printer held a stack of letters')
    await keyboard.press('Enter')
    await typist.page.getByTestId('modal').waitFor()
    for (let stops = 0; stops < 25 && (await focused()) !== 'modal-submit'; stops++)
      await keyboard.press('Tab')
    expect(await focused()).toBe('modal-submit')
    await keyboard.press('Enter')
    await typist.page.getByTestId('modal').waitFor({ state: 'detached' })
    await expect.poll(focused).toBe('composer')
    await typist.page.getByTestId('channel:inc-2026-0003').waitFor()
    await typist.page.context().close()
  })

  it('nobody saw an error on the page', () => expect(at.complaints).toEqual([]))
})
