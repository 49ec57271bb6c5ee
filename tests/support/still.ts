/** A Wardroom in which nothing moves by itself: no loops, no network, a chat platform in memory. Each step is a call. */

import { ChatError, type ChatPort } from '../../src/chat/port.ts'
import type { Delivering } from '../../src/delivery/delivering.ts'

import { makeCapture } from '../../src/evidence/capture.ts'
import { makeHandle } from '../../src/handle.ts'
import { makeLog } from '../../src/log.ts'
import { seedRoster } from '../../src/operate/organisation-setup.ts'
import { SYSTEM } from '../../src/pipeline/commit.ts'
import { practiceRoster } from '../../src/practice/roster.ts'
import { newCheckpointKeyText, readCheckpointKey } from '../../src/store/checkpoint-key.ts'
import { useCheckpointKey } from '../../src/store/checkpoint-keyring.ts'
import { cardText } from '../../src/views/card.ts'
import type { TestDatabase } from './database.ts'
import { AT, facts, PLACE, testRecord } from './record.ts'

export interface StillPlatform {
  readonly port: ChatPort
  /** Every post that landed, in order. */
  readonly posts: {
    readonly room: string
    readonly message: string
    readonly delivery: string
    readonly thread?: string
    readonly text: string
    readonly png?: Uint8Array
  }[]
  readonly rooms: string[]
  /** Makes the next call of a verb fail, before it is done or after. */
  readonly fail: (verb: keyof ChatPort, when: 'before' | 'after') => void
}

export function stillPlatform(): StillPlatform {
  const posts: StillPlatform['posts'] = []
  const rooms: string[] = []
  const failures = new Map<string, 'before' | 'after'>()
  let count = 0
  async function call<T>(verb: string, work: () => T): Promise<T> {
    const when = failures.get(verb)
    failures.delete(verb)
    if (when === 'before') throw new ChatError('transient', 'ECONNRESET')
    const done = work()
    if (when === 'after') throw new ChatError('transient', 'timeout', { maybeDone: true })
    return done
  }
  const port: ChatPort = {
    ...PLACE,
    capabilities: {
      privateReply: 'in-room',
      readBack: true,
      readBackDirect: true,
      pins: true,
      audience: 'invited',
      deletedText: true,
      reactions: 'all',
      history: 'what-stands',
      lost: [],
      privateFileBytes: 1_000_000,
      pictureBytes: 1_000_000,
      home: true,
    },
    openRoom: ({ name }) =>
      call('openRoom', () => {
        if (!rooms.includes(name)) rooms.push(name)
        return { room: `C-${name}`, name }
      }),
    invite: () => call('invite', () => []),
    post: (target, card, delivery) =>
      call('post', () => {
        count += 1
        const room =
          'room' in target ? target.room : 'person' in target ? `D-${target.person}` : target.channel
        const thread = 'room' in target && target.thread ? { thread: target.thread } : {}
        const post = { room, message: `${count}.0`, delivery }
        posts.push({ ...post, ...thread, text: cardText(card) })
        return post
      }),
    postPicture: (room, { png }, card, delivery) =>
      call('postPicture', () => {
        count += 1
        const post = { room, message: `${count}.0`, delivery }
        posts.push({ ...post, text: cardText(card), png })
        return post
      }),
    update: () => call('update', () => undefined),
    linkTo: ({ room, message }) => `https://chat.test/${room}/${message}`,
    sendFile: (person, { name }) => call('sendFile', () => ({ room: `D-${person}`, message: name })),
    removeFile: () => call('removeFile', () => undefined),
    findPost: (_target, delivery) => call('findPost', () => posts.find((post) => post.delivery === delivery)),
    dress: () => call('dress', () => undefined),
    async *history() {},
    roomInfo: (room) =>
      call('roomInfo', () => ({
        room,
        name: room.slice(2),
        private: true,
        shared: false,
        archived: false,
        present: true,
        members: [],
      })),
    person: async (id) => ({ id, name: id, kind: 'human', guest: false, deactivated: false }),
    download: async () => (async function* () {})(),
    audience: async () => [],
    describe: async (file) => file,
    reach: async () => {},
    publishHome: async () => {},
  }
  return { port, posts, rooms, fail: (verb, when) => void failures.set(verb, when) }
}

/** One for every replica of this process. */
const checkpointKey = readCheckpointKey(newCheckpointKeyText(), 'the test')

export async function stillWardroom(database: TestDatabase, platform = stillPlatform(), recordKey?: string) {
  let at = AT.getTime()
  const now = () => new Date(at)
  const { store } = await testRecord({ database, now, ...(recordKey ? { recordKey } : {}) })
  const stamp = { actor: SYSTEM, at: AT, source: null }
  await store.write((unit) => useCheckpointKey(unit, checkpointKey, stamp), {})
  await seedRoster(store, practiceRoster, now())
  const delivering: Delivering = {
    store,
    settings: { admins: [], organisation: facts, practice: true },
    telling: { announceChannels: {}, pagerWebhook: false },
    capture: makeCapture(store.evidence, undefined, { ahead: store.evidenceAhead }),
    log: makeLog(process.env.WARDROOM_TEST_LOG ?? 'silent'),
    now,
    fingerprint: 'TEST',
    checkpointKey,
    wordOn: () => '/incident',
    audienceOn: () => [],
    phiModeOn: () => 'nudge',
    poke: () => {},
    portOf: () => platform.port,
    capturing: { keep: 'bytes', maxBytes: 1024 },
    exports: { host: '', folder: '', tsaCa: undefined },
    pager: undefined,
  }
  return {
    store,
    database,
    delivering,
    platform,
    now,
    handle: makeHandle(delivering),
    moveTo(to: Date) {
      at = Math.max(at, to.getTime())
    },
  }
}

export type StillWardroom = Awaited<ReturnType<typeof stillWardroom>>
