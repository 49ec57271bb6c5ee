/** What was said or typed at any length goes through a form and onto the record whole, through the practice workspace. */
import { describe, expect, test } from 'vitest'
import { start } from './support/patience.ts'
import { declareRoom, HELPDESK, kinds, record } from './support/war-room.ts'
import type { TestWardroom } from './support/wardroom.ts'

interface Block {
  readonly type: string
  readonly block_id: string
  readonly text?: { readonly text: string }
}

const flag = '👩🏽‍⚕️'
const parts = [
  '  My laptop was in the car & <the car> is gone; the ticket says &lt;stolen&gt; &amp; |closed|.\n\n',
  'המחשב נגנב מהרכב אתמול בלילה. سُرق الحاسوب من السيارة.\r\n',
  ` ${flag} :rotating_light: 🇺🇸🇨🇦 电脑在车里被偷了。 e\u0301 *not bold* _nor_ ~this~ \`code\`\t\n`,
  ' '.repeat(5000),
]
/** As many characters as Slack takes, with every kind of trouble, ending in white space. */
const longest = [...`${parts.join('').repeat(12)}${flag.repeat(4000)}`]
  .slice(0, 39_998)
  .join('')
  .concat(' \n')
const inFull = { 'of 40,000 characters of every kind': longest, 'of nothing but emoji': '🚑'.repeat(40_000) }

const blocksOf = (wardroom: TestWardroom, who: string) =>
  (wardroom.practice.as(who).modal()?.view.blocks ?? []) as Block[]
const carried = (wardroom: TestWardroom, who: string) =>
  blocksOf(wardroom, who).filter(({ block_id }) => block_id.startsWith('c:'))

async function fromMessage(
  wardroom: TestWardroom,
  who: string,
  channel: string,
  shortcut: string,
  text: string,
) {
  const { practice } = wardroom
  const ts = await practice.as('sam').post(channel, text)
  await practice.as(who).messageShortcut(shortcut, channel, ts)
  await practice.waitFor(() => practice.as(who).modal(), 'the form', 20_000)
  return ts
}

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  test.each(Object.entries(inFull))(
    'a message %s is declared from whole, also after a refusal',
    async (_, text) => {
      const wardroom = await start({ mode })
      expect([...text]).toHaveLength(40_000)
      const ts = await fromMessage(wardroom, 'lee', HELPDESK, 'declare_from_message', text)
      const shown = carried(wardroom, 'lee')
      expect(shown.length).toBeGreaterThan(13)
      const lee = wardroom.practice.as('lee')
      const late = Date.parse('2026-12-24T10:00:00Z') / 1000
      const refused = await lee.submit({ 'f:noticed': late as never, 'f:sentence': 'a laptop is gone' })
      expect(JSON.stringify(refused.errors)).toContain('still to come')
      expect(carried(wardroom, 'lee')).toEqual(shown)
      const noticed = Date.parse('2026-11-20T22:00:00Z') / 1000
      expect(await lee.submit({ 'f:noticed': noticed as never, 'f:sentence': 'a laptop is gone' })).toEqual({
        isSent: true,
        errors: null,
      })
      await wardroom.settle()
      const [state] = await wardroom.store.incidents()
      const [entry] = await kinds(wardroom, state!.incident, 'evidence.recorded')
      expect(entry?.text.body === text).toBe(true)
      expect(entry?.data).toMatchObject({ message: ts, byPerson: 'U0SAMOKAFOR' })
    },
  )
})

test('a message of 40,000 characters becomes evidence whole', async () => {
  const wardroom = await start()
  const war = await declareRoom(wardroom)
  await fromMessage(wardroom, 'sam', war.room, 'record_evidence', longest)
  await wardroom.practice.as('sam').submit({ 'f:note': 'all that was seen' })
  await wardroom.settle()
  const [entry] = await kinds(wardroom, war.incident, 'evidence.recorded')
  expect(entry?.text.body === longest).toBe(true)
  expect(entry?.text.note).toBe('all that was seen')
})

test('somebody who types all they know to declare loses none of it', async () => {
  const wardroom = await start()
  const { practice, settle } = wardroom
  const typed = `my laptop was stolen ${flag} & ${'and then I looked in the boot\n'.repeat(200)}and it was gone`
  await practice.as('jo').command(HELPDESK, `/incident ${typed}`)
  await practice.waitFor(() => practice.as('jo').modal(), 'the form', 20_000)
  expect(JSON.stringify(blocksOf(wardroom, 'jo'))).toContain('What you typed, as it will be recorded:')
  await practice.as('jo').submit({})
  await settle()
  const [state] = await wardroom.store.incidents()
  const [entry] = await kinds(wardroom, state!.incident, 'evidence.recorded')
  expect(entry?.text.body).toBe(typed)
  expect(entry?.actor.id).toBe('U0JOPARK000')
})

test('a line of any length waits in the form for its reason and is run as it was typed', async () => {
  const wardroom = await start()
  const war = await declareRoom(wardroom)
  const line = `fact chat-compromised${' '.repeat(9000)}yes by "${flag} & <a nurse>"`
  await wardroom.practice.as('sam').command(war.room, `/incident ${line}`)
  await wardroom.practice.waitFor(() => wardroom.practice.as('sam').modal(), 'the form', 20_000)
  expect(JSON.stringify(blocksOf(wardroom, 'sam'))).toContain('What you typed, as it will be run:')
  await wardroom.practice.as('sam').submit({ 'f:acting_reason': 'nobody else is awake' })
  await wardroom.settle()
  const lines = await record(wardroom, war.incident)
  const told = (kind: string) => lines.findLast((each) => each.kind === kind)?.text
  expect(told('fact.recorded')?.by).toBe(`${flag} & <a nurse>`)
  expect(told('command.ran')?.typed === line).toBe(true)
  expect(told('role.acted')?.reason).toBe('nobody else is awake')
})
