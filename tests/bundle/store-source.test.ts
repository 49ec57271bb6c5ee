/** A bundle from a database: read by the page, opened with the log's key, the stored bytes as they are. */
import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ContentDamaged, damagedIn } from '../../src/bundle/damage.ts'
import { storeSource } from '../../src/bundle/source.ts'
import { event } from '../../src/domain/events.ts'
import { chunkBytes, commitment, newSalt } from '../../src/domain/seal.ts'
import type { LogEntry, Reading } from '../../src/store/read-log.ts'
import { bundleOf, FULL, unzipped } from '../support/bundle.ts'
import { AT, begin, said, type TestRecord, testRecord } from '../support/record.ts'

const INCIDENT = 'inc-2026-0001'
const ROOM = 'C0ROOM'
const file = randomBytes(chunkBytes + 7)
let record: TestRecord
let fileSeq: number

beforeAll(async () => {
  record = await testRecord()
  const { store } = record
  await begin(store, INCIDENT, ROOM)
  const messages = Array.from({ length: 600 }, (_, n) => said(ROOM, `m${n}`, `line ${n}`))
  await store.evidence(messages)
  const salt = newSalt()
  const data = {
    message: null,
    file: 'F1',
    mime: 'image/png',
    size: file.length,
    chunks: 2,
    kept: 'bytes',
  } as const
  const added = event(
    'file.added',
    { ...data, bytes: commitment(salt, file) },
    { name: 'scan.png', salt: salt.toString('base64') },
  )
  const stamp = { actor: { id: '', kind: 'system' as const }, at: AT, source: null }
  await store.write(async (unit) => {
    await unit.incident(INCIDENT)
    const { seqs } = await unit.append(INCIDENT, [added], stamp, { salt, bytes: file })
    fileSeq = seqs[0]!
  })
})
afterAll(() => record.close())

async function read(which?: Reading): Promise<LogEntry[]> {
  const found: LogEntry[] = []
  for await (const each of record.store.reading.log(INCIDENT, which)) found.push(each)
  return found
}

test('every entry is read once and in order, from and up to where it is asked', async () => {
  const all = await read()
  expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: fileSeq }, (_, n) => n + 1))
  expect(all.every(({ seq, line }) => line.seq === seq)).toBe(true)
  const some = await read({ from: 100, upTo: 590 })
  expect(some.map(({ seq }) => seq)).toEqual(Array.from({ length: 491 }, (_, n) => n + 100))
  expect(await read({ from: fileSeq + 1 })).toEqual([])
})

test('text is what the entry commits to, and only where it was asked for', async () => {
  const all = await read({ text: ({ kind }) => kind === 'message.posted' })
  for (const { line, text } of all)
    expect(text && commitment(text.salt, text.body)).toBe(
      line.kind === 'message.posted' ? line.commit : undefined,
    )
})

test('the bundle has the stored bytes, and the file in one piece', async () => {
  const source = storeSource(record.store, { incident: INCIDENT, scope: FULL, through: fileSeq })
  const { bytes } = await bundleOf(source)
  const files = await unzipped(bytes)
  const { db, rows } = record.database
  const stored = await rows<{ record: Uint8Array }>(
    db,
    sql`select record from entry where incident = ${INCIDENT} order by seq`,
  )
  const lines = Buffer.concat(stored.flatMap((row) => [row.record, Buffer.from('\n')]))
  expect(files.get('events.jsonl')!.equals(lines)).toBe(true)
  expect(files.get(`content/files/${fileSeq}`)!.equals(file)).toBe(true)
  expect((await bundleOf(source)).bytes.equals(bytes)).toBe(true)
})

test('what no longer opens is found, each by what is the matter; a key that was changed opens nothing, and the lines are there', async () => {
  const source = storeSource(record.store, { incident: INCIDENT, scope: FULL, through: fileSeq })
  const change = (statement: ReturnType<typeof sql>) =>
    record.database.transaction(async (tx) => {
      for (const table of ['sealed', 'log_key'])
        await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
      await tx.execute(statement)
    })
  const garbled = sql`set_byte(body, 20, get_byte(body, 20) # 1)`
  await change(sql`update sealed set body = ${garbled} where seq = 5 or (seq = ${fileSeq} and part = 2)`)
  await change(sql`delete from sealed where seq = 7`)
  expect((await damagedIn(source)).map(({ seq, part, why }) => [seq, part, why])).toEqual([
    [5, 'text', 'does-not-open'],
    [7, 'text', 'gone'],
    [fileSeq, 'file', 'does-not-open'],
  ])
  await expect(bundleOf(source)).rejects.toThrow(ContentDamaged)
  const files = await unzipped((await bundleOf({ ...source, damaged: await damagedIn(source) })).bytes)
  expect(files.has(`content/files/${fileSeq}`)).toBe(false)
  await change(
    sql`update log_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where incident = ${INCIDENT}`,
  )
  const all = await damagedIn(source)
  expect(all.filter(({ part, why }) => part === 'text' && why === 'does-not-open').length).toBeGreaterThan(
    600,
  )
})
