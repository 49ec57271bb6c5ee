/**
 * The parts of Teams' payloads we read, and nothing else: what the bot API pushes (activities, invokes) and what Graph
 * remembers (chatMessage). Loose on purpose: Microsoft adds fields without notice, while a missing or wrongly typed one
 * makes the payload unknown (kept sealed, never guessed at).
 */
import { z } from 'zod'

const text = z.string().nullish()
const id = z.string().min(1).max(512)
const instant = z
  .string()
  .max(64)
  .refine((told) => !Number.isNaN(Date.parse(told)))
const named = z.looseObject({ id: text, name: text })

const accountSchema = z.looseObject({ id, name: text, aadObjectId: text })
export type Account = z.infer<typeof accountSchema>

const attachmentSchema = z.looseObject({
  id: text,
  contentType: text,
  /** JSON as a string in Graph, as an object in an activity. */
  content: z.unknown().optional(),
  contentUrl: text,
  name: text,
})
export type Attachment = z.infer<typeof attachmentSchema>

/** Among `Activity.entities`; others are none of our business. */
export const mentionEntitySchema = z.looseObject({
  type: z.literal('mention'),
  text,
  mentioned: z.looseObject({ id, name: text, aadObjectId: text }),
})
export type MentionEntity = z.infer<typeof mentionEntitySchema>

export const activitySchema = z.looseObject({
  type: id,
  id: id.nullish(),
  timestamp: instant.nullish(),
  from: accountSchema.nullish(),
  /** `isTargeted`: a slash command, which nobody else sees. */
  recipient: z.looseObject({ id: text, isTargeted: z.boolean().nullish() }).nullish(),
  conversation: z.looseObject({
    id,
    conversationType: text,
    tenantId: text,
    isGroup: z.boolean().nullish(),
  }),
  replyToId: id.nullish(),
  text,
  textFormat: text,
  attachments: z.array(attachmentSchema).nullish(),
  entities: z.array(z.unknown()).nullish(),
  membersAdded: z.array(accountSchema).nullish(),
  membersRemoved: z.array(accountSchema).nullish(),
  reactionsAdded: z.array(z.looseObject({ type: id })).nullish(),
  reactionsRemoved: z.array(z.looseObject({ type: id })).nullish(),
  /** Of an installationUpdate. */
  action: text,
  /** Of an invoke or event. */
  name: text,
  value: z.unknown().optional(),
  channelData: z
    .looseObject({
      eventType: text,
      tenant: z.looseObject({ id: text }).nullish(),
      team: z.looseObject({ id: text, name: text, aadGroupId: text }).nullish(),
      channel: named.nullish(),
    })
    .nullish(),
})
export type Activity = z.infer<typeof activitySchema>

const identitySchema = z.looseObject({ id: text, displayName: text, userIdentityType: text }).nullish()

/** Of a message: who wrote it. Of a mention: who is meant. */
const identitySetSchema = z.looseObject({ user: identitySchema, application: identitySchema })
export type IdentitySet = z.infer<typeof identitySetSchema>

const chatMention = z.looseObject({
  id: z.number().nullish(),
  mentionText: text,
  mentioned: identitySetSchema.nullish(),
})
export type ChatMention = z.infer<typeof chatMention>

/** A row of Graph's channel messages, replies or delta. */
export const chatMessageSchema = z.looseObject({
  id,
  replyToId: id.nullish(),
  messageType: text,
  createdDateTime: instant.nullish(),
  lastModifiedDateTime: instant.nullish(),
  lastEditedDateTime: instant.nullish(),
  deletedDateTime: instant.nullish(),
  subject: text,
  from: identitySetSchema.nullish(),
  body: z.looseObject({ contentType: text, content: text }).nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  mentions: z.array(chatMention).nullish(),
  reactions: z
    .array(
      z.looseObject({
        reactionType: text,
        createdDateTime: instant.nullish(),
        user: identitySetSchema.nullish(),
      }),
    )
    .nullish(),
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

/** A button's data: a pre-typed line, the incident it names, and whether it asks for the form. */
export const buttonSchema = z.looseObject({
  w: z.object({ l: z.string(), i: z.string().optional(), f: z.literal(1).optional() }),
})

export type ButtonData = z.infer<typeof buttonSchema>

/** The button was pressed: `Action.Execute`. */
export const executeSchema = z.looseObject({ action: z.looseObject({ data: buttonSchema }) })

/** A form is asked for from a card: `Action.Submit` with `task/fetch`. */
export const taskSchema = z.looseObject({ data: buttonSchema })

/** A form was sent, from whichever of the two ways it opened. */
export const submitSchema = z.looseObject({ data: z.unknown().optional() })

/** The message an action was used on: nearly Graph's chatMessage, with what it could not tell left out. */
const messagePayloadSchema = chatMessageSchema.omit({
  lastEditedDateTime: true,
  deletedDateTime: true,
})
export type MessagePayload = z.infer<typeof messagePayloadSchema>

export const extensionSchema = z.looseObject({
  commandId: id,
  messagePayload: messagePayloadSchema.nullish(),
})
