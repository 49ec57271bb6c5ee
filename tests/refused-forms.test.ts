// A form that is refused stays open with what was typed in it, and is recorded once it is right.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InboundForm } from '../src/chat/port.ts'
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

test('a line too long to wait in a form for a reason is never run cut', async () => {
  const [state] = await ward.store.incidents()
  const long = `close false-alarm because ${'found in the boot '.repeat(200)}`
  const answer = await ward.handle({
    ...{ type: 'command', via: 'slash', line: long, canOpenForm: true, key: 'long-1' },
    ...{ platform: 'slack', workspace: 'T0PRACTICE', actor: 'U0LEECHAN00', actorKind: 'human' },
    ...{ at: ward.clock.now(), incident: state?.incident ?? '' },
  })
  const now = await ward.store.incident(state?.incident ?? '')
  const recorded = now?.closed
    ? (await ward.store.texts(now.incident, [now.closed.seq])).get(now.closed.seq)?.reason
    : ''
  expect(recorded ? recorded.length : JSON.stringify(answer)).toEqual(
    recorded ? long.length - 'close false-alarm because '.length - 1 : expect.stringContaining('too long'),
  )
})
