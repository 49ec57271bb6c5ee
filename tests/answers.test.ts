/** Private answers: what stands on them works wherever they are read, in the room or in the chat between bot and person. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbound } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import type { Button, Card } from '../src/views/card.ts'
import { testDatabase } from './support/database.ts'
import { AT, linesOf, PLACE } from './support/record.ts'
import { type StillWardroom, stillWardroom } from './support/still.ts'

const INCIDENT = 'inc-2026-0001'
const ROOM = `C-${INCIDENT}`
let wardroom: StillWardroom
let count = 0

beforeAll(async () => {
  wardroom = await stillWardroom(await testDatabase())
  await wardroom.handle(typed('declare my laptop was stolen'))
  while ((await deliverPass(wardroom.delivering)) > 0);
})
afterAll(() => wardroom.database.close())

const from = { ...PLACE, actor: 'U0SAMOKAFOR', actorKind: 'human' as const, at: AT }
const key = () => {
  count += 1
  return `slack:T0PRACTICE:answers:${count}`
}

const typed = (line: string, more: { room?: string; canOpenForm?: boolean } = {}): Inbound => ({
  ...from,
  ...{ type: 'command', via: 'slash', key: key(), line, room: ROOM, canOpenForm: true },
  ...more,
})

async function answerTo(inbound: Inbound): Promise<Card> {
  const answer = await wardroom.handle(inbound)
  if (answer.kind !== 'reply') throw new Error(`answered with ${answer.kind}`)
  return answer.card
}

const buttonsOn = (card: Card): Button[] =>
  card.blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons
    return block.kind === 'lines' && block.button ? [block.button] : []
  })

test('a button that is about the incident names it, and one that is about none does not', async () => {
  const buttons = buttonsOn(await answerTo(typed('asign scribe <@U0LEECHAN00>')))
  expect(buttons.map(({ label, incident }) => [label, incident])).toEqual([
    ['Run it', INCIDENT],
    ['Help', undefined],
    ['Declare instead', undefined],
  ])
})

test('pressed in the chat between bot and person it acts in the incident all the same', async () => {
  const [run] = buttonsOn(await answerTo(typed('asign scribe <@U0LEECHAN00>')))
  const pressed = { ...from, type: 'command', via: 'button', key: key(), line: run!.line } as const
  const card = await answerTo({ ...pressed, incident: run!.incident!, room: 'D-SAM', canOpenForm: false })
  const [open] = buttonsOn(card)
  expect(open).toMatchObject({ line: 'assign scribe <@U0LEECHAN00>', incident: INCIDENT, form: true })
})

test('a reason given for acting stands behind the command it was given for, however the form was opened', async () => {
  const own = { role: 'scribe', person: 'U0LEECHAN00', reason: 'nobody else is awake' }
  const asked = { acting: 'privacy-officer', line: 'fact chat-compromised yes by "a nurse"' }
  const form = { ...from, type: 'form', incident: INCIDENT, room: ROOM } as const
  await wardroom.handle({ ...form, key: key(), verb: 'assign', values: own, carry: {} })
  await wardroom.handle({
    ...form,
    ...{ key: key(), verb: 'fact', values: { acting_reason: 'nobody else is awake' }, carry: asked },
  })
  const kinds = (await linesOf(wardroom, INCIDENT)).map(({ kind }) => kind)
  const before = kinds.flatMap((kind, at) => (kind === 'role.acted' ? [kinds[at - 1]] : []))
  expect(before).toEqual(['command.ran', 'command.ran'])
})

test('what-if leaves no trace in the room it was asked in, answered or refused', async () => {
  const before = (await linesOf(wardroom, INCIDENT)).length
  expect(await answerTo(typed('clocks what-if 18 Nov 2026 612'))).toMatchObject({
    summary: 'What if: nothing was recorded.',
  })
  expect((await answerTo(typed('clocks what-if no day'))).summary).toBe('Nothing was recorded.')
  expect((await linesOf(wardroom, INCIDENT)).length).toBe(before)
})
