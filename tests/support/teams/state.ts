/** What the local Teams holds: teams, channels, chats, messages as they are stored. No behaviour but look-ups. */
import { randomBytes } from 'node:crypto'
import { permissions } from '../../../src/chat/teams/app/manifest.ts'
import { type LocalPerson, outsideIncidents } from './people.ts'

export type Json = Record<string, unknown>
export const BOT = 'bot'
export const BOT_NAME = 'Wardroom'

export interface Team {
  /** Entra group id: what Graph and the allow-list use. */
  readonly id: string
  /** `19:…@thread.tacv2`: what the bot API uses. It is the General channel's id too. */
  readonly internalId: string
  name: string
  readonly members: Set<string>
  readonly owners: Set<string>
  hasBot: boolean
  visibility: 'private' | 'public'
  isArchived: boolean
  isDeleted: boolean
  readonly grants: Set<string>
}

export interface Channel {
  readonly id: string
  readonly team: string
  name: string
  description: string
  readonly membership: 'standard' | 'private' | 'shared'
  /** Also the id of the row in which Teams itself tells of it. */
  readonly createdAt: number
  readonly byApp: boolean
  isArchived: boolean
  isDeleted: boolean
  /** Graph does not know it yet for this many more calls. */
  hiddenFor: number
}

export interface Chat {
  readonly id: string
  readonly person: string
}

export interface Mention {
  /** `28:…` or `29:…` */
  readonly member: string
  readonly name: string
}

/** Pasted into a message, and kept under it. */
export interface Picture {
  readonly room: string
  readonly message: string
  /** What Graph calls it. */
  readonly hosted: string
  readonly mime: string
  readonly bytes: Buffer
}

export interface FileRef {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly url: string
  bytes: Buffer
  isDeleted: boolean
}

/** What a message says, in the three dialects that Teams speaks. */
export interface Body {
  /** `activity.text`: mentions as `<at>Name</at>`, everything else as typed. */
  readonly text: string
  /** The `text/html` attachment of an activity. */
  readonly pushed: string
  /** `body.content` in Graph. */
  readonly stored: string
  readonly mentions: readonly Mention[]
}

export interface Message extends Body {
  readonly id: string
  readonly room: string
  readonly root: string | undefined
  /** A person's id, the bot, or nobody for what Teams says by itself. */
  readonly author: string
  text: string
  pushed: string
  stored: string
  mentions: readonly Mention[]
  files: readonly FileRef[]
  card: Json | undefined
  cardId: string
  summary: string | undefined
  readonly createdAt: number
  editedAt: number | undefined
  deletedAt: number | undefined
  modifiedAt: number
  reactions: { person: string; type: string; at: number }[]
  /** What a press was answered with, which only the presser sees, until the message itself changes. */
  readonly views: Map<string, Json>
  /** A targeted message: seen by this person and the bot alone. */
  readonly onlyFor: string | undefined
}

export interface State {
  readonly tenant: string
  readonly appId: string
  readonly people: LocalPerson[]
  readonly teams: Team[]
  readonly channels: Channel[]
  readonly chats: Chat[]
  readonly messages: Message[]
  readonly files: FileRef[]
  readonly pictures: Picture[]
  /** Nobody can be written to by a bot they do not have, or have blocked. */
  readonly withoutApp: Set<string>
  readonly blocked: Set<string>
  /** Who opened the chat with the bot themselves. */
  readonly opened: Set<string>
  grantsFiles: boolean
  lastId: number
}

export const guid = (): string => {
  const digits = randomBytes(16).toString('hex')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`
}
export const threadId = (): string => `19:${randomBytes(16).toString('hex')}@thread.tacv2`
export const chatId = (): string => `a:1${randomBytes(48).toString('base64url')}`

/** What the manifest asks of a team's owner at installation. */
export const grants: readonly string[] = Object.keys(permissions)

const DAY_MS = 86_400_000
const hospitalChannels = ['general', 'it-helpdesk', 'privacy', 'security', 'nursing']

export function freshState(people: readonly LocalPerson[], now: number): State {
  const state: State = {
    tenant: guid(),
    appId: guid(),
    people: [...people],
    teams: [],
    channels: [],
    chats: [],
    messages: [],
    files: [],
    pictures: [],
    withoutApp: new Set(),
    blocked: new Set(),
    opened: new Set(),
    grantsFiles: true,
    lastId: 0,
  }
  const incidents = people.filter(({ name, isGuest }) => !isGuest && !outsideIncidents.includes(name))
  newTeam(state, 'Incidents', incidents, now - DAY_MS, [])
  newTeam(state, 'Hospital', people, now - DAY_MS, hospitalChannels)
  return state
}

function newTeam(
  state: State,
  name: string,
  members: readonly LocalPerson[],
  now: number,
  channels: readonly string[],
) {
  const internalId = threadId()
  const ids = members.map(({ id }) => id)
  const flags = {
    visibility: 'private' as const,
    hasBot: true,
    isArchived: false,
    isDeleted: false,
    grants: new Set(grants),
  }
  const team: Team = {
    id: guid(),
    internalId,
    name,
    members: new Set(ids),
    owners: new Set(ids.slice(0, 1)),
    ...flags,
  }
  state.teams.push(team)
  state.channels.push(newChannel(team.id, 'General', now, false, internalId))
  for (const each of channels)
    if (each !== 'general') state.channels.push(newChannel(team.id, each, now, false))
}

export const newChannel = (
  team: string,
  name: string,
  now: number,
  byApp: boolean,
  id = threadId(),
): Channel => ({
  id,
  team,
  name,
  description: '',
  membership: 'standard',
  createdAt: now,
  byApp,
  isArchived: false,
  isDeleted: false,
  hiddenFor: 0,
})

export const personOf = (state: State, id: string): LocalPerson | undefined =>
  state.people.find((row) => row.id === id.toLowerCase() || row.member === id)
export const teamOf = (state: State, id: string): Team | undefined =>
  state.teams.find((row) => !row.isDeleted && (row.id === id || row.internalId === id))
export const channelOf = (state: State, id: string): Channel | undefined =>
  state.channels.find((row) => row.id === id)
export const messageOf = (state: State, room: string, id: string): Message | undefined =>
  state.messages.find((row) => row.room === room && row.id === id)
export const nameOf = (state: State, id: string): string =>
  id === BOT ? BOT_NAME : (personOf(state, id)?.realName ?? '')

/** May the bot write to this person at all? */
export const hasApp = (state: State, person: string): boolean =>
  !state.withoutApp.has(person) &&
  state.teams.some((team) => team.hasBot && !team.isDeleted && team.members.has(person))
