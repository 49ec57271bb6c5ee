/** Two batches on their way at once: in order, each entry once, whatever becomes of the first. On PGlite or Postgres. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { event } from '../src/domain/events.ts'
import { makeCapture } from '../src/evidence/capture.ts'
import { appendAhead } from '../src/store/evidence.ts'
import type { EvidenceItem, EvidenceResult, Standing } from '../src/store/evidence-plan.ts'
import { testServerUrl } from './support/database.ts'
import { begin, faults, linesOf, said, type TestRecord, testRecord, write } from './support/record.ts'

const NOTHING: Standing = {
  incidents: new Map(),
  heads: new Map(),
  keysAt: new Map(),
  deks: new Map(),
  numbers: new Map(),
}
const NOTE = event('note.recorded', {}, { body: 'typed meanwhile' })
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const names = (items: readonly EvidenceItem[]) => items.map(({ messageKey }) => messageKey.split(':').at(-1))

/** A database that keeps what it is told in order, bears out no wrong guess, and fails when it is told to. */
function pretended(fails: (call: number) => boolean) {
  const kept: string[] = []
  const calls: string[] = []
  let head = NOTHING
  let lock = Promise.resolve()
  let flying = 0
  let most = 0
  let count = 0
  async function work(items: readonly EvidenceItem[], planned: (after: Standing) => void, before?: Standing) {
    count += 1
    const isFailing = fails(count)
    const after = { ...NOTHING }
    calls.push(`${before ? 'behind' : 'usual'} ${names(items).join('+')}`)
    flying += 1
    most = Math.max(most, flying)
    if (before) planned(after)
    const others = lock
    let release = () => {}
    lock = new Promise((resolve) => {
      release = resolve
    })
    await others
    if (!before) planned(after)
    for (let n = 0; n < 3; n += 1) await turn()
    const isGood = !isFailing && (before === undefined || before === head)
    if (isGood) {
      head = after
      kept.push(...(names(items) as string[]))
    }
    flying -= 1
    release()
    if (!isGood) throw new Error('no')
    return items.map((): EvidenceResult => 'recorded')
  }
  const capture = makeCapture((items, _, planned) => work(items, planned), undefined, {
    ahead: (items, before, planned) => work(items, planned, before),
  })
  return { capture, kept, calls, most: () => most }
}

describe('the lane', () => {
  test('of one room the second half goes behind the first, of two rooms each goes its way', async () => {
    const one = pretended(() => false)
    await Promise.all([1, 2, 3, 4].map((n) => one.capture(said('a', `${n}`, 'x'))))
    expect(one.calls).toEqual(['usual 1+2', 'behind 3+4'])
    expect(one.most()).toBe(2)
    const two = pretended(() => false)
    await Promise.all([two.capture(said('a', '1', 'x')), two.capture(said('b', '2', 'x'))])
    expect(two.calls).toEqual(['usual 1', 'usual 2'])
  })

  test.each([1, 2, 3, 4, 5])('when call %i fails, the room still stands in order, each once', async (bad) => {
    const it = pretended((call) => call === bad)
    const texts = Array.from({ length: 12 }, (_, n) => `${n}`)
    const waves = texts.map(async (text, n) => {
      for (let turns = 0; turns < Math.floor(n / 4) * 2; turns += 1) await turn()
      return it.capture(said('a', text, 'x'))
    })
    expect(new Set(await Promise.all(waves))).toEqual(new Set(['recorded']))
    expect(it.kept).toEqual(texts)
    expect(it.most()).toBe(2)
  })

  test('an entry that cannot be written at all is refused alone, wherever it stands', async () => {
    const refused: string[] = []
    const write = async (items: readonly EvidenceItem[], planned: (after: Standing) => void) => {
      planned(NOTHING)
      await turn()
      if (items.some(({ room }) => room === 'bad')) throw new Error('no')
      return items.map((): EvidenceResult => 'recorded')
    }
    const capture = makeCapture((items, _, planned) => write(items, planned), undefined, {
      ahead: (items, _, planned) => write(items, planned),
    })
    const rooms = ['a', 'bad', 'b', 'a', 'bad', 'a']
    await Promise.all(
      rooms.map((room, n) => capture(said(room, `${n}`, 'x')).catch(() => refused.push(`${room} ${n}`))),
    )
    expect(refused.sort()).toEqual(['bad 1', 'bad 4'])
  })
})

describe('the database', () => {
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
  const bodies = async () =>
    (await linesOf(record, incident))
      .filter(({ kind }) => kind === 'message.posted')
      .map(({ text }) => text.body)
  /** Where the log will stand after these, as their batch told it. */
  const recorded = async (...items: EvidenceItem[]): Promise<Standing> => {
    let after = NOTHING
    await record.store.evidence(items, false, (told) => {
      after = told
    })
    return after
  }
  const behind = (before: Standing, ...items: EvidenceItem[]) =>
    appendAhead(record.database, items, before, () => {})

  test('a guess that is borne out is recorded, and tells where the next one begins', async () => {
    let after = await recorded(said(room, '1', 'first'))
    const results = await appendAhead(record.database, [said(room, '2', 'second')], after, (told) => {
      after = told
    })
    expect(results).toEqual(['recorded'])
    await behind(after, said(room, '3', 'third'))
    expect(await bodies()).toEqual(['first', 'second', 'third'])
  })

  test.each([
    ['the log went on', () => write(record.store, incident, [NOTE])],
    ['the log went on by evidence', () => record.store.evidence([said(room, '7', 'between')])],
  ])('where %s, nothing is recorded on the guess', async (_, meanwhile) => {
    const after = await recorded(said(room, '1', 'first'))
    await meanwhile()
    const before = (await linesOf(record, incident)).length
    await expect(behind(after, said(room, '2', 'second'))).rejects.toThrow()
    expect((await linesOf(record, incident)).length).toBe(before)
    expect(await record.store.evidence([said(room, '2', 'second')])).toEqual(['recorded'])
  })

  test('what is on the record already is no second entry', async () => {
    await recorded(said(room, '1', 'first'))
    const after = await recorded(said(room, '2', 'second'))
    await expect(behind(after, said(room, '1', 'first'))).rejects.toThrow()
    expect(await bodies()).toEqual(['first', 'second'])
  })

  test('a data key that another has taken the place of seals nothing', async () => {
    const after = await recorded(said(room, '1', 'first'))
    const keysAt = new Map([...after.keysAt].map(([log, at]) => [log, at - 1]))
    await expect(behind({ ...after, keysAt }, said(room, '2', 'second'))).rejects.toThrow('elsewhere')
    expect(await bodies()).toEqual(['first'])
  })

  test.skipIf(testServerUrl === undefined)(
    'it waits for the batch ahead, and not for a stranger',
    async () => {
      let after = NOTHING
      const first = record.store.evidence([said(room, '1', 'first')], false, (told) => {
        after = told
      })
      while (after === NOTHING) await turn()
      expect(await behind(after, said(room, '2', 'second'))).toEqual(['recorded'])
      await first
      expect(await bodies()).toEqual(['first', 'second'])

      let release = () => {}
      const isReleased = new Promise<void>((resolve) => {
        release = resolve
      })
      let isHeld = () => {}
      const held = new Promise<void>((resolve) => {
        isHeld = resolve
      })
      const stranger = record.database.transaction(async (tx) => {
        await tx.execute(sql`select 1 from log where incident = ${incident} for update`)
        isHeld()
        await isReleased
      })
      await held
      await expect(behind(after, said(room, '3', 'third'))).rejects.toThrow()
      release()
      await stranger
      expect(await bodies()).toEqual(['first', 'second'])
    },
  )

  test.skipIf(testServerUrl === undefined)(
    'hundreds at once in two rooms, with commands between',
    async () => {
      const other = `C0OTHER${count}`
      await begin(record.store, `inc-2026-9${String(count).padStart(3, '0')}`, other)
      const capture = makeCapture(record.store.evidence, undefined, { ahead: record.store.evidenceAhead })
      const texts = Array.from({ length: 300 }, (_, n) => `${n}`)
      const all = texts.map(async (text, n) => {
        if (n % 2 === 1) await turn()
        if (n % 50 === 25) await write(record.store, incident, [NOTE])
        return capture(said(n % 3 === 0 ? other : room, text, text))
      })
      expect(new Set(await Promise.all(all))).toEqual(new Set(['recorded']))
      const kept = (await bodies()).map(Number)
      expect([...kept].sort((a, b) => a - b)).toEqual(texts.map(Number).filter((n) => n % 3 !== 0))
    },
  )
})
