/** A recorded fact in words. */
import type { Fact, FactValue, FactValues } from '../../domain/facts.ts'
import { kindLabel } from '../../domain/kinds.ts'
import { findRegulation } from '../../domain/regulations.ts'
import type { Report } from '../../domain/report/report.ts'
import { upperFirst } from '../scene.ts'
import { momentWords } from './words.ts'

export const clockLabel = (id: string): string => upperFirst(findRegulation(id)?.label ?? id)

type Say = { readonly [F in Fact]: (value: FactValues[F], report: Report) => string }

export const people = (count: number): string => count.toLocaleString('en-US')

const say: Say = {
  discovered: ({ at, confirmed }, report) =>
    `first known ${momentWords(report, at)}, ${confirmed ? 'confirmed' : 'provisional'}`,
  affected: ({ total, byState }) => {
    const states = Object.entries(byState).map(([state, count]) => `${state} ${people(count)}`)
    const all = total === null ? 'total not known yet' : people(total)
    return states.length > 0 ? `${all} (${states.join(', ')})` : all
  },
  unsecured: ({ unsecured }) => (unsecured ? 'unsecured' : 'secured, and the key is safe'),
  phi: ({ involved }) => (involved ? 'PHI was involved' : 'no PHI was involved'),
  permitted: ({ permitted }) => (permitted ? 'permitted' : 'not permitted'),
  severity: ({ severity }) => severity,
  kind: ({ kind }) => kindLabel(kind),
  notified: ({ clock, on }, report) =>
    on === null
      ? `${clockLabel(clock)}: not sent after all`
      : `${clockLabel(clock)}: sent ${momentWords(report, on)}`,
  'chat-compromised': ({ compromised }) => (compromised ? 'may be read by the attacker' : 'safe to use'),
}

export const factWords = (fact: Fact, value: FactValue, report: Report): string =>
  (say[fact] as (value: FactValue, report: Report) => string)(value, report)
