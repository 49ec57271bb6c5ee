/**
 * Fields that leave the sealed record let nothing through that looks like somebody's identifier, in every mode: each
 * border of the table is tried. What commands take goes into the sealed text; strict asks once before it does.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InboundReaction } from '../src/chat/port.ts'
import type { AnyCommand } from '../src/commands/index.ts'
import { commands } from '../src/commands/index.ts'
import { deliverers } from '../src/delivery/deliverers.ts'
import type { Job } from '../src/delivery/delivering.ts'
import type { Asked } from '../src/delivery/export.ts'
import { makeBundle } from '../src/delivery/export-file.ts'
import { type Event, event } from '../src/domain/events.ts'
import { type Border, borders, stoppedInData } from '../src/domain/phi-border.ts'
import type { PhiMode } from '../src/domain/phi-mode.ts'
import { reactionItem, typeName } from '../src/evidence/evidence-of.ts'
import { makeHandle } from '../src/handle.ts'
import { openForm } from '../src/pipeline/ask.ts'
import { cardText } from '../src/views/card.ts'
import { safelySummed, say } from '../src/views/say.ts'
import { desk } from './commands/desk.ts'
import { testDatabase } from './support/database.ts'
import { AT, begin, linesOf, PLACE } from './support/record.ts'
import { type StillWardroom, stillWardroom } from './support/still.ts'

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

describe('a command whose words look like one', () => {
  let wardroom: StillWardroom
  let asked = 0
  beforeAll(async () => {
    wardroom = await stillWardroom(await testDatabase())
    await begin(wardroom.store, 'inc-2026-0001', 'C0ROOM')
  })
  afterAll(() => wardroom.database.close())

  const say = async (line: string, mode: PhiMode, actor = 'U0SAMOKAFOR') => {
    asked += 1
    const handle = makeHandle({ ...wardroom.delivering, phiModeOn: () => mode })
    const answer = await handle({
      type: 'command',
      via: 'slash',
      key: `asked ${asked}`,
      ...PLACE,
      room: 'C0ROOM',
      actor,
      actorKind: 'human',
      at: AT,
      line,
      canOpenForm: true,
    })
    return answer.kind === 'reply' ? cardText(answer.card) : answer.kind
  }
  const notes = async () =>
    (await linesOf(wardroom, 'inc-2026-0001')).filter(({ kind }) => kind === 'note.recorded').length

  test('is recorded where nobody is strict, and the answer says what it may hold', async () => {
    const before = await notes()
    expect(await say(`note her number is ${SSN}`, 'nudge')).toContain('It may hold a Social Security number')
    expect(await say(`note her number is ${SSN} too`, 'off')).not.toContain('may hold')
    expect(await notes()).toBe(before + 2)
  })

  test('is asked about once in strict mode; the same again means it, and is one person’s', async () => {
    const before = await notes()
    const line = `note the number is ${SSN}`
    const first = await say(line, 'strict')
    expect(first).toContain('say it without, or send the same once more')
    expect(first).toContain('Nothing was recorded')
    expect(first).not.toMatch(/078|1120/)
    expect(await say(line, 'strict', 'U0LEECHAN00')).toContain('once more')
    expect(await notes()).toBe(before)
    expect(await say(line, 'strict')).toContain('ecorded')
    expect(await notes()).toBe(before + 1)
    expect(await say('note no number at all, ticket 100234567', 'strict')).not.toContain('may hold')
  })

  test('to declare is never asked about', async () => {
    const answer = await say(
      `declare a letter with ${SSN} went to the wrong patient`,
      'strict',
      'U0JOPARK000',
    )
    expect(answer).toContain('inc-2026-')
    expect(answer).toContain('It may hold a Social Security number')
    expect(answer).not.toMatch(/078|1120/)
  })
})
