/**
 * Reading what people type: `at <time>`, `by <who>`, `because <why>` and mentions, wherever they stand in the line.
 * Everything else is kept as it was typed.
 */

export interface Words {
  /** What is left after the clauses were taken out. */
  readonly rest: string
  readonly at?: string
  /** A mention's person id, or the name of someone outside chat. */
  readonly by?: { readonly person: string } | { readonly name: string }
  readonly because?: string
}

const MENTION = /<@([A-Z0-9a-z-]+)(?:\|[^>]*)?>/

/** The first person mentioned, and the line without the mention. */
export function takePerson(line: string): { person: string | undefined; rest: string } {
  const found = MENTION.exec(line)
  if (!found) return { person: undefined, rest: line.trim() }
  return { person: found[1], rest: squeeze(line.replace(found[0], ' ')) }
}

const squeeze = (text: string) => text.replace(/[ \t]+/g, ' ').trim()

/** Quotes a phone turned round become plain, so that a pasted command still parses. */
export const straight = (text: string): string =>
  text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u00a0/g, ' ')

/** `because`/`why:` ends the line; `by` and `at` are short clauses at the end of what comes before it. */
export function takeClauses(line: string): Words {
  const [before, because] = split(line, /(?:^|\s)(?:because|why:)\s+/i)
  let rest = before
  const found: { at?: string; by?: NonNullable<Words['by']> } = {}
  // Twice: they may come in either order.
  for (let i = 0; i < 2; i++) {
    const by = /(?:^|\s)by\s+(<@[^>]+>|"[^"]+"|(?:[A-Z][\p{L}.'-]*\s?){1,4})$/u.exec(rest)
    if (by?.[1] && !found.by) {
      const mention = MENTION.exec(by[1])
      found.by = mention?.[1] ? { person: mention[1] } : { name: by[1].replaceAll('"', '').trim() }
      rest = rest.slice(0, by.index).trim()
      continue
    }
    const at = /(?:^|\s)at\s+("[^"]+"|[^"]{1,40})$/i.exec(rest)
    if (at?.[1] && !found.at && looksLikeTime(at[1])) {
      found.at = at[1].replaceAll('"', '').trim()
      rest = rest.slice(0, at.index).trim()
    }
  }
  return { rest: rest.trim(), ...found, ...(because ? { because } : {}) }
}

/** A digit, or a day's name: otherwise "at the front desk" would be taken for a time. */
const looksLikeTime = (text: string) =>
  /\d|^"?(yesterday|today|noon|midnight|mon|tue|wed|thu|fri|sat|sun)/i.test(text)

function split(text: string, at: RegExp): [string, string | undefined] {
  const found = at.exec(text)
  if (!found) return [text.trim(), undefined]
  return [text.slice(0, found.index).trim(), text.slice(found.index + found[0].length).trim() || undefined]
}

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

/** The candidate a typo was closest to, if close enough to be one. */
export function nearest<T extends string>(typed: string, candidates: readonly T[]): T | undefined {
  const word = typed.toLowerCase()
  const limit = word.length <= 5 ? 1 : 2
  return candidates
    .map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .filter(({ candidate, away }) => away <= limit && away < candidate.length)
    .sort((a, b) => a.away - b.away)[0]?.candidate
}
