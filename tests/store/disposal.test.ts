/** Disposal carried out: what was said is nowhere in the database, and everything else still verifies. */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DisposalOf } from '../../src/domain/custody-events.ts'
import { type Event, event } from '../../src/domain/events.ts'
import { redactionOf } from '../../src/domain/redaction.ts'
import { dispose, readDisposeArguments } from '../../src/operate/dispose-command.ts'
import { openDatabase } from '../../src/store/db.ts'
import { inspect } from '../../src/store/inspect.ts'
import { silent, testServerUrl } from '../support/database.ts'
import { AT, begin, faults, linesOf, said, type TestRecord, testRecord, write } from '../support/record.ts'

const CANARY = 'Mrs Canary of bed 4, MRN 00417'
const LATER = new Date('2033-06-01T12:00:00Z')
const ALL: DisposalOf = { what: 'incident', seqs: null }
/** Its clocks count to 1 March 2027 whatever it was closed as: until then it has effect. */
const KEPT_UNTIL = '2033-03-01'

let record: TestRecord
let replica: TestRecord
let incident = ''
let room = ''
let count = 0

beforeAll(async () => {
  record = await testRecord()
  replica = await testRecord({ database: record.database, recordKey: record.recordKey })
})
afterAll(() => record.close())

/** Two messages, a note and a close; both replicas have sealed with its key. */
beforeEach(async () => {
  count += 1
  incident = `inc-2026-${String(count).padStart(4, '0')}`
  room = `C0ROOM${count}`
  await begin(record.store, incident, room)
  await record.store.evidence([said(room, '1.1', CANARY)])
  await replica.store.evidence([said(room, '2.1', `again ${CANARY}`)])
  const note = event('note.recorded', {}, { body: CANARY })
  const closed = event('incident.closed', { outcome: 'false-alarm', duplicateOf: null }, { reason: CANARY })
  await write(record.store, incident, [note, closed])
})

const lastSeq = async () => (await linesOf(record, incident)).at(-1)!.seq
const put = (actor: string, ...events: Event[]) => write(record.store, incident, events, actor)

async function ask(of: DisposalOf = ALL, signer: string | null = null): Promise<number> {
  const keptUntilOn = of.what === 'incident' ? KEPT_UNTIL : null
  await put('U0DANA', event('disposal.requested', { ...of, keptUntilOn, signer }, { reason: 'old enough' }))
  return lastSeq()
}
const approve = (request: number, of: DisposalOf = ALL, actor = 'U0LEE') =>
  put(actor, event('disposal.approved', { ...of, request, by: 'person' }))

async function run(args: readonly string[] = [], now = LATER) {
  const told: string[] = []
  const say = (line: string) => void told.push(line)
  const code = await dispose(readDisposeArguments([incident, ...args])!, {
    ...{ store: record.store, now: () => now, out: say, fail: say },
  })
  return { code, told: told.join('\n') }
}

/** Every row of every table, bytes as hexadecimal. */
async function everything(): Promise<string> {
  const { database } = record
  const tables = await database.rows<{ name: string }>(
    database.db,
    sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
  )
  const rows: string[] = []
  for (const { name } of tables)
    for (const { row } of await database.rows<{ row: string }>(
      database.db,
      sql`select t::text as row from ${sql.identifier(name)} t`,
    ))
      rows.push(row)
  return rows.join('\n')
}

async function bytesOf(): Promise<string[]> {
  const rows = await record.database.rows<{ hex: string }>(
    record.database.db,
    sql`select encode(body, 'hex') as hex from sealed where incident = ${incident}
      union all select encode(wrapped, 'hex') from log_key where incident = ${incident}`,
  )
  return rows.map(({ hex }) => hex)
}

const mine = async () => (await faults(record.store)).filter((fault) => fault.startsWith(incident))

test('after a disposal neither the words nor their key are in any table, and the record verifies', async () => {
  const before = await linesOf(record, incident)
  const kept = await bytesOf()
  expect(kept.length).toBeGreaterThan(5)
  const full = await everything()
  expect(kept.every((hex) => full.includes(hex))).toBe(true)

  await approve(await ask())
  const asked = await bytesOf()
  expect(await run()).toEqual({ code: 0, told: expect.stringMatching(/all words and files disposed of/) })

  const left = await everything()
  expect([...kept, ...asked].filter((hex) => left.includes(hex))).toEqual([])
  expect(left).not.toContain(CANARY)
  expect(left).not.toContain(Buffer.from(CANARY).toString('hex'))
  expect(await mine()).toEqual([])
  const after = await linesOf(record, incident)
  expect(after.slice(0, before.length).map(({ kind }) => kind)).toEqual(before.map(({ kind }) => kind))
  expect(after.every(({ text }) => Object.keys(text).length === 0)).toBe(true)
  expect((await record.store.incident(incident))?.disposed?.seq).toBe(after.at(-1)!.seq)
})

test('what is said afterwards is sealed under another key, by every replica, and kept for its own six years', async () => {
  await approve(await ask())
  await run()
  await replica.store.evidence([said(room, '3.1', 'found in a drawer')])
  await record.store.evidence([said(room, '4.1', 'filed')])
  await write(replica.store, incident, [event('note.recorded', {}, { body: 'noted' })])
  expect(await mine()).toEqual([])
  const lines = await linesOf(record, incident)
  expect(lines.slice(-3).map(({ text }) => text.body)).toEqual(['found in a drawer', 'filed', 'noted'])
  // They bear the test's own hour, so their years are over as well.
  await approve(await ask())
  expect((await run()).code).toBe(0)
  expect(await mine()).toEqual([])
})

const hold = event('legal_hold.placed', { over: 'incident' }, { reason: 'a claim' })

test.each([
  ['nobody asked', async () => {}, /Nobody asks/],
  ['one person approved, twice', async () => approve(await ask(), ALL, 'U0DANA'), /One more approval/],
  [
    'a legal hold came after the approvals',
    async () => {
      await approve(await ask())
      await put('U0LEE', hold)
    },
    /legal hold stands/,
  ],
  [
    'it was opened again',
    async () => {
      await approve(await ask())
      await put('U0LEE', event('incident.reopened', {}, { reason: 'more' }))
    },
    /open again/,
  ],
  [
    'it was turned down',
    async () => {
      const request = await ask()
      await approve(request)
      await put('U0KIM', event('disposal.withdrawn', { ...ALL, request }))
    },
    /Nobody asks/,
  ],
])('nothing is disposed of where %s', async (_, given, words) => {
  await given()
  const before = await bytesOf()
  const { code, told } = await run()
  expect(code).toBe(1)
  expect(told).toMatch(words)
  expect(await bytesOf()).toEqual(before)
})

test('a legal hold over every incident stops it, and lifted lets it go on', async () => {
  await approve(await ask())
  const over = (kind: 'legal_hold.placed' | 'legal_hold.lifted') =>
    record.store.write((unit) =>
      unit.appendOrganisation([event(kind, { over: 'organisation' }, { reason: 'an inquiry' })], {
        ...{ actor: { id: 'U0LEE', kind: 'human' }, at: AT, source: null },
      }),
    )
  await over('legal_hold.placed')
  expect(await run()).toEqual({ code: 1, told: expect.stringMatching(/legal hold stands/) })
  await over('legal_hold.lifted')
  expect((await run()).code).toBe(0)
})

test('nothing is disposed of before its day, whoever approved', async () => {
  await approve(await ask())
  const { code, told } = await run([], new Date(`${KEPT_UNTIL}T20:00:00Z`))
  expect([code, told]).toEqual([1, expect.stringMatching(/kept through 2033-03-01/)])
  expect(await mine()).toEqual([])
})

test('a process that dies between deleting and saying so has deleted nothing', async () => {
  const before = await bytesOf()
  const dying = record.store.write(async (unit) => {
    await unit.dispose(incident, ALL)
    throw new Error('killed')
  })
  await expect(dying).rejects.toThrow('killed')
  expect(await bytesOf()).toEqual(before)
  await record.store.evidence([said(room, '5.1', 'still here')])
  expect((await linesOf(record, incident)).at(-1)?.text.body).toBe('still here')
  expect(await mine()).toEqual([])
})

test('a redaction takes the entries it names, and another that goes missing is still found', async () => {
  const lines = await linesOf(record, incident)
  const [first = 0, second = 0] = lines.filter(({ kind }) => kind === 'message.posted').map(({ seq }) => seq)
  const of: DisposalOf = { what: 'entry', seqs: [first] }
  await approve(await ask(of), of)
  expect((await run([], AT)).code).toBe(0)
  const after = await linesOf(record, incident)
  expect(after.find(({ seq }) => seq === first)?.text).toEqual({})
  expect(after.find(({ seq }) => seq === second)?.text.body).toContain(CANARY)
  expect(await mine()).toEqual([])
  // With the disposal role in hand, and nothing on the record.
  await record.database.transaction(async (tx) => {
    await tx.execute(sql`set local role wardroom_disposal`)
    await tx.execute(sql`delete from sealed where incident = ${incident} and seq = ${second}`)
  })
  expect(await mine()).toEqual([`${incident}: ${second} — sealed text the entry commits to is gone`])
})

/** Counsel's room beside the war room, on the same chain, with something said in it. */
async function besides(words: string): Promise<string> {
  const beside = `${room}BESIDE`
  await put('U0MARAVOSS0', event('privilege.room_requested', { suffix: 'counsel' }, { basis: 'advice' }))
  const opened = { platform: 'slack', workspace: 'T0PRACTICE', room: beside, name: `${incident}-counsel` }
  await put('', event('privilege.room_opened', opened, undefined, await lastSeq()))
  await record.store.write((unit) => unit.bindRoom(opened, incident, { isBeside: true }))
  await record.store.evidence([said(beside, '9.1', words), said(beside, '9.2', `more of ${words}`)])
  return beside
}

test('a message of counsel’s room is redacted by its link, and the others of that room stay', async () => {
  const beside = await besides('advice on bed 4')
  const lines = await record.store.lines(incident, { of: 'message', message: '9.1' })
  const { seqs } = redactionOf(lines, { message: '9.1', rooms: [beside] })!
  expect(seqs).toHaveLength(1)
  expect(redactionOf(lines, { message: '9.1', rooms: [room] })?.seqs).toEqual([])
  const of: DisposalOf = { what: 'entry', seqs }
  await approve(await ask(of), of)
  expect((await run([], AT)).code).toBe(0)
  const texts = (await linesOf(record, incident)).filter(({ data }) => data.room === beside)
  expect(texts.map(({ data, text }) => [data.message, text.body])).toEqual([
    [undefined, undefined],
    ['9.1', undefined],
    ['9.2', 'more of advice on bed 4'],
  ])
  expect(await mine()).toEqual([])
})

test('a disposal takes what was said in counsel’s room too: none of it is in any table, and the record verifies', async () => {
  const words = 'advice nobody else may read'
  const beside = await besides(words)
  const kept = await bytesOf()
  await approve(await ask())
  expect((await run()).code).toBe(0)
  const left = await everything()
  expect(kept.filter((hex) => left.includes(hex))).toEqual([])
  expect(left).not.toContain(words)
  expect(left).not.toContain(Buffer.from(words).toString('hex'))
  const said = (await linesOf(record, incident)).filter(({ data }) => data.room === beside)
  expect(said.map(({ kind, text }) => [kind, text])).toEqual([
    ['privilege.room_opened', {}],
    ['message.posted', {}],
    ['message.posted', {}],
  ])
  expect(await mine()).toEqual([])
})

test('the second approval may be a signature over the request, made with openssl’s raw bytes', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const signer = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  const request = await ask(ALL, signer)
  const { told: text } = await run(['--request', String(request)])
  const file = join(mkdtempSync(join(tmpdir(), 'wardroom-')), 'request.sig')
  writeFileSync(file, sign(null, Buffer.from(`${text} `), privateKey))
  expect((await run(['--signed-by', file])).told).toMatch(/no request that names its key/)
  writeFileSync(file, sign(null, Buffer.from(`${text}\n`), privateKey))
  expect((await run(['--signed-by', file])).code).toBe(0)
  expect(await mine()).toEqual([])
})

test('what is due is listed, and what keeps the rest', async () => {
  const told: string[] = []
  const out = (line: string) => void told.push(line)
  await dispose({}, { store: record.store, now: () => LATER, out, fail: out })
  expect(told.filter((line) => line.startsWith(`${incident}:`))).toEqual([
    `${incident}: was kept through ${KEPT_UNTIL}; nobody has asked yet: dispose ${incident} because …, in chat`,
  ])
})

test.skipIf(testServerUrl === undefined)(
  'the server’s own login may not dispose, the login for it may, and neither may change the record',
  async () => {
    await approve(await ask())
    const before = await bytesOf()
    const owner = postgres(record.database.url!, { max: 1, onnotice: () => {} })
    const suffix = randomUUID().slice(0, 8)
    const logins = { app: `test_app_${suffix}`, disposal: `test_disposal_${suffix}` }
    await owner.unsafe(`create role ${logins.app} login in role wardroom_app`)
    await owner.unsafe(`create role ${logins.disposal} login in role wardroom_app, wardroom_disposal`)
    const as = async (login: string) => {
      const url = new URL(record.database.url!)
      url.username = login
      const database = await openDatabase({
        ...{ databaseUrl: url.href, migrateDatabaseUrl: record.database.url, log: silent },
      })
      const told: string[] = []
      const say = (line: string) => void told.push(line)
      // What doctor says of each is what then happens.
      const { login: inspected } = await inspect(database.db)
      expect(inspected).toMatchObject({ mayWrite: true, mayDispose: login === logins.disposal })
      const { store } = await testRecord({
        database: { ...database, url: url.href },
        recordKey: record.recordKey,
      })
      const code = await dispose({ incident }, { store, now: () => LATER, out: say, fail: say })
      const change = database.db.execute(sql`delete from entry where incident = ${incident}`)
      await expect(change).rejects.toThrow()
      await database.close()
      return { code, told: told.join() }
    }
    try {
      expect(await as(logins.app)).toEqual({ code: 1, told: expect.stringMatching(/DISPOSE_DATABASE_URL/) })
      expect(await bytesOf()).toEqual(before)
      expect((await as(logins.disposal)).code).toBe(0)
      expect(await mine()).toEqual([])
    } finally {
      for (const login of Object.values(logins)) await owner.unsafe(`drop role ${login}`)
      await owner.end()
    }
  },
)
