/** The parts of Graph's teams, channels, members and files that we read, and nothing else. Messages are in payload.ts. */
import { z } from 'zod'
import { ChatError } from '../../port.ts'

const text = z.string().nullish()

export const teamSchema = z.looseObject({
  id: z.string(),
  displayName: text,
  /** `19:…`, what the bot API calls the team. */
  internalId: text,
  visibility: text,
  isArchived: z.boolean().nullish(),
})
export type Team = z.infer<typeof teamSchema>

export const channelSchema = z.looseObject({
  id: z.string(),
  displayName: text,
  description: text,
  createdDateTime: text,
  membershipType: text,
  isArchived: z.boolean().nullish(),
})
export type Channel = z.infer<typeof channelSchema>

/** aadUserConversationMember. */
export const memberSchema = z.looseObject({
  userId: z.string(),
  displayName: text,
  roles: z.array(z.string()).nullish(),
  tenantId: text,
})
export type TeamMember = z.infer<typeof memberSchema>

/** resourceSpecificPermissionGrant: what a team's owner let an app do there. */
export const grantSchema = z.looseObject({ clientId: text, clientAppId: text, permission: text })

export const driveItemSchema = z.looseObject({
  size: z.number(),
  file: z.looseObject({ mimeType: text }).nullish(),
})

/** An answer of another shape is Graph's fault, and may be right next time. */
export function read<T>(schema: z.ZodType<T>, answer: unknown): T {
  const found = schema.safeParse(answer)
  if (found.success) return found.data
  throw new ChatError('transient', 'unexpected_answer', { maybeDone: true })
}
