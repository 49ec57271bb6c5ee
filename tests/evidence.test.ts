/** What happens in a war room is on its record, each thing once; what happens elsewhere leaves no trace. */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChatError, type InboundFile } from '../src/chat/port.ts'
import type { Job } from '../src/delivery/delivering.ts'

import { sha256Hex } from '../src/domain/record.ts'
import { openFile } from '../src/domain/seal.ts'
import { captureFile } from '../src/evidence/capture-file.ts'
import { makeLog } from '../src/log.ts'
import { loadKeys } from '../src/store/keys.ts'
import { logKeys } from '../src/store/log-keys.ts'
import { faults } from './support/record.ts'
import { declareRoom, HELPDESK, kinds, record, type WarRoom, whispers } from './support/war-room.ts'
import { newRecordKey, type TestWardroom, testWardroom } from './support/wardroom.ts'

let wardroom: TestWardroom
let war: WarRoom
const recordKey = newRecordKey()
const logged: string[] = []

beforeAll(async () => {
  wardroom = await testWardroom({ recordKey, log: makeLog('trace', { write: (line) => logged.push(line) }) })
  war = await declareRoom(wardroom)
})
afterAll(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  await wardroom.close()
})

const sam = () => wardroom.practice.as('sam')
const of = (prefix: string) => kinds(wardroom, war.incident, prefix)
const last = async (prefix = '') => (await of(prefix)).at(-1)!
const bot = () => `<@${wardroom.practice.botUserId}>`

describe('messages', () => {
  test('a message, a reply in its thread, and a reply that also goes to the room', async () => {
    const ts = await sam().post(war.room, 'it was in the car')
    await wardroom.settle()
    await sam().reply(war.room, ts, 'the blue one')
    await wardroom.settle()
    await sam().reply(war.room, ts, 'and it was locked', { broadcast: true })
    await wardroom.settle()
    const lines = (await of('message.posted')).slice(-3)
    expect(lines.map((line) => line.text.body)).toEqual([
      'it was in the car',
      'the blue one',
      'and it was locked',
    ])
    expect(lines.map((line) => line.data.thread)).toEqual([null, ts, ts])
    expect(lines[0]).toMatchObject({
      actor: { id: 'U0SAMOKAFOR', kind: 'human' },
      source: { platform: 'slack', room: war.room, message: ts },
      data: { recovered: false, asToldLater: false },
    })
  })

  test('each edit is a version, and the deletion keeps the words', async () => {
    const ts = await sam().post(war.room, 'first')
    await wardroom.settle()
    for (const text of ['second', 'third']) {
      await sam().edit(war.room, ts, text)
      await wardroom.settle()
    }
    await sam().remove(war.room, ts)
    await wardroom.settle()
    const about = (await of('message.')).filter((line) => line.data.message === ts)
    expect(about.map((line) => [line.kind, line.text.body])).toEqual([
      ['message.posted', 'first'],
      ['message.edited', 'second'],
      ['message.edited', 'third'],
      ['message.deleted', undefined],
    ])
    expect(about.slice(1).every((line) => line.ref === about[0]!.seq)).toBe(true)
  })

  test('a deleted message with replies leaves its tombstone on the record too', async () => {
    const ts = await sam().post(war.room, 'a chart of Mrs. A')
    await sam().reply(war.room, ts, 'take that down')
    await wardroom.settle()
    await sam().remove(war.room, ts)
    await wardroom.settle()
    const about = (await of('message.')).filter((line) => line.data.message === ts)
    expect(about.map((line) => line.kind)).toEqual(['message.posted', 'message.deleted'])
  })

  test('told backwards, and every event twice: each version once', async () => {
    const { faults: broken } = wardroom.practice
    broken.holdEvents()
    const ts = await sam().post(war.room, 'one')
    await sam().edit(war.room, ts, 'two')
    await sam().edit(war.room, ts, 'three')
    broken.releaseEvents('reversed')
    await wardroom.settle()
    broken.duplicateEvents(3)
    const twice = await sam().post(war.room, 'said twice by Slack')
    await sam().edit(war.room, twice, 'edited twice by Slack')
    await sam().react(war.room, twice, 'eyes')
    await wardroom.settle()
    const about = async (message: string) =>
      (await of('message.')).filter((line) => line.data.message === message).map((line) => line.text.body)
    expect((await about(ts)).sort()).toEqual(['one', 'three', 'two'])
    expect((await about(twice)).sort()).toEqual(['edited twice by Slack', 'said twice by Slack', undefined])
  })

  test('a link preview and a thread counter are no words of anybody', async () => {
    const ts = await sam().post(war.room, 'see https://example.org')
    await wardroom.settle()
    const before = (await record(wardroom, war.incident)).length
    wardroom.practice.admin.unfurl(war.room, ts)
    wardroom.practice.admin.touchThread(war.room, ts)
    await wardroom.settle()
    expect((await record(wardroom, war.incident)).length).toBe(before)
  })

  test.each([
    ['40,000 characters', 'x'.repeat(40_000)],
    ['emoji and right to left', '🛏️ المريض في السرير ٤ — החולה'],
    ['a character of two halves cut in one', 'cut \ud83d'],
    ['a NUL', 'before\u0000after'],
  ])('%s', async (_, text) => {
    await sam().post(war.room, text)
    await wardroom.settle()
    expect((await last('message.posted')).text.body).toBe(text.toWellFormed())
  })
})

describe('reactions', () => {
  test('📌 marks key evidence, and taking it away is a retraction, not a deletion', async () => {
    const ts = await sam().post(war.room, 'the log of the gateway')
    await wardroom.settle()
    await wardroom.practice.as('lee').react(war.room, ts, 'pushpin')
    await wardroom.settle()
    await wardroom.practice.as('lee').unreact(war.room, ts, 'pushpin')
    await wardroom.settle()
    await sam().react(war.room, ts, 'thumbsup')
    await wardroom.settle()
    const about = (await of('message.')).filter((line) => line.data.message === ts)
    expect(about.map((line) => line.kind)).toEqual([
      'message.posted',
      'message.marked',
      'message.unmarked',
      'message.reacted',
    ])
    expect(about[1]).toMatchObject({ actor: { id: 'U0LEECHAN00' }, ref: about[0]!.seq })
  })
})

describe('a line addressed to the bot is a message like any other', () => {
  test('message and outcome are recorded together, in that order', async () => {
    const ts = await sam().post(war.room, `${bot()} note the car was parked outside`)
    await wardroom.settle()
    const tail = (await record(wardroom, war.incident)).slice(-3).map((line) => line.kind)
    expect(tail).toEqual(['message.posted', 'command.ran', 'note.recorded'])
    const [posted] = (await of('message.')).filter((line) => line.data.message === ts)
    await sam().edit(war.room, ts, `${bot()} note the van was parked outside`)
    await wardroom.settle()
    await sam().remove(war.room, ts)
    await wardroom.settle()
    const about = (await of('message.')).filter((line) => line.data.message === ts)
    expect(about.map((line) => [line.kind, line.ref])).toEqual([
      ['message.posted', null],
      ['message.edited', posted!.seq],
      ['message.deleted', posted!.seq],
    ])
    // An edited line runs nothing.
    expect(await of('note.recorded')).toHaveLength(1)
  })

  test.each([
    ['it opens a form', 'fact'],
    ['it asks for a reason first', 'phase next'],
    ['it is a typo', 'asign commander @lee'],
    ['it is refused', 'check nothing done'],
    ['it reads', 'status'],
    ['it names another incident', 'status inc-2026-0404'],
    ['it declares another incident', 'declare a fax went to the wrong clinic'],
    ['it shows the roster', 'roster'],
    ['it asks for help', 'help'],
    ['it is empty', ''],
  ])('it is evidence when %s', async (_, line) => {
    const ts = await sam().post(war.room, `${bot()} ${line}`)
    await wardroom.settle()
    const about = (await of('message.')).filter((each) => each.data.message === ts)
    expect(about.map((each) => each.kind)).toEqual(['message.posted'])
    expect(whispers(wardroom, 'sam')).not.toContain('(ref ')
  })

  test('its files are fetched', async () => {
    const { fileId } = await sam().upload(
      war.room,
      { name: 'scan.txt', bytes: 'the scan' },
      { text: `${bot()} note see the scan` },
    )
    await wardroom.settle()
    expect((await of('file.')).filter((line) => line.data.file === fileId)).toHaveLength(1)
  })

  test('delivered twice it runs once', async () => {
    const notes = (await of('note.recorded')).length
    wardroom.practice.faults.duplicateEvents(1)
    await sam().post(war.room, `${bot()} note only once`)
    await wardroom.settle()
    expect(await of('note.recorded')).toHaveLength(notes + 1)
  })
})

describe('files', () => {
  const dek = async () => {
    const keys = logKeys(loadKeys({ recordKey }).kek)
    return (await keys.of(wardroom.database.db, [war.incident])).get(war.incident)!
  }

  test('the bytes are sealed in parts, committed, and open to what was uploaded', async () => {
    const bytes = Buffer.alloc(1024 * 1024 + 17, 'page of a chart ')
    await sam().upload(war.room, { name: 'chart of bed 4.txt', bytes })
    await wardroom.settle()
    const added = await last('file.added')
    expect(added.data).toMatchObject({ size: bytes.length, chunks: 2, kept: 'bytes' })
    expect(added.text.name).toBe('chart of bed 4.txt')
    const parts = await wardroom.database.rows<{ body: Uint8Array }>(
      wardroom.database.db,
      sql`select body from sealed where incident = ${war.incident} and seq = ${added.seq} and part > 0 order by part`,
    )
    const opened = openFile(
      await dek(),
      { incident: war.incident, seq: added.seq },
      parts.map((part) => part.body),
      added.data.bytes,
    )
    expect(sha256Hex(opened.body)).toBe(sha256Hex(bytes))
    expect(opened.salt.toString('base64')).toBe(added.text.salt)
  })

  test('an empty file is a file', async () => {
    await sam().upload(war.room, { name: 'empty.txt', bytes: '' })
    await wardroom.settle()
    expect((await last('file.')).data).toMatchObject({ size: 0, chunks: 1, kept: 'bytes' })
  })

  test('a file the platform cannot give is said to be missing', async () => {
    wardroom.practice.faults.failCalls('files.info', { kind: 'error', error: 'file_not_found' })
    await sam().upload(war.room, { name: 'gone.txt', bytes: 'gone' })
    await wardroom.settle()
    const line = await last('file.')
    expect(line).toMatchObject({ kind: 'file.not_captured', data: { why: 'file_not_found' } })
    expect(line.text.name).toBe('gone.txt')
  })

  async function* given(...parts: string[]) {
    for (const part of parts) yield Buffer.from(part)
  }
  const capture = (
    download: () => Promise<AsyncIterable<Uint8Array>>,
    more: { keep?: 'bytes' | 'hash' | 'reference'; maxBytes?: number; size?: number } = {},
  ) =>
    captureFile({
      row: { incident: war.incident, args: { file: 'F9', mime: 'text/plain', size: more.size ?? 8, seq: 1 } },
      port: { describe: async (file: InboundFile) => file, download },
      delivering: {
        store: wardroom.store,
        capturing: { keep: more.keep ?? 'bytes', maxBytes: more.maxBytes ?? 100 },
      },
    } as unknown as Job)

  test.each([
    ['only the hash is kept', { keep: 'hash' as const }, 'file.added', { kept: 'hash', chunks: 0, size: 8 }],
    [
      'only that it was there is kept',
      { keep: 'reference' as const },
      'file.added',
      { kept: 'reference', bytes: null },
    ],
    ['it says it is larger than we keep', { size: 101 }, 'file.not_captured', { why: 'too-large' }],
    ['it says it is small and is not', { maxBytes: 7, size: 5 }, 'file.not_captured', { why: 'too-large' }],
  ])('%s', async (_, more, kind, data) => {
    const { events, file } = await capture(async () => given('12', '345678'), more)
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ kind, data })
    expect(file).toBeUndefined()
  })

  test('a login page instead of the file is not taken for it; a broken line is tried again', async () => {
    const login = await capture(async () => {
      throw new ChatError('refused', 'login_page')
    })
    expect(login.events[0]).toMatchObject({ kind: 'file.not_captured', data: { why: 'login_page' } })
    const cut = capture(async () => {
      throw new ChatError('transient', 'file_cut_short')
    })
    await expect(cut).rejects.toMatchObject({ failure: 'transient' })
  })
})

describe('the room itself', () => {
  test('joins and leaves', async () => {
    await sam().invite(war.room, 'U0ANASILVA0')
    await wardroom.settle()
    await wardroom.practice.as('ana').leave(war.room)
    await wardroom.settle()
    const about = (await of('room.')).filter((line) => line.data.person === 'U0ANASILVA0')
    expect(about.map((line) => line.kind).slice(-1)).toEqual(['room.left'])
  })

  test('the bot’s own posts are on the record once, as what was delivered, and no echo is taken for a message', async () => {
    const lines = await record(wardroom, war.incident)
    const sent = lines.filter((line) => line.kind === 'post.sent' && line.data.room === war.room)
    expect(sent.length).toBeGreaterThanOrEqual(4)
    expect(new Set(sent.map((line) => line.data.message)).size).toBe(sent.length)
    const own = lines.filter((line) => line.kind.startsWith('message.') && line.actor.id === 'U0WARDROOM')
    expect(own).toEqual([])
    expect(lines.filter((line) => line.kind === 'post.unknown')).toEqual([])
    expect(sent.every((line) => (line.text.body ?? '').length > 0)).toBe(true)
  })
})

describe('what is said where there is no incident', () => {
  test('leaves no trace in any table and no word in the log', async () => {
    const secret = 'Mrs-Alvarez-bed-4'
    const ts = await sam().post(HELPDESK, secret)
    await sam().edit(HELPDESK, ts, `${secret} edited`)
    await sam().react(HELPDESK, ts, 'pushpin')
    await sam().upload(HELPDESK, { name: `${secret}.txt`, bytes: secret })
    await sam().post(HELPDESK, `${bot()} note ${secret}`)
    const direct = await sam().openDm()
    await sam().post(direct, `note ${secret}`)
    await sam().command(HELPDESK, `/incident note ${secret}`)
    await wardroom.settle()
    const { rows, db } = wardroom.database
    const tables = await rows<{ name: string }>(
      db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
    )
    expect(tables.length).toBeGreaterThan(8)
    for (const { name } of tables) {
      const [found] = await rows<{ n: number }>(
        db,
        sql`select count(*)::int n from ${sql.identifier(name)} t
          where t::text like ${`%${secret}%`} or t::text like ${`%${ts}%`}
            or t::text like ${`%${Buffer.from(secret).toString('hex')}%`}`,
      )
      expect({ name, found: found!.n }).toEqual({ name, found: 0 })
    }
    expect(logged.join('')).not.toContain(secret)
    expect(logged.join('')).not.toContain('Alvarez')
  })

  test('a sealed word of the room is in no table and no log in the clear', async () => {
    const secret = 'Mr-Brown-bed-9'
    await sam().post(war.room, secret)
    await sam().command(war.room, `/incident note ${secret}`)
    await sam().command(war.room, `/incident frobnicate ${secret}`)
    await sam().post(war.room, `${bot()} decide ${secret} because ${secret}`)
    await wardroom.settle()
    const { rows, db } = wardroom.database
    for (const name of ['entry', 'log', 'outbox', 'seen', 'card', 'quarantine', 'sealed']) {
      const [found] = await rows<{ n: number }>(
        db,
        sql`select count(*)::int n from ${sql.identifier(name)} t where t::text like ${`%${secret}%`}
          or t::text like ${`%${Buffer.from(secret).toString('hex')}%`}`,
      )
      expect({ name, found: found!.n }).toEqual({ name, found: 0 })
    }
    expect(logged.join('')).not.toContain(secret)
  })
})

/** Slack's agreement covers messages and files: nothing else it keeps, and nothing a locked phone shows. */
test('what people type is in no name, topic, title, home, metadata or notification', async () => {
  const secret = 'Mrs-Castellanos-bed-7'
  const { practice, settle } = wardroom
  for (const line of [
    `note ${secret}`,
    `decide ${secret} because ${secret}`,
    `check add ${secret}`,
    `check D2 skip because ${secret}`,
    `phase next because ${secret}`,
    `fact discovered 20 Nov 2026 because ${secret}`,
    `handoff commander @lee because ${secret}`,
    `assign scribe @lee because ${secret}`,
    `evidence ${secret}`,
    `frobnicate ${secret}`,
    `list ${secret}`,
    `declare lost laptop ${secret}`,
    `close no-phi because ${secret}`,
  ])
    await sam().command(war.room, `/incident ${line}`)
  const ts = await sam().post(war.room, `${bot()} note ${secret}`)
  await sam().upload(war.room, { name: `${secret}.txt`, bytes: secret })
  for (const shortcut of ['record_decision', 'declare_from_message'])
    await sam().messageShortcut(shortcut, war.room, ts)
  await sam().openHome()
  await settle()
  expect(JSON.stringify(sam().everything(war.room))).toContain(secret)
  const shown = {
    'conversations.create': ['name'],
    'conversations.setTopic': ['topic'],
    'chat.postMessage': ['text', 'metadata'],
    'chat.postEphemeral': ['text', 'metadata'],
    'chat.update': ['text', 'metadata'],
    'views.publish': ['view'],
  } as Readonly<Record<string, readonly string[]>>
  for (const [method, names] of Object.entries(shown)) {
    const calls = practice.calls.filter((call) => call.method === method)
    expect({ method, calls: calls.length > 0 }).toEqual({ method, calls: true })
    for (const { args } of calls)
      for (const name of names)
        expect(JSON.stringify((args as Readonly<Record<string, unknown>>)[name]) ?? '').not.toContain(secret)
  }
  const forms = practice.calls.filter((call) => call.method === 'views.open')
  expect(forms.length).toBeGreaterThanOrEqual(2)
  for (const { args } of forms) {
    const { title, submit, callback_id } = (args as { view: Record<string, unknown> }).view
    expect(title).toMatchObject({ type: 'plain_text' })
    expect(JSON.stringify([title, submit, callback_id])).not.toContain(secret)
  }
  for (const { text } of sam().ephemerals()) expect(text).not.toContain(secret)
})
