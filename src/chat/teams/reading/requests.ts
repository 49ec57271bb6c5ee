/**
 * Invokes → Inbound: what somebody pressed, asked for or sent, and waits for an answer to. Their data was in the client's
 * hands, so it is read as if it had been typed; where and by whom it was done is what the signed activity says.
 */
import type { AboutMessage, Inbound, InboundCommand, MessageRef } from '../../port.ts'
import { readDialog, signedWords } from '../cards/form-data.ts'
import type { Self } from '../wire/self.ts'
import { type Author, authorIn, authorOf } from './author.ts'
import type { Directory } from './directory.ts'
import { roomId, rootId } from './ids.ts'
import { teach } from './origin.ts'
import {
  type Activity,
  activitySchema,
  type ButtonData,
  executeSchema,
  extensionSchema,
  type MessagePayload,
  submitSchema,
  taskSchema,
} from './payload.ts'
import { saidInRow } from './said.ts'
import { activityKey, idDate, stampOf, timeOf } from './stamps.ts'

export interface Read {
  readonly inbound: Inbound
  /** What the answer may be: a card in the pressed one's place, a dialog, or what follows a dialog. */
  readonly kind: 'execute' | 'fetch' | 'submit'
  readonly person: string
  /** The post the button sits on. */
  readonly pressed?: MessageRef
}

type Reader = (self: Self, activity: Activity, author: Author, now: Date) => Read | undefined

const readers: ReadonlyMap<string, Reader> = new Map([
  ['adaptiveCard/action', onExecute],
  ['task/fetch', onTask],
  ['task/submit', onSubmit],
  ['composeExtension/fetchTask', onShortcut],
  ['composeExtension/submitAction', onSubmit],
])

/** Undefined: by nobody we can name, or nothing that a card or command of ours asks for. */
export function invokeInbound(
  self: Self,
  directory: Directory,
  activity: unknown,
  now: Date,
): Read | undefined {
  const parsed = activitySchema.safeParse(activity)
  if (!parsed.success || parsed.data.type !== 'invoke') return undefined
  teach(directory, parsed.data)
  const author = authorIn(self, directory, parsed.data.from)
  if (author?.kind !== 'human') return undefined
  return readers.get(parsed.data.name ?? '')?.(self, parsed.data, author, now)
}

function onExecute(self: Self, activity: Activity, author: Author, now: Date): Read | undefined {
  const data = executeSchema.safeParse(activity.value).data?.action.data
  const pressed = pressedIn(activity)
  if (!data || !pressed) return undefined
  const inbound = { ...button(self, activity, author, now, data), canOpenForm: false, pressed }
  return { inbound, kind: 'execute', person: author.id, pressed }
}

function onTask(self: Self, activity: Activity, author: Author, now: Date): Read | undefined {
  const data = taskSchema.safeParse(activity.value).data?.data
  if (!data) return undefined
  const pressed = pressedIn(activity)
  const inbound = { ...button(self, activity, author, now, data), canOpenForm: true }
  return { inbound, kind: 'fetch', person: author.id, ...(pressed ? { pressed } : {}) }
}

function button(
  self: Self,
  activity: Activity,
  author: Author,
  now: Date,
  { w }: ButtonData,
): InboundCommand {
  const root = rootId(activity.conversation.id)
  return {
    ...asked(self, activity, author, now, root === activity.replyToId ? undefined : root),
    via: 'button',
    line: w.l,
    ...(w.i === undefined ? {} : { incident: w.i }),
    ...(w.f ? { form: true } : {}),
    canOpenForm: true,
  }
}

const shortcutLines: ReadonlyMap<string, { readonly line: string; readonly form: boolean }> = new Map([
  ['declare', { line: 'declare', form: true }],
  ['declare_from_message', { line: 'declare', form: true }],
  ['record_decision', { line: 'decide', form: true }],
  ['record_evidence', { line: 'evidence', form: false }],
  ['mark_privileged', { line: 'privilege', form: true }],
])

function onShortcut(self: Self, activity: Activity, author: Author, now: Date): Read | undefined {
  const extension = extensionSchema.safeParse(activity.value).data
  const shortcut = extension && shortcutLines.get(extension.commandId)
  if (!shortcut) return undefined
  const message = extension.messagePayload
  const root = message ? message.replyToId : rootId(activity.conversation.id)
  const inbound: InboundCommand = {
    ...asked(self, activity, author, now, root),
    via: 'shortcut',
    line: shortcut.line,
    ...(shortcut.form ? { form: true } : {}),
    ...(message ? { about: about(self, roomId(activity.conversation.id), message, now) } : {}),
    canOpenForm: true,
  }
  return { inbound, kind: 'fetch', person: author.id }
}

function about(self: Self, room: string, message: MessagePayload, now: Date): AboutMessage {
  const { id, createdDateTime, from } = message
  const at = createdDateTime ? new Date(createdDateTime) : (idDate(id) ?? now)
  return {
    room,
    message: id,
    author: authorOf(self, from)?.id ?? '',
    at,
    text: saidInRow(self, message).text,
  }
}

/** The nonce was minted when the form opened; with the person it makes a double submit one. */
function onSubmit(self: Self, activity: Activity, author: Author, now: Date): Read | undefined {
  const opened = readDialog(submitSchema.safeParse(activity.value).data?.data, self.zone)
  if (!opened) return undefined
  const { verb, nonce, incident, carry, cut, sign } = opened.metadata
  if (sign !== self.sign(signedWords(author.id, opened.metadata))) return undefined
  const inbound: Inbound = {
    type: 'form',
    key: `teams:${self.tenant}:form:${author.id}:${nonce}`,
    ...stampOf(self, author),
    at: timeOf(activity, now),
    verb,
    ...(incident === undefined ? {} : { incident }),
    // Never the room the dialog carries: to be in an incident's room gives rights in it.
    room: roomId(activity.conversation.id),
    values: opened.values,
    carry: carry ?? {},
    ...(cut?.length ? { altered: cut } : {}),
  }
  return { inbound, kind: 'submit', person: author.id }
}

function asked(self: Self, activity: Activity, author: Author, now: Date, thread?: string | null) {
  return {
    type: 'command' as const,
    key: activityKey(self, activity),
    ...stampOf(self, author),
    at: timeOf(activity, now),
    room: roomId(activity.conversation.id),
    ...(thread ? { thread } : {}),
  }
}

function pressedIn({ conversation, replyToId }: Activity): MessageRef | undefined {
  return replyToId ? { room: roomId(conversation.id), message: replyToId } : undefined
}
