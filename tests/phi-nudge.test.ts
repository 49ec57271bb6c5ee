/** Whoever wrote what looks like somebody's identifier is asked privately, as often as is bearable, and nothing repeats it. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InboundMessage } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import type { PhiMode } from '../src/domain/phi-mode.ts'
import { fileText, LOOKED_BYTES } from '../src/evidence/file-text.ts'
import { makeHandle } from '../src/handle.ts'
import { makeLog } from '../src/log.ts'
import { cardText } from '../src/views/card.ts'
import { testDatabase } from './support/database.ts'
import { begin, linesOf, PLACE } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { outbox } from './support/war-room.ts'

const SSN = '078-05-1120'
const SAM = 'U0SAMOKAFOR'
const DANA = 'U0DANAREYES'
const LEE = 'U0LEECHAN00'

let wardroom: StillWardroom
const logged: string[] = []
const platform = stillPlatform()
let number = 0
beforeAll(async () => {
  wardroom = await stillWardroom(await testDatabase(), platform)
})
afterAll(() => wardroom.database.close())

interface Room {
  readonly incident: string
  readonly room: string
  readonly says: (text: string, more?: Partial<InboundMessage>) => Promise<void>
  readonly told: () => Promise<readonly { to: string; view: string; text: string }[]>
  readonly lines: () => ReturnType<typeof linesOf>
}

async function room(mode: PhiMode = 'nudge', more: Partial<StillWardroom['delivering']> = {}): Promise<Room> {
  number += 1
  const incident = `inc-2026-${String(number).padStart(4, '0')}`
  const where = `C0ROOM${number}`
  const log = makeLog('debug', { write: (line) => logged.push(line) })
  const delivering = { ...wardroom.delivering, ...more, log, phiModeOn: () => mode }
  const handle = makeHandle(delivering)
  await begin(wardroom.store, incident, where)
  await wardroom.database.transaction((tx) => tx.execute(sql`delete from outbox`))
  const before = platform.posts.length
  let at = 0
  return {
    incident,
    room: where,
    lines: () => linesOf(wardroom, incident),
    async says(text, inbound = {}) {
      at += 1
      const message = inbound.message ?? `1795${number}.${at}`
      const body = { text, author: SAM, files: [] }
      await handle({
        type: 'message',
        key: `slack:${PLACE.workspace}:${where}:${message}${inbound.change === 'edited' ? `:e${at}` : ''}`,
        ...PLACE,
        room: where,
        message,
        change: 'posted',
        actor: SAM,
        actorKind: 'human',
        at: wardroom.now(),
        body,
        ...inbound,
      })
    },
    async told() {
      while ((await deliverPass(delivering)) > 0);
      const rows = new Map((await outbox(wardroom)).map((row) => [row.id, row]))
      return platform.posts.slice(before).flatMap((post) => {
        const view = rows.get(post.delivery)?.view ?? ''
        return post.room.startsWith('D-') ? [{ to: post.room.slice(2), view, text: post.text }] : []
      })
    },
  }
}

const nudged = async (room: Room) => (await room.lines()).filter(({ kind }) => kind === 'phi.nudged')

describe('a message that looks like it carries one', () => {
  test('has its author asked once that day, with where it stands and what to do, and without a word of it', async () => {
    const here = await room()
    await here.says(`her number is ${SSN}`)
    await here.says(`and again ${SSN}`)
    const [first, ...others] = await here.told()
    expect(others).toEqual([])
    expect(first).toMatchObject({ to: SAM, view: 'phi-nudge' })
    expect(first?.text).toContain('may hold a Social Security number')
    expect(first?.text).toContain('Redact in Slack and keep sealed')
    expect(first?.text).toMatch(/https:\/\/chat\.test\/C0ROOM\d+\/1795/)
    expect(first?.text).not.toMatch(/078|1120/)
  })

  test('leaves an entry that says they were asked, about that message, and which kind: nothing else', async () => {
    const here = await room()
    await here.says(`paid with 4111 1111 1111 1111, born? DOB 03/04/1961`)
    await here.told()
    const [entry] = await nudged(here)
    const [message] = (await here.lines()).filter(({ kind }) => kind === 'message.posted')
    expect(entry).toMatchObject({ ref: message?.seq, actor: { kind: 'bot' }, text: {} })
    expect(entry?.data).toEqual({
      to: SAM,
      kinds: ['card', 'birth-date'],
      carrier: 'message',
      room: message?.data.room,
      message: message?.data.message,
      strict: false,
    })
  })

  test('is asked about by an edit, and by the name of a file', async () => {
    const edited = await room()
    await edited.says('her number is in the ticket', { message: '1.1' })
    await edited.says(`her number is ${SSN}`, { message: '1.1', change: 'edited' })
    expect((await edited.told()).map(({ to }) => to)).toEqual([SAM])
    const named = await room('nudge', { capturing: { keep: 'reference', maxBytes: 1 } })
    const file = { id: 'F1', name: `${SSN}.pdf`, mime: 'application/pdf', size: 9 }
    await named.says('see', { body: { text: 'see', author: SAM, files: [file] } })
    expect((await named.told()).map(({ to }) => to)).toEqual([SAM])
  })

  test('is asked about whoever brings it, once: pushed again it asks nobody', async () => {
    const here = await room('strict')
    await here.says(`her number is ${SSN}`, { message: '1.1' })
    await here.says(`her number is ${SSN}`, { message: '1.1' })
    expect((await here.told()).filter(({ to }) => to === SAM)).toHaveLength(1)
  })

  test('has its author asked, who may be another than the one who edits it', async () => {
    const here = await room()
    const body = { text: `her number is ${SSN}`, author: DANA, files: [] }
    await here.says('', { change: 'edited', body })
    expect((await here.told()).map(({ to }) => to)).toEqual([DANA])
  })

  test.each<readonly [string, PhiMode, string, Partial<InboundMessage>]>([
    ['nothing in it looks like one', 'strict', 'ticket 100234567', {}],
    ['a program wrote it', 'strict', `number ${SSN}`, { actorKind: 'bot' }],
    ['it was read from history', 'strict', `number ${SSN}`, { recovered: true }],
    ['it was deleted', 'strict', `number ${SSN}`, { change: 'deleted' }],
    ['nobody wants it', 'off', `number ${SSN}`, {}],
  ])('asks nobody where %s', async (_, mode, text, inbound) => {
    const here = await room(mode)
    await here.says(text, inbound)
    expect(await here.told()).toEqual([])
    expect(await nudged(here)).toEqual([])
  })
})

describe('once it is gone', () => {
  const changed: string[] = []
  const update: typeof platform.port.update = async (ref, card) =>
    void changed.push(`${ref.room} ${cardText(card)}`)
  const watched = (mode: PhiMode) => {
    changed.length = 0
    return room(mode, { portOf: () => ({ ...platform.port, update }) })
  }

  test('what was asked says so where it stands, to the author and to the officer', async () => {
    const here = await watched('strict')
    await here.says(`her number is ${SSN}`, { message: '1.1' })
    const before = await here.told()
    await here.says('', { message: '1.1', change: 'deleted' })
    expect(await here.told()).toHaveLength(before.length)
    expect(changed.sort()).toMatchObject([
      expect.stringMatching(/^D-U0DANAREYES ✓ The message by .+ was deleted/),
      expect.stringMatching(/^D-U0SAMOKAFOR ✓ Your message of .+ was deleted/),
    ])
  })

  test('an edit that takes it out counts, one that leaves it in does not', async () => {
    const here = await watched('nudge')
    await here.says(`her number is ${SSN}`, { message: '1.1' })
    await here.told()
    await here.says(`the number is ${SSN}`, { message: '1.1', change: 'edited' })
    await here.told()
    expect(changed).toEqual([])
    await here.says('the number is in the letter', { message: '1.1', change: 'edited' })
    await here.told()
    expect(changed).toMatchObject([expect.stringContaining('was changed')])
  })

  test('about a message nobody was asked about there is nothing to say', async () => {
    const here = await watched('nudge')
    await here.says(`her number is ${SSN}`)
    await here.says(`and again ${SSN}`, { message: '1.2' })
    await here.told()
    const rows = (await outbox(wardroom)).length
    await here.says('', { message: '1.2', change: 'deleted' })
    expect(await outbox(wardroom)).toHaveLength(rows)
  })
})

describe('strict', () => {
  test('asks at every message, and tells the privacy officer once of each person and day', async () => {
    const here = await room('strict')
    for (const text of [`her number is ${SSN}`, `again ${SSN}`]) await here.says(text)
    await here.says(`mine too: ${SSN}`, { body: { text: SSN, author: LEE, files: [] }, actor: LEE })
    const told = await here.told()
    const views = (to: string) => told.filter((each) => each.to === to).map(({ view }) => view)
    expect(views(SAM)).toEqual(['phi-nudge', 'phi-nudge'])
    expect(views(LEE)).toEqual(['phi-nudge'])
    const officer = told.filter(({ view }) => view === 'phi-told')
    expect(officer.map(({ to }) => to)).toEqual([DANA, DANA])
    expect(told.map(({ text }) => text).join('\n')).not.toMatch(/078|1120/)
    expect((await nudged(here)).map(({ data }) => data.strict)).toEqual([true, true, true])
  })
})

describe('a file', () => {
  const shared = async (bytes: Uint8Array, more: Partial<StillWardroom['delivering']> = {}) => {
    const port = { ...platform.port, download: async () => chunks(bytes) }
    const capturing = { keep: 'bytes', maxBytes: 1_000_000 } as const
    const here = await room('nudge', { portOf: () => port, capturing, ...more })
    const file = { id: 'F1', name: 'export.csv', mime: 'text/csv', size: bytes.length }
    await here.says('the export', { body: { text: 'the export', author: SAM, files: [file] } })
    return here
  }

  test('of text is looked at once its bytes are here; who shared it is asked, and the entry names the file', async () => {
    const here = await shared(Buffer.from(`name,ssn\nJane Doe,${SSN}\n`))
    const told = await here.told()
    expect(told).toMatchObject([{ to: SAM, view: 'phi-nudge' }])
    expect(told[0]?.text).toContain('Your file')
    const [entry] = await nudged(here)
    const [file] = (await here.lines()).filter(({ kind }) => kind === 'file.added')
    expect(entry).toMatchObject({ ref: file?.seq, data: { carrier: 'file', kinds: ['ssn'] } })
  })

  test('whose message was asked about already that day asks no second time', async () => {
    const port = { ...platform.port, download: async () => chunks(Buffer.from(SSN)) }
    const here = await room('nudge', { portOf: () => port })
    const file = { id: 'F1', name: 'a.txt', mime: 'text/plain', size: 11 }
    await here.says('', { body: { text: `the export of ${SSN}`, author: SAM, files: [file] } })
    expect((await here.told()).map(({ to }) => to)).toEqual([SAM])
  })

  test('of bytes asks nobody', async () => {
    const here = await shared(Buffer.concat([Buffer.from([0x89, 0, 1, 2]), Buffer.from(SSN)]))
    expect(await here.told()).toEqual([])
  })
})

test.each<readonly [string, Uint8Array, { mime: string; name: string }, string | undefined]>([
  ['UTF-8 of any name', Buffer.from('é 1'), { mime: 'application/octet-stream', name: 'x' }, 'é 1'],
  ['UTF-8 with its mark', Buffer.from('\ufeffa'), { mime: '', name: '' }, 'a'],
  ['UTF-16 with its mark', Buffer.from('\ufeffab', 'utf16le'), { mime: '', name: '' }, 'ab'],
  ['UTF-16 the other way round', Buffer.from('\ufeffab', 'utf16le').swap16(), { mime: '', name: '' }, 'ab'],
  ['UTF-16 without a mark', Buffer.from('abcd', 'utf16le'), { mime: '', name: 'a.csv' }, 'abcd'],
  ['Latin-1 that says it is text', Buffer.from([0xe9, 0x31]), { mime: 'text/plain', name: 'a' }, 'é1'],
  ['Latin-1 by its name', Buffer.from([0xe9, 0x31]), { mime: '', name: 'a.LOG' }, 'é1'],
  ['bytes that are no text', Buffer.from([0xe9, 0x31]), { mime: 'image/png', name: 'a.png' }, undefined],
  ['bytes with zeros', Buffer.from([1, 0, 0, 0, 2]), { mime: 'text/plain', name: 'a.txt' }, undefined],
  ['nothing', Buffer.alloc(0), { mime: 'text/plain', name: 'a.txt' }, ''],
])('%s is read as it is meant', (_, bytes, file, text) => {
  expect(fileText(bytes, file)).toBe(text)
})

test('of a long file the beginning is read, and no character is cut in two', () => {
  const text = fileText(Buffer.from('é'.repeat(LOOKED_BYTES)), { mime: 'text/plain', name: 'a.txt' })
  expect(text).toBe('é'.repeat(LOOKED_BYTES / 2))
})

describe('a command whose words look like one', () => {
  let here: Room
  let asked = 0
  beforeAll(async () => {
    here = await room()
  })

  const say = async (line: string, mode: PhiMode, actor = 'U0SAMOKAFOR') => {
    asked += 1
    const handle = makeHandle({ ...wardroom.delivering, phiModeOn: () => mode })
    const answer = await handle({
      type: 'command',
      via: 'slash',
      key: `asked ${asked}`,
      ...PLACE,
      room: here.room,
      actor,
      actorKind: 'human',
      at: wardroom.now(),
      line,
      canOpenForm: true,
    })
    return answer.kind === 'reply' ? cardText(answer.card) : answer.kind
  }
  const notes = async () => (await here.lines()).filter(({ kind }) => kind === 'note.recorded').length

  test('is recorded where nobody is strict, and the answer says what it may hold', async () => {
    const before = await notes()
    expect(await say(`note her number is ${SSN}`, 'nudge')).toContain('It may hold a Social Security number')
    expect(await say(`note her number is ${SSN} too`, 'off')).not.toContain('may hold')
    expect(await notes()).toBe(before + 2)
  })

  test('is asked about once in strict mode; the same again means it, and is one person’s', async () => {
    const before = await notes()
    const line = `note the number is ${SSN}`
    const first = await say(line, 'strict')
    expect(first).toContain('say it without, or send the same once more')
    expect(first).toContain('Nothing was recorded')
    expect(first).not.toMatch(/078|1120/)
    expect(await say(line, 'strict', 'U0LEECHAN00')).toContain('once more')
    expect(await notes()).toBe(before)
    expect(await say(line, 'strict')).toContain('ecorded')
    expect(await notes()).toBe(before + 1)
    expect(await say('note no number at all, ticket 100234567', 'strict')).not.toContain('may hold')
  })

  test('to declare is never asked about', async () => {
    const answer = await say(
      `declare a letter with ${SSN} went to the wrong patient`,
      'strict',
      'U0JOPARK000',
    )
    expect(answer).toContain('inc-2026-')
    expect(answer).toContain('It may hold a Social Security number')
    expect(answer).not.toMatch(/078|1120/)
  })
})

test('no log line and no row of the outbox holds any of it', async () => {
  expect(logged.join('\n')).not.toMatch(/078|1120/)
  expect(JSON.stringify(await outbox(wardroom))).not.toMatch(/078-|05-1120/)
})

async function* chunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
