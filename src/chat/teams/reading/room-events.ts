/**
 * Teams' conversationUpdate and installationUpdate → the life of a room, or of every room where it happened to the team
 * that holds them. What happens to other teams is nothing to us.
 */
import type { Inbound, InboundRoom } from '../../port.ts'
import { botMember, type Self } from '../wire/self.ts'
import { authorIn } from './author.ts'
import type { Directory } from './directory.ts'
import { guid } from './ids.ts'
import { originIn } from './origin.ts'
import type { Account, Activity } from './payload.ts'
import { markOf, stampOf, timeOf, unknownInbound } from './stamps.ts'

type Change = InboundRoom['change']

const ofChannel: ReadonlyMap<string, Change> = new Map([
  ['channelRenamed', 'renamed'],
  ['channelDeleted', 'deleted'],
  ['channelRestored', 'unarchived'],
  ['channelShared', 'shared'],
])

const ofTeam: ReadonlyMap<string, Change> = new Map([
  ['teamDeleted', 'deleted'],
  ['teamHardDeleted', 'deleted'],
  ['teamArchived', 'archived'],
  ['teamUnarchived', 'unarchived'],
  ['teamRestored', 'unarchived'],
])

/** Our own channel's echo, a team's name, and what only private and shared channels have. */
const unused = new Set([
  'channelCreated',
  'channelUnshared',
  'channelUnShared',
  'channelMemberAdded',
  'channelMemberRemoved',
  'teamRenamed',
])

/** An upgrade takes the app out and puts it back in one move. */
const ofInstallation: ReadonlyMap<string, Change | undefined> = new Map([
  ['add', 'bot-added'],
  ['remove', 'bot-removed'],
  ['add-upgrade', undefined],
  ['remove-upgrade', undefined],
])

/** Undefined: it lacks what we need of it, or is of a kind nobody told us of. */
export function roomInbounds(
  self: Self,
  directory: Directory,
  activity: Activity,
  now: Date,
): readonly Inbound[] | undefined {
  const { scope, team } = originIn(activity)
  if (scope !== 'channel' || (team !== undefined && team !== self.team)) return []
  const told = activity.channelData?.eventType ?? ''
  if (activity.type === 'conversationUpdate' && unused.has(told)) return []
  const life = ofChannel.get(told)
  if (life) return channelInbound(self, directory, activity, now, life)
  // Whose team it is decides whether every room is meant: without its id, nobody can tell.
  if (team === undefined) return undefined
  const every = (change: Change, person?: string) => everyRoom(self, directory, activity, now, change, person)
  if (activity.type === 'installationUpdate') {
    const action = activity.action ?? ''
    if (!ofInstallation.has(action)) return undefined
    const change = ofInstallation.get(action)
    return change ? [every(change)] : []
  }
  const change = ofTeam.get(told)
  if (change) return [every(change)]
  const { membersAdded, membersRemoved } = activity
  if (!membersAdded?.length && !membersRemoved?.length) return undefined
  const member =
    (bot: Change, person: Change) =>
    (account: Account): Inbound[] => {
      if (account.id.startsWith('28:')) return isUs(self, account) ? [every(bot)] : []
      const id = guid(account.aadObjectId) ?? directory.byMember(account.id)?.id
      return id === undefined ? [unknownInbound(self, activity, timeOf(activity, now))] : [every(person, id)]
    }
  return [
    ...(membersAdded ?? []).flatMap(member('bot-added', 'joined')),
    ...(membersRemoved ?? []).flatMap(member('bot-removed', 'left')),
  ]
}

const isUs = (self: Self, { id }: Account): boolean => id.toLowerCase() === botMember(self).toLowerCase()

function channelInbound(
  self: Self,
  directory: Directory,
  activity: Activity,
  now: Date,
  change: Change,
): readonly InboundRoom[] | undefined {
  const { id: room, name } = activity.channelData?.channel ?? {}
  if (!room || (change === 'renamed' && !name)) return undefined
  return [
    {
      type: 'room',
      change,
      key: `teams:${self.tenant}:${room}:${change}::${markOf(activity)}`,
      ...stampOf(self, authorIn(self, directory, activity.from)),
      at: timeOf(activity, now),
      room,
      ...(change === 'renamed' && name ? { name } : {}),
    },
  ]
}

function everyRoom(
  self: Self,
  directory: Directory,
  activity: Activity,
  now: Date,
  change: Change,
  person?: string,
): InboundRoom {
  const guest = person === undefined ? undefined : directory.byId(person)?.guest
  return {
    type: 'room',
    change,
    key: `teams:${self.tenant}:team:${self.team}:${change}:${person ?? ''}:${markOf(activity)}`,
    ...stampOf(self, authorIn(self, directory, activity.from)),
    at: timeOf(activity, now),
    room: '',
    everyRoom: true,
    ...(person === undefined ? {} : { person }),
    ...(change === 'joined' ? { standing: true as const } : {}),
    ...(guest === undefined ? {} : { guest }),
  }
}
