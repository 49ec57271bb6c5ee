/**
 * Fields that leave the sealed record let nothing through that looks like somebody's identifier, in every mode: each
 * border of the table is tried, and every word that a command takes.
 */
import { describe, expect, test } from 'vitest'
import type { InboundReaction } from '../src/chat/port.ts'
import type { AnyCommand } from '../src/commands/index.ts'
import { commands } from '../src/commands/index.ts'
import { deliverers } from '../src/delivery/deliverers.ts'
import type { Job } from '../src/delivery/delivering.ts'
import type { Asked } from '../src/delivery/export-file.ts'
import { makeBundle } from '../src/delivery/export-file.ts'
import { type Event, event } from '../src/domain/events.ts'
import { type Border, borders, stoppedInData } from '../src/domain/phi-border.ts'
import { typeName } from '../src/domain/type-name.ts'
import { reactionItem } from '../src/evidence/evidence-of.ts'
import { openForm } from '../src/pipeline/ask.ts'
import { cardText } from '../src/views/card.ts'
import { safelySummed, say } from '../src/views/say.ts'
import { desk } from './commands/desk.ts'
import { AT, PLACE } from './support/record.ts'

const SSN = '078-05-1120'

/** A delivery with this in it, to a platform that takes everything. */
async function delivered(verb: string, view: string, args: object, state: object = {}): Promise<string> {
  const taken: string[] = []
  const take =
    <T>(answer: T) =>
    async (...given: readonly unknown[]): Promise<T> => {
      taken.push(JSON.stringify(given))
      return answer
    }
  const port = {
    platform: 'slack',
    workspace: 'T1',
    capabilities: { pins: true, readBack: true },
    openRoom: take({ room: 'C1', name: 'x' }),
    dress: take(undefined),
    post: take({ room: 'C1', message: '1' }),
    roomInfo: take({ private: true, members: [] }),
  }
  const delivering = {
    pager: take(undefined),
    telling: { announceChannels: { slack: 'C9' } },
    log: { debug: () => {} },
    now: () => AT,
    wordOn: () => '/incident',
    checkpointKey: { fingerprint: '' },
    store: { organisation: async () => ({ roster: {} }), texts: async () => new Map() },
  }
  const here = desk({ declared: 'lost laptop' })
  const job = {
    row: { id: 'd', incident: 'inc-2026-0001', verb, view, args, attempt: 1 },
    port,
    delivering,
    state: { ...here.state, ...state },
  } as unknown as Job
  const code = await deliverers[verb]!(job).then(
    ({ outcome }) => outcome,
    (error: { code?: string }) => error.code ?? String(error),
  )
  expect(taken.join()).not.toContain(SSN)
  return code
}

const probes: Readonly<Record<Border, () => unknown>> = {
  data: () =>
    expect(stoppedInData([event('room.requested', { suffix: SSN })])).toMatchObject({
      reason: 'phi-outside',
    }),
  'room name': async () =>
    expect(await delivered('open-room', 'room', {}, { roomWanted: { since: AT, suffix: SSN } })).toBe(
      'phi_outside',
    ),
  topic: async () => expect(await delivered('nicety', 'topic', { text: `inc · ${SSN}` })).toBe('phi_outside'),
  announcement: async () =>
    expect(await delivered('announce', 'announcement', {}, { incident: SSN })).toBe('phi_outside'),
  pager: async () =>
    expect(await delivered('webhook', 'pager', { why: `untaken role of ${SSN}` })).toBe('phi_outside'),
  'file name': async () => {
    const job = { row: { incident: SSN }, delivering: { exports: { folder: 'nowhere' } } } as unknown as Job
    await expect(makeBundle(job, { seq: 1 } as Asked)).rejects.toMatchObject({ code: 'phi_outside' })
  },
  notification: () => {
    const card = safelySummed(say(`about ${SSN}`, ['Read this.']))
    expect(card.summary).not.toContain(SSN)
    expect(cardText(card)).toBe('Read this.')
  },
  'form title': () => {
    const row = { verb: 'x', form: () => ({ title: SSN, submit: 'Go', fields: [] }) } as unknown as AnyCommand
    const inbound = { type: 'command', canOpenForm: true }
    const call = { row, inbound, typed: '', prefill: {} } as unknown as Parameters<typeof openForm>[0]
    const answer = openForm(call, {} as never, {} as never)
    expect(JSON.stringify(answer)).not.toContain(SSN)
  },
  reaction: () => {
    const reaction = { ...PLACE, room: 'C1', message: '1.1', name: SSN, added: true, actor: 'U1', at: AT }
    const item = reactionItem({ ...reaction, type: 'reaction' } as unknown as InboundReaction, AT)
    expect(item.versions[0]?.event.data).toMatchObject({ name: 'withheld' })
  },
  'file type': () => expect(typeName(`text/${SSN}`)).toBe('application/octet-stream'),
}

describe('each border of the table stops it', () => {
  test.each(Object.keys(borders) as Border[])('%s', async (border) => {
    await probes[border]()
  })
})

test('what is no identifier passes: a delivery as they are goes out', async () => {
  expect(await delivered('nicety', 'topic', { text: 'inc-2026-0001 · lost or stolen device' })).toBe('done')
  expect(await delivered('webhook', 'pager', { why: 'untaken role' })).toBe('paged')
})

test('the refusal is one sentence that does not repeat it', () => {
  const refusal = stoppedInData([event('room.requested', { suffix: SSN })])
  expect(refusal?.refusal).toBe(
    'That looks like a Social Security number, and it would stand in a part of the record that is not sealed: leave it out, or put it in a note.',
  )
})

/** Whatever of a command's line is replaced by it, it ends in the sealed text or is refused. */
test('no word of any command comes out in data: every word of every example, replaced one at a time', () => {
  const tried: string[] = []
  for (const { verb, examples } of commands)
    for (const example of examples)
      example.split(' ').forEach((_, at, words) => {
        if (at === 0) return
        const line = words.map((word, index) => (index === at ? SSN : word)).join(' ')
        const here = desk({ declared: 'a laptop was stolen' })
        here.record(
          'UDANA',
          event('role.assigned', {
            role: 'privacy-officer',
            person: 'UDANA',
            previous: null,
            how: 'assigned',
          }),
        )
        const { events } = attempt(() => here.run('UDANA', line))
        if (events.length === 0) return
        tried.push(verb)
        if (JSON.stringify(events.map(({ data }) => data)).includes(SSN)) {
          expect([line, stoppedInData(events)?.reason]).toEqual([line, 'phi-outside'])
        }
      })
  expect(new Set(tried).size).toBeGreaterThan(5)
})

/** A line may become nonsense by it, which zod says by throwing here. */
function attempt(run: () => { events: readonly Event[] }) {
  try {
    return run()
  } catch {
    return { events: [] }
  }
}
