/** Counsel's room beside the war room, as everybody in and outside of it lives through it, to the bundle somebody else holds. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentRoom } from '../src/domain/incident.ts'
import { pdfWords } from './bundle/pdf-words.ts'
import { unzipped } from './support/bundle.ts'
import { asFolder, checked } from './support/handed-over.ts'
import { patiently } from './support/patience.ts'
import { faults } from './support/record.ts'
import { declareRoom, direct, HELPDESK, kinds, record, type WarRoom, whispers } from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

const SECRETS = [
  'the exposure is ours',
  'the exposure is the vendors',
  'settle before the board meets',
  'noted under advice',
  'memo-to-board',
  'privileged memo bytes',
  'said while nobody listened',
  'deleted while nobody listened',
  'decided in the wrong place',
  'kept as evidence of advice',
  'said in the second room',
]

let wardroom: TestWardroom
let war: WarRoom
let beside: string
const scratch = mkdtempSync(join(tmpdir(), 'wardroom-companion-'))
const as = (who: string) => wardroom.practice.as(who)
const state = async () => (await wardroom.store.incident(war.incident))!
/** What stands in the war room, whoever wrote it. */
const inWarRoom = () => JSON.stringify(wardroom.practice.admin.channel(war.room).messages)
const counselRooms = () =>
  as('maria')
    .channels()
    .filter(({ name }) => name.includes('counsel'))
const alarms = (who: string) => direct(wardroom, who)

beforeAll(async () => {
  wardroom = await testWardroom({ env: { DATA_DIR: scratch, PHI_NUDGE: 'strict' } })
  war = await declareRoom(wardroom)
  await as('priya').command(war.room, '/incident claim commander')
  await wardroom.settle()
})
afterAll(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  await wardroom.close()
  rmSync(scratch, { recursive: true })
})

test('counsel opens it, once however often the answer is lost, and the war room stays as it is', async () => {
  const before = inWarRoom()
  // As when a process ends between the room and its entry: the next attempt finds the room that is there.
  wardroom.practice.faults.failCalls('conversations.create', { kind: 'lost_answer' })
  await as('maria').command(war.room, '/incident privilege room @dana because the regulator has written')
  await patiently(wardroom)
  expect(counselRooms().map(({ name }) => name)).toEqual(['inc-2026-0001-counsel'])
  beside = counselRooms()[0]!.id
  const { members, messages, isPrivate } = wardroom.practice.admin.channel(beside) as unknown as {
    members: string[]
    messages: { text: string }[]
    isPrivate: boolean
  }
  expect([...members].sort()).toEqual(['U0DANAREYES', 'U0MARIALOPZ', wardroom.practice.botUserId].sort())
  expect(isPrivate).not.toBe(false)
  expect(messages.filter(({ text }) => text.includes('room for counsel'))).toHaveLength(1)
  expect(inWarRoom()).toBe(before)
  const now = await state()
  expect(currentRoom(now)?.room).toBe(war.room)
  expect(now.companions).toMatchObject([{ room: beside, by: 'U0MARIALOPZ', members: expect.any(Array) }])
  const current = await wardroom.database.rows<{ room: string; current: boolean }>(
    wardroom.database.db,
    sql`select room, current from room where incident = ${war.incident} order by current`,
  )
  expect(current).toEqual([
    { room: beside, current: false },
    { room: war.room, current: true },
  ])
  expect(await kinds(wardroom, war.incident, 'privilege.room_requested')).toMatchObject([
    { actor: { id: 'U0MARIALOPZ' }, text: { basis: 'the regulator has written' } },
  ])
})

test('what is said, edited, deleted and attached there is on the same chain, and leaves it by no command', async () => {
  const said = await as('maria').post(beside, 'the exposure is ours')
  await as('maria').edit(beside, said, 'the exposure is the vendors')
  const gone = await as('dana').post(beside, 'settle before the board meets')
  await as('dana').remove(beside, gone)
  await as('dana').upload(beside, { name: 'memo-to-board.txt', bytes: 'privileged memo bytes' })
  await as('maria').react(beside, said, 'pushpin')
  await as('dana').command(beside, '/incident note noted under advice')
  await wardroom.settle()
  const lines = await record(wardroom, war.incident)
  const there = lines.filter((line) => (line.data.room ?? line.source?.room) === beside)
  expect(new Set(there.map(({ kind }) => kind))).toEqual(
    new Set([
      ...['privilege.room_opened', 'room.joined', 'post.sent', 'message.posted', 'message.edited'],
      ...['message.deleted', 'message.marked', 'command.ran', 'note.recorded'],
    ]),
  )
  expect(lines.some(({ kind, text }) => kind === 'file.added' && text.name === 'memo-to-board.txt')).toBe(
    true,
  )

  const before = inWarRoom()
  await as('maria').command(beside, '/incident decide decided in the wrong place because of it')
  await wardroom.settle()
  expect(whispers(wardroom, 'maria')).toContain('stays in it')
  await as('maria').command(beside, '/incident decide')
  await as('maria').messageShortcut('record_decision', beside, said)
  await wardroom.settle()
  expect(whispers(wardroom, 'maria').match(/stays in it/g)).toHaveLength(3)
  expect(as('maria').modals()).toEqual([])
  await as('dana').command(beside, '/incident status')
  expect(whispers(wardroom, 'dana')).toContain('Declared')
  await wardroom.settle()
  expect(await kinds(wardroom, war.incident, 'decision.')).toEqual([])
  // A note changes the status card's last line, and that alone: not a word of it.
  for (const secret of SECRETS) expect(inWarRoom()).not.toContain(secret)
  expect(wardroom.practice.admin.channel(war.room).messages).toHaveLength(
    (JSON.parse(before) as unknown[]).length,
  )
  // What carries no words of anybody is told where everybody works on it.
  await as('maria').command(beside, '/incident claim counsel')
  await wardroom.settle()
  expect((await state()).roles.counsel?.person).toBe('U0MARIALOPZ')
  // Its message recorded as evidence is privileged like the message.
  await as('maria').messageShortcut('record_evidence', beside, said)
  await wardroom.practice.waitFor(() => as('maria').modals()[0], 'the form')
  await as('maria').submit({ 'f:note': 'kept as evidence of advice' })
  await wardroom.settle()
  expect(await kinds(wardroom, war.incident, 'evidence.recorded')).toHaveLength(1)
})

test('more people are let in, nobody who is kept out or a guest, and whoever comes otherwise is named to counsel alone', async () => {
  const priya = alarms('priya')
  await as('maria').command(beside, '/incident privilege room @tom @gus')
  await wardroom.settle()
  expect((await state()).companions[0]?.members).toContain('U0TOMBECKER')
  expect(await kinds(wardroom, war.incident, 'privilege.not_admitted')).toMatchObject([
    { data: { person: 'U0GUSTAN000', code: 'guest' } },
  ])
  await as('dana').invite(beside, as('sam').id)
  await as('sam').rename(beside, 'bed-4-advice')
  await wardroom.settle()
  expect(alarms('maria')).toContain('You did not let them in through Wardroom')
  expect(alarms('maria')).toContain('was not invited into')
  expect(alarms('maria')).toContain('was renamed')
  expect(alarms('priya')).toBe(priya)
  expect(inWarRoom()).not.toMatch(/-counsel|was renamed|not let them in/)
  expect((await state()).members).toEqual(expect.arrayContaining(['U0SAMOKAFOR', 'U0PRIYANAIR']))
  for (const who of ['priya', 'dana'])
    await as(who).command(war.room, '/incident privilege room @sam because I want to')
  expect(await kinds(wardroom, war.incident, 'privilege.admitted')).toHaveLength(4)
})

test('a likely number in it is asked about privately, and told to counsel in place of the privacy officer', async () => {
  const others = ['dana', 'priya'].map(alarms)
  await as('tom').post(beside, 'Jane Roe, SSN 078-05-1120')
  await wardroom.settle()
  expect(alarms('tom')).toContain('look again at something you wrote')
  expect(alarms('maria')).toContain('something stands in the chat')
  expect(['dana', 'priya'].map(alarms)).toEqual(others)
})

test('what was missed while nobody listened is recovered there, and its gap is told to counsel', async () => {
  const { messages } = wardroom.practice.admin.channel(beside)
  const deleted = await as('dana').post(beside, 'deleted while nobody listened')
  await wardroom.settle()
  await wardroom.goDown()
  await as('dana').remove(beside, deleted)
  await as('maria').post(beside, 'said while nobody listened')
  const posts = inWarRoom()
  await wardroom.moveTo(new Date(wardroom.clock.now().getTime() + 20 * 60_000))
  await wardroom.comeBack()
  await patiently(wardroom)
  expect(messages.length).toBeGreaterThan(0)
  const lines = await record(wardroom, war.incident)
  expect(lines.filter(({ text }) => text.body === 'said while nobody listened')).toMatchObject([
    { kind: 'message.posted', data: { room: beside, recovered: true } },
  ])
  expect(lines.filter(({ kind }) => kind === 'message.vanished')).toMatchObject([{ data: { room: beside } }])
  expect((await state()).gaps.filter(({ room }) => room === beside)).toMatchObject([
    { recovered: 1, vanished: 1 },
  ])
  expect(alarms('maria')).toContain('In the room for counsel')
  // The war room hears of its own time alone.
  const its = inWarRoom().slice(posts.length - 1)
  expect(its).not.toContain('no longer in Slack')
  await as('maria').command(war.room, '/incident privilege log')
  expect(whispers(wardroom, 'maria')).toContain('Coverage: recovered')
})

test('it hears that the incident closed, is still captured, and where it is lost counsel opens another', async () => {
  await as('dana').command(war.room, '/incident close false-alarm because it was found in the safe')
  await wardroom.settle()
  const last = wardroom.practice.admin.channel(beside).messages.at(-1)
  expect(JSON.stringify(last)).toContain('privileged as before')
  expect(JSON.stringify(last)).not.toContain('found in the safe')
  await as('dana').command(war.room, '/incident reopen because it was another one')
  const priya = alarms('priya')
  await as('maria').archive(beside)
  await wardroom.settle()
  expect(alarms('maria')).toContain('was archived')
  expect(alarms('priya')).toBe(priya)
  expect(currentRoom(await state())?.room).toBe(war.room)
  await as('maria').command(
    HELPDESK,
    `/incident privilege ${war.incident} room @dana because it was archived`,
  )
  await patiently(wardroom)
  const second = counselRooms().find(({ name }) => name.endsWith('-counsel-2'))!
  await as('dana').post(second.id, 'said in the second room')
  await wardroom.settle()
  expect((await record(wardroom, war.incident)).at(-1)).toMatchObject({
    text: { body: 'said in the second room' },
  })
})

test('a bundle of everything holds not one word of it, tells that it was said, and is whole', async () => {
  await as('maria').command(HELPDESK, `/incident export ${war.incident} full`)
  await wardroom.settle()
  const file = as('maria')
    .dms()
    .flatMap(({ id }) => as('maria').everything(id))
    .flatMap(({ files }) => files)
    .find(({ name }) => name.endsWith('.zip'))!
  const bytes = as('maria').readFile(file.id)
  const bundle = await unzipped(bytes)
  for (const [name, content] of bundle) {
    const words = name.endsWith('.pdf') ? pdfWords(content) : content.toString()
    for (const secret of SECRETS) expect(words, `${name}: ${secret}`).not.toContain(secret)
  }
  const lines = await record(wardroom, war.incident)
  const chain = bundle.get('events.jsonl')!.toString()
  for (const line of lines.filter(({ data }) => data.room === beside))
    expect(chain).toContain(`"seq":${line.seq},`)
  const log = bundle.get('privilege-log.csv')!.toString().split('\r\n')
  const posted = lines.find(({ text }) => text.body === 'the exposure is ours')!
  expect(log.find((row) => row.startsWith(`"${posted.seq}",`))).toMatch(
    /,"Maria Lopez","the regulator has written","Maria Lopez"/,
  )
  const custody = bundle.get('custody.csv')!.toString()
  for (const words of ['privilege room requested', 'privilege room opened', 'privilege admitted'])
    expect(custody).toContain(words)
  expect(custody).toContain('Tom Becker')
  const zip = join(scratch, 'handed-over.zip')
  writeFileSync(zip, bytes)
  const { code, lines: told } = await checked(zip)
  expect([code, told.at(-1)], told.join('\n')).toEqual([0, 'The bundle is whole.'])
  const folder = join(scratch, 'bundle')
  mkdirSync(folder)
  asFolder(bundle, folder)
  const { status, stdout } = spawnSync('sh', [join(folder, 'verify.sh')], { cwd: tmpdir(), encoding: 'utf8' })
  expect(stdout).not.toMatch(/^(?:ALTERED|NOT CHECKED)/m)
  expect(status).toBe(0)
})
