/** Interactive payloads → Inbound, with what an answer needs: the trigger and where a private word reaches them. */
import type { AboutMessage, Inbound } from '../port.ts'
import type { Api } from './api.ts'
import { readCarried } from './carry.ts'
import { human } from './events.ts'
import { formFiles, formValues } from './form.ts'
import { bodyOf } from './message.ts'
import {
  actionSchema,
  buttonSchema,
  commandSchema,
  type SlackMessage,
  shortcutSchema,
  viewSchema,
} from './payload.ts'
import type { Whisper } from './private.ts'
import { commandLine, tsDate } from './text.ts'

export interface Read {
  readonly inbound: Inbound
  readonly whisper: Whisper
  readonly trigger?: string
  /** Where it was asked, which travels with the form it opens. */
  readonly room?: string
}

type From = Pick<Api, 'self' | 'now'>

export function commandInbound(api: From, body: unknown): (Read & { word: string }) | undefined {
  const parsed = commandSchema.safeParse(body)
  if (!parsed.success) return undefined
  const { command, text, user_id, channel_id, trigger_id, response_url } = parsed.data
  return {
    word: command.replace(/^\//, ''),
    inbound: {
      type: 'command',
      via: 'slash',
      key: triggerKey(api, trigger_id),
      ...human(api.self, user_id),
      at: api.now(),
      line: commandLine(text),
      room: channel_id,
      canOpenForm: true,
    },
    whisper: { person: user_id, responseUrl: response_url, room: channel_id },
    trigger: trigger_id,
    room: channel_id,
  }
}

/** A button with an address only is a link: Slack tells of the click, and there is nothing to do. */
export function actionInbound(api: From, body: unknown): Read | 'link' | undefined {
  const parsed = actionSchema.safeParse(body)
  if (!parsed.success) return undefined
  const { user, trigger_id, response_url, channel, container, message, actions, view } = parsed.data
  const action = actions[0]
  if (!action?.value) return 'link'
  const button = readButton(action.value)
  if (!button) return undefined
  const room = channel?.id ?? container?.channel_id ?? undefined
  const thread = message?.thread_ts ?? container?.thread_ts ?? undefined
  return {
    inbound: {
      type: 'command',
      via: 'button',
      key: triggerKey(api, trigger_id),
      ...human(api.self, user.id),
      at: action.action_ts ? tsDate(action.action_ts) : api.now(),
      line: button.l,
      ...(room ? { room } : {}),
      ...(thread ? { thread } : {}),
      ...(button.i === undefined ? {} : { incident: button.i }),
      ...(button.f ? { form: true } : {}),
      canOpenForm: true,
    },
    whisper: {
      person: user.id,
      responseUrl: view ? undefined : response_url,
      room,
      thread,
      ...(room?.startsWith('D') ? { direct: true } : {}),
    },
    trigger: trigger_id,
    ...(room ? { room } : {}),
  }
}

function readButton(value: string) {
  try {
    return buttonSchema.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}

const shortcutLines: Readonly<Record<string, { line: string; form: boolean }>> = {
  declare: { line: 'declare', form: true },
  declare_from_message: { line: 'declare', form: true },
  record_decision: { line: 'decide', form: true },
  record_evidence: { line: 'evidence', form: false },
  mark_privileged: { line: 'privilege', form: true },
}

export function shortcutInbound(api: From, body: unknown): Read | undefined {
  const parsed = shortcutSchema.safeParse(body)
  if (!parsed.success) return undefined
  const { callback_id, user, trigger_id, action_ts, response_url, channel, message } = parsed.data
  const asked = shortcutLines[callback_id]
  if (!asked) return undefined
  const room = channel?.id
  return {
    inbound: {
      type: 'command',
      via: 'shortcut',
      key: triggerKey(api, trigger_id),
      ...human(api.self, user.id),
      at: action_ts ? tsDate(action_ts) : api.now(),
      line: asked.line,
      ...(room ? { room } : {}),
      ...(message?.thread_ts ? { thread: message.thread_ts } : {}),
      ...(asked.form ? { form: true } : {}),
      ...(room && message ? { about: about(room, message) } : {}),
      canOpenForm: true,
    },
    whisper: { person: user.id, responseUrl: response_url, room, thread: message?.thread_ts ?? undefined },
    trigger: trigger_id,
    ...(room ? { room } : {}),
  }
}

function about(room: string, message: SlackMessage): AboutMessage {
  const { text, author } = bodyOf(message)
  return { room, message: message.ts, author, at: tsDate(message.ts), text }
}

/** The nonce was minted when the form opened; with the person it makes a double submit one. */
export function viewInbound(api: From, body: unknown): Read | undefined {
  const parsed = viewSchema.safeParse(body)
  if (!parsed.success) return undefined
  const { user, view, trigger_id } = parsed.data
  const opened = readCarried(view.private_metadata, view.blocks)
  if (!opened) return undefined
  const { verb, incident, nonce, room, respond, carry, altered } = opened
  const files = formFiles(view.state.values)
  return {
    inbound: {
      type: 'form',
      key: `slack:${api.self.workspace}:form:${user.id}:${nonce}`,
      ...human(api.self, user.id),
      at: api.now(),
      verb,
      ...(incident === undefined ? {} : { incident }),
      ...(room === undefined ? {} : { room }),
      values: formValues(view.state.values),
      ...(Object.keys(files).length > 0 ? { files } : {}),
      carry,
      ...(altered.length > 0 ? { altered } : {}),
    },
    whisper: {
      person: user.id,
      responseUrl: respond,
      room,
      ...(room?.startsWith('D') ? { direct: true } : {}),
    },
    ...(trigger_id ? { trigger: trigger_id } : {}),
    ...(room === undefined ? {} : { room }),
  }
}

function triggerKey(api: From, trigger: string): string {
  return `slack:${api.self.workspace}:trigger:${trigger}`
}
