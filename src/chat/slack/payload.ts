/**
 * The parts of Slack's payloads we read, and nothing else. Loose on purpose: Slack adds fields without notice, while a
 * missing or wrongly typed one makes the payload unknown (kept sealed, never guessed at).
 */
import { z } from 'zod'

const text = z.string().nullish()
const id = z.string().min(1).max(255)
const ts = z.string().regex(/^\d{1,12}(\.\d{1,9})?$/)

export const fileSchema = z.looseObject({
  id,
  name: text,
  title: text,
  mimetype: text,
  size: z.number().nullish(),
  mode: text,
  file_access: text,
})

export type SlackFile = z.infer<typeof fileSchema>

export const messageSchema = z.looseObject({
  ts,
  user: text,
  bot_id: text,
  subtype: text,
  text,
  thread_ts: ts.nullish(),
  files: z.array(fileSchema).nullish(),
  blocks: z.array(z.unknown()).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  edited: z.looseObject({ user: text, ts }).nullish(),
  metadata: z
    .looseObject({ event_type: text, event_payload: z.record(z.string(), z.unknown()).nullish() })
    .nullish(),
  reactions: z
    .array(z.looseObject({ name: id, users: z.array(id).nullish(), count: z.number().nullish() }))
    .nullish(),
  reply_count: z.number().nullish(),
  latest_reply: text,
})
export type SlackMessage = z.infer<typeof messageSchema>

/** Slack sends `previous_message: []` at times: read as absent. */
const previous = z.union([messageSchema, z.array(z.unknown()).transform(() => undefined)]).nullish()

export const messageEventSchema = messageSchema.extend({
  type: z.literal('message'),
  channel: id,
  channel_type: text,
  event_ts: text,
  hidden: z.boolean().nullish(),
  message: messageSchema.nullish(),
  previous_message: previous,
  deleted_ts: ts.nullish(),
})
export type SlackMessageEvent = z.infer<typeof messageEventSchema>

export const reactionSchema = z.looseObject({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: id,
  reaction: id,
  item: z.looseObject({ type: z.string(), channel: text, ts: ts.nullish() }),
  event_ts: ts,
})

const channelId = z.union([id, z.looseObject({ id, name: text }).transform((channel) => channel.id)])

export const roomEventSchema = z.looseObject({
  type: z.string(),
  user: text,
  /** Of a join: who asked them in. */
  inviter: text,
  channel: channelId.nullish(),
  old_channel_id: text,
  new_channel_id: text,
  event_ts: ts.nullish(),
})

export const renameSchema = z.looseObject({ channel: z.looseObject({ id, name: id }) })

export const homeSchema = z.looseObject({ user: id, tab: text, event_ts: ts })

export const envelopeSchema = z.looseObject({
  type: z.string(),
  event_id: text,
  event_time: z.number().nullish(),
  event: z.looseObject({ type: z.string() }),
})

export const commandSchema = z.looseObject({
  command: z.string(),
  text: z.string().default(''),
  user_id: id,
  channel_id: id,
  trigger_id: id,
  response_url: text,
})

const user = z.looseObject({ id })
const channel = z.looseObject({ id })

export const actionSchema = z.looseObject({
  type: z.literal('block_actions'),
  user,
  trigger_id: id,
  response_url: text,
  channel: channel.nullish(),
  container: z.looseObject({ type: text, channel_id: text, message_ts: text, thread_ts: text }).nullish(),
  message: z.looseObject({ thread_ts: text }).nullish(),
  view: z.looseObject({ type: text }).nullish(),
  actions: z
    .array(z.looseObject({ action_id: id, type: text, value: text, action_ts: ts.nullish() }))
    .nonempty(),
})

const formBlockSchema = z.looseObject({
  type: text,
  block_id: text,
  text: z.looseObject({ text: z.string() }).nullish().catch(undefined),
})
export type FormBlock = z.infer<typeof formBlockSchema>

export const viewSchema = z.looseObject({
  type: z.literal('view_submission'),
  user,
  trigger_id: text,
  view: z.looseObject({
    callback_id: z.string(),
    private_metadata: z.string(),
    blocks: z.array(formBlockSchema),
    state: z.looseObject({
      values: z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() }))),
    }),
  }),
})

export const shortcutSchema = z.looseObject({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.string(),
  user,
  trigger_id: id,
  action_ts: ts.nullish(),
  response_url: text,
  channel: channel.nullish(),
  message: messageSchema.nullish(),
})

export const metadataSchema = z.object({
  verb: z.string(),
  incident: z.string().optional(),
  nonce: z.string().min(8),
  room: z.string().optional(),
  respond: z.url().optional(),
  carry: z.record(z.string(), z.string()).optional(),
  /** What is carried in sight, in the order of its blocks: name, characters, digest. */
  sight: z.array(z.tuple([z.string(), z.number(), z.string()])).optional(),
  /** Names of carried values that were cut. */
  cut: z.array(z.string()).optional(),
})
export type FormMetadata = z.infer<typeof metadataSchema>

/** A button's value: a pre-typed line, the incident it names, and whether it asks for the form. */
export const buttonSchema = z.object({
  l: z.string(),
  i: z.string().optional(),
  f: z.literal(1).optional(),
})

/** What Bolt may be given: it reads these without checking, and leaves what it cannot read unanswered. */
const interactions: Readonly<Record<string, z.ZodType>> = {
  block_actions: actionSchema,
  view_submission: viewSchema,
  shortcut: shortcutSchema,
  message_action: shortcutSchema,
}

export function isInteraction(body: { readonly type?: unknown; readonly command?: unknown }): boolean {
  if (typeof body.command === 'string') return commandSchema.safeParse(body).success
  return interactions[String(body.type)]?.safeParse(body).success ?? false
}
