// A small real Bolt app against the practice workspace, in either delivery mode.

import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import type { PracticeManifest } from '../../src/practice/manifest.ts'
import { type Practice, type PracticeOptions, startPractice } from '../../src/practice/server.ts'

export const manifest: PracticeManifest = {
  display_information: { name: 'Wardroom' },
  features: {
    bot_user: { display_name: 'Wardroom' },
    app_home: { home_tab_enabled: true, messages_tab_enabled: true },
    slash_commands: [
      {
        command: '/incident',
        description: 'Run an incident',
        usage_hint: 'declare | status',
        should_escape: true,
      },
      { command: '/raw', description: 'Not escaped' },
    ],
    shortcuts: [
      { name: 'Declare', type: 'global', callback_id: 'declare', description: 'Declare an incident' },
      { name: 'Record', type: 'message', callback_id: 'record', description: 'Record as decision' },
    ],
  },
  oauth_config: {
    scopes: {
      bot: [
        'commands',
        'chat:write',
        'groups:write',
        'groups:read',
        'groups:history',
        'channels:manage',
        'channels:read',
        'channels:history',
        'channels:join',
        'im:write',
        'im:read',
        'im:history',
        'reactions:read',
        'reactions:write',
        'pins:read',
        'pins:write',
        'bookmarks:read',
        'bookmarks:write',
        'files:read',
        'files:write',
        'users:read',
        'usergroups:read',
        'team:read',
        'app_mentions:read',
      ],
    },
  },
  settings: {
    event_subscriptions: {
      bot_events: [
        'app_home_opened',
        'app_mention',
        'app_uninstalled',
        'tokens_revoked',
        'message.groups',
        'message.channels',
        'message.im',
        'reaction_added',
        'reaction_removed',
        'pin_added',
        'pin_removed',
        'file_shared',
        'file_deleted',
        'file_change',
        'member_joined_channel',
        'member_left_channel',
        'group_rename',
        'group_archive',
        'group_unarchive',
        'group_deleted',
        'group_left',
        'channel_rename',
        'channel_archive',
        'channel_left',
        'channel_id_changed',
        'channel_shared',
        'subteam_members_changed',
      ],
    },
  },
}

/** A clock that only moves when told; shared by every message ts. */
export const movableClock = (start = '2026-11-20T22:41:00Z') => {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    move: (ms: number) => {
      at += ms
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: events are open JSON
export type Event = Record<string, any>
export type Heard = {
  event: Event
  retryNum: number | undefined
  retryReason: string | undefined
  body: Event
}

export type Bot = { app: App; heard: Heard[]; types: () => string[]; stop: () => Promise<void> }

const quiet = { logLevel: LogLevel.ERROR }
const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}

const watch = (receiver: { init: (app: App) => void }, heard: Heard[], before: () => Promise<void>) => {
  const init = receiver.init.bind(receiver)
  receiver.init = (app) => {
    const processEvent = app.processEvent.bind(app)
    app.processEvent = async (event) => {
      const body = event.body as Event
      if (body.event) {
        await before()
        heard.push({ event: body.event, retryNum: event.retryNum, retryReason: event.retryReason, body })
      }
      return processEvent(event)
    }
    init(app)
  }
}

/** One Web API call without any SDK. */
export const call = async (
  practice: Practice,
  method: string,
  args: object,
  token = practice.botToken,
): Promise<Event> => {
  const response = await fetch(`${practice.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(args),
  })
  return (await response.json()) as Event
}

type BotOptions = { sockets?: number; beforeEvent?: () => Promise<void>; setUp?: (app: App) => void }

const socketBot = async (practice: Practice, options: BotOptions): Promise<Bot> => {
  const heard: Heard[] = []
  const receivers = Array.from({ length: options.sockets ?? 1 }, () => {
    const receiver = new SocketModeReceiver({
      appToken: practice.appToken,
      logger: silent,
      installerOptions: {
        clientOptions: {
          slackApiUrl: practice.apiUrl,
          retryConfig: { forever: true, minTimeout: 10, maxTimeout: 50 },
        },
      },
    })
    return receiver
  })
  const first = receivers[0] as SocketModeReceiver
  watch(first, heard, options.beforeEvent ?? (async () => {}))
  const app = new App({
    token: practice.botToken,
    receiver: first,
    logger: silent,
    convoStore: false,
    clientOptions: { slackApiUrl: practice.apiUrl, retryConfig: { retries: 0 } },
    deferInitialization: true,
  })
  await app.init()
  for (const receiver of receivers.slice(1)) receiver.init(app)
  options.setUp?.(app)
  for (const receiver of receivers) await receiver.start()
  await practice.waitFor(() => practice.connections() === receivers.length, 'sockets')
  return {
    app,
    heard,
    types: () => heard.map((row) => row.event.subtype ?? row.event.type),
    stop: async () => {
      for (const receiver of receivers) await receiver.stop()
    },
  }
}

const httpBot = async (signingSecret: string) => {
  const heard: Heard[] = []
  const receiver = new HTTPReceiver({ signingSecret, logger: silent, bodyLimit: 1_000_000 } as never)
  return { heard, receiver }
}

export type World = {
  practice: Practice
  bot: Bot
  clock: ReturnType<typeof movableClock>
  close: () => Promise<void>
}

/** Practice workspace and bot together, in the delivery mode asked for. */
export const startWorld = async (
  mode: 'socket' | 'http',
  options: Partial<PracticeOptions> & BotOptions = {},
): Promise<World> => {
  const clock = movableClock()
  const { sockets, beforeEvent, setUp, ...rest } = options
  const base = { now: clock.now, manifest, retryScale: 0.001, ...rest }
  const own: BotOptions = {
    ...(sockets ? { sockets } : {}),
    ...(beforeEvent ? { beforeEvent } : {}),
    ...(setUp ? { setUp } : {}),
  }
  if (mode === 'socket') {
    const practice = await startPractice({ ...base, delivery: { mode: 'socket' } })
    const bot = await socketBot(practice, own)
    return {
      practice,
      bot,
      clock,
      close: async () => {
        await bot.stop()
        await practice.close()
      },
    }
  }
  const signingSecret = 'practice-signing-secret'
  const { heard, receiver } = await httpBot(signingSecret)
  watch(receiver, heard, beforeEvent ?? (async () => {}))
  // the app needs the workspace's address, the workspace the app's: the app listens first
  const server = await receiver.start(0 as never)
  const port = (server.address() as AddressInfo).port
  const url = `http://127.0.0.1:${port}/slack/events`
  const practice = await startPractice({ ...base, delivery: { mode: 'http', url, signingSecret } })
  const app = new App({
    token: practice.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    clientOptions: { slackApiUrl: practice.apiUrl, retryConfig: { retries: 0 } },
    deferInitialization: true,
    ...quiet,
  })
  await app.init()
  setUp?.(app)
  const bot: Bot = {
    app,
    heard,
    types: () => heard.map((row) => row.event.subtype ?? row.event.type),
    stop: async () => {
      await receiver.stop()
    },
  }
  return {
    practice,
    bot,
    clock,
    close: async () => {
      await bot.stop()
      await practice.close()
    },
  }
}
