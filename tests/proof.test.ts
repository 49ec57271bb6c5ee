/** Proof of a notification as a file: chosen in the form, posted in the room, or not to be had; and how it leaves. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stageOf } from '../src/domain/notifications.ts'
import { sha256Hex } from '../src/domain/record.ts'
import { unzipped } from './support/bundle.ts'
import { checked } from './support/handed-over.ts'
import { declareRoom, direct, kinds, type WarRoom, whispers } from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

const INDIVIDUALS = 'hipaa.individual'
let wardroom: TestWardroom
let war: WarRoom
const dataDir = mkdtempSync(join(tmpdir(), 'wardroom-proof-'))

beforeAll(async () => {
  wardroom = await testWardroom({ env: { DATA_DIR: dataDir } })
  war = await declareRoom(wardroom)
})
afterAll(async () => {
  await wardroom.close()
  rmSync(dataDir, { recursive: true })
})

const dana = () => wardroom.practice.as('dana')
const of = (prefix: string) => kinds(wardroom, war.incident, prefix)
const stage = async () => stageOf((await wardroom.store.incident(war.incident))!, INDIVIDUALS)
const says = async (line: string) => {
  await dana().command(war.room, `/incident ${line}`)
  await wardroom.settle()
}
const RECEIPT = Buffer.from('%PDF-1.4 612 letters handed over')

test('chosen in the form it is on the record, proves once it is there, and leaves with the bundle', async () => {
  await says('notify individuals sent')
  const files = [dana().attach({ name: 'receipt 612.pdf', bytes: RECEIPT })]
  const given = { 'f:day': '2026-11-20', 'f:count': '612', 'f:manner': 'mail', 'f:files': files }
  wardroom.practice.faults.failCalls('files.info', { kind: 'error', error: 'internal_error' })
  expect(await dana().submit(given)).toMatchObject({ isSent: true, errors: null })
  expect(await stage()).toBe('sent')
  await wardroom.settle()
  expect(await stage()).toBe('proof attached')

  const added = (await of('file.added')).at(-1)!
  const [proved] = await of('notification.proved')
  expect(proved!.data).toMatchObject({ clock: INDIVIDUALS, files: [added.seq], person: dana().id })
  expect(proved!.text).toEqual({
    [`file:${added.seq}`]: 'receipt 612.pdf',
    [`sha256:${added.seq}`]: sha256Hex(RECEIPT),
  })
  await says('notify individuals')
  expect(whispers(wardroom, 'dana')).toContain(`receipt 612.pdf · SHA-256 ${sha256Hex(RECEIPT)}`)

  await says('export decision-file')
  const [sent] = dana()
    .dms()
    .flatMap(({ id }) => dana().everything(id))
    .flatMap((message) => message.files.filter(({ name }) => name.endsWith('.zip')))
  const handed = join(dataDir, 'handed.zip')
  writeFileSync(handed, dana().readFile(sent!.id))
  expect((await checked(handed)).code).toBe(0)
  const bundle = await unzipped(dana().readFile(sent!.id))
  expect(bundle.get(`content/files/${added.seq}`)).toEqual(RECEIPT)
  expect(bundle.get('timeline.csv')!.toString()).toContain(`sha256:${added.seq}: ${sha256Hex(RECEIPT)}`)
  const report = bundle.get('report.html')!.toString()
  for (const said of ['receipt 612.pdf', sha256Hex(RECEIPT), `kept as entry ${added.seq}`])
    expect(report).toContain(said)
})

test('one that is not to be had proves nothing: what was typed stands, and whoever gave it is told alone', async () => {
  await says('notify individuals withdraw because that receipt was of another mailing')
  expect(await stage()).toBe('sent')
  await says('notify individuals proof')
  const files = [dana().attach({ name: 'gone.pdf', bytes: RECEIPT })]
  wardroom.practice.faults.failCalls('files.info', { kind: 'error', error: 'file_not_found' })
  await dana().submit({ 'f:files': files })
  await wardroom.settle()
  expect(await stage()).toBe('sent')
  expect((await of('notification.file_lost')).at(-1)!.data).toMatchObject({ why: 'file_not_found' })
  expect(direct(wardroom, 'dana')).toContain('could not be kept: it is no longer there')
  expect(direct(wardroom, 'dana')).not.toContain('gone.pdf')
  expect(direct(wardroom, 'sam')).not.toContain('could not be kept')
})

test('what it says is looked at as in a message: whoever gave it is asked about it, where it lies', async () => {
  await says('notify individuals proof')
  const files = [dana().attach({ name: 'list.csv', bytes: 'name,ssn\nJane Roe,078-05-1120\n' })]
  await dana().submit({ 'f:words': 'the list that the mail room signed', 'f:files': files })
  await wardroom.settle()
  expect((await of('notification.proved')).slice(-2).map(({ text }) => Object.keys(text)[0])).toEqual([
    'proof',
    expect.stringMatching(/^file:/),
  ])
  expect((await of('phi.nudged')).at(-1)!.data).toMatchObject({ carrier: 'file', to: dana().id, message: '' })
  expect(direct(wardroom, 'dana')).toContain('In Slack: Files → ⋮ on the file → Delete file.')
})

test('posted in the room it is named by its entry, or comes with the line that says so', async () => {
  const { fileId } = await dana().upload(war.room, { name: 'scan.png', bytes: 'scan' })
  await wardroom.settle()
  const posted = (await of('message.posted')).at(-1)!
  await says(`notify individuals proof entry ${posted.seq}`)
  const added = (await of('file.added')).find(({ data }) => data.file === fileId)!
  const [byEntry] = (await of('notification.proved')).slice(-1)
  expect(byEntry).toMatchObject({
    data: { files: [added.seq] },
    text: { proof: `entry ${posted.seq}`, [`sha256:${added.seq}`]: sha256Hex(Buffer.from('scan')) },
  })

  const text = `<@${wardroom.practice.botUserId}> notify individuals proof`
  await dana().upload(war.room, { name: 'second.png', bytes: 'second' }, { text })
  await wardroom.settle()
  const last = (await of('notification.proved')).at(-1)!
  expect(Object.values(last.text)).toEqual(['second.png', sha256Hex(Buffer.from('second'))])
  expect((await of('file.added')).filter(({ text: { name } }) => name === 'second.png')).toHaveLength(1)
})
