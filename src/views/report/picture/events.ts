/** What the picture shows, as a table in the order of time: for who cannot see it. */
import { sayDay } from '../../../domain/dates-in-words.ts'
import { phaseLabel } from '../../../domain/phases.ts'
import type { Report } from '../../../domain/report/report.ts'
import { roleLabel } from '../../../domain/roles.ts'
import { dateIn } from '../../../domain/zone.ts'
import { type Table, table } from '../block.ts'
import { gapWords } from '../coverage-words.ts'
import { clockLabel } from '../fact-words.ts'
import { momentWords, nameWords, zoneOf } from '../words.ts'

interface Moment {
  /** An instant, or a day. */
  readonly at: string
  readonly what: string
}

export function eventsTable(report: Report): Table {
  const zone = zoneOf(report)
  const moments: Moment[] = [
    ...report.phases.map(({ at, phase }) => ({ at, what: `Phase ${phaseLabel(phase)} begins` })),
    ...report.decisions.map(({ at, number }) => ({ at, what: `Decision ${number}` })),
    ...report.tenures.map(({ at, role, holder }) => ({
      at,
      what: `${nameWords(holder)} holds ${roleLabel(role)}`,
    })),
    ...report.state.gaps.map((gap) => ({
      at: gap.from,
      what: `${gapWords(gap)}, until ${gap.to ? momentWords(report, gap.to) : 'a moment not known'}`,
    })),
    ...report.closings.map(({ at, outcome }) => ({ at, what: outcome ? 'Closed' : 'Reopened' })),
    ...report.clocks.flatMap(({ id, lastDay, metOn }): Moment[] => [
      ...(metOn ? [{ at: metOn, what: `${clockLabel(id)}: sent` }] : []),
      ...(lastDay ? [{ at: lastDay, what: `${clockLabel(id)}: last day` }] : []),
    ]),
    ...byDay(report).map(([on, count]) => ({ at: on, what: `${count} messages on this day` })),
  ]
  const order = ({ at }: Moment) => (at.length === 10 ? `${at}T` : `${dateIn(zone, at)}T${at}`)
  const rows = moments
    .map((moment) => ({ moment, key: order(moment) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ moment }) => [
      moment.at.length === 10 ? sayDay(moment.at as never) : momentWords(report, moment.at),
      moment.what,
    ])
  return table(
    'What the picture shows, in the order of time',
    [
      ['When', 4],
      ['What', 10],
    ],
    rows,
    'Nothing happened.',
  )
}

function byDay(report: Report): readonly (readonly [string, number])[] {
  const days = new Map<string, number>()
  for (const { at, count } of report.messages.hours) {
    const on = dateIn(zoneOf(report), at)
    days.set(on, (days.get(on) ?? 0) + count)
  }
  return [...days]
}
