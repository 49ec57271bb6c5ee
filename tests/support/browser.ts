/**
 * The real program as somebody at a browser meets it: assembled as `wardroom` does, in practice, on free ports with a
 * data directory of its own, beginning on a Friday night. What a person does is waited for by what they then see.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { readConfig } from '../../src/config.ts'
import { makeLog } from '../../src/log.ts'
import { startWardroom } from '../../src/start.ts'
import { findChromium } from './chromium.ts'
import { FRIDAY_NIGHT } from './wardroom.ts'

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const hasBrowser = findChromium() !== undefined

export interface AtBrowser {
  /** A page of a visitor who was never here: nothing remembered, playing whoever the page lists first. */
  readonly visit: (size?: { width: number; height: number }) => Promise<Visitor>
  /** What any page complained of. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

export async function atBrowser(): Promise<AtBrowser> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardroom-browser-'))
  const began = performance.now()
  const fridayNight = () => new Date(Date.parse(FRIDAY_NIGHT) + performance.now() - began)
  const config = readConfig({ DATA_DIR: dataDir, PRACTICE_PORT: '0', HEALTH_PORT: '0' })
  const program = await startWardroom(config, makeLog('silent'), fridayNight)
  const executablePath = findChromium() ?? ''
  const browser: Browser = await chromium.launch({ executablePath, args })
  const complaints: string[] = []
  return {
    complaints,
    async visit(size = { width: 1280, height: 800 }) {
      const context = await browser.newContext({ viewport: size })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (line) => {
        if (['error', 'warning'].includes(line.type())) complaints.push(line.text())
      })
      await page.goto(program.practiceUrl ?? '')
      await page.getByTestId('composer').waitFor()
      return visitor(page)
    },
    async close() {
      await browser.close()
      await program.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export interface Visitor {
  readonly page: Page
  readonly composer: Locator
  /** The messages of the channel shown. */
  readonly messages: Locator
  /** The one message that reads so. */
  readonly message: (words: string | RegExp) => Locator
  readonly actAs: (handle: string) => Promise<void>
  readonly go: (channel: string) => Promise<void>
  readonly say: (words: string) => Promise<void>
  /** Presses a button on the last message that reads so. */
  readonly press: (words: string | RegExp, button: string) => Promise<void>
  readonly field: (label: string) => Locator
  readonly submit: () => Promise<void>
}

function visitor(page: Page): Visitor {
  const composer = page.getByTestId('composer')
  const messages = page.getByTestId('messages-channel')
  const message = (words: string | RegExp) =>
    messages.getByTestId('message').filter({ hasText: words }).last()
  return {
    page,
    composer,
    messages,
    message,
    async actAs(handle) {
      await page.getByTestId('act-as').click()
      const row = page.getByTestId(`act-as:${handle}`)
      const name = (await row.locator('.menu-words > span').first().textContent())?.trim() ?? handle
      await row.click()
      await page.locator('.who-name').filter({ hasText: name }).waitFor()
    },
    async go(channel) {
      await page.getByTestId(`channel:${channel}`).click()
      await page.locator('#place-title').filter({ hasText: channel }).waitFor()
    },
    async say(words) {
      await composer.fill(words)
      await composer.press('Enter')
    },
    async press(words, button) {
      await message(words).getByRole('button', { name: button, exact: true }).click()
    },
    field: (label) =>
      page.getByTestId(`field:${label}`).locator('input:visible, textarea:visible, select:visible').first(),
    async submit() {
      await page.getByTestId('modal-submit').click()
      await page.getByTestId('modal').waitFor({ state: 'detached' })
    },
  }
}

const inPage = readFileSync(new URL('./unnamed.js', import.meta.url), 'utf8')

/** What a screen reader cannot make sense of on the page as it stands. */
export const unnamed = (page: Page): Promise<string[]> => page.evaluate(inPage)
