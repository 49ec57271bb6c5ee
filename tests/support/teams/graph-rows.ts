/** Graph's rows, in the property names of its published schema and no others. */
import { type Core, text } from './core.ts'
import {
  BOT,
  BOT_NAME,
  type Channel,
  channelOf,
  type Json,
  type Mention,
  type Message,
  personOf,
  type State,
  type Team,
} from './state.ts'

export const context = (of: string): string => `https://graph.microsoft.com/v1.0/$metadata#${of}`
export const instant = (ms: number): string => new Date(ms).toISOString()

const user = (id: string, name: string): Json => ({
  '@odata.type': '#microsoft.graph.teamworkUserIdentity',
  id,
  displayName: name,
  userIdentityType: 'aadUser',
})
const application = (state: State): Json => ({
  '@odata.type': '#microsoft.graph.teamworkApplicationIdentity',
  id: state.appId,
  displayName: BOT_NAME,
  applicationIdentityType: 'bot',
})

function identity(state: State, who: string): Json {
  const person = personOf(state, who)
  const isBot = who === BOT || who === `28:${state.appId}`
  return {
    application: isBot ? application(state) : null,
    device: null,
    user: person ? user(person.id, person.realName) : null,
  }
}

const mention = (state: State, { member, name }: Mention, id: number): Json => ({
  id,
  mentionText: name,
  mentioned: { ...identity(state, member), conversation: null },
})

function attachments({ files, card, cardId }: Message): Json[] {
  const nothing = { contentUrl: null, content: null, name: null, thumbnailUrl: null, teamsAppId: null }
  const cards = card
    ? [
        {
          ...nothing,
          id: cardId,
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: JSON.stringify(card),
        },
      ]
    : []
  return [
    ...files.map(({ id, name, url }) => ({
      ...nothing,
      id,
      contentType: 'reference',
      contentUrl: url,
      name,
    })),
    ...cards,
  ]
}

export const webUrl = (core: Core, channel: Channel, message?: string): string => {
  const kind = message
    ? `message/${encodeURIComponent(channel.id)}/${message}`
    : `channel/${encodeURIComponent(channel.id)}/${encodeURIComponent(channel.name)}`
  return `https://teams.microsoft.com/l/${kind}?groupId=${channel.team}&tenantId=${core.state.tenant}`
}

/** A deleted row stays, without a word of what it said. */
export function messageRow(core: Core, channel: Channel, message: Message): Json {
  const isGone = message.deletedAt !== undefined
  const cardMark = message.card ? `<attachment id="${message.cardId}"></attachment>` : ''
  return {
    id: message.id,
    replyToId: message.root ?? null,
    etag: String(message.modifiedAt),
    messageType: 'message',
    createdDateTime: instant(message.createdAt),
    lastModifiedDateTime: instant(message.modifiedAt),
    lastEditedDateTime: message.editedAt === undefined ? null : instant(message.editedAt),
    deletedDateTime: message.deletedAt === undefined ? null : instant(message.deletedAt),
    subject: null,
    summary: message.summary ?? null,
    chatId: null,
    importance: 'normal',
    locale: 'en-us',
    webUrl: webUrl(core, channel, message.id),
    channelIdentity: { teamId: channel.team, channelId: channel.id },
    policyViolation: null,
    eventDetail: null,
    from: identity(core.state, message.author),
    body: { contentType: 'html', content: isGone ? '' : message.stored + cardMark },
    attachments: isGone ? [] : attachments(message),
    mentions: isGone ? [] : message.mentions.map((each, index) => mention(core.state, each, index)),
    reactions: message.reactions.map(({ person, type, at }) => ({
      reactionType: type,
      displayName: null,
      reactionContentUrl: null,
      createdDateTime: instant(at),
      user: identity(core.state, person),
    })),
    messageHistory: [],
  }
}

/** What Teams itself says of a channel's making. Without the preference Graph hides the kind of such a row. */
export function systemRow(core: Core, channel: Channel, isNamed: boolean): Json {
  const at = channel.createdAt
  return {
    ...messageRow(core, channel, {
      ...blank,
      id: String(at),
      room: channel.id,
      createdAt: at,
      modifiedAt: at,
    }),
    messageType: isNamed ? 'systemEventMessage' : 'unknownFutureValue',
    from: null,
    body: { contentType: 'html', content: '<systemEventMessage/>' },
    eventDetail: { '@odata.type': '#microsoft.graph.channelAddedEventMessageDetail' },
  }
}

const blank: Message = {
  id: '0',
  room: '',
  root: undefined,
  author: '',
  text: '',
  pushed: '',
  stored: '',
  mentions: [],
  files: [],
  card: undefined,
  cardId: '',
  summary: undefined,
  createdAt: 0,
  editedAt: undefined,
  deletedAt: undefined,
  modifiedAt: 0,
  reactions: [],
  views: new Map(),
  onlyFor: undefined,
}

export const channelRow = (core: Core, channel: Channel): Json => ({
  id: channel.id,
  createdDateTime: instant(channel.createdAt),
  displayName: channel.name,
  description: channel.description || null,
  email: '',
  isArchived: channel.isArchived,
  isFavoriteByDefault: null,
  membershipType: channel.membership,
  tenantId: core.state.tenant,
  webUrl: webUrl(core, channel),
})

export const teamRow = (core: Core, team: Team): Json => ({
  id: team.id,
  createdDateTime: instant(channelOf(core.state, team.internalId)?.createdAt ?? 0),
  displayName: team.name,
  description: team.name,
  internalId: team.internalId,
  isArchived: team.isArchived,
  tenantId: core.state.tenant,
  visibility: team.visibility,
  classification: null,
  specialization: null,
  webUrl: `https://teams.microsoft.com/l/team/${encodeURIComponent(team.internalId)}/conversations?groupId=${team.id}&tenantId=${core.state.tenant}`,
})

export function memberRow(core: Core, team: Team, id: string): Json {
  const person = personOf(core.state, id)
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    id: Buffer.from(`${core.state.tenant}##${team.id}##${id}`).toString('base64url'),
    roles: [...(team.owners.has(id) ? ['owner'] : []), ...(person?.isGuest ? ['guest'] : [])],
    displayName: person?.realName ?? '',
    visibleHistoryStartDateTime: '0001-01-01T00:00:00Z',
    userId: id,
    email: `${text(person?.name)}@hospital.example`,
    tenantId: core.state.tenant,
  }
}
