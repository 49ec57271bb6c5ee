/**
 * What somebody with the database's password can do to what was signed: where verify says it happened, and what only
 * the chat platform's copy of a checkpoint tells.
 */
import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noteOf, noteText, signText } from '../../src/domain/checkpoint.ts'
import { canonicalBytes, type EntryLine, ORGANISATION } from '../../src/domain/record.ts'
import { readWitness } from '../../src/domain/verify/note.ts'
import {
  type CheckpointKey,
  newCheckpointKeyText,
  readCheckpointKey,
} from '../../src/store/checkpoint-key.ts'
import { refold } from '../../src/store/refold.ts'
import { declare, INCIDENT, pass, say, signed, witnessed } from '../support/checkpoints.ts'
import { silent, type TestDatabase, testDatabase } from '../support/database.ts'
import { faults, linesOf } from '../support/record.ts'
import { type StillWardroom, stillWardroom } from '../support/still.ts'

const thief = readCheckpointKey(newCheckpointKeyText(), 'the thief')
let database: TestDatabase
let wardroom: StillWardroom

/** Three checkpoints, the last of them posted, and words after it. */
beforeEach(async () => {
  database = await testDatabase()
  wardroom = await stillWardroom(database)
  await declare(wardroom)
  for (let n = 0; n < 3; n += 1) {
    await say(wardroom, `words ${n}`)
    await pass(wardroom, 1200)
  }
  expect(witnessed(wardroom)).toHaveLength(1)
  await say(wardroom, 'words after')
  expect(await faults(wardroom.store)).toEqual([])
})
afterEach(() => database.close())

async function attack(...queries: readonly SQL[]): Promise<void> {
  const off = [
    'alter table entry disable trigger user',
    'alter table sealed disable trigger user',
    'alter table entry drop constraint if exists entry_continues',
    'alter table sealed drop constraint if exists sealed_incident_seq_entry_incident_seq_fk',
  ]
  await database.transaction(async (tx) => {
    for (const query of off) await tx.execute(sql.raw(query))
    for (const query of queries) await tx.execute(query)
  })
}

async function stored(log: string): Promise<EntryLine[]> {
  const rows = await database.rows<{ record: Uint8Array }>(
    database.db,
    sql`select record from entry where incident = ${log} order by seq`,
  )
  return rows.map(({ record }) => JSON.parse(Buffer.from(record).toString('utf8')) as EntryLine)
}

/** Changes lines as they pass and makes the chain, and the head, follow. */
async function rewritten(
  log: string,
  change: (line: EntryLine, head: { seq: number; hash: string }) => EntryLine,
): Promise<void> {
  const queries: SQL[] = []
  let head = { seq: 0, hash: '0'.repeat(64) }
  for (const line of await stored(log)) {
    const bytes = canonicalBytes({ ...change(line, head), prev: head.hash })
    queries.push(sql`update entry set record = ${bytes}, prev = ${Buffer.from(head.hash, 'hex')}
      where incident = ${log} and seq = ${line.seq}`)
    head = { seq: line.seq, hash: createHash('sha256').update(bytes).digest('hex') }
  }
  await attack(...queries, sql`update log set hash = ${head.hash} where incident = ${log}`)
}

/** The edit: the second message was said by somebody else. */
async function edit(checkpoint: (line: EntryLine, head: { seq: number; hash: string }) => EntryLine) {
  const second = (await linesOf(wardroom, INCIDENT)).filter(({ kind }) => kind === 'message.posted')[1]!
  await rewritten(INCIDENT, (line, head) => {
    if (line.seq === second.seq) return { ...line, actor: { id: 'U0NOBODY', kind: 'human' } }
    return line.kind === 'checkpoint.signed' ? checkpoint(line, head) : line
  })
}

const over = (line: EntryLine, { seq, hash }: { seq: number; hash: string }): EntryLine => ({
  ...line,
  data: { ...line.data, seq, head: hash } as EntryLine['data'],
})
const by = (key: CheckpointKey, line: EntryLine): EntryLine => {
  const note = { ...noteOf(line), key: key.fingerprint }
  const data = { ...line.data, key: key.fingerprint, signature: signText(key.secret, noteText(note)) }
  return { ...line, data: data as EntryLine['data'] }
}

test('an edit, with every hash after it made anew: the first checkpoint after it names other entries', async () => {
  await edit((line) => line)
  const [, second] = await signed(wardroom)
  expect(await faults(wardroom.store)).toEqual([
    expect.stringContaining(`: ${second!.seq} — checkpoint was signed over other entries`),
  ])
})

test('the same with its checkpoints made to name them: their signatures are not the key’s', async () => {
  await edit((line, head) => over(line, head))
  const [, second] = await signed(wardroom)
  expect(await faults(wardroom.store)).toEqual([
    expect.stringContaining(`: ${second!.seq} — checkpoint's signature is not its key's`),
  ])
})

test('the same signed by another key: the record does not know it', async () => {
  await edit((line, head) => by(thief, over(line, head)))
  const [first] = await signed(wardroom)
  expect(await faults(wardroom.store)).toEqual([
    expect.stringContaining(`: ${first!.seq} — checkpoint is signed by a key this record does not know`),
  ])
})

test('the same with that key put on the record as well: it is not the key given from outside', async () => {
  await edit((line, head) => by(thief, over(line, head)))
  await rewritten(ORGANISATION, (line) => {
    if (line.kind !== 'checkpoint.key_set') return line
    return { ...line, data: { key: thief.fingerprint, publicKey: thief.publicKey } }
  })
  const found: string[] = []
  for await (const { incident, fault } of wardroom.store.verify({
    checkpointKey: wardroom.delivering.checkpointKey.fingerprint,
  }))
    if (fault) found.push(`${incident}: ${fault.what}`)
  expect(found[0]).toBe(
    `org: the checkpoint keys on the record end in ${thief.fingerprint}, and the key given is ${wardroom.delivering.checkpointKey.fingerprint}`,
  )
})

test('one signature forged', async () => {
  const [, , last] = await signed(wardroom)
  await rewritten(INCIDENT, (line, head) => {
    if (line.seq === last!.seq) return by({ ...thief, fingerprint: last!.data.key }, line)
    return line.kind === 'checkpoint.signed' && line.seq > last!.seq ? over(line, head) : line
  })
  expect(await faults(wardroom.store)).toEqual([
    expect.stringContaining(`: ${last!.seq} — checkpoint's signature is not its key's`),
  ])
})

/** What the platform shows: number and hash of the entry it covers the record up to. */
const shown = () => {
  const lines = witnessed(wardroom)[0]!.text.split('\n')
  const at = lines.findIndex((line) => line.startsWith('wardroom checkpoint '))
  return { seq: Number(lines[at + 1]), hash: lines[at + 2] }
}
/** The whole post, as somebody copies it. */
const againstThePost = () => faults(wardroom.store, { witnesses: readWitness(witnessed(wardroom)[0]!.text) })
async function hashAt(seq: number): Promise<string | undefined> {
  const [row] = await database.rows<{ hash: string }>(
    database.db,
    sql`select encode(hash, 'hex') as hash from entry where incident = ${INCIDENT} and seq = ${seq}`,
  )
  return row?.hash
}
async function cutAfter(seq: number): Promise<void> {
  const hash = await hashAt(seq)
  await attack(
    sql`delete from sealed where incident = ${INCIDENT} and seq > ${seq}`,
    sql`delete from entry where incident = ${INCIDENT} and seq > ${seq}`,
    sql`update log set seq = ${seq}, hash = ${hash}, reducer = 0 where incident = ${INCIDENT}`,
  )
  // Whoever holds the database can fold what is left as well as we can.
  await refold(wardroom.store, silent)
}

test('the tail dropped with the checkpoints over it verifies, and is not what the room shows', async () => {
  const { seq, hash } = shown()
  expect(await hashAt(seq)).toBe(hash)
  expect(await againstThePost()).toEqual([])
  await cutAfter((await signed(wardroom))[0]!.seq)
  expect(await faults(wardroom.store)).toEqual([])
  expect(await againstThePost()).toEqual([
    expect.stringContaining(`: ${seq} — the post covers entry ${seq}, and the record ends at`),
  ])
  expect(await hashAt(seq)).toBeUndefined()
  // Nor does it help to let the record grow past it again.
  while ((await wardroom.store.head(INCIDENT))!.seq < seq) await say(wardroom, 'something harmless')
  expect(await faults(wardroom.store)).toEqual([])
  expect(await hashAt(seq)).not.toBe(hash)
  expect(await againstThePost()).toEqual([
    `${INCIDENT}: ${seq} — the post shows another hash for it: the record was rewritten`,
  ])
})

test('what came after the last posted checkpoint can be dropped unseen: the hour the documents name', async () => {
  const { seq, hash } = shown()
  await cutAfter(seq)
  expect(await faults(wardroom.store)).toEqual([])
  expect(await againstThePost()).toEqual([])
  expect(await hashAt(seq)).toBe(hash)
})
