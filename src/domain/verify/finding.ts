/** What a check found, and which check it was: an auditor must know what caught an alteration, not only that one is there. */

export const checks = [
  'chain',
  'signature',
  'time stamp',
  'commitment',
  'contents',
  'outcome',
  'witness',
  'sums',
] as const
export type Check = (typeof checks)[number]

export interface Finding {
  readonly check: Check
  /** The entry it is about, null where it is about none. */
  readonly seq: number | null
  readonly what: string
}

export interface Findings {
  readonly add: (check: Check, seq: number | null, what: string) => void
  /** The first of each check, the earliest entry first: what comes after is mostly its consequence. */
  readonly list: () => readonly Finding[]
}

export function findings(): Findings {
  const first = new Map<Check, Finding>()
  return {
    add(check, seq, what) {
      if (!first.has(check)) first.set(check, { check, seq, what })
    },
    list: () =>
      [...first.values()].sort(
        (a, b) =>
          (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER) ||
          checks.indexOf(a.check) - checks.indexOf(b.check),
      ),
  }
}
