/** A recorded fact in words. */
import { startLabel } from '../../domain/clock-starts.ts'
import type { Fact, FactValue, FactValues } from '../../domain/facts.ts'
import { kindLabel } from '../../domain/kinds.ts'
import { knowerLabel } from '../../domain/knowers.ts'
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
  knew: ({ who, at, committedBreach, withdrawn }, report) =>
    [
      `${knowerLabel(who)} knew ${momentWords(report, at)}`,
      ...(committedBreach ? ['who committed the breach, so it does not count'] : []),
      ...(withdrawn ? ['recorded by mistake'] : []),
    ].join(', '),
  diligence: ({ at }, report) =>
    at === null
      ? 'no day on which it should have been known'
      : `would have been known by reasonable diligence ${momentWords(report, at)}`,
  happened: ({ from, to }, report) =>
    from === to
      ? `happened ${momentWords(report, from)}`
      : `happened from ${momentWords(report, from)} to ${momentWords(report, to)}`,
  affected: ({ total, byState, least, most }) => {
    const states = Object.entries(byState).map(([state, count]) => `${state} ${people(count)}`)
    const range =
      least !== undefined && most !== undefined ? `, between ${people(least)} and ${people(most)}` : ''
    const all = total === null ? 'total not known yet' : `${people(total)}${range}`
    return states.length > 0 ? `${all} (${states.join(', ')})` : all
  },
  unsecured: ({ unsecured }) => (unsecured ? 'unsecured' : 'secured, and the key is safe'),
  encryption: ({ encrypted, key }) =>
    encrypted ? `encrypted, the key ${key === 'unknown' ? 'not known to be safe' : key}` : 'not encrypted',
  vendor: ({ isAgent, discoveredAt, reachedAt, contract }, report) =>
    [
      isAgent === null ? 'whether it is our agent is not known' : isAgent ? 'our agent' : 'no agent of ours',
      ...(discoveredAt ? [`it discovered it ${momentWords(report, discoveredAt)}`] : []),
      ...(reachedAt ? [`its notice reached us ${momentWords(report, reachedAt)}`] : []),
      ...(contract ? [`its contract allows ${contract.amount} ${contract.unit.replace('_', ' ')}`] : []),
    ].join(', '),
  delay: ({ kind, on, until }, report) =>
    kind === 'withdrawn'
      ? `the statement of ${momentWords(report, on)} was recorded by mistake`
      : `${kind} statement of ${momentWords(report, on)}, ${until ? `until ${momentWords(report, until)}` : 'for 30 days'}`,
  started: ({ start, at }, report) =>
    at === null
      ? `${startLabel(start)}: not so after all`
      : `${startLabel(start)} ${momentWords(report, at)}`,
  part2: ({ involved }) => (involved ? 'Part 2 records were involved' : 'no Part 2 records were involved'),
  phi: ({ involved }) => (involved ? 'PHI was involved' : 'no PHI was involved'),
  permitted: ({ permitted }) => (permitted ? 'permitted' : 'not permitted'),
  severity: ({ severity }) => severity,
  kind: ({ kind }) => kindLabel(kind),
  notified: ({ clock, on }, report) =>
    on === null
      ? `${clockLabel(clock)}: not sent after all`
      : `${clockLabel(clock)}: sent ${momentWords(report, on)}`,
  'no-address': ({ count }) => `${people(count)} without an address that works`,
  'taken-down': ({ on }, report) =>
    on === null
      ? 'the posting was not taken down after all'
      : `the posting was taken down ${momentWords(report, on)}`,
  'chat-compromised': ({ compromised }) => (compromised ? 'may be read by the attacker' : 'safe to use'),
}

export const factWords = (fact: Fact, value: FactValue, report: Report): string =>
  (say[fact] as (value: FactValue, report: Report) => string)(value, report)
