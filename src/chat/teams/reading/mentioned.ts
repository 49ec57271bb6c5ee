/**
 * Whom a message mentions. Only the list beside the text tells: whatever looks like a mention in the text, or is called
 * like somebody, is words. People are named by their Entra id, whoever has none by the name that was shown.
 */

import { botMember, type Self } from '../wire/self.ts'
import type { Directory } from './directory.ts'
import { guid } from './ids.ts'
import { type ChatMention, type MentionEntity, mentionEntitySchema } from './payload.ts'

export interface Mention {
  /** What the text shows in its place. */
  readonly label: string
  readonly person?: string
  readonly isBot?: true
}

/** A mention and how the text refers to it: by number, shown as one of `labels`. */
export interface Listed extends Mention {
  readonly index: number
  readonly labels: readonly string[]
  /** The piece of an activity's plain text that it stands for. */
  readonly mark?: string
}

export function listedInActivity(
  self: Self,
  directory: Directory,
  entities: readonly unknown[] | null | undefined,
): Listed[] {
  const mentions = (entities ?? []).flatMap((entity) => mentionEntitySchema.safeParse(entity).data ?? [])
  return mentions.map(({ text, mentioned }, index) => {
    const mark = text ?? ''
    const label = mark.replace(/^<at\b[^>]*>/i, '').replace(/<\/at>$/i, '') || (mentioned.name ?? '')
    const labels = [label, mentioned.name ?? ''].flatMap((each) => [shown(each), shown(unescaped(each))])
    const isBot = mentioned.id.toLowerCase() === botMember(self).toLowerCase()
    const person = isBot ? undefined : personOf(directory, mentioned)
    return {
      index,
      label: nameOf(unescaped(label)),
      labels: labels.filter((each) => each !== ''),
      ...(mark ? { mark } : {}),
      ...(isBot ? { isBot } : {}),
      ...(person ? { person } : {}),
    }
  })
}

function personOf(directory: Directory, { id, aadObjectId }: MentionEntity['mentioned']) {
  return guid(aadObjectId) ?? directory.byMember(id)?.id ?? guid(/^8:orgid:(.+)$/.exec(id)?.[1])
}

export function listedInRow(self: Self, mentions: readonly ChatMention[] | null | undefined): Listed[] {
  return (mentions ?? []).map(({ id, mentionText, mentioned }, at) => {
    const isBot = mentioned?.application?.id?.toLowerCase() === self.appId.toLowerCase()
    const isOurs = (mentioned?.user?.userIdentityType ?? 'aadUser') === 'aadUser'
    const person = isOurs ? guid(mentioned?.user?.id) : undefined
    return {
      index: id ?? at,
      label: nameOf(mentionText ?? ''),
      labels: [shown(mentionText ?? '')],
      ...(isBot ? { isBot } : {}),
      ...(person ? { person } : {}),
    }
  })
}

/** Which of the listed is meant; one whose label the text does not show is not, so no name passes for another. */
export function meant(listed: readonly Listed[], index: number | undefined, label: string): Mention {
  const words = shown(label)
  const fits = (each: Listed) => each.labels.includes(words)
  const found = listed.find((each) => each.index === index && fits(each)) ?? listed.find(fits)
  return found ?? { label: nameOf(label) }
}

/** A display name is anybody's to choose: nothing in it may read as a mention, a line break or a direction. */
export function nameOf(label: string): string {
  return shown(label)
    .replace(/[<>\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/^@+/, '')
    .slice(0, 120)
    .trim()
}

const shown = (label: string): string => label.replace(/[\s\u00a0]+/g, ' ').trim()

/** `&amp;` last, or `&amp;lt;` would become `<`. */
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
