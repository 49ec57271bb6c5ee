/** A typed declaration. The sentence stays as it was typed; only the word drill and who is kept out are taken from it. */
import { kindFromWords } from '../domain/kinds.ts'
import type { Context } from './command.ts'
import { splitReason, takeLate } from './late-entry.ts'

const people = '((?:<@[^>]+>[\\s,]*(?:and\\s+)?)+)'
/** `keep out @Sam` or `keep @Sam out`; "keep @Sam informed" keeps nobody out. */
const keepOut = new RegExp(`(?:^|\\s)keep(?:ing)?\\s+(?:out\\s+${people}|${people}out\\b)`, 'i')
/** A name with an @ that the platform did not take for a person. */
const unknown = String.raw`@[^\s,<>@]+(?:\s+\p{Lu}[\p{L}'’-]+)*`
const list = String.raw`((?:(?:<@[^>]+>|${unknown})[\s,]*(?:and\s+)?)+)`
const keepSomebodyOut = new RegExp(String.raw`(?:^|\s)keep(?:ing)?\s+(?:out\s+${list}|${list}out\b)`, 'iu')

/** Who is to be kept out and is nobody we know: declaring without them would let them in. */
export function unknownKeptOut(words: string): readonly string[] {
  const kept = keepSomebodyOut.exec(words)
  const named = (kept?.[1] ?? kept?.[2] ?? '').replace(/<@[^>]+>/g, ' ')
  return [...named.matchAll(new RegExp(unknown, 'gu'))].map(([name]) => name)
}

const drillWord = /^(?:a\s+)?drill\b[\s:,-]*/i

export interface TypedDeclaration {
  readonly sentence: string
  readonly switches: readonly string[]
  readonly excluded: readonly string[]
  readonly noticed?: string
  readonly kind: string
}

export function typedDeclaration(words: string, context: Context): TypedDeclaration {
  const drill = drillWord.exec(words.trim())
  const line = words.trim().slice(drill?.[0].length ?? 0)
  const kept = keepOut.exec(line)
  const named = (kept?.[1] ?? kept?.[2] ?? '').matchAll(/<@([^|>]+)/g)
  const sentence = kept
    ? `${line.slice(0, kept.index)} ${line.slice(kept.index + kept[0].length)}`.trim()
    : line
  const { at } = takeLate(splitReason(sentence).before, context)
  return {
    sentence,
    kind: kindFromWords(sentence),
    switches: [...(drill ? ['drill'] : []), ...(kept || unknownKeptOut(line).length > 0 ? ['keep-out'] : [])],
    excluded: [...named].flatMap(([, id]) => (id ? [id] : [])),
    ...(at ? { noticed: at } : {}),
  }
}
