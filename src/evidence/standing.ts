/** Does a message still stand, as far as is on the record? Told by the marks its content keys end in. Pure. */
import type { Known } from '../store/standing.ts'

type Marks = Pick<Known, 'marks'>

const latest = (marks: readonly string[], letter: string): number | undefined => {
  const times = marks.flatMap((mark) =>
    new RegExp(`^${letter}\\d*$`).test(mark) ? [Number(mark.slice(1))] : [],
  )
  return times.length > 0 ? Math.max(...times) : undefined
}

export function isDeleted({ marks }: Marks): boolean {
  const deleted = latest(marks, 'd')
  return deleted !== undefined && (latest(marks, 'u') ?? -1) <= deleted
}

const count = (marks: readonly string[], word: string): number =>
  marks.filter((mark) => mark.startsWith(`${word}:`)).length

/** Found missing, and not found again since. */
export const isGone = ({ marks }: Marks): boolean => count(marks, 'gone') > count(marks, 'back')

export const stands = (known: Marks): boolean => !isDeleted(known) && !isGone(known)

/** The key of the next time this message is found missing, or is there again: the n-th of its kind. */
export const nextMark = ({ marks }: Marks, word: 'gone' | 'back'): string => `${word}:${count(marks, word)}`
