/** A sentence about one row of the table: the facts, and what the law makes of them, worked out by hand from the citation. */

/**
 * What is expected: a day, an instant in UTC, `no: <reason>`, `pending: <fact>`, `no limit`, `not shown`, or an object the
 * clock must match. `clock` is where to look when it is not the row's own: a rule inside other clocks has none.
 */
export interface Sentence {
  readonly says: string
  readonly row: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly expected: string | Readonly<Record<string, unknown>>
  readonly clock?: string
}

type Row = readonly [
  says: string,
  facts: Readonly<Record<string, unknown>>,
  expected: Sentence['expected'],
  clock?: string,
]

export const about = (row: string, ...rows: readonly Row[]): Sentence[] =>
  rows.map(([says, facts, expected, clock]) => ({ says, row, facts, expected, ...(clock && { clock }) }))

/** So many people, all of one State. */
export const people = (count: number, state: string) => ({
  affectedCount: count,
  residentsByState: { [state]: count },
})

export const knownOn = (discoveredAt: string) => ({ discoveredAt })
export const began = (row: string, at: string) => ({ starts: { [row]: at } })
export const vendor = { entityType: 'business_associate' } as const

/** 5 U.S.C. 6103, as published for 2026. */
export const holidays =
  '2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25'.split(
    ' ',
  )
