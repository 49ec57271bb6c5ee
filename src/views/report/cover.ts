/** The first page: which incident, how it ended, its key facts, and what exactly this report covers. */

import { sayDay } from '../../domain/dates-in-words.ts'
import { isMetLate } from '../../domain/incident-clocks.ts'
import { kindLabel } from '../../domain/kinds.ts'
import { outcomes } from '../../domain/outcomes.ts'
import { isPhase, phaseLabel } from '../../domain/phases.ts'
import type { Report, Scope } from '../../domain/report/report.ts'
import { utcIso } from '../../domain/zone.ts'
import { upperFirst } from '../scene.ts'
import { type Block, heading, type Pairs, text } from './block.ts'
import { factWords, people } from './fact-words.ts'
import { lengthWords, momentWords, nameWords, whoWords, zoneOf } from './words.ts'

export const titleOf = ({ state }: Report): string =>
  [`Report on ${state.incident}`, ...(state.drill ? ['DRILL'] : [])].join(' · ')

export function cover(report: Report): readonly Block[] {
  const { state } = report
  return [
    heading(1, titleOf(report)),
    ...(state.drill ? [text('DRILL. An exercise; nothing in this report really happened.', 'mark')] : []),
    ...(report.practice
      ? [text('PRACTICE. Recorded where time can be moved by hand; its signatures prove nothing.', 'mark')]
      : []),
    text(leadOf(report), 'lead'),
    { kind: 'pairs', rows: [...keyFacts(report), ...coverage(report)] },
  ]
}

function leadOf(report: Report): string {
  const { state, declared, through } = report
  const began = `${upperFirst(kindLabel(state.kind))}, declared ${momentWords(report, declared.at)} by ${nameWords(declared.by)}.`
  const { closed } = state
  if (!closed)
    return `${began} Open, in ${phaseLabel(state.phase)}, when this report was made ${lengthWords(declared.at, through.at)} later.`
  return `${began} Closed ${momentWords(report, closed.at)}, after ${lengthWords(declared.at, closed.at)}: ${outcomeWords(report)}.`
}

export function outcomeWords({ state: { closed } }: Report): string {
  const row = outcomes.find(({ id }) => id === closed?.outcome)
  return row ? `${row.label}${closed?.duplicateOf ? ` ${closed.duplicateOf}` : ''}` : 'none yet'
}

function keyFacts(report: Report): Pairs {
  const { state, declared, closings } = report
  const { facts } = state
  const row = outcomes.find(({ id }) => id === state.closed?.outcome)
  const reason = closings.at(-1)?.reason
  const known = (['discovered', 'affected', 'phi', 'unsecured', 'permitted', 'severity'] as const).flatMap(
    (fact) => {
      const recorded = facts[fact]
      return recorded ? [[labels[fact], upperFirst(factWords(fact, recorded.value, report))] as const] : []
    },
  )
  return [
    ['Incident', state.incident],
    ['Kind', upperFirst(kindLabel(state.kind))],
    ...(declared.sentence ? [['Reported as', declared.sentence] as const] : []),
    [
      'Outcome',
      row
        ? [
            `${upperFirst(outcomeWords(report))}. ${row.meaning} ${row.citation}`,
            ...(reason ? [`Why: ${reason}`] : []),
          ].join('\n')
        : 'Not closed',
    ],
    ['Phase', phaseLabel(state.phase)],
    ...known,
    ['Notifications', notifications(report)],
    ['Decisions', people(report.decisions.length)],
  ]
}

const labels = {
  discovered: 'Discovery date',
  affected: 'Affected individuals',
  phi: 'PHI',
  unsecured: 'Unsecured PHI',
  permitted: 'Use or disclosure',
  severity: 'Severity',
}

/** `3 sent, none late · 1 counting, last day Tue 19 Jan 2027` */
export function notifications({ clocks }: Report): string {
  const met = clocks.filter(({ status }) => status === 'met')
  const late = met.filter(isMetLate).length
  const running = clocks.filter(({ status }) => status === 'running')
  const next = running.flatMap(({ lastDay }) => lastDay ?? []).sort()[0]
  const sent =
    met.length > 0 ? `${met.length} sent, ${late === 0 ? 'none late' : `${late} late`}` : 'none sent'
  return running.length > 0
    ? `${sent} · ${running.length} counting${next ? `, next last day ${sayDay(next)}` : ''}`
    : `${sent} · none counting`
}

function coverage(report: Report): Pairs {
  const { state, through, scope, askedBy } = report
  const asked = askedBy ? `\nAsked for by ${whoWords(askedBy)}` : ''
  return [
    ['Covers', `Entries 1 to ${people(through.seq)}, to ${momentWords(report, through.at)}`],
    ...(scope ? [['Scope', `${scopeWords(scope)}${asked}`] as const] : []),
    [
      'Times',
      `In ${zoneOf(report)}; the record itself is kept in UTC.\n${momentWords(report, through.at)} is ${utcIso(through.at)}`,
    ],
    ['Recorded in', `${upperFirst(state.platform)}, workspace ${state.workspace}`],
    ['Hash of the last entry', through.head],
  ]
}

const scopes: Readonly<Record<string, string>> = {
  'decision-file': 'Decision file (45 CFR 164.414(b)): everything but chatter',
  full: 'Full: everything on the record',
  dates: 'Dates',
}

export function scopeWords({ scope, from, to }: Scope): string {
  const words = scopes[scope] ?? upperFirst(scope)
  const days = [from && `from ${sayDay(from as never)}`, to && `to ${sayDay(to as never)}`].filter(Boolean)
  return days.length > 0 ? `${words} ${days.join(' ')}` : words
}

/** Whether it is a phase this version knows, for words of its own. */
export const phaseWords = (id: string): string => (isPhase(id) ? phaseLabel(id) : id)
