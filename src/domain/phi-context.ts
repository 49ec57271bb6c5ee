/**
 * What stands around a number, because most numbers are nobody's: a word that says what it is, right before it or right
 * after, with nothing in between that makes it something else. Looks at a window of fixed length, whatever the text.
 */

/** How far a word may stand from its number. */
export const WINDOW = 48

export interface Hit {
  readonly text: string
  readonly from: number
  readonly to: number
  /** In a name or a code, where everything is part of something longer: the shape alone decides. */
  readonly isName: boolean
}

export const beforeOf = ({ text, from }: Hit): string => text.slice(Math.max(0, from - WINDOW), from)
export const afterOf = ({ text, to }: Hit): string => text.slice(to, to + WINDOW)

/** Numbers of these are somebody's paperwork, and no identifier of a person. */
const OTHER_THINGS = new Set(
  `ticket tickets case order orders invoice inv account acct ref reference incident confirmation tracking po claim phone
  tel telephone fax cell mobile call ext extension dial serial sku part asset build version commit hash port error code
  job run request req change chg zip postal offset bytes byte rows row count total range size line page event log
  transaction tx message item model po rma lot batch kb cve`.split(/\s+/),
)

/** Words that may stand between what a number is and the number itself. */
const FILLERS = new Set(
  `number numbers num no nr id ids is was are were of for the a his her their my our patient patients pt mr mrs ms dr value
  field and be reads as ends ending in on this that one here new old full last first name female male`.split(
    /\s+/,
  ),
)

const wordsOf = (between: string): readonly string[] => between.split(/[^\p{L}']+/u).filter(Boolean)
const isName = (word: string): boolean => /^\p{Lu}/u.test(word) && !OTHER_THINGS.has(word.toLowerCase())

export const namesAnotherThing = (between: string): boolean =>
  wordsOf(between).some((word) => OTHER_THINGS.has(word.toLowerCase()))

/** The last place in the window where the words end, and what follows them. */
function lastOf(words: RegExp, window: string): string | undefined {
  let between: string | undefined
  for (const found of window.matchAll(words)) between = window.slice(found.index + found[0].length)
  return between
}

/** A sentence that ended, or another number that the words may belong to. */
const isCutOff = (between: string): boolean => /[.!?;]\s+\p{Lu}|\n\s*\n|\d/u.test(between.replace(/^\./, ''))

/** `loose`: any words but those of other things. `close`: fillers and names only, unless a colon leads to the number. */
export function saysBefore(hit: Hit, words: RegExp, how: 'loose' | 'close'): boolean {
  const between = lastOf(words, beforeOf(hit))
  if (between === undefined || isCutOff(between) || namesAnotherThing(between)) return false
  if (how === 'loose' || /[:=]["'\s]{0,3}$|\bis\s$/.test(between)) return true
  return wordsOf(between).every((word) => FILLERS.has(word.toLowerCase()) || isName(word))
}

/** `078051120 (SSN)`, `078051120 is his social security number`. */
export function saysAfter(hit: Hit, words: RegExp): boolean {
  const after = afterOf(hit)
  const found = after.matchAll(words).next().value
  if (!found) return false
  const between = after.slice(0, found.index)
  return wordsOf(between).every((word) => FILLERS.has(word.toLowerCase())) && !/[\d\n.;:?!]/.test(between)
}

/** Part of something longer: an order's number, an address, a version, an amount. */
export const isPartOfMore = (hit: Hit): boolean =>
  !hit.isName &&
  (/(?:[-+#$€£/\\=_@&%~^]|\d[.,:])$/.test(beforeOf(hit)) ||
    /^(?:[-/\\=_@~^]\w|[.,:]\d|[%_])/.test(afterOf(hit)))

/** The last word before it, on the same line. */
export const followsAnotherThing = (hit: Hit): boolean => {
  if (hit.isName) return false
  const words = wordsOf(beforeOf(hit).split('\n').at(-1) ?? '')
  return words.slice(-3).some((word) => OTHER_THINGS.has(word.toLowerCase()))
}
