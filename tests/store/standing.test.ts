/** Messages found by their content keys: a page at a time, each whole, and those that were on the record before. */
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stands } from '../../src/evidence/standing.ts'
import type { Known, Stretch } from '../../src/store/standing.ts'
import { AT, begin, keyOf, PLACE, postedEvent, said, type TestRecord, testRecord } from '../support/record.ts'

const INCIDENT = 'inc-2026-0001'
const ROOM = 'C0ROOM'
const place = { ...PLACE, room: ROOM }
const ALL: Stretch = { thread: '', from: null, until: null }
let record: TestRecord

beforeAll(async () => {
  record = await testRecord()
  await begin(record.store, INCIDENT, ROOM)
})
afterAll(() => record.close())

async function known(stretch: Stretch): Promise<Known[]> {
  const found: Known[] = []
  for await (const one of record.store.standing.messages(place, stretch)) found.push(one)
  return found
}
const id = (n: number) => `17952324${String(n).padStart(5, '0')}`
const take = (rows: readonly (readonly [string, string | null])[]) =>
  record.database.transaction((tx) =>
    tx.execute(sql`insert into seen (key, incident, seq, thread)
      select key, ${INCIDENT}, 1, thread from json_to_recordset(${JSON.stringify(
        rows.map(([key, thread]) => ({ key, thread })),
      )}::json) as given(key text, thread text)`),
  )

test('over page after page, in order, each message once with all its marks, and none of another room', async () => {
  const many = Array.from({ length: 2_500 }, (_, n) => n)
  const marks = (n: number) => (n % 500 === 499 ? ['', ':d', ':e1', ':gone:0'] : [''])
  await take([
    ...many.flatMap((n) => marks(n).map((mark) => [keyOf(ROOM, id(n)) + mark, ''] as const)),
    [keyOf(ROOM, `${id(7)}:r:U1:eyes:+:1`), null],
    [keyOf('C0ROOM2', id(3)), ''],
    [keyOf('C0ROO', id(3)), ''],
    [`${keyOf(ROOM, id(9_000))}:d`, ''],
  ])
  const found = await known(ALL)
  expect(found.map(({ message }) => message)).toEqual(many.map(id))
  expect(found[499]!.marks).toEqual(['', 'd', 'e1', 'gone:0'])
  const some = await known({ thread: '', from: id(10), until: id(13) })
  expect(some.map(({ message }) => message)).toEqual([10, 11, 12].map(id))
  await record.database.transaction((tx) => tx.execute(sql`delete from seen where seq = 1`))
})

test.each<[boolean, ...string[]]>([
  [true, ''],
  [false, '', 'd'],
  [false, '', 'd', 'd100', 'e90'],
  [true, '', 'd', 'd100', 'u200'],
  [false, '', 'd', 'd100', 'u200', 'd300'],
  [false, '', 'gone:0'],
  [true, '', 'back:0', 'gone:0'],
  [false, '', 'back:0', 'gone:0', 'gone:1'],
  [false, '', 'd', 'gone:0'],
])('stands: %s, with the marks %j', (expected, ...marks) => expect(stands({ marks })).toBe(expected))

test('those recorded before the threads of messages were kept are found as well, replies with theirs', async () => {
  const { store, database } = record
  const from = { ...PLACE, room: ROOM, message: null, thread: null, ts: null }
  const stamp = { actor: { id: 'U0SAMOKAFOR', kind: 'human' as const }, at: AT, source: from }
  const reply = postedEvent(ROOM, id(2), 'a reply')
  await store.evidence([
    said(ROOM, id(1), 'a root', { thread: '', stamp }),
    said(ROOM, id(2), 'a reply', {
      ...{ thread: id(1), stamp },
      versions: [
        {
          key: keyOf(ROOM, id(2)),
          event: { ...reply, data: { ...reply.data, thread: id(1) } } as typeof reply,
        },
      ],
    }),
  ])
  const before = [await known(ALL), await known({ ...ALL, thread: id(1) })]
  expect(before.map((found) => found.map(({ message }) => message))).toEqual([[id(1)], [id(2)]])
  const migration = readFileSync(new URL('../../drizzle/0005_read_back.sql', import.meta.url), 'utf8')
  const backfill = migration
    .split('--> statement-breakpoint')
    .find((statement) => statement.includes('UPDATE'))!
  await database.transaction((tx) => tx.execute(sql`update seen set thread = null`))
  expect(await known(ALL)).toEqual([])
  await database.transaction((tx) => tx.execute(sql.raw(backfill)))
  expect([await known(ALL), await known({ ...ALL, thread: id(1) })]).toEqual(before)
})
