/**
 * What was to leave with a bundle and could not: the entry, what of it, and why, a line each in `damaged.txt`. That file
 * is there only where something is damaged, and whoever verifies takes every line of it for an alteration: it explains a
 * content that is missing and excuses none.
 */
import type { EntryLine } from './record.ts'

const whys = {
  'does-not-open': 'the stored bytes do not open',
  gone: 'nothing is stored, and no entry says it was disposed of',
  'not-committed': 'the stored bytes are not what the entry commits to',
} as const

export type Why = keyof typeof whys
export type Part = 'text' | 'file'

export interface Damage {
  readonly seq: number
  readonly part: Part
  readonly why: Why
  readonly kind: string
  readonly at: string
}

export const whyWords = (why: Why): string => whys[why]

export const damageOf = ({ seq, kind, at }: EntryLine, part: Part, why: Why): Damage => ({
  ...{ seq, part, why, kind, at },
})

/** `12 text does-not-open decision.recorded 2026-11-21T03:41:00.000Z` */
export const damageLine = ({ seq, part, why, kind, at }: Damage): string =>
  `${seq} ${part} ${why} ${kind} ${at}\n`

const LINE =
  /^([1-9]\d{0,9}) (text|file) (does-not-open|gone|not-committed) ([a-z_.]{1,64}) ([\d:TZ.-]{20,24})$/

/** Undefined: it is no such line. */
export function parseDamage(line: string): Damage | undefined {
  const [, seq, part, why, kind, at] = LINE.exec(line) ?? []
  if (!seq || !part || !why || !kind || !at) return undefined
  return { seq: Number(seq), part: part as Part, why: why as Why, kind, at }
}

/** `entry 12` · `entries 12, 40 and 3 more`: each entry once. */
export function entriesOf(damaged: readonly Pick<Damage, 'seq'>[], most = 20): string {
  const seqs = [...new Set(damaged.map(({ seq }) => seq))]
  const more = seqs.length > most ? ` and ${seqs.length - most} more` : ''
  return `${seqs.length === 1 ? 'entry' : 'entries'} ${seqs.slice(0, most).join(', ')}${more}`
}
