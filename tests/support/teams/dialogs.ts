/** Presses and dialogs: what the client asks the bot for, and what it makes of the answer. */
import { invokeActivity, type Where } from './activities.ts'
import { collect, type Filled, missing, type Placed } from './cards.ts'
import { type Core, record, refuse, text } from './core.ts'
import type { Answered } from './delivery.ts'
import { channelOf, guid, type Json, type Message, nameOf, personOf } from './state.ts'

export interface Dialog {
  readonly title: string
  readonly card: Json
  readonly where: Where
  readonly kind: 'task' | 'compose'
  /** Sent again with the submission of a message extension's dialog. */
  readonly command: Json
}

export interface Outcome {
  /** The bot answered with 2xx and something the client understands. */
  readonly ok: boolean
  readonly status: number
  /** What the client shows for a moment. */
  readonly toast?: string
  readonly dialog?: Dialog
  readonly answer?: unknown
}

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive'
const failed = 'Something went wrong. Please try again.'

function read(answered: Answered): unknown {
  if (answered.body === '') return {}
  try {
    return JSON.parse(answered.body)
  } catch {
    return undefined
  }
}

function toast(core: Core, person: string, tone: 'info' | 'error', words: string): string {
  core.toasts.push({ person, tone, text: words })
  return words
}

const broken = (core: Core, person: string, status: number): Outcome => ({
  ok: false,
  status,
  toast: toast(core, person, 'error', failed),
})

/** A press: the answer's card replaces this one for the presser only, until the message itself is updated. */
export async function execute(
  core: Core,
  person: string,
  message: Message,
  { action }: Placed,
  filled: Filled,
  card: Json,
): Promise<Outcome> {
  const { values } = collect(card, filled)
  const value = {
    action: {
      type: action.type,
      title: action.title,
      id: action.id,
      verb: action.verb,
      data: { ...record(action.data), ...values },
    },
    trigger: 'manual',
  }
  const where = {
    room: message.room,
    thread: channelOf(core.state, message.room) ? (message.root ?? message.id) : undefined,
  }
  const answered = await core.delivery.invoke(
    invokeActivity(core, 'adaptiveCard/action', person, where, value, message.id),
  )
  const answer = record(read(answered))
  if (answered.status !== 200 || typeof answer.statusCode !== 'number')
    return broken(core, person, answered.status)
  if (answer.statusCode !== 200) {
    return {
      ok: false,
      status: answer.statusCode,
      toast: toast(core, person, 'error', text(record(answer.value).message) || failed),
      answer,
    }
  }
  if (answer.type === ADAPTIVE) message.views.set(person, record(answer.value))
  const said =
    answer.type === 'application/vnd.microsoft.activity.message'
      ? toast(core, person, 'info', text(answer.value))
      : undefined
  return { ok: true, status: 200, ...(said ? { toast: said } : {}), answer }
}

/** A button that opens a dialog. */
export async function fetchTask(
  core: Core,
  person: string,
  message: Message,
  { action }: Placed,
  filled: Filled,
  card: Json,
): Promise<Outcome> {
  const { values } = collect(card, filled)
  const where = {
    room: message.room,
    thread: channelOf(core.state, message.room) ? (message.root ?? message.id) : undefined,
  }
  const value = { data: { ...record(action.data), ...values }, context: { theme: 'default' } }
  const answered = await core.delivery.invoke(
    invokeActivity(core, 'task/fetch', person, where, value, message.id),
  )
  return opened(core, person, answered, { where, kind: 'task', command: {} })
}

/** An action command of the message extension: from the compose box, the slash menu, or on a message. */
export async function fetchCommand(
  core: Core,
  person: string,
  where: Where,
  commandId: string,
  message?: Message,
): Promise<Outcome> {
  const command = {
    commandId,
    commandContext: message ? 'message' : 'compose',
    requestId: guid().replaceAll('-', ''),
    ...(message ? { messagePayload: payloadOf(core, message) } : {}),
  }
  const value = { ...command, context: { theme: 'default' } }
  const answered = await core.delivery.invoke(
    invokeActivity(core, 'composeExtension/fetchTask', person, where, value),
  )
  return opened(core, person, answered, { where, kind: 'compose', command })
}

function opened(
  core: Core,
  person: string,
  answered: Answered,
  from: Pick<Dialog, 'where' | 'kind' | 'command'>,
): Outcome {
  const answer = read(answered)
  const { status } = answered
  if (status !== 200 || answer === undefined) return broken(core, person, status)
  const { task } = record(answer)
  if (task === undefined) {
    core.dialogs.delete(person)
    return { ok: true, status, answer }
  }
  const { type, value } = record(task)
  if (type === 'message') {
    core.dialogs.delete(person)
    return { ok: true, status, toast: toast(core, person, 'info', text(value)), answer }
  }
  const { title, card } = record(value)
  if (type !== 'continue' || record(card).contentType !== ADAPTIVE) return broken(core, person, status)
  const dialog = { ...from, title: text(title), card: record(record(card).content) }
  core.dialogs.set(person, dialog)
  return { ok: true, status, dialog, answer }
}

export interface Sent extends Outcome {
  readonly isSent: boolean
  /** What the client itself found missing, by input id; nothing was sent then. */
  readonly errors?: Readonly<Record<string, string>>
}

export async function submit(
  core: Core,
  person: string,
  placed: Placed | undefined,
  filled: Filled,
  dialog: Dialog,
): Promise<Sent> {
  const action = placed?.action ?? refuse('This dialog has nothing to send it with.')
  const { values, strays } = collect(dialog.card, filled)
  if (strays.length > 0) refuse(`The dialog has no field ${strays.join(', ')}.`)
  const errors = action.associatedInputs === 'none' ? {} : missing(dialog.card, values)
  if (Object.keys(errors).length > 0) return { ok: false, isSent: false, status: 0, errors }
  const data = { ...record(action.data), ...values }
  const isTask = dialog.kind === 'task'
  const value = { ...dialog.command, data, context: { theme: 'default' } }
  const name = isTask ? 'task/submit' : 'composeExtension/submitAction'
  const answered = await core.delivery.invoke(invokeActivity(core, name, person, dialog.where, value))
  return { ...opened(core, person, answered, dialog), isSent: answered.status === 200 }
}

/** A message as a message action hands it over: its words, no files. */
function payloadOf(core: Core, message: Message): Json {
  const person = personOf(core.state, message.author)
  const user = person ? { userIdentityType: 'aadUser', id: person.id, displayName: person.realName } : null
  const application = person
    ? null
    : {
        applicationIdentityType: 'bot',
        id: core.state.appId,
        displayName: nameOf(core.state, message.author),
      }
  return {
    id: message.id,
    replyToId: message.root ?? null,
    createdDateTime: new Date(message.createdAt).toISOString(),
    lastModifiedDateTime: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    deleted: message.deletedAt !== undefined,
    subject: null,
    summary: message.summary ?? null,
    importance: 'normal',
    locale: 'en-us',
    linkToMessage: `https://teams.microsoft.com/l/message/${message.room}/${message.id}`,
    from: { device: null, conversation: null, user, application },
    reactions: [],
    mentions: message.mentions.map(({ name }, id) => ({ id, mentionText: name })),
    body: { contentType: 'html', content: message.stored },
    attachments: [],
  }
}
