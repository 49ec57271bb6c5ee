/** Counsel's marks: who may make them, what they cover, and what is kept of them. */
import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/commands/command.ts'
import { typedPrivilege } from '../../src/commands/privilege-words.ts'
import { selecting } from '../../src/domain/bundle-scope.ts'
import { event } from '../../src/domain/events.ts'
import { linkedMessage } from '../../src/domain/message-link.ts'
import type { EntryLine } from '../../src/domain/record.ts'
import { bench, only } from './bench.ts'

const SLACK = 'https://hospital.slack.com/archives/C1/p1795214415250000'
const here = () => {
  const one = bench()
  one.record(
    '',
    event('room.opened', { platform: 'slack', workspace: 'T1', room: 'C1', name: 'inc-2026-0001' }),
  )
  return one
}
const COUNSEL = 'ULEE'

test.each([
  ['of a message on Slack', SLACK, { room: 'C1', message: '1795214415.250000', thread: undefined }],
  [
    'of a reply on Slack',
    `<${SLACK}?thread_ts=1795214000.000100&cid=C1|here>`,
    { room: 'C1', message: '1795214415.250000', thread: '1795214000.000100' },
  ],
  [
    'of a message on Teams',
    'https://teams.microsoft.com/l/message/19%3Aabc%40thread.tacv2/1795214415250?tenantId=x&parentMessageId=1795214415250',
    { room: '19:abc@thread.tacv2', message: '1795214415250', thread: undefined },
  ],
  [
    'of a reply on Teams',
    'https://teams.microsoft.com/l/message/19:abc@thread.tacv2/1795214415250?groupId=x&parentMessageId=1795214000000',
    { room: '19:abc@thread.tacv2', message: '1795214415250', thread: '1795214000000' },
  ],
  [
    'with a broken escape',
    'https://x/l/message/19%zz/1795214415250',
    { room: '19%zz', message: '1795214415250', thread: undefined },
  ],
  ['of nothing', 'https://example.org/archives/', undefined],
])('the link %s is read', (_, words, expected) => expect(linkedMessage(words)).toEqual(expected))

describe('a mark', () => {
  test.each([
    ['a room', 'privilege room because advice', { target: 'room', room: 'C1', message: null }],
    [
      'a message',
      `privilege message ${SLACK} because advice`,
      { target: 'message', room: 'C1', message: '1795214415.250000' },
    ],
    [
      'a message, by its link alone',
      `privilege ${SLACK} because advice`,
      { target: 'message', room: 'C1', message: '1795214415.250000' },
    ],
    [
      'the thread a reply is in',
      `privilege thread ${SLACK}?thread_ts=1795214000.000100 because advice`,
      { target: 'thread', room: 'C1', message: '1795214000.000100' },
    ],
  ])('covers %s', (_, line, data) => {
    const [marked] = only(here().run(COUNSEL, line), 'privilege.marked')
    expect(marked).toMatchObject({ data, text: { basis: 'advice' } })
  })

  test('by a link from before its room had another id goes by the id of today, and is made once', () => {
    const one = here()
    one.record('', event('room.moved', { room: 'C1', newRoom: 'C2' }))
    const [marked] = only(one.run(COUNSEL, `privilege ${SLACK} because advice`), 'privilege.marked')
    expect(marked?.data).toMatchObject({ room: 'C2', message: '1795214415.250000' })
    const again = one.run(COUNSEL, `privilege ${SLACK.replace('C1', 'C2')} because advice`)
    expect(again.refusal?.reason).toBe('privilege-marked')
  })

  test.each([
    ['the message it was asked on', 'message', '1795214415.250000'],
    ['the thread that message is in', 'thread', '1795214000.000100'],
  ])('by the menu covers %s', (_, target, message) => {
    const values = {
      target,
      about_room: 'C1',
      about_message: '1795214415.250000',
      about_thread: '1795214000.000100',
      reason: 'advice',
    }
    expect(only(here().submit(COUNSEL, 'privilege', values), 'privilege.marked')[0]?.data).toEqual({
      target,
      room: 'C1',
      message,
    })
  })

  test('typed in a thread covers that thread', () => {
    const context = { room: 'C1', thread: '1795214000.000100', word: '@Wardroom' } as Context
    expect(typedPrivilege('because advice', context)).toEqual({
      target: 'thread',
      about_room: 'C1',
      about_thread: '1795214000.000100',
      reason: 'advice',
    })
    expect(typedPrivilege('because advice', { ...context, thread: undefined } as never)).toBeUndefined()
  })

  test.each([
    ['by the commander', 'UKIM', 'privilege room because advice', 'not-permitted'],
    ['by the privacy officer', 'UDANA', 'privilege room because advice', 'not-permitted'],
    ['by somebody kept out', 'UEVE', 'privilege room because advice', 'not-a-participant'],
    [
      'in another room',
      COUNSEL,
      `privilege ${SLACK.replace('/C1/', '/C2/')} because advice`,
      'privilege-room',
    ],
    ['a second time', COUNSEL, `privilege thread ${SLACK} because advice`, 'privilege-marked'],
    ['lifted that there is not', COUNSEL, 'privilege lift 7 because no', 'privilege-number'],
    ['lifted without saying which', COUNSEL, 'privilege lift because no', 'privilege-lift'],
  ])('is refused %s', (_, who, line, reason) => {
    const one = here()
    one.give({ commander: 'UKIM' })
    one.run(COUNSEL, `privilege thread ${SLACK} because advice`)
    expect(one.run(who, line).refusal?.reason).toBe(reason)
  })

  test('without a basis opens the form that asks for it', () =>
    expect(
      here()
        .run(COUNSEL, 'privilege room')
        .form?.fields.map(({ name }) => name),
    ).toEqual(['target', 'link', 'people', 'reason']))

  test('is lifted with a reason, once, and may be made again', () => {
    const one = here()
    one.run(COUNSEL, 'privilege room because advice')
    const [lifted] = only(one.run(COUNSEL, 'privilege lift 1 because it was none'), 'privilege.lifted')
    const { seq } = one.state.privilege[0]!
    expect(lifted).toMatchObject({ ref: seq, text: { reason: 'it was none' } })
    expect(one.run(COUNSEL, 'privilege lift 1 because again').refusal?.reason).toBe('privilege-number')
    expect(one.run(COUNSEL, 'privilege room because it is').refusal).toBeUndefined()
    expect(one.state.privilege.map(({ lifted }) => lifted === null)).toEqual([false, true])
  })

  test('keeps content out of a bundle from the first entry on, and no longer once it is lifted', () => {
    const one = here()
    const said = entry(1, 'message.posted', { room: 'C1', message: '1795214415.250000', thread: null })
    const verdictWith = (...marks: EntryLine[]) => {
      const select = selecting({ kind: 'full', from: null, to: null })
      for (const line of [said, ...marks]) select.note(line)
      return select.verdict(said)
    }
    const [marked] = only(one.run(COUNSEL, `privilege ${SLACK} because advice`), 'privilege.marked')
    const [lifted] = only(one.run(COUNSEL, 'privilege lift 1 because none'), 'privilege.lifted')
    const made = entry(2, 'privilege.marked', marked!.data)
    expect(verdictWith()).toBe('opened')
    expect(verdictWith(made)).toBe('privileged')
    expect(verdictWith(made, entry(3, 'privilege.lifted', lifted!.data, 2))).toBe('opened')
  })
})

const entry = (seq: number, kind: string, data: object, ref: number | null = null) =>
  ({
    seq,
    kind,
    data,
    ref,
    at: '2026-11-21T03:41:00.000Z',
    actor: { id: 'U', kind: 'human' },
    source: null,
    commit: 'x',
  }) as unknown as EntryLine

test('the log names basis and counsel, and reading it is on the record', () => {
  const one = here()
  one.run(COUNSEL, 'privilege room because advice')
  one.run(COUNSEL, 'privilege lift 1 because it was none')
  const read = one.run('UDANA', 'privilege log')
  expect(read.said).toMatchInlineSnapshot(`
    "Privilege log of inc-2026-0001
    1 · a room in #C1 · @ULEE, Fri 20 Nov 22:41
    Basis: advice
    Lifted by @ULEE: it was none
    [Status]"
  `)
  expect(read.events).toEqual([event('access.viewed', { verb: 'privilege', via: 'slash' })])
  expect(one.run('USAM', 'privilege log').refusal?.reason).toBe('not-permitted')
  expect(here().run(COUNSEL, 'privilege log').said).toContain('Nothing of inc-2026-0001 is marked')
})

test('words after "room" that are nobody mark no room: the whole war room is marked only by itself', () => {
  const one = here()
  for (const line of ['privilege room Lee because advice', 'privilege room with Lee because advice'])
    expect(one.run(COUNSEL, line).events).toEqual([])
  expect(one.state?.privilege).toEqual([])
})
