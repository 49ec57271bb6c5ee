// What the practice workspace remembers. Plain JSON, so that a snapshot of it is the whole of it.

import type { Json } from './page-api.ts'
import { defaultPeople, type Person } from './people.ts'

/** A message as Slack stores it, with file ids instead of file objects. */
export type Message = {
  type: 'message'
  ts: string
  user: string
  text: string
  subtype?: string
  bot_id?: string
  app_id?: string
  thread_ts?: string
  blocks?: Json[]
  attachments?: Json[]
  metadata?: Json
  edited?: { user: string; ts: string }
  reactions?: { name: string; users: string[] }[]
  fileIds?: string[]
  hidden?: boolean
  /** fields that only some subtypes carry: topic, purpose, name, old_name, inviter, upload, client_msg_id */
  extra?: Json
}

export type Channel = {
  id: string
  kind: 'public' | 'private' | 'im'
  name: string
  createdAt: number
  creator: string
  members: string[]
  topic: { value: string; creator: string; last_set: number }
  purpose: { value: string; creator: string; last_set: number }
  isArchived: boolean
  isShared: boolean
  isGeneral: boolean
  previousNames: string[]
  messages: Message[]
  pins: { ts: string; user: string; created: number }[]
  bookmarks: Json[]
  lastRead: Record<string, string>
}

export type StoredFile = {
  id: string
  name: string
  title: string
  mimetype: string
  size: number
  user: string
  createdAt: number
  altText: string
  base64: string
  /** channel id -> ts of the message that shares it */
  shares: Record<string, string>
  /** sent with a form of the bot's, which may read it from then on */
  isGiven?: boolean
  isDeleted: boolean
}

export type Usergroup = { id: string; handle: string; name: string; users: string[] }

export type State = {
  team: { id: string; name: string; domain: string }
  people: Person[]
  channels: Channel[]
  files: StoredFile[]
  usergroups: Usergroup[]
  /** published App Home per person: a view object */
  homes: Record<string, Json>
  lastTsMicros: number
  nextId: number
}

export const teamId = 'T0PRACTICE'
export const appId = 'A0WARDROOM'
export const botId = 'B0WARDROOM'
export const botUserId = 'U0WARDROOM'

export const freshState = (people: readonly Person[] = defaultPeople, at: Date): State => {
  const createdAt = Math.floor(at.getTime() / 1000)
  const staff = people.filter((person) => !person.isGuest).map((person) => person.id)
  const creator = staff[0] ?? botUserId
  const open = (id: string, name: string, purpose: string, members: string[]): Channel => ({
    ...newChannel(id, 'public', name, creator, createdAt),
    members,
    isGeneral: name === 'general',
    purpose: { value: purpose, creator, last_set: createdAt },
  })
  return {
    team: { id: teamId, name: 'Practice Hospital', domain: 'practice-hospital' },
    people: [...people],
    channels: [
      open('C0GENERAL01', 'general', 'Announcements for everybody', [...staff]),
      open(
        'C0HELPDESK1',
        'it-helpdesk',
        'Ask IT here',
        people.map((person) => person.id),
      ),
    ],
    files: [],
    usergroups: [],
    homes: {},
    lastTsMicros: 0,
    nextId: 1,
  }
}

export const newChannel = (
  id: string,
  kind: Channel['kind'],
  name: string,
  creator: string,
  createdAt: number,
): Channel => ({
  id,
  kind,
  name,
  createdAt,
  creator,
  members: [],
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: '', creator: '', last_set: 0 },
  isArchived: false,
  isShared: false,
  isGeneral: false,
  previousNames: [],
  messages: [],
  pins: [],
  bookmarks: [],
  lastRead: {},
})
