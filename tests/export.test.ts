/** An export as whoever asks for it lives through it: asked for, sent to them alone, taken back, and what stops it. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ORGANISATION, sha256Hex } from '../src/domain/record.ts'
import { unzipped } from './support/bundle.ts'
import { checked } from './support/handed-over.ts'
import type { Line } from './support/record.ts'
import {
  declareRoom,
  everythingSeen,
  HELPDESK,
  kinds,
  record,
  type WarRoom,
  whispers,
} from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

const HOUR = 3_600_000
let wardroom: TestWardroom
let at: WarRoom
const dataDir = mkdtempSync(join(tmpdir(), 'wardroom-export-'))
const folder = join(dataDir, 'exports')

beforeAll(async () => {
  wardroom = await testWardroom({ env: { DATA_DIR: dataDir } })
  at = await declareRoom(wardroom)
})
afterAll(async () => {
  await wardroom.close()
  rmSync(dataDir, { recursive: true })
})

/** What this ask put on the record, and the bundles now in somebody's chat. */
async function asks(who: string, line: string, where = HELPDESK): Promise<Line[]> {
  const before = (await record(wardroom, at.incident)).length
  await wardroom.practice.as(who).command(where, `/incident ${line}`)
  await wardroom.settle()
  return (await record(wardroom, at.incident)).slice(before)
}
const exported = (lines: readonly Line[]) => lines.filter(({ kind }) => kind.startsWith('export.'))
const inChat = (who: string) => {
  const actor = wardroom.practice.as(who)
  return actor
    .dms()
    .flatMap(({ id }) => actor.everything(id))
    .flatMap(({ text, files }) => files.map((file) => ({ ...file, text })))
    .filter(({ name }) => name.endsWith('.zip'))
}
const later = (ms: number) => wardroom.moveTo(new Date(wardroom.clock.now().getTime() + ms))
const left = () => readdirSync(folder)

test('the privacy officer gets the bundle of all up to their request, alone, and it leaves the chat again', async () => {
  await wardroom.practice.as('sam').post(at.room, 'It lay on the desk')
  await wardroom.settle()
  const lines = await asks('dana', `export ${at.incident} full`)
  const [asked, created, delivered] = exported(lines)
  expect(exported(lines).map(({ kind }) => kind)).toEqual([
    'export.requested',
    'export.created',
    'export.delivered',
  ])
  expect(lines.find(({ seq }) => seq === asked!.seq + 1)?.kind).toBe('checkpoint.signed')
  const [sent, ...more] = inChat('dana')
  expect(more).toEqual([])
  const bytes = wardroom.practice.as('dana').readFile(sent!.id)
  expect(created).toMatchObject({
    ref: asked!.seq,
    data: { sha256: sha256Hex(bytes), bytes: bytes.length, through: asked!.seq, scope: 'full' },
  })
  expect(delivered).toMatchObject({
    ref: asked!.seq,
    data: { how: 'direct-message', to: asked!.actor.id, message: sent!.id },
  })
  expect(sent!.text).toContain(sha256Hex(bytes))
  const bundle = await unzipped(bytes)
  const chain = bundle.get('events.jsonl')!.toString().trimEnd().split('\n')
  expect(chain).toHaveLength(asked!.seq)
  expect(bundle.get('content/text.txt')!.toString()).toContain('It lay on the desk')
  // It is whole to whoever has nothing else, and what the room shows agrees with it.
  const [handed, copied] = [join(dataDir, 'handed-over.zip'), join(dataDir, 'room.txt')]
  writeFileSync(handed, bytes)
  writeFileSync(copied, everythingSeen(wardroom, 'sam').replaceAll('\\n', '\n'))
  const { code, lines: told } = await checked(handed, copied)
  expect(told, told.join()).toContain(`The post over entry ${asked!.seq} agrees.`)
  expect([code, told.at(-1)]).toEqual([0, 'The bundle is whole.'])
  expect(left()).toEqual([])
  for (const who of ['sam', 'priya']) expect(everythingSeen(wardroom, who)).not.toContain('.zip')

  await later(23 * HOUR)
  expect(inChat('dana')).toHaveLength(1)
  await later(2 * HOUR)
  expect(inChat('dana')).toEqual([])
  expect((await kinds(wardroom, at.incident, 'export.')).at(-1)).toMatchObject({
    kind: 'export.removed',
    ref: asked!.seq,
  })
})

test('an answer that was lost sends no second copy, and the bytes are the same', async () => {
  wardroom.practice.faults.failCalls('files.completeUploadExternal', { kind: 'lost_answer' })
  // What an attempt that was killed left behind: the command is the next entry, the request the one after it.
  const seq = (await record(wardroom, at.incident)).length + 2
  writeFileSync(join(folder, `${at.incident}-export-${seq}.zip.part`), 'half')
  const lines = exported(await asks('dana', `export ${at.incident} decision file`))
  expect(lines[0]?.seq).toBe(seq)
  expect(
    wardroom.practice.calls.filter(({ method }) => method === 'files.getUploadURLExternal'),
  ).toHaveLength(2)
  expect(lines.map(({ kind }) => kind)).toEqual(['export.requested', 'export.created', 'export.delivered'])
  expect(inChat('dana')).toHaveLength(1)
  expect(left()).toEqual([])
})

test('the clocks come into the room as a picture with its words, and its echo is nobody’s unknown post', async () => {
  const lines = await asks('sam', `clocks ${at.incident} picture`)
  expect(lines.map(({ kind }) => kind)).toEqual([
    'command.ran',
    'picture.requested',
    'post.sent',
    'picture.posted',
  ])
  const shown = wardroom.practice
    .as('dana')
    .everything(at.room)
    .filter(({ files }) => files.length > 0)
  expect(shown).toHaveLength(1)
  const [file] = shown[0]!.files
  const bytes = wardroom.practice.as('dana').readFile(file!.id)
  expect(lines[3]).toMatchObject({
    data: { message: shown[0]!.ts, sha256: sha256Hex(bytes), bytes: bytes.length },
    ref: lines[1]!.seq,
  })
  expect(lines[2]).toMatchObject({ data: { view: 'clocks-picture', message: shown[0]!.ts } })
  expect(file?.alt).toContain('Letters to individuals  Open')
  expect(shown[0]!.text).toContain('○ *Letters to individuals*')
})

test('a file the platform does not take stays on the server, for its user alone, and only whoever asked is told where', async () => {
  wardroom.practice.faults.failCalls('files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' })
  const before = inChat('maria').length
  const [asked, , delivered] = exported(await asks('maria', `export ${at.incident} full`))
  expect(delivered?.data).toEqual({ how: 'server', to: asked!.actor.id, room: null, message: null })
  expect(inChat('maria')).toHaveLength(before)
  const name = `${at.incident}-export-${asked!.seq}.zip`
  expect(left()).toEqual([name])
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(everythingSeen(wardroom, 'maria')).toContain(name)
  for (const who of ['sam', 'dana']) expect(everythingSeen(wardroom, who)).not.toContain(name)
  rmSync(join(folder, name))
})

test('a copy that cannot be taken back is on the record, and whoever has it is asked to delete it', async () => {
  const [asked] = exported(await asks('dana', `export ${at.incident} full`))
  wardroom.practice.faults.failCalls('files.delete', { kind: 'error', error: 'cant_delete_file' }, 9)
  await later(25 * HOUR)
  wardroom.practice.faults.clear()
  // A day later an older copy is due too, and which of the two is tried first is nobody's business.
  const failed = (await kinds(wardroom, at.incident, 'export.failed')).find(({ ref }) => ref === asked!.seq)
  expect(failed?.data).toEqual({ code: 'cant_delete_file', step: 'remove', to: asked!.actor.id })
  expect(everythingSeen(wardroom, 'dana')).toContain('could not be deleted from this chat')
})

test('people of the log without a name are looked up first, and the request is put again behind them', async () => {
  wardroom.practice.faults.dropEvents(1, ({ type }) => type === 'member_joined_channel')
  await wardroom.practice.as('sam').invite(at.room, wardroom.practice.as('victor').id)
  await wardroom.practice.as('victor').post(at.room, 'I was on the ward')
  await wardroom.settle()
  const lines = await asks('dana', `export ${at.incident} full`)
  const [first, again, created] = exported(lines)
  expect(again).toMatchObject({ kind: 'export.requested', ref: first!.seq, actor: first!.actor })
  expect(created?.ref).toBe(again!.seq)
  const named = lines.find(({ kind }) => kind === 'person.named')!
  expect(named.data).toEqual({ person: wardroom.practice.as('victor').id, known: true })
  expect(named.seq).toBeLessThan(again!.seq)
})

test('what is damaged on the server keeps nobody from the rest: the export says what it lacks, and so does every check', async () => {
  const damaged = (await record(wardroom, at.incident)).findLast(({ text }) =>
    text.body?.includes('It lay on the desk'),
  )!.seq
  const garble = () =>
    wardroom.database.transaction(async (tx) => {
      await tx.execute(sql`alter table sealed disable trigger user`)
      await tx.execute(sql`update sealed set body = set_byte(body, 20, get_byte(body, 20) # 1)
        where incident = ${at.incident} and seq = ${damaged}`)
      await tx.execute(sql`alter table sealed enable trigger user`)
    })
  await garble()
  await wardroom.practice.as('dana').command(HELPDESK, `/incident export ${at.incident} full`)
  await wardroom.settle()
  const sent = inChat('dana').at(-1)!
  expect(sent.text).toContain(`It is not whole: what is stored of entry ${damaged} is damaged and left out.`)
  expect(everythingSeen(wardroom, 'dana')).toContain('part of the record is damaged')
  const path = join(dataDir, 'damaged.zip')
  writeFileSync(path, wardroom.practice.as('dana').readFile(sent.id))
  const told = await checked(path)
  expect(told.code).toBe(1)
  expect(told.lines.join('\n')).toMatch(
    new RegExp(
      `entry ${damaged} — its text was left out as damaged[^]*of entry ${damaged}: damaged.txt[^]*NOT whole`,
    ),
  )
  // Mended from a backup, the next one is whole.
  await garble()
  const [, created] = exported(await asks('dana', `export ${at.incident} full`))
  expect(created!.data.damaged).toBeUndefined()
  expect((await kinds(wardroom, at.incident, 'export.created')).at(-2)!.data.damaged).toEqual({
    parts: 1,
    entries: [damaged],
  })
})

test('after the close and the room’s archiving it is there for whoever holds the office today, and for nobody else', async () => {
  const closing = await asks('dana', `close ${at.incident} false-alarm because it was found in a drawer`)
  expect(closing.map(({ kind }) => kind)).toContain('incident.closed')
  await wardroom.practice.as('sam').archive(at.room)
  await wardroom.settle()
  const refused = await asks('sam', `export ${at.incident} full`)
  const ofThem = refused.filter(({ kind }) => /^(?:command|export)\./.test(kind))
  expect(ofThem.map(({ kind }) => kind)).toEqual(['command.refused'])
  expect(whispers(wardroom, 'sam')).toContain('Only the privacy officer')
  const lines = exported(await asks('dana', `export ${at.incident} full`))
  expect(lines.map(({ kind }) => kind)).toEqual(['export.requested', 'export.created', 'export.delivered'])
})

test('the register of all incidents comes to whoever holds an office, and to nobody else', async () => {
  // Of an incident they are kept out of they learn nothing, not even that it is there.
  await wardroom.practice
    .as('sam')
    .command(
      HELPDESK,
      `/incident declare snooping in a chart keep out <@${wardroom.practice.as('priya').id}>`,
    )
  await wardroom.settle()
  const before = (await record(wardroom, ORGANISATION)).length
  await wardroom.practice.as('sam').command(HELPDESK, '/incident list csv')
  await wardroom.practice.as('priya').command(HELPDESK, '/incident list csv')
  await wardroom.settle()
  const lines = (await record(wardroom, ORGANISATION)).slice(before)
  expect(lines.map(({ kind }) => kind)).toEqual(['register.requested', 'register.delivered'])
  const priya = wardroom.practice.as('priya')
  const sent = priya
    .dms()
    .flatMap(({ id }) => priya.everything(id))
    .flatMap(({ files }) => files)
    .find(({ name }) => name.endsWith('.csv'))!
  const bytes = priya.readFile(sent.id)
  expect(lines[1]).toMatchObject({
    data: {
      how: 'direct-message',
      to: priya.id,
      incidents: 1,
      sha256: sha256Hex(bytes),
      bytes: bytes.length,
    },
  })
  const [columns, ...rows] = bytes.toString().trimEnd().split('\r\n')
  expect(columns).toContain('"outcome"')
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatch(
    /^"inc-2026-0001","no","lost or stolen device",.*"Sam Okafor".*"closed",.*"false alarm"/,
  )
  expect(whispers(wardroom, 'sam')).toContain('get the register')
  await later(25 * HOUR)
  expect((await record(wardroom, ORGANISATION)).at(-1)).toMatchObject({
    kind: 'register.removed',
    data: { message: sent.id },
  })
})

test('a calendar file comes to whoever takes part and asks, alone and once', async () => {
  const lines = await asks('sam', `clocks ${at.incident} calendar`)
  expect(lines.map(({ kind }) => kind)).toEqual(['command.ran', 'calendar.requested', 'calendar.delivered'])
  const sam = wardroom.practice.as('sam')
  const files = sam
    .dms()
    .flatMap(({ id }) => sam.everything(id))
    .flatMap(({ files }) => files)
    .filter(({ name }) => name.endsWith('.ics'))
  expect(files).toHaveLength(1)
  const bytes = sam.readFile(files[0]!.id)
  expect(lines[2]).toMatchObject({
    data: { to: sam.id, sha256: sha256Hex(bytes), bytes: bytes.length },
    ref: lines[1]!.seq,
  })
  expect(bytes.toString()).toContain(`SUMMARY:${at.incident}: last day\\, letters to individuals`)
})
