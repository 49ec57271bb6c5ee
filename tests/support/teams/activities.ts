/** Activities as Teams writes them. A channel's conversation names the thread; a chat's has no `isGroup`. */
import type { Core } from './core.ts'
import { BOT_NAME, channelOf, guid, type Json, type Message, personOf, type Team, teamOf } from './state.ts'

const botAccount = (core: Core) => ({ id: `28:${core.state.appId}`, name: BOT_NAME })

export function fromPerson(core: Core, id: string): Json {
  const person = personOf(core.state, id)
  return person ? { id: person.member, name: person.realName, aadObjectId: person.id } : botAccount(core)
}

export const teamData = (core: Core, team: Team, more: Json = {}): Json => ({
  team: { id: team.internalId, aadGroupId: team.id, name: team.name, ...more },
  tenant: { id: core.state.tenant },
})

/** Where something was done, as far as an activity says. */
function placeData(core: Core, room: string): Json {
  const channel = channelOf(core.state, room)
  const team = channel && teamOf(core.state, channel.team)
  if (!channel || !team) return { tenant: { id: core.state.tenant } }
  return {
    teamsChannelId: channel.id,
    teamsTeamId: team.internalId,
    channel: { id: channel.id },
    team: { id: team.internalId, ...(core.namesGroups ? { aadGroupId: team.id } : {}) },
    tenant: { id: core.state.tenant },
  }
}

export function conversation(core: Core, room: string, thread: string | undefined): Json {
  const tenantId = core.state.tenant
  if (!channelOf(core.state, room)) return { conversationType: 'personal', tenantId, id: room }
  const id = thread ? `${room};messageid=${thread}` : room
  return { isGroup: true, conversationType: 'channel', tenantId, id }
}

/** New York, where the people of the hospital are; on an activity only decoration. */
const localTime = (at: Date): string => at.toISOString().replace('Z', '+00:00')

export interface Where {
  readonly room: string
  readonly thread?: string | undefined
}

export function activity(core: Core, type: string, person: string, where: Where, at: Date, more: Json): Json {
  const { channelData, entities, ...rest } = more
  return {
    type,
    timestamp: at.toISOString(),
    localTimestamp: localTime(at),
    localTimezone: 'America/New_York',
    channelId: 'msteams',
    serviceUrl: core.serviceUrl(),
    from: fromPerson(core, person),
    conversation: conversation(core, where.room, where.thread),
    recipient: botAccount(core),
    entities: [
      ...((entities as unknown[] | undefined) ?? []),
      {
        locale: 'en-US',
        country: 'US',
        platform: 'Windows',
        timezone: 'America/New_York',
        type: 'clientInfo',
      },
    ],
    channelData: { ...placeData(core, where.room), ...(channelData as Json | undefined) },
    locale: 'en-US',
    ...rest,
  }
}

/**
 * What a message says. Files in a channel are not told: the HTML has an empty `<attachment>` for each, and Graph knows
 * the rest. Plain words in a personal chat come without HTML.
 */
function said(core: Core, message: Message): Json {
  const entities = message.mentions.map(({ member, name }) => ({
    type: 'mention',
    mentioned: { id: member, name },
    text: `<at>${name}</at>`,
  }))
  const html = [{ contentType: 'text/html', content: message.pushed }]
  const isChannel = channelOf(core.state, message.room) !== undefined
  const card = message.card
    ? [{ contentType: 'application/vnd.microsoft.card.adaptive', content: message.card }]
    : []
  const attachments = [...(isChannel ? html : []), ...card]
  return { textFormat: 'plain', text: message.text, attachments, entities }
}

const whereOf = (message: Message): Where => ({ room: message.room, thread: message.root ?? message.id })

export function messageActivity(core: Core, message: Message): Json {
  const posted = activity(core, 'message', message.author, whereOf(message), new Date(message.createdAt), {
    id: message.id,
    ...said(core, message),
  })
  return message.onlyFor ? { ...posted, recipient: { ...botAccount(core), isTargeted: true } } : posted
}

export const changedActivity = (
  core: Core,
  message: Message,
  eventType: 'editMessage' | 'undeleteMessage',
  at: number,
): Json =>
  activity(core, 'messageUpdate', message.author, whereOf(message), new Date(at), {
    id: message.id,
    ...said(core, message),
    channelData: { eventType },
  })

export const deletedActivity = (core: Core, message: Message, at: number): Json =>
  activity(core, 'messageDelete', message.author, whereOf(message), new Date(at), {
    id: message.id,
    channelData: { eventType: 'softDeleteMessage' },
  })

export const reactionActivity = (
  core: Core,
  message: Message,
  person: string,
  type: string,
  isAdded: boolean,
  at: number,
): Json =>
  activity(core, 'messageReaction', person, whereOf(message), new Date(at), {
    id: `f:${guid()}`,
    replyToId: message.id,
    [isAdded ? 'reactionsAdded' : 'reactionsRemoved']: [{ type }],
  })

/** Something happened to a team: told in its General channel's conversation. */
export const teamActivity = (
  core: Core,
  team: Team,
  by: string,
  eventType: string,
  more: Json = {},
  teamMore: Json = {},
): Json => {
  const { channelData, ...rest } = more
  return activity(core, 'conversationUpdate', by, { room: team.internalId }, core.now(), {
    id: `f:${guid()}`,
    ...rest,
    channelData: { ...teamData(core, team, teamMore), eventType, ...(channelData as Json | undefined) },
  })
}

export const installActivity = (core: Core, room: string, by: string, action: 'add' | 'remove'): Json =>
  activity(core, 'installationUpdate', by, { room }, core.now(), {
    id: `f:${guid()}`,
    action,
    channelData: {
      ...(channelOf(core.state, room) ? { settings: { selectedChannel: { id: room } } } : {}),
      source: { name: 'message' },
    },
  })

export const invokeActivity = (
  core: Core,
  name: string,
  person: string,
  where: Where,
  value: Json,
  replyToId?: string,
): Json =>
  activity(core, 'invoke', person, where, core.now(), {
    id: `f:${guid()}`,
    name,
    value,
    ...(replyToId ? { replyToId } : {}),
    channelData: { source: { name: name.startsWith('composeExtension') ? 'compose' : 'message' } },
  })
