/** The bot API of Teams: threads, replies, chats, rosters. What it refuses, and with which body, is taken from its documentation. */
import { composeHtml } from './compose.ts'
import {
  member,
  members,
  notFound,
  notInRoster,
  pagedMembers,
  teamChannels,
  teamDetails,
} from './connector-rosters.ts'
import { type Core, list, record, text } from './core.ts'
import { type Answer, type Ask, connectorError, isAuthorised, type Route } from './http.ts'
import { deleteMessage, editMessage, postMessage } from './messages.ts'
import { BOT_SCOPE } from './signing.ts'
import {
  BOT,
  type Body,
  type Channel,
  channelOf,
  chatId,
  hasApp,
  type Json,
  type Message,
  messageOf,
  personOf,
  teamOf,
} from './state.ts'

const badArgument = (message: string) => connectorError(400, 'BadArgument', message)

/** The real body, with its JSON inside a string. */
const writesBlocked = (): Answer => ({
  status: 403,
  body: {
    errorCode: 209,
    message:
      '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked from message writes.",\r\n  "errorCode": null,\r\n  "errorSubCode": null\r\n}',
  },
})

interface Spot {
  readonly room: string
  readonly root: string | undefined
}

/** `19:…;messageid=…` or a chat. */
function spotOf(core: Core, id: string): Spot | Answer {
  const [, room = '', root] = /^(.*?)(?:;messageid=(\d+))?$/.exec(id) ?? []
  const channel = channelOf(core.state, room)
  if (channel) return refusedIn(core, channel) ?? { room, root }
  const chat = core.state.chats.find((each) => each.id === room)
  if (!chat) return notFound()
  const isOut = core.state.blocked.has(chat.person) || !hasApp(core.state, chat.person)
  return isOut ? writesBlocked() : { room, root: undefined }
}

function refusedIn(core: Core, channel: Channel): Answer | undefined {
  const team = teamOf(core.state, channel.team)
  if (!team || channel.isDeleted) return notFound()
  if (!team.hasBot || channel.membership !== 'standard') return notInRoster()
  if (team.isArchived || channel.isArchived)
    return connectorError(403, 'ForbiddenOperationException', 'The team or channel is archived.')
  return undefined
}

/** What an activity of the bot carries. Text beside attachments is split by Teams into two messages, and no id comes back. */
function contentOf(
  activity: Json,
): { card: Json | undefined; body: Body; summary: string | undefined; isMixed: boolean } | Answer {
  const card = list(activity.attachments)
    .map(record)
    .find(({ contentType }) => contentType === 'application/vnd.microsoft.card.adaptive')
  const words = text(activity.text)
  if (!card && words === '') return badArgument('Activity has neither text nor an attachment')
  const entities = list(activity.entities)
    .map(record)
    .filter(({ type }) => type === 'mention')
  const stray = entities.find((each) => !words.includes(text(each.text)))
  if (!card && stray) return badArgument('Mention entity text is not valid.')
  const mentions = entities.map(({ mentioned }) => ({
    member: text(record(mentioned).id),
    name: text(record(mentioned).name),
  }))
  const body = { ...composeHtml(`<p>${words}</p>`, words), mentions }
  return {
    card: card && record(card.content),
    body,
    summary: text(activity.summary) || undefined,
    isMixed: card !== undefined && words !== '',
  }
}

/** Pictures in Base64 do not count (Microsoft Learn, "Format your bot messages"). */
const BASE64_PICTURE = /data:image\/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]*/g

const tooBig = (core: Core, activity: Json): Answer | undefined =>
  Buffer.byteLength(JSON.stringify(activity).replace(BASE64_PICTURE, ''), 'utf8') > core.maxMessageBytes
    ? connectorError(413, 'MessageSizeTooBig', 'Message size too large.')
    : undefined

function put(core: Core, spot: Spot, activity: Json): Message | undefined | Answer {
  if (activity.type === 'typing') return undefined
  if (activity.type !== 'message') return badArgument('Unknown activity type')
  const refused = tooBig(core, activity)
  if (refused) return refused
  const content = contentOf(activity)
  if ('status' in content) return content
  const { card, body, summary, isMixed } = content
  const onlyFor =
    record(activity.recipient).isTargeted === true
      ? personOf(core.state, text(record(activity.recipient).id))?.id
      : undefined
  const first = postMessage(core, spot.room, BOT, {
    body: isMixed ? body : card ? composeHtml('', '') : body,
    card: isMixed ? undefined : card,
    summary,
    root: spot.root,
    onlyFor,
  })
  if (!isMixed) return first
  postMessage(core, spot.room, BOT, { body: composeHtml('', ''), card, summary, root: spot.root, onlyFor })
  return undefined
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'status' in value

function answerSent(sent: Message | undefined | Answer): Answer {
  if (isAnswer(sent)) return sent
  return { status: 201, body: sent ? { id: sent.id } : {} }
}

function create(core: Core, { body }: Ask): Answer {
  const asked = record(body)
  const activity = asked.activity === undefined ? undefined : record(asked.activity)
  return asked.isGroup === true ? createThread(core, asked, activity) : createChat(core, asked, activity)
}

function createThread(core: Core, asked: Json, activity: Json | undefined): Answer {
  const channel = channelOf(core.state, text(record(record(asked.channelData).channel).id))
  if (!channel) return notFound()
  if (!activity) return badArgument('Activity is required to start a thread')
  const refused = refusedIn(core, channel)
  if (refused) return refused
  const sent = put(core, { room: channel.id, root: undefined }, activity)
  if (isAnswer(sent)) return sent
  return {
    status: 201,
    body: sent ? { id: `${channel.id};messageid=${sent.id}`, activityId: sent.id } : { id: channel.id },
  }
}

function createChat(core: Core, asked: Json, activity: Json | undefined): Answer {
  const members = list(asked.members).map((member) => text(record(member).id))
  if (members.length !== 1)
    return badArgument('Incorrect conversation creation parameters: one member is needed')
  const tenant = asked.tenantId ?? record(record(asked.channelData).tenant).id
  if (tenant !== core.state.tenant) return badArgument('Bad tenant')
  const person = personOf(core.state, members[0] as string)
  if (!person) return connectorError(400, 'BadArgument', 'Invalid member id')
  if (!hasApp(core.state, person.id)) {
    return connectorError(
      403,
      'ForbiddenOperationException',
      'The bot is not installed in the user’s personal scope.',
    )
  }
  const chat = chatWith(core, person.id)
  if (!activity) return { status: 201, body: { id: chat } }
  if (core.state.blocked.has(person.id)) return writesBlocked()
  const sent = put(core, { room: chat, root: undefined }, activity)
  return isAnswer(sent) ? sent : { status: 201, body: { id: chat, ...(sent ? { activityId: sent.id } : {}) } }
}

/** The one chat of bot and person; the same id for ever. */
export function chatWith(core: Core, person: string): string {
  const known = core.state.chats.find((each) => each.person === person)
  if (known) return known.id
  const chat = { id: chatId(), person }
  core.state.chats.push(chat)
  return chat.id
}

function post(core: Core, { params, body, query }: Ask): Answer {
  const spot = spotOf(core, params[0] as string)
  if (isAnswer(spot)) return spot
  const activity = record(body)
  const isTargeted = query.get('isTargetedActivity') === 'true'
  if (isTargeted !== (record(activity.recipient).isTargeted === true))
    return badArgument('Targeted in the address or in the activity only')
  const root =
    spot.root ??
    (params[1] && channelOf(core.state, spot.room) ? rootOf(core, spot.room, params[1]) : undefined)
  if (params[1] && !messageOf(core.state, spot.room, params[1]))
    return connectorError(404, 'ActivityNotFoundInConversation', 'Activity not found.')
  return answerSent(put(core, { room: spot.room, root }, activity))
}

const rootOf = (core: Core, room: string, id: string): string => messageOf(core.state, room, id)?.root ?? id

/** A bot changes its own messages only. */
function ownMessage(core: Core, params: readonly string[]): Message | Answer {
  const spot = spotOf(core, params[0] as string)
  if (isAnswer(spot)) return spot
  const message = messageOf(core.state, spot.room, params[1] as string)
  if (!message || message.deletedAt !== undefined)
    return connectorError(404, 'ActivityNotFoundInConversation', 'Activity not found.')
  return message.author === BOT
    ? message
    : connectorError(403, 'NotEnoughPermissions', 'The bot is not the author.')
}

const isMessage = (value: Message | Answer): value is Message => 'room' in value

function update(core: Core, { params, body }: Ask): Answer {
  const message = ownMessage(core, params)
  if (!isMessage(message)) return message
  const activity = record(body)
  const refused = tooBig(core, activity)
  if (refused) return refused
  const content = contentOf(activity)
  if ('status' in content) return content
  const { card, body: words, summary } = content
  editMessage(core, message, { body: card ? composeHtml('', '') : words, card, summary })
  return { status: 200, body: { id: message.id } }
}

function remove(core: Core, { params }: Ask): Answer {
  const message = ownMessage(core, params)
  if (!isMessage(message)) return message
  deleteMessage(core, message)
  return { status: 200 }
}

const guarded =
  (answer: Route[3]): Route[3] =>
  (core, ask) =>
    isAuthorised(core, ask.headers, BOT_SCOPE)
      ? answer(core, ask)
      : { status: 401, body: { message: 'Authorization has been denied for this request.' } }

const rows: readonly Route[] = [
  ['connector.create', 'POST', /^\/amer\/v3\/conversations$/, create],
  ['connector.send', 'POST', /^\/amer\/v3\/conversations\/([^/]+)\/activities$/, post],
  ['connector.reply', 'POST', /^\/amer\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, post],
  ['connector.update', 'PUT', /^\/amer\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, update],
  ['connector.delete', 'DELETE', /^\/amer\/v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, remove],
  ['connector.pagedMembers', 'GET', /^\/amer\/v3\/conversations\/([^/]+)\/pagedmembers$/i, pagedMembers],
  ['connector.members', 'GET', /^\/amer\/v3\/conversations\/([^/]+)\/members$/, members],
  ['connector.member', 'GET', /^\/amer\/v3\/conversations\/([^/]+)\/members\/([^/]+)$/, member],
  ['connector.channels', 'GET', /^\/amer\/v3\/teams\/([^/]+)\/conversations$/, teamChannels],
  ['connector.team', 'GET', /^\/amer\/v3\/teams\/([^/]+)$/, teamDetails],
]

export const connectorRoutes: readonly Route[] = rows.map(([op, method, path, answer]) => [
  op,
  method,
  path,
  guarded(answer),
])
