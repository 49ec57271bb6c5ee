/** One bench a platform: its port over its local stand-in, what people do there, and how to make its calls fail. */
import type {
  ChatError,
  ChatPort,
  Inbound,
  InboundFile,
  InboundMessage,
  MessageRef,
} from '../../src/chat/port.ts'
import { slackManifest } from '../../src/chat/slack/manifest.ts'
import { startSlack } from '../../src/chat/slack/start.ts'
import { connectTeams } from '../../src/chat/teams/connect.ts'
import { activityInbound } from '../../src/chat/teams/reading/events.ts'
import { teamsPort } from '../../src/chat/teams/verbs.ts'
import { startPractice } from '../../src/practice/server.ts'
import { plainBot } from '../support/teams/bot.ts'
import { startLocalTeams } from '../support/teams/local.ts'
import { keptLog } from './slack/stub.ts'
import { identityOf, seamsOf } from './teams/connected.ts'

/** What the bot asks for when it … */
export type Doing = 'open' | 'post' | 'update' | 'share'
export type Fault = 'rate' | 'error' | 'lost answer' | 'nothing done'

export interface Bench {
  readonly port: ChatPort
  now(): Date
  later(ms: number): void
  person(name: string): string
  readonly stranger: string
  /** Somebody else makes a room of this name. */
  makeRoom(name: string): Promise<void>
  say(who: string, room: string, text: string, thread?: string): Promise<string>
  edit(who: string, ref: MessageRef, text: string): Promise<void>
  remove(who: string, ref: MessageRef): Promise<void>
  upload(who: string, room: string, bytes: Buffer): Promise<{ file: InboundFile; at: MessageRef }>
  dropFile(who: string, file: InboundFile): Promise<void>
  /** What was told of messages since the last look. */
  pushed(): Promise<InboundMessage[]>
  /** What stands in a room or a chat, as somebody in it reads it, in order. */
  read(who: string, room: string): { id: string; says: string }[]
  /** Their chat with the bot, made by whichever of the two. */
  readChat(who: string): { id: string; says: string }[]
  /** The files that stand in it: what was said beside each, and its bytes. */
  readFiles(who: string): { name: string; says: string; bytes: Buffer }[]
  /** The pictures that stand in a room: the words beside each, what who cannot see it is read, and its bytes. */
  pictures(who: string, room: string): { id: string; says: string; alt: string; bytes: Buffer }[]
  removePost(ref: MessageRef): Promise<void>
  archive(room: string): Promise<void>
  /** Nobody will ever find it again. */
  lose(room: string): Promise<void>
  /**
   * Their chats take no message from the bot, until what is returned is called; on Slack, where no fault is one person's,
   * nobody's do.
   */
  shutOut(...who: readonly string[]): () => void
  fail(doing: Doing, fault: Fault): void
  asked(doing: Doing): number
  close(): Promise<void>
}

const clock = () => {
  let at = new Date('2026-11-20T14:05:00.000Z').getTime()
  return {
    now: () => new Date(at),
    later: (ms: number) => {
      at += ms
    },
  }
}

const onlyMessages = (all: readonly Inbound[]) =>
  all.filter((each): each is InboundMessage => each.type === 'message')

const slackMethods = {
  open: 'conversations.create',
  post: 'chat.postMessage',
  update: 'chat.update',
  share: 'files.completeUploadExternal',
} as const
const slackFaults = {
  rate: { kind: 'rate_limited', retryAfterSeconds: 7 },
  error: { kind: 'server_error' },
  'lost answer': { kind: 'lost_answer' },
  'nothing done': { kind: 'connection_cut' },
} as const

export async function slackBench(): Promise<Bench> {
  const { now, later } = clock()
  const commands = [{ command: '/incident', description: 'Run an incident', usageHint: 'help' }]
  const practice = await startPractice({
    now,
    manifest: slackManifest({ name: 'Wardroom', commands, mode: 'socket' }),
    delivery: { mode: 'socket' },
    retryScale: 0.001,
    ackMs: 800,
  })
  const seen: Inbound[] = []
  const slack = await startSlack({
    botToken: practice.botToken,
    appToken: practice.appToken,
    apiUrl: practice.apiUrl,
    commands: ['incident'],
    handle: async (inbound) => {
      seen.push(inbound)
      return { kind: 'none' }
    },
    now,
    log: keptLog(),
  })
  const { port } = slack
  const read: Bench['read'] = (who, room) =>
    practice
      .as(who)
      .everything(room)
      .filter(({ subtype }) => !subtype)
      .map((each) => ({ id: each.ts, says: JSON.stringify([each.text, each.blocks]) }))
  const person = (name: string) => practice.people.find((each) => each.name === name)!.id
  return {
    // Rooms are by invitation here: whoever is to speak in one is let in.
    port: {
      ...port,
      openRoom: async (wanted) => {
        const opened = await port.openRoom(wanted)
        await port.invite(opened.room, [person('dana'), person('sam')])
        return opened
      },
    },
    now,
    later,
    person,
    stranger: 'U0NOBODY1',
    makeRoom: async (name) => void (await practice.as('dana').createChannel(name)),
    say: (who, room, text, thread) => practice.as(who).post(room, text, thread ? { thread } : {}),
    edit: (who, { room, message }, text) => practice.as(who).edit(room, message, text),
    remove: (who, { room, message }) => practice.as(who).remove(room, message),
    async upload(who, room, bytes) {
      const { ts, fileId } = await practice.as(who).upload(room, { name: 'scan.bin', bytes })
      const file = { id: fileId, name: 'scan.bin', mime: 'application/octet-stream', size: bytes.length }
      return { file, at: { room, message: ts } }
    },
    dropFile: (who, file) => practice.as(who).removeFile(file.id),
    async pushed() {
      await practice.idle()
      return onlyMessages(seen.splice(0))
    },
    read,
    readChat: (who) =>
      practice
        .as(who)
        .dms()
        .flatMap(({ id }) => read(who, id)),
    readFiles: (who) =>
      practice
        .as(who)
        .dms()
        .flatMap(({ id }) => practice.as(who).everything(id))
        .flatMap(({ text, files }) =>
          files
            .filter(({ name }) => name !== 'deleted file')
            .map(({ id, name }) => ({ name, says: text, bytes: practice.as(who).readFile(id) })),
        ),
    pictures: (who, room) =>
      practice
        .as(who)
        .everything(room)
        .flatMap(({ ts, text, files }) =>
          files
            .filter(({ mimetype }) => mimetype === 'image/png')
            .map(({ id, alt }) => ({ id: ts, says: text, alt, bytes: practice.as(who).readFile(id) })),
        ),
    async removePost({ room, message }) {
      const body = new URLSearchParams({ channel: room, ts: message })
      const headers = { authorization: `Bearer ${practice.botToken}` }
      await fetch(`${practice.apiUrl}chat.delete`, { method: 'POST', headers, body })
    },
    archive: (room) => practice.as('dana').archive(room),
    lose: (room) => practice.as('dana').kick(room, practice.botUserId),
    shutOut() {
      practice.faults.failCalls('conversations.open', { kind: 'error', error: 'user_disabled' }, 1000)
      return () => practice.faults.clear()
    },
    fail: (doing, fault) => practice.faults.failCalls(slackMethods[doing], slackFaults[fault]),
    asked: (doing) => practice.calls.filter(({ method }) => method === slackMethods[doing]).length,
    async close() {
      await slack.stop()
      await practice.close()
    },
  }
}

const teamsOps = {
  open: 'graph.createChannel',
  post: 'connector.create',
  update: 'connector.update',
  share: 'connector.create',
} as const
const teamsFaults = {
  rate: { kind: 'status', status: 429, retryAfterSeconds: 7 },
  error: { kind: 'status', status: 500 },
  'lost answer': { kind: 'cut', done: true },
  'nothing done': { kind: 'cut', done: false },
} as const

export async function teamsBench(): Promise<Bench> {
  const { now, later } = clock()
  const bot = await plainBot()
  const teams = await startLocalTeams({ now, botUrl: bot.url })
  const api = await connectTeams({
    identity: identityOf(teams),
    team: teams.teamId,
    teams: [teams.hospitalTeamId],
    zone: 'America/New_York',
    sign: (words) => words,
    seams: seamsOf(teams),
    now,
    log: keptLog(),
  })
  const person = (name: string) => teams.as(name).id
  const read: Bench['read'] = (who, room) =>
    teams
      .as(who)
      .everything(room)
      .filter(({ isDeleted }) => !isDeleted)
      .map((each) => ({ id: each.id, says: JSON.stringify([each.text, each.card]) }))
  return {
    port: teamsPort(api),
    now,
    later,
    person,
    stranger: teams.admin.unknownId(),
    makeRoom: async (name) => void teams.admin.createChannel('Incidents', name),
    say: (who, room, text, thread) => teams.as(who).post(room, text, thread ? { thread } : {}),
    edit: (who, { room, message }, text) => teams.as(who).edit(room, message, text),
    remove: (who, { room, message }) => teams.as(who).remove(room, message),
    async upload(who, room, bytes) {
      const { message, file } = await teams.as(who).upload(room, { name: 'scan.bin', bytes })
      return { file: { id: file, name: '', mime: '', size: 0 }, at: { room, message } }
    },
    dropFile: async (_, file) => teams.admin.deleteFile(file.id),
    async pushed() {
      await teams.idle()
      return onlyMessages(bot.take().flatMap((each) => activityInbound(api.self, api.directory, each, now())))
    },
    read,
    readChat: (who) =>
      teams
        .as(who)
        .dms()
        .flatMap(({ id }) => read(who, id)),
    readFiles: () => [],
    pictures: (who, room) =>
      teams
        .as(who)
        .everything(room)
        .filter(({ isDeleted }) => !isDeleted)
        .flatMap(({ id, card }) => {
          const { body = [] } = (card ?? {}) as { body?: { type: string; url: string; altText: string }[] }
          return body
            .filter(({ type }) => type === 'Image')
            .map(({ url, altText }) => ({
              ...{ id, says: JSON.stringify(card), alt: altText },
              bytes: Buffer.from(url.replace('data:image/png;base64,', ''), 'base64'),
            }))
        }),
    removePost: ({ room, message }) => api.connector.remove(room, message),
    archive: async (room) => teams.admin.archiveChannel(room),
    async lose(room) {
      teams.admin.deleteChannel(room)
      later(10 * 60_000)
    },
    shutOut(...who) {
      for (const each of who) teams.admin.block(each)
      return () => who.forEach(teams.admin.unblock)
    },
    fail: (doing, fault) => teams.faults.failCalls(teamsOps[doing], teamsFaults[fault]),
    asked: (doing) => teams.calls.filter(({ op }) => op === teamsOps[doing]).length,
    async close() {
      await teams.close()
      await bot.close()
    },
  }
}

export async function failureOf(promise: Promise<unknown>): Promise<ChatError> {
  return promise.then(
    () => {
      throw new Error('was expected to fail')
    },
    (error: ChatError) => error,
  )
}
