/** Group commit: many in flight, each once, in order, and none harmed by another. On PGlite or Postgres. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InboundFile, InboundMessage } from '../src/chat/port.ts'
import type { CalendarDate } from '../src/domain/calendar.ts'
import { makeCapture } from '../src/evidence/capture.ts'
import { messageItem } from '../src/evidence/evidence-of.ts'
import { DatabaseFault } from '../src/store/db.ts'
import type { EvidenceItem, EvidenceResult } from '../src/store/evidence-plan.ts'
import { testServerUrl } from './support/database.ts'
import {
  AT,
  begin,
  faults,
  keyOf,
  linesOf,
  PLACE,
  postedEvent,
  said,
  type TestRecord,
  testRecord,
} from './support/record.ts'

let record: TestRecord
let incident = ''
let room = ''
let count = 0

beforeAll(async () => {
  record = await testRecord()
})
afterAll(async () => {
  expect(await faults(record.store)).toEqual([])
  await record.close()
})
beforeEach(async () => {
  count += 1
  incident = `inc-2026-${String(count).padStart(4, '0')}`
  room = `C0ROOM${count}`
  await begin(record.store, incident, room)
})

const messages = async (of = incident) =>
  (await linesOf(record, of)).filter((line) => line.kind.startsWith('message.'))
const bodies = async (of = incident) => (await messages(of)).map((line) => line.text.body)

/** What the adapter would hand on. */
const inbound = (message: string, more: Partial<InboundMessage> & Pick<InboundMessage, 'change'>) =>
  messageItem(
    {
      type: 'message',
      key: keyOf(room, message),
      ...PLACE,
      room,
      message,
      actor: 'U0SAMOKAFOR',
      actorKind: 'human',
      at: AT,
      ...more,
    },
    AT,
    { mode: 'nudge', today: () => '2026-11-20' as CalendarDate },
  )
const body = (text: string, files: readonly InboundFile[] = []) => ({
  text,
  author: 'U0SAMOKAFOR',
  files,
})

describe('a batch', () => {
  test('what arrives together is one transaction, numbered in order of arrival', async () => {
    const sizes: number[] = []
    const capture = makeCapture((items) => {
      sizes.push(items.length)
      return record.store.evidence(items)
    })
    const texts = Array.from({ length: 40 }, (_, index) => `line ${index}`)
    const results = await Promise.all(texts.map((text, index) => capture(said(room, `${index + 1}.5`, text))))
    expect(new Set(results)).toEqual(new Set(['recorded']))
    expect(sizes).toEqual([40])
    expect(await bodies()).toEqual(texts)
    const seqs = (await messages()).map((line) => line.seq)
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index))
  })

  test('the same key twice in a batch, and again in a later one, is one entry', async () => {
    const twice = [said(room, '1.1', 'once'), said(room, '1.1', 'once'), said(room, '1.2', 'other')]
    expect(await record.store.evidence(twice)).toEqual(['recorded', 'seen', 'recorded'])
    expect(await record.store.evidence([said(room, '1.1', 'once')])).toEqual(['seen'])
    expect(await bodies()).toEqual(['once', 'other'])
  })

  test('one bad entry harms nobody: it alone is refused, and its neighbours are recorded in order', async () => {
    const bad = said(room, '2.2', 'bad', {
      versions: [
        {
          key: keyOf(room, '2.2'),
          event: { ...postedEvent(room, '2.2', 'x'), data: { n: Number.NaN } as never },
        },
      ],
    })
    const capture = makeCapture(record.store.evidence)
    const results = await Promise.allSettled([
      capture(said(room, '2.1', 'before')),
      capture(bad),
      capture(said(room, '2.3', 'after')),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await bodies()).toEqual(['before', 'after'])
  })

  test('a room of no incident is answered and leaves nothing in any table', async () => {
    const secret = 'the patient in bed 4'
    expect(
      await record.store.evidence([said('C0ELSEWHERE', '31415.926535', secret), said(room, '3.2', 'here')]),
    ).toEqual(['no-incident', 'recorded'])
    const tables = ['entry', 'sealed', 'seen', 'outbox', 'log', 'quarantine', 'card', 'room']
    for (const table of tables) {
      const [row] = await record.database.rows<{ n: number }>(
        record.database.db,
        sql`select count(*)::int n from ${sql.identifier(table)} t
          where t::text like '%C0ELSEWHERE%' or t::text like ${`%${secret}%`} or t::text like '%31415.926535%'
            or t::text like ${`%${Buffer.from('C0ELSEWHERE').toString('hex')}%`}`,
      )
      expect({ table, n: row!.n }).toEqual({ table, n: 0 })
    }
  })

  test('an answer lost after the commit: the retry finds everything seen, and says so', async () => {
    let isLost = true
    const capture = makeCapture(async (items) => {
      const results = await record.store.evidence(items)
      if (isLost) {
        isLost = false
        throw new Error('connection lost')
      }
      return results
    })
    const results = await Promise.all(
      ['a', 'b', 'c'].map((text, index) => capture(said(room, `4.${index}`, text))),
    )
    expect(results).toEqual(['seen', 'seen', 'seen'])
    expect(await bodies()).toEqual(['a', 'b', 'c'])
  })
})

describe('a head somebody else holds', () => {
  test('what is busy waits and the others do not', async () => {
    const order: string[] = []
    let busy = 3
    const write = async (items: readonly EvidenceItem[]): Promise<EvidenceResult[]> => {
      order.push(items.map((item) => item.room).join('+'))
      return items.map((item) => (item.room === 'held' && busy-- > 0 ? 'busy' : 'recorded'))
    }
    const capture = makeCapture(write)
    const settled: string[] = []
    const held = capture(said('held', '1', 'x')).then(() => settled.push('held'))
    const free = capture(said('free', '1', 'x')).then(() => settled.push('free'))
    await Promise.all([held, free])
    expect(settled).toEqual(['free', 'held'])
    expect(order).toEqual(['held+free', 'held', 'held', 'held'])
  })

  test('where replicas meet, the next words go straight to the lane that waits; the others go on passing', async () => {
    const calls: string[] = []
    const capture = makeCapture(async (items, waits) => {
      calls.push(`${waits ? 'waits' : 'passes'}: ${items.map((item) => item.room).join('+')}`)
      return items.map((item) => (item.room === 'met' && !waits ? 'busy' : 'recorded'))
    })
    await Promise.all([capture(said('met', '1', 'x')), capture(said('free', '1', 'x'))])
    await Promise.all([capture(said('met', '2', 'x')), capture(said('free', '2', 'x'))])
    // Others of its batch went through, so it is looked at once more; held alone, it is waited for.
    expect(calls.slice(0, 3)).toEqual(['passes: met+free', 'passes: met', 'waits: met'])
    expect(calls.slice(3).sort()).toEqual(['passes: free', 'waits: met'])
    // Whether they meet still is looked at again after a while.
    for (let n = 3; n < 30; n += 1) await capture(said('met', `${n}`, 'x'))
    expect(calls.filter((call) => call === 'passes: met').length).toBeGreaterThan(0)
  })

  test('one that was held goes with the next batch, before what came after it', async () => {
    const calls: string[] = []
    let letGo = () => {}
    const inFlight = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const capture = makeCapture(async (items, waits) => {
      calls.push(`${waits ? 'waits' : 'passes'}: ${items.map(({ messageKey }) => messageKey).join(' ')}`)
      if (calls.length > 1) return items.map(() => 'recorded')
      await inFlight
      return items.map(({ room }) => (room === 'met' ? 'busy' : 'recorded'))
    })
    const key = (room: string, n: string) => said(room, n, 'x').messageKey
    const first = ['met', 'free'].map((room) => capture(said(room, '1', 'x')))
    await Promise.resolve()
    const second = ['met', 'free'].map((room) => capture(said(room, '2', 'x')))
    letGo()
    await Promise.all([...first, ...second])
    expect(calls).toEqual([
      `passes: ${key('met', '1')} ${key('free', '1')}`,
      `passes: ${key('met', '1')} ${key('met', '2')} ${key('free', '2')}`,
    ])
  })

  test('a wait too long records nothing and is over: each is looked at in passing, until it is free', async () => {
    let left = 3
    const capture = makeCapture(async (items, waits) => {
      if (waits) throw new DatabaseFault('55P03', 'canceling statement due to lock timeout')
      return items.map((item) => (item.room === 'stuck' && left-- > 0 ? 'busy' : 'recorded'))
    })
    const stuck = capture(said('stuck', '1', 'x'))
    await expect(stuck).resolves.toBe('recorded')
    expect(left).toBe(-1)
  })

  test('one that stays held is rejected, so that the platform brings it again', async () => {
    const capture = makeCapture(async (items) => items.map(() => 'busy'), undefined, {
      giveUpMs: 20,
      busyWaitMs: 1,
    })
    await expect(capture(said('held', '1', 'x'))).rejects.toThrow(/locked/)
  })

  test.skipIf(testServerUrl === undefined)(
    'a held head is skipped, not waited for, by the database',
    async () => {
      const other = 'inc-2026-0700'
      await begin(record.store, other, 'C0HELD')
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      let locked = () => {}
      const isLocked = new Promise<void>((resolve) => {
        locked = resolve
      })
      const holder = record.database.transaction(async (tx) => {
        await tx.execute(sql`select 1 from log where incident = ${other} for update`)
        locked()
        await released
      })
      await isLocked
      expect(
        await record.store.evidence([said('C0HELD', '1.1', 'kept waiting'), said(room, '5.1', 'goes on')]),
      ).toEqual(['busy', 'recorded'])
      const capture = makeCapture(record.store.evidence)
      const waiting = capture(said('C0HELD', '1.1', 'kept waiting'))
      expect(await capture(said(room, '5.2', 'goes on'))).toBe('recorded')
      release()
      await holder
      expect(await waiting).toBe('recorded')
      expect(await bodies(other)).toEqual(['kept waiting'])
    },
  )
})

describe('order of arrival is never assumed', () => {
  const posted = () => inbound('9.1', { change: 'posted', body: body('v0') })
  const first = () =>
    inbound('9.1', {
      change: 'edited',
      key: `${keyOf(room, '9.1')}:e9.2`,
      body: body('v1'),
      previous: body('v0'),
      previousKey: keyOf(room, '9.1'),
    })
  const second = () =>
    inbound('9.1', {
      change: 'edited',
      key: `${keyOf(room, '9.1')}:e9.3`,
      body: body('v2'),
      previous: body('v1'),
      previousKey: `${keyOf(room, '9.1')}:e9.2`,
    })
  const removed = () =>
    inbound('9.1', {
      change: 'deleted',
      key: `${keyOf(room, '9.1')}:d`,
      actor: '',
      actorKind: 'system',
      previous: body('v2'),
      previousKey: `${keyOf(room, '9.1')}:e9.3`,
    })
  const all = { posted, first, second, removed }
  const permutations = (names: string[]): string[][] =>
    names.length < 2
      ? [names]
      : names.flatMap((name) =>
          permutations(names.filter((other) => other !== name)).map((rest) => [name, ...rest]),
        )

  test.each(permutations(Object.keys(all)).map((order) => [order.join(', '), order] as const))(
    'every version once: %s',
    async (_, order) => {
      for (const name of order) await record.store.evidence([all[name as keyof typeof all]()])
      const lines = await messages()
      expect(
        lines
          .map((line) => line.text.body)
          .filter(Boolean)
          .sort(),
      ).toEqual(['v0', 'v1', 'v2'])
      expect(lines.filter((line) => line.kind === 'message.deleted')).toHaveLength(1)
      expect(lines.find((line) => line.text.body === 'v0')).toMatchObject({ kind: 'message.posted' })
      expect(lines.filter((line) => line.kind === 'message.posted')).toHaveLength(1)
    },
  )

  test('all in one batch, backwards', async () => {
    await record.store.evidence([removed(), second(), first(), posted()])
    expect((await bodies()).filter(Boolean).sort()).toEqual(['v0', 'v1', 'v2'])
  })

  test('an edit before its original keeps what the platform says it was, and says who told it later', async () => {
    await record.store.evidence([first()])
    const [original, edit] = await messages()
    expect(original).toMatchObject({
      kind: 'message.posted',
      text: { body: 'v0' },
      data: { asToldLater: true, author: 'U0SAMOKAFOR' },
    })
    expect(edit).toMatchObject({ kind: 'message.edited', text: { body: 'v1' }, ref: original!.seq })
    expect(await record.store.evidence([posted()])).toEqual(['seen'])
  })

  test('a file first told of by an edit is fetched once, whoever tells of it again', async () => {
    const file = { id: 'F1', name: 'scan.pdf', mime: 'application/pdf', size: 9 }
    const told = inbound('8.1', {
      change: 'edited',
      key: `${keyOf(room, '8.1')}:e8.2`,
      body: body('new words', [file]),
      previous: body('old words', [file]),
      previousKey: keyOf(room, '8.1'),
    })
    const original = inbound('8.1', { change: 'posted', body: body('old words', [file]) })
    const history = inbound('8.1', {
      change: 'edited',
      key: `${keyOf(room, '8.1')}:e8.3`,
      body: body('newer words', [file]),
      recovered: true,
    })
    await record.store.evidence([told])
    await record.store.evidence([original, history])
    const rows = await record.database.rows<{ args: { file: string; seq: number } }>(
      record.database.db,
      sql`select args from outbox where incident = ${incident} and verb = 'file'`,
    )
    expect(rows).toHaveLength(1)
    const [first] = await messages()
    expect(rows[0]!.args).toMatchObject({ file: 'F1', seq: first!.seq })
  })

  test('push and history of one message are one', async () => {
    const pushed = inbound('7.1', { change: 'posted', body: body('said') })
    const read = inbound('7.1', { change: 'posted', body: body('said'), recovered: true })
    expect(await record.store.evidence([read, pushed])).toEqual(['recorded', 'seen'])
    expect(await bodies()).toEqual(['said'])
  })
})

describe('words of every kind are kept as they were said', () => {
  test.each([
    ['40,000 characters', 'x'.repeat(40_000)],
    ['a NUL and other controls', 'before\u0000after\u0001\u001f\u007f'],
    ['emoji', '🛏️ 👩🏽‍⚕️ 📌 🏳️‍🌈'],
    ['right to left', 'المريض في السرير ٤ — החולה \u202etxt.exe'],
    ['what looks like SQL, JSON and HTML', `'; drop table entry; -- {"seq":1} <script>`],
    ['lines of all kinds', 'a\r\nb\u2028c\u2029d\u0085e'],
    ['characters beyond the basic plane, composed and not', 'é e\u0301 𝕎𝕒𝕣𝕕 \ufeff'],
    ['nothing at all', ''],
  ])('%s', async (_, text) => {
    await record.store.evidence([inbound('6.1', { change: 'posted', body: body(text) })])
    expect(await bodies()).toEqual([text])
  })

  test('half of a character is replaced, and the message kept', async () => {
    await record.store.evidence([inbound('6.2', { change: 'posted', body: body('cut \ud83d here') })])
    expect(await bodies()).toEqual(['cut \ufffd here'])
  })

  test('names of files too', async () => {
    const file = { id: 'F2', name: 'a\u0000b \ud800 ملف.pdf', mime: 'application/pdf', size: 1 }
    await record.store.evidence([inbound('6.3', { change: 'posted', body: body('see', [file]) })])
    expect((await messages())[0]!.text['file:F2']).toBe('a\u0000b \ufffd ملف.pdf')
  })
})
