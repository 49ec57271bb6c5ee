/** The platforms a Wardroom is on, one or both: each is started, kept connected, and read back when it is there again. */
import type { ChatPort, Handle, Platform } from '../chat/port.ts'
import { type SlackOptions, startSlack } from '../chat/slack/start.ts'
import { startTeams, type TeamsOptions } from '../chat/teams/start.ts'
import type { Config } from '../config.ts'
import { RESTART } from '../delivery/read-back.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type Connection, keepConnected, type RunningChat } from './connect.ts'

/** Where Slack is: the real one's tokens, or the practice workspace's. */
export type SlackAt = Pick<
  SlackOptions,
  'botToken' | 'appToken' | 'signingSecret' | 'apiUrl' | 'httpPort' | 'httpHost'
>

/** Where Teams is; `seams` only where it is a local one. */
export type TeamsAt = Pick<
  TeamsOptions,
  'identity' | 'team' | 'teams' | 'httpHost' | 'httpPort' | 'anonymous' | 'seams'
>

export interface ChatsAt {
  readonly slack?: SlackAt | undefined
  readonly teams?: TeamsAt | undefined
}

export interface Listening {
  readonly store: Store
  readonly log: Log
  readonly handle: Handle
  readonly now: () => Date
  readonly realNow: () => Date
  /** Reads a platform's rooms back, since an instant or since each record's last entry before this process. */
  readonly catchUp: (platform: Platform, why: string, since?: Date) => void
  readonly connected: (port: ChatPort) => void
}

/** The platforms the configuration names. */
export function chatsOf({ slack, teams }: Config): ChatsAt {
  const { botToken } = slack
  return {
    ...(botToken ? { slack: { ...slack, botToken } } : {}),
    ...(teams
      ? { teams: { ...teams, seams: { serviceUrl: teams.serviceUrl, graphUrl: teams.graphUrl } } }
      : {}),
  }
}

/** What is typed before a verb. */
export const wordsOf = (config: Config) => {
  const slack = `/${config.commands[0]}`
  const words: Readonly<Record<string, string>> = { slack, teams: '@Wardroom' }
  return (platform: string): string => words[platform] ?? slack
}

export async function connectChats(
  at: ChatsAt,
  config: Config,
  listening: Listening,
): Promise<readonly Connection[]> {
  const { store, log, handle, now, realNow, catchUp, connected } = listening
  const common = (platform: Platform) => ({
    handle,
    now,
    wallClock: realNow,
    log,
    onGap: (since: Date, why: string) => catchUp(platform, why, since),
  })
  const starts = new Map<Platform, () => Promise<RunningChat>>()
  const { slack, teams } = at
  if (slack)
    starts.set('slack', () => startSlack({ ...slack, ...common('slack'), commands: config.commands }))
  if (teams)
    starts.set('teams', () =>
      startTeams({ ...teams, ...common('teams'), zone: config.zone, sign: store.sign }),
    )
  const chats: Connection[] = []
  for (const [platform, start] of starts) {
    const connect = async () => {
      const started = await start()
      await refuseOtherWorkspaces(store, started)
      connected(started.port)
      return started
    }
    try {
      chats.push(await keepConnected(platform, connect, log, () => catchUp(platform, RESTART)))
    } catch (error) {
      await stopChats(chats)
      throw error
    }
  }
  return chats
}

export async function stopChats(chats: readonly Connection[]): Promise<void> {
  await Promise.all(chats.map((each) => each.stop()))
}

/** A record belongs to one workspace of a platform: a practice record under real tokens would mix invented incidents with real ones. */
async function refuseOtherWorkspaces(store: Store, started: RunningChat): Promise<void> {
  const { platform, workspace } = started.port
  const other = (await store.incidents()).find(
    (state) => state.platform === platform && state.workspace !== workspace,
  )
  if (!other) return
  await started.stop()
  throw new Error(
    `This record has incidents of workspace ${other.workspace}, and the token is for ${workspace}: give that workspace's token, or a new DATA_DIR or database.`,
  )
}
