/**
 * Where an activity says it comes from, for the allow-lists, and what it teaches the directory. Nothing here is trusted
 * before the token was checked; what is told twice and differently is told by nobody.
 */
import type { Directory } from './directory.ts'
import { guid } from './ids.ts'
import { type Activity, activitySchema } from './payload.ts'

export interface Origin {
  /** Entra ids, lower case; undefined where the activity names none, or two. */
  readonly tenant: string | undefined
  /** The Entra group of the team. */
  readonly team: string | undefined
  /** The same team as the bot API names it (`19:…`), which is all that some activities tell. */
  readonly teamThread: string | undefined
  readonly person: string | undefined
  readonly scope: 'channel' | 'personal' | 'groupChat'
}

export function originOf(activity: unknown): Origin | undefined {
  const parsed = activitySchema.safeParse(activity)
  return parsed.success ? originIn(parsed.data) : undefined
}

export function originIn(activity: Activity): Origin {
  const { conversation, channelData, from } = activity
  const tenants = [conversation.tenantId, channelData?.tenant?.id].flatMap((told) => (told ? [told] : []))
  const tenant = guid(tenants[0])
  return {
    tenant: tenants.every((told) => guid(told) === tenant) ? tenant : undefined,
    team: guid(channelData?.team?.aadGroupId),
    teamThread: channelData?.team?.id || undefined,
    person: guid(from?.aadObjectId),
    scope: scopeIn(activity),
  }
}

/** What names no kind of conversation and no team is taken for a chat of several, where nothing is done. */
function scopeIn({ conversation, channelData }: Activity): Origin['scope'] {
  const told = conversation.conversationType
  if (told === 'channel' || told === 'personal') return told
  return !told && channelData?.team ? 'channel' : 'groupChat'
}

/** Whether somebody is a guest it does not tell. */
export function teach(directory: Directory, { from, membersAdded }: Activity): void {
  for (const account of [from, ...(membersAdded ?? [])]) {
    const id = guid(account?.aadObjectId)
    if (!account || !id || account.id.startsWith('28:')) continue
    directory.learn({ id, name: account.name ?? '', member: account.id, guest: undefined })
  }
}
