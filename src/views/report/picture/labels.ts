/** How wide words are, on the safe side for any sans-serif face, and how labels find places where none covers another. */

const NARROW = /[ijl.,:;'|!()[\] ftr·-]/
const WIDE = /[mwMW@%—]/

/** Of one sign, in parts of the type size. */
function share(sign: string): number {
  if (sign > '\u02af') return /\p{M}/u.test(sign) ? 0 : sign > '\u1100' ? 1.1 : 0.75
  if (NARROW.test(sign)) return 0.4
  if (WIDE.test(sign)) return 0.98
  return /[A-Z]/.test(sign) ? 0.72 : 0.62
}

export const widthOf = (words: string, size: number): number =>
  [...words].reduce((sum, sign) => sum + share(sign) * size, 0)

/** As many signs as fit, with an ellipsis where some do not; empty where not even two do. */
export function cut(words: string, size: number, width: number): string {
  if (widthOf(words, size) <= width) return words
  const signs = [...words]
  while (signs.length > 1 && widthOf(`${signs.join('')}…`, size) > width) signs.pop()
  return signs.length < 3 ? '' : `${signs.join('').trimEnd()}…`
}

/** Broken between words into so many lines at most; what is longer is cut. */
export function wrapped(text: string, size: number, width: number, most: number): readonly string[] {
  if (most === 1 || widthOf(text, size) <= width) return [cut(text, size, width)]
  const all = text.split(' ')
  let count = all.length
  while (count > 1 && widthOf(all.slice(0, count).join(' '), size) > width) count -= 1
  const rest = all.slice(count).join(' ')
  const first = cut(all.slice(0, count).join(' '), size, width)
  return rest ? [first, ...wrapped(rest, size, width, most - 1)] : [first]
}

/** Broken between its parts, so that no date is torn apart; between words where one part alone is wider. */
export function wrappedParts(text: string, size: number, width: number, most: number): readonly string[] {
  const parts = text.split(PART)
  if (parts.some((part) => widthOf(part, size) > width)) return wrapped(text, size, width, most)
  const lines: string[] = []
  for (const part of parts) {
    const longer = lines.length > 0 ? `${lines.at(-1)}${PART}${part}` : part
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines.length <= most ? lines : wrapped(text, size, width, most)
}

const PART = ' · '

export interface Wanted {
  /** Where its middle would best be. */
  readonly x: number
  readonly words: string
}

export interface Placed extends Wanted {
  readonly middle: number
  /** 0 is nearest to what is labelled. */
  readonly row: number
}

const apart = 6

/** From left to right, each in the first row that has room; what finds none in any row is left out and counted. */
export function place(
  wanted: readonly Wanted[],
  {
    from,
    to,
    size,
    rows,
  }: { readonly from: number; readonly to: number; readonly size: number; readonly rows: number },
): { readonly placed: readonly Placed[]; readonly left: number } {
  const ends = Array.from({ length: rows }, () => Number.NEGATIVE_INFINITY)
  const placed: Placed[] = []
  for (const each of [...wanted].sort((a, b) => a.x - b.x)) {
    const half = widthOf(each.words, size) / 2
    const best = Math.min(Math.max(each.x, from + half), to - half)
    const row = ends.findIndex((end) => best - half >= end + apart)
    if (row === -1 || 2 * half > to - from) continue
    ends[row] = best + half
    placed.push({ ...each, middle: best, row })
  }
  return { placed, left: wanted.length - placed.length }
}

export interface Numbered {
  readonly x: number
  readonly number: number
}

/** Numbers whose labels would meet share one: `3–7`, or `3, 5`. Each stands over the middle of what it names. */
export function gather(marks: readonly Numbered[], size: number): readonly Wanted[] {
  const groups = [...marks].sort((a, b) => a.x - b.x || a.number - b.number).map((mark) => [mark])
  const words = (group: readonly Numbered[]): string => {
    const numbers = group.map(({ number }) => number).sort((a, b) => a - b)
    const [first = 0, last = 0] = [numbers[0], numbers.at(-1)]
    if (numbers.length === 1) return String(first)
    return last - first === numbers.length - 1 ? `${first}–${last}` : `${first}…${last}`
  }
  const middle = (group: readonly Numbered[]) => (group[0]!.x + group.at(-1)!.x) / 2
  const half = (group: readonly Numbered[]) => widthOf(words(group), size) / 2
  for (let at = 1; at < groups.length; ) {
    const [one, other] = [groups[at - 1]!, groups[at]!]
    if (middle(other) - half(other) >= middle(one) + half(one) + apart) at += 1
    else {
      groups.splice(at - 1, 2, [...one, ...other])
      at = Math.max(1, at - 1)
    }
  }
  return groups.map((group) => ({ x: middle(group), words: words(group) }))
}
