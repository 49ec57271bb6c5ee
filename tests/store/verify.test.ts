/** What somebody with the database's password can do to the record, and where verify says it happened. */
import { createHash, randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { canonicalBytes } from '../../src/domain/record.ts'
import { commitment, newSalt } from '../../src/domain/seal.ts'
import { recordVerification } from '../../src/operate/record-verification.ts'
import { verifyRecord } from '../../src/operate/verify-command.ts'
import { refold } from '../../src/store/refold.ts'
import { silent } from '../support/database.ts'
import { AT, begin, faults, linesOf, said, type TestRecord, testRecord, write } from '../support/record.ts'

let record: TestRecord
let incident = ''
let count = 0

beforeAll(async () => {
  record = await testRecord()
})
afterAll(() => record.close())

/** A fresh incident of some ten entries; nothing of an earlier attack is in it. */
beforeEach(async () => {
  count += 1
  incident = `inc-2026-${String(count).padStart(4, '0')}`
  const room = `C0ROOM${count}`
  await begin(record.store, incident, room)
  await record.store.evidence(
    ['one', 'two', 'three', 'four'].map((text, index) => said(room, `${index + 1}.1`, text)),
  )
  await write(record.store, incident, [event('note.recorded', {}, { note: 'a note' })])
})

/** As the owner of the tables would: triggers and checks off, then on again. */
async function attack(...queries: readonly SQL[]): Promise<void> {
  const off = [
    'alter table entry disable trigger user',
    'alter table sealed disable trigger user',
    'alter table log_key disable trigger user',
    'alter table entry drop constraint entry_continues',
    'alter table entry drop constraint entry_says_itself',
    'alter table sealed drop constraint sealed_incident_seq_entry_incident_seq_fk',
  ]
  await record.database.transaction(async (tx) => {
    for (const query of off) await tx.execute(sql.raw(query))
    for (const query of queries) await tx.execute(query)
  })
}

const constraints = [
  `alter table entry add constraint entry_continues foreign key (incident, prev_seq, prev)
    references entry (incident, seq, hash) not valid`,
  `alter table entry add constraint entry_says_itself check (true) not valid`,
  `alter table sealed add constraint sealed_incident_seq_entry_incident_seq_fk foreign key (incident, seq)
    references entry (incident, seq) not valid`,
]
async function attacked(...queries: readonly SQL[]): Promise<string[]> {
  await attack(...queries)
  await record.database.transaction(async (tx) => {
    for (const query of constraints) await tx.execute(sql.raw(query))
  })
  const said: string[] = []
  const code = await verifyRecord(record.store, (line) => said.push(line))
  const mine = said.filter((line) => line.startsWith(`${incident}:`))
  expect(code).toBe(1)
  expect(said.at(-1)).toContain('NOT whole')
  return mine
}

async function lineOf(seq: number) {
  const [row] = await record.database.rows<{ record: Uint8Array }>(
    record.database.db,
    sql`select record from entry where incident = ${incident} and seq = ${seq}`,
  )
  return JSON.parse(Buffer.from(row!.record).toString('utf8')) as Record<string, unknown>
}
const rewrite = (seq: number, bytes: Buffer) =>
  sql`update entry set record = ${bytes} where incident = ${incident} and seq = ${seq}`

test('a whole record verifies: every chain, everything sealed, every state', async () => {
  const said: string[] = []
  expect(await verifyRecord(record.store, (line) => said.push(line))).toBe(0)
  const entries = (await linesOf(record, incident)).length
  expect(said).toContainEqual(
    expect.stringMatching(new RegExp(`^${incident}: ${entries} entries, \\d+ opened`)),
  )
  expect(said[0]).toMatch(/^inc-|^org: \d+ entries/)
  expect(said.at(-1)).toBe('2 logs: the record is whole.')
})

test('that it was checked is on the record, and checking it again finds that too', async () => {
  const fresh = await testRecord()
  onTestFinished(() => fresh.close())
  await begin(fresh.store, 'inc-2026-0001', 'C0ROOM')
  const verify = () =>
    verifyRecord(fresh.store, () => {}, {
      onDone: (verification) => recordVerification(fresh.store, verification, AT, () => {}),
    })
  expect([await verify(), await verify()]).toEqual([0, 0])
  const checked = (await linesOf(fresh, 'org')).filter(({ kind }) => kind === 'verification.recorded')
  expect(checked.map(({ data }) => data)).toMatchObject([
    { ok: true, code: 'whole', logs: 2 },
    { ok: true, code: 'whole', logs: 2, entries: checked[0]!.data.entries + 1 },
  ])
})

describe('the record was changed', () => {
  test('a middle entry edited', async () => {
    const line = await lineOf(5)
    const [told] = await attacked(
      rewrite(5, canonicalBytes({ ...line, actor: { id: 'U0NOBODY', kind: 'human' } })),
    )
    // The edited line still continues the one before: the first that does not follow is the next.
    expect(told).toMatch(/: entry 6 — entry does not continue/)
  })
  test('an entry edited together with every hash after it, and the head left', async () => {
    const line = await lineOf(5)
    const queries: SQL[] = []
    let prev = ''
    const lines = await linesOf(record, incident)
    for (let seq = 5; seq <= lines.length; seq += 1) {
      const next = {
        ...(seq === 5 ? { ...line, at: AT.toISOString().replace('03:', '02:') } : await lineOf(seq)),
      }
      if (prev) next.prev = prev
      const bytes = canonicalBytes(next)
      prev = createHash('sha256').update(bytes).digest('hex')
      queries.push(sql`update entry set record = ${bytes}, prev = ${Buffer.from(String(next.prev), 'hex')}
        where incident = ${incident} and seq = ${seq}`)
    }
    const [told] = await attacked(...queries)
    expect(told).toMatch(/head/)
  })
  test('the last entry edited', async () => {
    const last = (await linesOf(record, incident)).length
    const line = await lineOf(last)
    const [told] = await attacked(rewrite(last, canonicalBytes({ ...line, kind: 'decision.recorded' })))
    expect(told).toBe(`${incident}: entry ${last} — it is not the entry the log's head names`)
  })
  test('an entry in the middle deleted', async () => {
    const [told] = await attacked(
      sql`delete from sealed where incident = ${incident} and seq = 5`,
      sql`delete from entry where incident = ${incident} and seq = 5`,
    )
    expect(told).toMatch(/: entry 5 — /)
  })
  test('the first entry deleted', async () => {
    const [told] = await attacked(
      sql`delete from sealed where incident = ${incident} and seq = 1`,
      sql`delete from entry where incident = ${incident} and seq = 1`,
    )
    expect(told).toMatch(/: entry 1 — /)
  })
  test('two entries exchanged', async () => {
    const [told] = await attacked(
      sql`update entry set seq = 10005 where incident = ${incident} and seq = 5`,
      sql`update entry set seq = 5 where incident = ${incident} and seq = 6`,
      sql`update entry set seq = 6 where incident = ${incident} and seq = 10005`,
    )
    expect(told).toMatch(/: entry 5 — /)
  })
  test('the tail dropped', async () => {
    const last = (await linesOf(record, incident)).length
    const [told] = await attacked(
      sql`delete from sealed where incident = ${incident} and seq >= ${last - 1}`,
      sql`delete from entry where incident = ${incident} and seq >= ${last - 1}`,
    )
    expect(told).toMatch(new RegExp(`: entry ${last - 1} — .*head is entry ${last}`))
  })
  test('the tail dropped and the head put back: the state says more than the log', async () => {
    await write(record.store, incident, [
      event('decision.recorded', { number: 1, message: null }, { what: 'we pay', why: 'no other way' }),
    ])
    const last = (await linesOf(record, incident)).length
    const line = await lineOf(last)
    const [told] = await attacked(
      sql`delete from sealed where incident = ${incident} and seq = ${last}`,
      sql`delete from entry where incident = ${incident} and seq = ${last}`,
      sql`update log set seq = ${last - 1}, hash = ${String(line.prev)} where incident = ${incident}`,
    )
    expect(told).toMatch(/stored state — the stored state is not what the log folds to/)
  })
  test('a member written twice, so that two readers read two things', async () => {
    const last = (await linesOf(record, incident)).length
    const whole = canonicalBytes(await lineOf(last)).toString()
    const [told] = await attacked(rewrite(last, Buffer.from(whole.replace('{', '{"kind":"note.recorded",'))))
    expect(told).toMatch(new RegExp(`entry ${last} — entry is not in canonical form`))
  })
  test('an entry that is no JSON', async () => {
    const [told] = await attacked(rewrite(4, Buffer.from('gone')))
    expect(told).toMatch(/: entry 4 — entry is not JSON/)
  })
  test('a line that is JSON but no entry', async () => {
    const [told] = await attacked(rewrite(4, Buffer.from('null')))
    expect(told).toMatch(/: entry 4 — /)
  })
})

describe('what is sealed was changed', () => {
  test('the sealed words of two entries exchanged', async () => {
    const [told] = await attacked(
      sql`update sealed set seq = 10005 where incident = ${incident} and seq = 5`,
      sql`update sealed set seq = 5 where incident = ${incident} and seq = 6`,
      sql`update sealed set seq = 6 where incident = ${incident} and seq = 10005`,
    )
    expect(told).toMatch(/: entry 5 — sealed content does not open/)
  })
  test('one byte of sealed words turned', async () => {
    const [told] = await attacked(
      sql`update sealed set body = set_byte(body, 20, get_byte(body, 20) # 1) where incident = ${incident} and seq = 6`,
    )
    expect(told).toMatch(/: entry 6 — sealed content does not open/)
  })
  test('sealed words taken away while their key is kept', async () => {
    const [told] = await attacked(sql`delete from sealed where incident = ${incident} and seq = 6`)
    expect(told).toMatch(/: entry 6 — /)
  })
  test('a chunk of a file taken away, or all of them', async () => {
    for (const from of [2, 1]) {
      const salt = newSalt()
      const bytes = Buffer.alloc(1024 * 1024 + 5, 7)
      const added = event(
        'file.added',
        {
          message: null,
          file: 'F1',
          mime: 'text/plain',
          size: bytes.length,
          chunks: 2,
          bytes: commitment(salt, bytes),
          kept: 'bytes',
        },
        { name: 'scan.txt', salt: salt.toString('base64') },
      )
      await record.store.write(async (unit) => {
        const at = { actor: { id: 'U1', kind: 'human' as const }, at: AT, source: null }
        await unit.append(incident, [added], at, { salt, bytes })
      }, {})
      const last = (await linesOf(record, incident)).length
      expect(await faultsOfMine()).toEqual([])
      const [told] = await attacked(
        sql`delete from sealed where incident = ${incident} and seq = ${last} and part >= ${from}`,
      )
      expect(told).toMatch(new RegExp(`: entry ${last} — `))
      incident = `inc-2026-9${count}${from}0`
      await begin(record.store, incident, `C0FILE${count}${from}`)
    }
  })
  test('a log’s key taken away while its sealed words are kept', async () => {
    const [told] = await attacked(sql`delete from log_key where incident = ${incident}`)
    expect(told).toMatch(/key/)
  })
  test('a log’s key replaced by another log’s', async () => {
    const [told] = await attacked(
      sql`update log_key set wrapped = (select wrapped from log_key where incident = 'org') where incident = ${incident}`,
    )
    expect(told).toMatch(/key/)
  })
  test('both taken away, and no disposal on the record', async () => {
    const [told] = await attacked(
      sql`delete from sealed where incident = ${incident}`,
      sql`delete from log_key where incident = ${incident}`,
    )
    expect(told).toBe(`${incident}: entry 1 — the log's key is gone, and nobody disposed of it`)
  })
})

describe('what is kept beside the record was changed', () => {
  test('the stored state', async () => {
    const [told] = await attacked(
      sql`update log set state = jsonb_set(state, '{roles}', '{"commander":{"person":"U0MALLORY"}}') where incident = ${incident}`,
    )
    expect(told).toBe(`${incident}: stored state — the stored state is not what the log folds to`)
  })
  test('the head', async () => {
    const last = (await linesOf(record, incident)).length
    const [told] = await attacked(
      sql`update log set seq = seq + 1, hash = ${'c'.repeat(64)} where incident = ${incident}`,
    )
    expect(told).toMatch(new RegExp(`: entry ${last + 1} — the log's head is entry ${last + 1}`))
  })
  test('a whole log taken away, which the organisation’s log had numbered', async () => {
    const told = await attacked(
      sql`delete from sealed where incident = ${incident}`,
      sql`delete from entry where incident = ${incident}`,
      sql`delete from log_key where incident = ${incident}`,
      sql`delete from log where incident = ${incident}`,
    )
    expect(told[0]).toMatch(/: entry 1 — /)
  })
  test('only the log’s row taken away: its entries are still looked at', async () => {
    const told = await attacked(sql`delete from log where incident = ${incident}`)
    expect(told[0]).toMatch(/head/)
  })
})

describe('an entry of a kind this version does not know', () => {
  const foreign = async () => {
    const { hash, seq } = (await record.store.head(incident))!
    const line = {
      v: 1,
      id: randomUUID(),
      incident,
      seq: seq + 1,
      prev: hash,
      at: AT.toISOString(),
      kind: 'drone.launched',
      actor: { id: 'U1', kind: 'human' },
      source: null,
      ref: null,
      commit: null,
      data: {},
    }
    const bytes = canonicalBytes(line)
    const digest = createHash('sha256').update(bytes).digest('hex')
    await record.database.transaction(async (tx) => {
      await tx.execute(sql`insert into entry (incident, seq, prev, record)
        values (${incident}, ${seq + 1}, ${Buffer.from(hash, 'hex')}, ${bytes})`)
      await tx.execute(sql`update log set seq = ${seq + 1}, hash = ${digest} where incident = ${incident}`)
    })
    return seq + 1
  }
  const reducer = (version: number) =>
    record.database.transaction((tx) =>
      tx.execute(sql`update log set reducer = ${version} where incident = ${incident}`),
    )

  test('verify names it', async () => {
    const seq = await foreign()
    expect(await faultsOfMine()).toEqual([
      `${incident}: ${seq} — entry is of a kind this version does not know`,
    ])
  })
  test.each([
    ['an older reducer wrote its state', 0],
    ['a newer reducer wrote its state', 99],
  ])('it is not folded and not written: %s', async (_, version) => {
    await foreign()
    await reducer(version)
    const before = (await record.store.incident(incident))!
    await refold(record.store, silent)
    expect(await record.store.incident(incident)).toEqual(before)
    const tried = write(record.store, incident, [event('note.recorded', {}, { note: 'no' })])
    await expect(tried).rejects.toThrow(/another version/)
    expect((await linesOf(record, incident)).some((line) => line.text.note === 'no')).toBe(false)
  })
  test('a state of an older reducer is folded again when every kind is known', async () => {
    await record.database.transaction((tx) =>
      tx.execute(sql`update log set reducer = 0, state = '{}' where incident = ${incident}`),
    )
    await refold(record.store, silent)
    expect(await faultsOfMine()).toEqual([])
    await write(record.store, incident, [event('note.recorded', {}, { note: 'yes' })])
  })
})

async function faultsOfMine(): Promise<string[]> {
  return (await faults(record.store)).filter((line) => line.startsWith(`${incident}:`))
}
