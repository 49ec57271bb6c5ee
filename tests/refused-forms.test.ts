// A form that is refused stays open with what was typed in it, and is recorded once it is right.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboundForm } from '../src/chat/port.ts'
import { linesOf } from './support/record.ts'
import { declareRoom } from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

let ward: TestWardroom
beforeAll(async () => {
  ward = await testWardroom()
})
afterAll(() => ward.stop())

const form = (verb: string, values: InboundForm['values'], more: Partial<InboundForm> = {}): InboundForm => ({
  type: 'form',
  key: `form:${verb}`,
  platform: 'slack',
  workspace: 'T0PRACTICE',
  actor: 'U0DANAREYES',
  actorKind: 'human',
  at: ward.clock.now(),
  verb,
  values,
  carry: {},
  ...more,
})

test('a declare form with a time to come says so at its field, and the corrected one declares', async () => {
  const values = { sentence: 'my laptop was stolen', kind: 'device' }
  const wrong = await ward.handle(form('declare', { ...values, noticed: '2026-12-24T10:00:00.000Z' }))
  expect(wrong).toMatchObject({
    kind: 'errors',
    errors: { noticed: expect.stringContaining('still to come') },
  })
  expect(await ward.store.incidents()).toHaveLength(0)
  const right = await ward.handle(form('declare', { ...values, noticed: '2026-11-20T22:00:00.000Z' }))
  expect(right.kind).toBe('reply')
  expect(await ward.store.incidents()).toHaveLength(1)
})

test('in an incident the corrected form is no repetition of the refused one, and a double click is', async () => {
  const [state] = await ward.store.incidents()
  const send = (at: string) =>
    ward.handle(form('fact', { fact: 'discovered', value: at }, { incident: state?.incident ?? '' }))
  expect(await send('2026-12-24T10:00:00.000Z')).toMatchObject({ kind: 'errors' })
  const right = await send('2026-11-19T22:00:00.000Z')
  expect(JSON.stringify(right)).toContain('Thu 19 Nov 2026')
  expect(JSON.stringify(await send('2026-11-19T22:00:00.000Z'))).toContain('it arrived twice')
})

const reasonForm = (line: string, more: Partial<InboundForm> = {}) =>
  form('close', { acting_reason: 'nobody else is awake' }, { carry: { acting: 'commander', line }, ...more })

test('a line that came back otherwise than it was typed is not run, and is on the record as it came', async () => {
  const [state] = await ward.store.incidents()
  const incident = state?.incident ?? ''
  const line = 'close false-alarm because found [as the form gave it back; the message had 4000 characters]'
  const came = await ward.handle(reasonForm(line, { incident, altered: ['line'], key: 'altered-1' }))
  expect(JSON.stringify(came)).toContain('it was not run. Type it again.')
  expect((await ward.store.incident(incident))?.closed).toBeNull()
  const [last] = (await linesOf(ward, incident)).slice(-1)
  expect(last).toMatchObject({
    kind: 'command.refused',
    data: { reason: 'not-as-typed' },
    text: { typed: line },
  })
})

test('where only a button can open the form, a line too long for it is asked for where the form opens', async () => {
  const ward = await testWardroom()
  const { incident, room } = await declareRoom(ward)
  const asked = (key: string, line: string) =>
    ward.handle({
      ...{ type: 'command', via: 'direct', canOpenForm: false, key, room, incident },
      ...{ platform: 'slack', workspace: 'T0PRACTICE', actor: 'U0SAMOKAFOR', actorKind: 'human' },
      ...{ at: ward.clock.now(), line },
    })
  const long = JSON.stringify(await asked('a', `fact chat-compromised${' '.repeat(3000)}yes`))
  expect(long).toContain('Type the same after /incident')
  expect(long).not.toContain('"buttons"')
  expect(await asked('b', 'fact chat-compromised yes')).toMatchObject({
    card: { blocks: [{}, { buttons: [{ line: 'fact chat-compromised yes', form: true }] }] },
  })
  expect((await ward.store.incident(incident))?.facts['chat-compromised']).toBeUndefined()
  await ward.close()
})
