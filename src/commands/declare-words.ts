/** A typed declaration. The sentence stays as it was typed; only the word drill and who is kept out are taken from it. */
import { kindFromWords } from '../domain/kinds.ts'
import { straight, takeClauses } from './words.ts'

const keepOut = /(?:^|\s)keep(?:ing)?\s+(?:out\s+)?((?:<@[^>]+>[\s,]*(?:and\s+)?)+)(?:out\b)?/i

export function typedDeclaration(words: string) {
  let line = straight(words).trim()
  const switches: string[] = []
  const drill = /^(?:a\s+)?drill\b[\s:,-]*/i.exec(line)
  if (drill) {
    switches.push('drill')
    line = line.slice(drill[0].length)
  }
  const kept = keepOut.exec(line)
  const excluded = [...(kept?.[1] ?? '').matchAll(/<@([^|>]+)/g)].flatMap(([, id]) => (id ? [id] : []))
  if (kept) {
    switches.push('keep-out')
    line = `${line.slice(0, kept.index)} ${line.slice(kept.index + kept[0].length)}`.trim()
  }
  if (!line) return undefined
  const { at } = takeClauses(line)
  return {
    sentence: line,
    kind: kindFromWords(line),
    switches,
    excluded,
    ...(at ? { perhapsAt: at } : {}),
  }
}
