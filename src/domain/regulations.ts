// The table of notification duties: one row a clock, in the terms of the law. The engine knows count rules, starts and
// thresholds, never a particular row: another regime, State or contract is rows here and nothing else.
import type { Regulation } from './regulation.ts'
import { regulationsBeyondHealth } from './regulations-beyond.ts'
import { ftcRegulations } from './regulations-ftc.ts'
import { hipaaRegulations } from './regulations-hipaa.ts'
import { part2Regulations } from './regulations-part2.ts'
import { californiaTexasFlorida } from './regulations-states-california-texas-florida.ts'
import { furtherStates } from './regulations-states-first.ts'
import { newYorkColoradoWashington } from './regulations-states-new-york-west.ts'
import { lastStates } from './regulations-states-second.ts'

export const regulations: readonly Regulation[] = [
  ...hipaaRegulations,
  ...part2Regulations,
  ...ftcRegulations,
  ...californiaTexasFlorida,
  ...newYorkColoradoWashington,
  ...furtherStates,
  ...lastStates,
  ...regulationsBeyondHealth,
]

/** Printed on every export beside the dates it produced. */
export const regulationsVersion = '2026-11'

export const findRegulation = (
  id: string,
  table: readonly Regulation[] = regulations,
): Regulation | undefined => table.find((row) => row.id === id)
