// What the browser page asks for. Answers are page-api.ts's types; a refusal is a sentence at HTTP 200.
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createActor } from './actor.ts'
import { isVisibleTo } from './conversations.ts'
import { type Change, type Core, findPerson, PracticeRefusal } from './core.ts'
import { mayReadFile } from './files.ts'
import { isSameOrigin } from './loopback.ts'
import { runAct } from './page-act.ts'
import type {
  Act,
  ActAnswer,
  ClockAnswer,
  ClockMove,
  PageEvent,
  PageMessages,
  PageState,
} from './page-api.ts'
import {
  channelsFor,
  dmsFor,
  homeFor,
  messagesFor,
  modalsFor,
  pageChannel,
  pageMessage,
  pagePerson,
} from './seen.ts'
import { botUserId, freshState } from './state.ts'

export type Advance = (to: ClockMove['to']) => Promise<{ now: string; moved: boolean; note?: string }>

export type PageRoutes = {
  handle: (request: IncomingMessage, body: Buffer, response: ServerResponse) => Promise<void>
  reset: () => void
  close: () => void
}

const pageFolder = new URL('../../src/practice/page/', import.meta.url)
const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  json: 'application/json',
  woff2: 'font/woff2',
}
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}

const isShownTo = (user: string, change: Change): boolean => !('user' in change) || change.user === user

export const createPageRoutes = (
  core: Core,
  advance: Advance | undefined,
  moved: { last: ClockAnswer },
): PageRoutes => {
  const streams = new Set<ServerResponse>()

  const clock = (): ClockAnswer => ({
    now: core.now().toISOString(),
    moved: false,
    canMove: advance !== undefined,
    note: moved.last.note,
  })

  const state = (user: string): PageState => {
    const person = findPerson(core, user) ?? core.state.people[0]
    if (!person) throw new PracticeRefusal('Nobody works here.')
    return {
      notice: 'Practice, nothing here is real',
      team: { id: core.state.team.id, name: core.state.team.name },
      me: pagePerson(person),
      people: core.state.people.map(pagePerson),
      bot: { userId: botUserId, name: core.installed.appName, online: core.delivery.isOnline() },
      channels: channelsFor(core, person.id),
      dms: dmsFor(core, person.id),
      commands: core.installed.commands.map(({ command, description, usageHint }) => ({
        command,
        description,
        usageHint,
      })),
      globalShortcuts: core.installed.shortcuts.filter((row) => row.type === 'global'),
      messageShortcuts: core.installed.shortcuts.filter((row) => row.type === 'message'),
      home: homeFor(core, person.id),
      modals: modalsFor(core, person.id),
      clock: clock(),
    }
  }

  const messages = (user: string, channelId: string, thread: string | null): PageMessages => {
    const isGuest = findPerson(core, user)?.isGuest ?? false
    const channel = core.state.channels.find((row) => row.id === channelId && isVisibleTo(row, user, isGuest))
    if (!channel) throw new PracticeRefusal('You cannot see that channel.')
    return {
      channel: pageChannel(core, channel, user),
      messages: messagesFor(core, channel, user, thread),
      lastRead: channel.lastRead[user] ?? '',
    }
  }

  const toEvent = (user: string, change: Change): PageEvent | null => {
    if (change.kind === 'call') return null
    if (change.kind === 'state' || change.kind === 'reset') return { kind: change.kind }
    if (change.kind === 'messages') {
      const isMine = core.state.channels.some(
        (row) => row.id === change.channel && isVisibleTo(row, user, findPerson(core, user)?.isGuest),
      )
      return isMine ? { kind: 'messages', channel: change.channel, thread: change.thread } : null
    }
    if (change.kind === 'modals')
      return { kind: 'modals', modals: modalsFor(core, user), errors: change.errors }
    if (change.kind === 'home') return { kind: 'home', home: homeFor(core, user) }
    if (change.kind === 'toast') return { kind: 'toast', tone: change.tone, text: change.text }
    if (change.kind === 'clock') return { kind: 'clock', clock: clock() }
    const channel = core.state.channels.find((row) => row.id === change.channel)
    const row = core.ephemerals.find((known) => known.user === user && known.message.ts === change.ts)
    if (!channel || !row) return { kind: 'messages', channel: change.channel, thread: null }
    const message = { ...pageMessage(core, channel, row.message, user), isEphemeral: true }
    return { kind: 'ephemeral', channel: channel.id, message }
  }

  const stream = (user: string, response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': hello\n\n')
    streams.add(response)
    const stop = core.onChange((change) => {
      if (!isShownTo(user, change)) return
      const event = toEvent(user, change)
      if (event) response.write(`data: ${JSON.stringify(event)}\n\n`)
    })
    response.on('close', () => {
      stop()
      streams.delete(response)
    })
  }

  const reset = (): void => {
    const fresh = freshState(core.state.people, core.now())
    // ids and ts go on: what the bot remembers must never meet a second message with the same key
    fresh.nextId = core.state.nextId
    fresh.lastTsMicros = core.state.lastTsMicros
    core.state = fresh
    core.ephemerals.length = 0
    core.views.stacks.clear()
    core.changed({ kind: 'reset' })
  }

  const file = (user: string, id: string, response: ServerResponse): void => {
    const stored = core.state.files.find((row) => row.id === id)
    if (!stored || !mayReadFile(core, stored, user)) {
      sendJson(response, 404, { ok: false, error: 'No such file.' })
      return
    }
    const isPicture = /^image\/(png|jpeg|gif)$/.test(stored.mimetype)
    response.writeHead(200, {
      'content-type': isPicture ? stored.mimetype : 'application/octet-stream',
      // an uploaded page or script must never run in this origin
      'content-disposition': `${isPicture ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
    response.end(Buffer.from(stored.base64, 'base64'))
  }

  const page = async (path: string, response: ServerResponse): Promise<void> => {
    const name = path === '/' ? 'index.html' : path.slice('/page/'.length)
    const extension = name.split('.').at(-1) ?? ''
    if (!/^[\w-]+(\/[\w-]+)*\.\w+$/.test(name) || !(extension in contentTypes))
      return sendJson(response, 404, { ok: false })
    try {
      const bytes = await readFile(new URL(name, pageFolder))
      const headers = { 'content-type': contentTypes[extension] ?? '', 'content-security-policy': policy }
      response.writeHead(200, {
        ...headers,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      })
      response.end(bytes)
    } catch {
      sendJson(response, 404, { ok: false, error: 'No such page.' })
    }
  }

  const move = async (to: ClockMove['to']): Promise<ClockAnswer | ActAnswer> => {
    if (!advance) return { ...clock(), note: 'This clock cannot be moved.' }
    if (!['hour', 'day', 'next'].includes(to))
      return { ok: false, error: 'Move the clock to hour, day or next.' }
    const answer = await advance(to)
    moved.last = { now: answer.now, moved: answer.moved, canMove: true, note: answer.note ?? null }
    core.changed({ kind: 'clock' })
    return moved.last
  }

  const post = async (path: string, body: Buffer): Promise<unknown> => {
    const sent = JSON.parse(body.toString('utf8') || '{}')
    if (path === '/practice/act') return runAct(createActor(core, String(sent.as)), sent as Act)
    if (path === '/practice/clock') return move(sent.to)
    if (path === '/practice/reset') {
      reset()
      return { ok: true }
    }
    return null
  }

  const get = async (url: URL, response: ServerResponse): Promise<void> => {
    const ask = (name: string) => url.searchParams.get(name) ?? ''
    const user = ask('as')
    if (url.pathname === '/practice/state') return sendJson(response, 200, state(user))
    if (url.pathname === '/practice/messages') {
      return sendJson(response, 200, messages(user, ask('channel'), ask('thread') || null))
    }
    if (url.pathname === '/practice/clock') return sendJson(response, 200, clock())
    if (url.pathname === '/practice/file') return file(user, ask('id'), response)
    if (url.pathname === '/practice/events') return stream(user, response)
    if (url.pathname === '/' || url.pathname.startsWith('/page/')) return page(url.pathname, response)
    sendJson(response, 404, { ok: false, error: 'No such page.' })
  }

  return {
    reset,
    close: () => {
      for (const response of streams) response.end()
    },
    handle: async (request, body, response) => {
      const url = new URL(request.url ?? '/', 'http://practice')
      const port = request.socket.localPort ?? 0
      // the page itself may be reached by a link from anywhere; what it shows and does may not
      if (url.pathname.startsWith('/practice/') && !isSameOrigin(request, port))
        return sendJson(response, 403, { ok: false, error: 'Only this page may ask.' })
      try {
        if (request.method === 'GET') return await get(url, response)
        if (request.method !== 'POST') return sendJson(response, 405, { ok: false, error: 'Not here.' })
        if (!request.headers['content-type']?.startsWith('application/json')) {
          return sendJson(response, 403, { ok: false, error: 'Send JSON.' })
        }
        const answer = await post(url.pathname, body)
        sendJson(response, answer ? 200 : 404, answer ?? { ok: false, error: 'No such page.' })
      } catch (error) {
        if (error instanceof SyntaxError)
          return sendJson(response, 400, { ok: false, error: 'That is not JSON.' })
        if (!(error instanceof PracticeRefusal)) throw error
        sendJson(response, 200, { ok: false, error: error.message })
      }
    },
  }
}
