/** What the database itself refuses, whatever the program thinks. On PGlite, and on Postgres when there is one. */
import { createHash, randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalBytes, ZERO_HASH } from '../../src/domain/record.ts'
import type { DatabaseFault } from '../../src/store/db.ts'
import { begin, linesOf, said, type TestRecord, testRecord } from '../support/record.ts'

const INCIDENT = 'inc-2026-0001'
let record: TestRecord

beforeAll(async () => {
  record = await testRecord()
  await begin(record.store, INCIDENT, 'C0ROOM')
  await record.store.evidence([said('C0ROOM', '1.1', 'first words')])
})
afterAll(() => record.close())

const run = (query: SQL) => record.database.transaction((tx) => record.database.rows(tx, query))
async function refusal(query: SQL): Promise<string> {
  const fault = await run(query).then(
    () => undefined,
    (error: DatabaseFault) => error,
  )
  return fault ? `${fault.code} ${fault.constraint ?? ''}`.trim() : 'accepted'
}

async function head() {
  const [row] = await record.database.rows<{ seq: number; hash: Uint8Array }>(
    record.database.db,
    sql`select seq, hash from entry where incident = ${INCIDENT} order by seq desc limit 1`,
  )
  return { seq: row!.seq, hash: Buffer.from(row!.hash).toString('hex') }
}

const lineAt = (seq: number, prev: string, incident = INCIDENT) => ({
  v: 1,
  id: randomUUID(),
  incident,
  seq,
  prev,
  at: '2026-11-21T03:41:00.000Z',
  kind: 'note.recorded',
  actor: { id: 'U1', kind: 'human' },
  source: null,
  ref: null,
  commit: null,
  data: {},
})
const insert = (columns: { incident?: string; seq: number; prev: string }, line: object) =>
  sql`insert into entry (incident, seq, prev, record) values
    (${columns.incident ?? INCIDENT}, ${columns.seq}, ${Buffer.from(columns.prev, 'hex')}, ${canonicalBytes(line)})`

describe('a link that is not one', () => {
  test('an entry that continues nothing that exists', async () => {
    const { seq } = await head()
    const wrong = createHash('sha256').update('something else').digest('hex')
    expect(await refusal(insert({ seq: seq + 1, prev: wrong }, lineAt(seq + 1, wrong)))).toBe(
      '23503 entry_continues',
    )
  })
  test('a gap in the numbers', async () => {
    const { seq, hash } = await head()
    expect(await refusal(insert({ seq: seq + 2, prev: hash }, lineAt(seq + 2, hash)))).toBe(
      '23503 entry_continues',
    )
  })
  test('a second entry of one number', async () => {
    const lines = await linesOf(record, INCIDENT)
    const second = lines[1]!
    expect(await refusal(insert({ seq: 2, prev: second.prev }, lineAt(2, second.prev)))).toMatch(/^23505 /)
  })
  test('a first entry with something before it', async () => {
    const other = 'inc-2026-0900'
    const prev = 'a'.repeat(64)
    expect(await refusal(insert({ incident: other, seq: 1, prev }, lineAt(1, prev, other)))).toBe(
      '23514 entry_first',
    )
  })
  test('a log that begins before one, or in the middle', async () => {
    const other = 'inc-2026-0901'
    expect(
      await refusal(insert({ incident: other, seq: 0, prev: ZERO_HASH }, lineAt(0, ZERO_HASH, other))),
    ).toBe('23514 entry_first')
    expect(
      await refusal(insert({ incident: other, seq: 5, prev: ZERO_HASH }, lineAt(5, ZERO_HASH, other))),
    ).toBe('23503 entry_continues')
  })
  test.each([
    ['another incident', (line: object) => ({ ...line, incident: 'inc-2026-0002' })],
    ['another number', (line: object) => ({ ...line, seq: 7777 })],
    ['another entry before it', (line: object) => ({ ...line, prev: 'b'.repeat(64) })],
    ['no number', ({ ...line }: object) => ({ ...line, seq: undefined })],
    ['no incident', (line: object) => ({ ...line, incident: undefined })],
    ['a null for what comes before', (line: object) => ({ ...line, prev: null })],
  ])('a line that says %s than its columns', async (_, changed) => {
    const { seq, hash } = await head()
    const line = JSON.parse(JSON.stringify(changed(lineAt(seq + 1, hash)))) as object
    expect(await refusal(insert({ seq: seq + 1, prev: hash }, line))).toBe('23514 entry_says_itself')
  })
  test('bytes that are not JSON, or not UTF-8', async () => {
    const { seq, hash } = await head()
    for (const bytes of [Buffer.from('not json'), Buffer.from([0xff, 0xfe, 0x7b])]) {
      const query = sql`insert into entry (incident, seq, prev, record) values
        (${INCIDENT}, ${seq + 1}, ${Buffer.from(hash, 'hex')}, ${bytes})`
      expect(await refusal(query)).toMatch(/^22/)
    }
  })
  test('a hash or a previous number given by hand', async () => {
    const { seq, hash } = await head()
    const query = sql`insert into entry (incident, seq, prev, record, hash) values
      (${INCIDENT}, ${seq + 1}, ${Buffer.from(hash, 'hex')}, ${canonicalBytes(lineAt(seq + 1, hash))}, ${Buffer.alloc(32)})`
    expect(await refusal(query)).toBe('428C9')
  })
})

test('what no schema knew is kept thirty days', async () => {
  const { store, database } = record
  await store.quarantine('slack', 'a payload')
  await store.quarantine('slack', 'an old payload')
  const old = (days: number) =>
    run(sql`update quarantine set at = clock_timestamp() - make_interval(days => ${days})
      where id = (select max(id) from quarantine)`)
  const left = async () =>
    (await database.rows<{ n: number }>(database.db, sql`select count(*)::int n from quarantine`))[0]!.n
  await old(29)
  await store.sweepQuarantine()
  expect(await left()).toBe(2)
  await old(31)
  await store.sweepQuarantine()
  expect(await left()).toBe(1)
})

describe('what is kept stays as it is', () => {
  test.each([
    ['an entry is changed', sql`update entry set record = record where incident = ${INCIDENT}`],
    ['an entry is moved', sql`update entry set seq = seq + 100 where incident = ${INCIDENT}`],
    ['an entry is deleted', sql`delete from entry where incident = ${INCIDENT} and seq = 2`],
    ['all entries are truncated', sql`truncate entry cascade`],
    ['sealed text is changed', sql`update sealed set body = body`],
    ['sealed text is deleted without the disposal role', sql`delete from sealed`],
    ['sealed text is truncated', sql`truncate sealed`],
    ['a log’s key is changed', sql`update log_key set wrapped = wrapped`],
    ['a log’s key is deleted without the disposal role', sql`delete from log_key`],
    ['the keys are truncated', sql`truncate log_key`],
  ])('refused: %s', async (_, query) => {
    expect(await refusal(query)).toBe('EV001')
  })

  test('sealed text beside no entry', async () => {
    expect(await refusal(sql`insert into sealed values (${INCIDENT}, 9999, 0, '\\x00'::bytea)`)).toMatch(
      /^23503 /,
    )
  })

  test('disposal: the role may delete what is sealed and its key, may not touch the record, and the chain stays', async () => {
    const other = 'inc-2026-0002'
    await begin(record.store, other, 'C0OTHER')
    const before = await linesOf(record, other)
    await record.database.transaction(async (tx) => {
      await tx.execute(sql`set local role wardroom_disposal`)
      await tx.execute(sql`delete from sealed where incident = ${other}`)
      await tx.execute(sql`delete from log_key where incident = ${other}`)
    })
    for (const query of [
      sql`delete from entry where incident = ${other}`,
      sql`update sealed set body = body`,
      sql`insert into entry (incident, seq, prev, record) values ('x', 1, '\\x00'::bytea, '\\x00'::bytea)`,
      sql`update log set seq = seq`,
    ]) {
      const tried = record.database.transaction(async (tx) => {
        await tx.execute(sql`set local role wardroom_disposal`)
        await tx.execute(query)
      })
      await expect(tried).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|EV001)$/) })
    }
    const after = await record.database.rows<{ n: number }>(
      record.database.db,
      sql`select count(*)::int n from entry where incident = ${other}`,
    )
    expect(after[0]!.n).toBe(before.length)
  })

  test('the program’s own role may add and may not take away', async () => {
    for (const query of [
      sql`delete from entry`,
      sql`truncate entry cascade`,
      sql`delete from sealed`,
      sql`delete from log_key`,
      sql`delete from seen`,
      sql`delete from log`,
      sql`delete from reminder`,
      sql`alter table entry disable trigger all`,
      sql`drop table entry cascade`,
    ]) {
      const tried = record.database.transaction(async (tx) => {
        await tx.execute(sql`set local role wardroom_app`)
        await tx.execute(query)
      })
      await expect(tried).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|EV001)$/) })
    }
  })
})

describe('one of each', () => {
  test('a role has one holder', async () => {
    await run(sql`insert into holding values (${INCIDENT}, 'commander', 'U1')`)
    expect(await refusal(sql`insert into holding values (${INCIDENT}, 'commander', 'U2')`)).toMatch(/^23505 /)
  })
  test('a reminder fires once', async () => {
    const identity = 'hipaa-individual|2027-01-20|30|0'
    await run(sql`insert into reminder values (${INCIDENT}, ${identity})`)
    expect(await refusal(sql`insert into reminder values (${INCIDENT}, ${identity})`)).toMatch(/^23505 /)
    expect(await record.store.write((unit) => unit.claimReminder(INCIDENT, identity))).toBe(false)
  })
  test('a content key is recorded once, and a card waits once', async () => {
    const key = { key: 'slack:T:C:1', incident: INCIDENT }
    expect(await record.store.write((unit) => unit.claim(key.key, key.incident))).toBe(true)
    expect(await record.store.write((unit) => unit.claim(key.key, key.incident))).toBe(false)
    const wish = { incident: INCIDENT, lane: 'room:x', verb: 'card', view: 'status', args: {}, card: 'x/y' }
    await record.store.write((unit) => unit.enqueue([wish]))
    await record.store.write((unit) => unit.enqueue([wish]))
    const [row] = await record.database.rows<{ n: number }>(
      record.database.db,
      sql`select count(*)::int n from outbox where card = 'x/y'`,
    )
    expect(row!.n).toBe(1)
  })
})
