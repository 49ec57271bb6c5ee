/** Reading what people type: mentions, quotes a phone turned round, and how far a typo is from a word. */

const MENTION = /<@([A-Z0-9a-z-]+)(?:\|[^>]*)?>/

/** The first person mentioned, and the line without the mention. */
export function takePerson(line: string): { person: string | undefined; rest: string } {
  const found = MENTION.exec(line)
  if (!found) return { person: undefined, rest: line.trim() }
  return { person: found[1], rest: squeeze(line.replace(found[0], ' ')) }
}

/** Everybody mentioned, once each, in order. */
export const peopleIn = (line: string): readonly string[] => [
  ...new Set([...line.matchAll(new RegExp(MENTION, 'g'))].flatMap(([, id]) => (id ? [id] : []))),
]

const squeeze = (text: string) => text.replace(/[ \t]+/g, ' ').trim()

/** Quotes a phone turned round become plain, so that a pasted command still parses. */
export const straight = (text: string): string =>
  text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u00a0/g, ' ')

/** Edits apart (insert, delete, replace, swap of neighbours), for "Did you mean". */
export function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)])
  for (let j = 1; j <= b.length; j++) rows[0]![j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = best
    }
  }
  return rows[a.length]![b.length]!
}

/** The candidate a typo was closest to, if close enough to be one. Words like "is" are one letter from anything short. */
export function nearest<T extends string>(typed: string, candidates: readonly T[]): T | undefined {
  const word = typed.toLowerCase()
  const limit = word.length <= 2 ? 0 : word.length <= 5 ? 1 : 2
  return candidates
    .map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .filter(({ candidate, away }) => away <= limit && away < candidate.length)
    .sort((a, b) => a.away - b.away)[0]?.candidate
}

/** For a verb that takes no words: any that follow are answered with its usage, never passed over. */
export const noWords = (words: string): Readonly<Record<string, never>> | undefined =>
  words.trim() === '' ? {} : undefined
