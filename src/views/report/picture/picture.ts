/** The whole incident in one picture: what happened in the response, and under it the deadlines of the law. */
import { sayDay } from '../../../domain/dates-in-words.ts'
import type { Report } from '../../../domain/report/report.ts'
import { msOf } from '../../../domain/zone.ts'
import { outcomeWords } from '../cover.ts'
import { momentWords } from '../words.ts'
import { type Axis, axisOf, ticksOf } from './axis.ts'
import { deadlines } from './deadlines.ts'
import { type Lane, line, marker, PLOT, rect, SMALL, WIDTH, words } from './drawing.ts'
import { grid } from './grid.ts'
import { coverageLane, decisionsLane, messagesLane, phasesLane, rolesLane } from './lanes.ts'
import { type Entry, legendOf } from './legend.ts'
import type { Form, Ink, Picture, Shape } from './shapes.ts'

export function pictureOf(report: Report): Picture {
  const zone = report.state.organisation.zone
  const window = { from: msOf(report.declared.at), to: lastActAt(report) }
  const axis = axisOf(window, marksOf(report), PLOT)
  const top = 62
  let y = top + 6
  const lanes: Lane[] = []
  for (const lane of [phasesLane, messagesLane, decisionsLane, rolesLane, coverageLane]) {
    const drawn = lane(report, axis, y)
    lanes.push(drawn)
    y += drawn.height
  }
  const panel = deadlines(report, y + 12)
  const key = legend(y + 12 + panel.height + 14)
  return {
    width: WIDTH,
    height: y + 12 + panel.height + 14 + key.height,
    title: `${report.state.incident} in one picture`,
    description: describe(report),
    shapes: [
      words(4, 16, 'The response', { size: 13, bold: true }),
      ...grid(
        axis.segments.flatMap((segment) => ticksOf(segment, zone)),
        top,
        y - 4,
      ),
      ...scaleChange(report, axis, top, y - 4),
      ...lanes.flatMap(({ shapes }) => shapes),
      ...endings(report, axis, y - 4),
      ...panel.shapes,
      ...key.shapes,
    ],
  }
}

/** When people last did something: an export years later is no part of the response. */
function lastActAt(report: Report): number {
  const { phases, decisions, tenures, facts, notes, items, closings, messages, answers, state } = report
  const last = messages.hours.at(-1)
  const acts = [phases, decisions, tenures, facts, notes, closings, answers].flatMap((rows) =>
    rows.map(({ at }) => at),
  )
  const ends = [
    report.declared.at,
    ...acts,
    ...items.flatMap(({ settledBy }) => settledBy?.at ?? []),
    ...state.gaps.flatMap(({ to }) => to ?? []),
    ...(last ? [new Date(Math.min(msOf(last.at) + 3_600_000, msOf(report.through.at))).toISOString()] : []),
  ]
  return Math.max(...ends.map(msOf))
}

const marksOf = ({ phases, decisions, tenures, messages }: Report): readonly number[] =>
  [...phases, ...decisions, ...tenures, ...messages.hours].map(({ at }) => msOf(at))

function scaleChange(report: Report, { segments }: Axis, top: number, bottom: number): readonly Shape[] {
  const [first, second] = segments
  const began = momentWords(report, report.declared.at)
  if (!first || !second) return [words(PLOT.x0, 36, `From ${began}`, { size: SMALL, fill: 'quiet' })]
  return [
    rect([first.x1 + 2, top], [second.x0 - first.x1 - 4, bottom - top], 'paper'),
    line([first.x1 + 4, top], [first.x1 + 4, bottom], 'quiet', { dashed: true }),
    line([second.x0 - 4, top], [second.x0 - 4, bottom], 'quiet', { dashed: true }),
    words(first.x0, 36, `The first 24 hours, from ${began}`, { size: SMALL, fill: 'quiet' }),
    words(second.x0, 36, 'After them, on a scale of days', { size: SMALL, fill: 'quiet' }),
  ]
}

/** Closings and reopenings as lines through every lane, named at the right of the title. */
function endings(report: Report, axis: Axis, bottom: number): readonly Shape[] {
  const { closed } = report.state
  const lines = report.closings.map(({ at, outcome }) =>
    line([axis.x(msOf(at)), 62], [axis.x(msOf(at)), bottom], 'text', {
      width: 1.5,
      dashed: outcome === null,
    }),
  )
  const label = closed
    ? `closed ${momentWords(report, closed.at)}: ${outcomeWords(report)}`
    : `open at the end of this report, ${momentWords(report, report.through.at)}`
  return [...lines, words(PLOT.x1, 16, label, { anchor: 'end' })]
}

const key: readonly (readonly [Form, Ink, boolean, string])[] = [
  ['diamond', 'mark', false, 'decision'],
  ['circle', 'text', false, 'discovery'],
  ['square', 'text', true, 'target'],
  ['flag', 'text', false, 'last day'],
  ['check', 'mark', false, 'sent in time'],
  ['cross', 'late', false, 'sent late'],
]

function legend(top: number): Lane {
  const gap = (hatched: boolean) => (at: number, row: number) =>
    rect([at, row], [18, 12], hatched ? 'gap' : 'paper', { hatched, stroke: 'gap' })
  const through = (dashed: boolean) => (at: number, row: number) =>
    line([at + 2, row - 1], [at + 2, row + 13], 'text', { width: 1.5, dashed })
  return legendOf(
    [
      ...key.map(
        ([form, ink, hollow, label]): Entry => ({
          width: 12,
          draw: (at, row) => marker(form, at + 6, row + 6, 10, ink, hollow),
          label,
        }),
      ),
      { width: 18, draw: gap(true), label: 'not seen' },
      { width: 18, draw: gap(false), label: 'read afterwards' },
      { width: 4, draw: through(false), label: 'closed' },
      { width: 4, draw: through(true), label: 'reopened, or report ends' },
    ],
    top,
    { x0: 4, x1: WIDTH - 4, size: SMALL },
  )
}

/** The picture in two sentences, for who does not see it; the table beside it has the rest. */
export function describe(report: Report): string {
  const { phases, decisions, tenures, clocks, state, messages } = report
  const days = clocks.filter(({ status }) => status === 'met' || status === 'running')
  return [
    `A time line with ${phases.length} phases, ${messages.posted} messages, ${decisions.length} decisions, ${tenures.length} changes of roles and ${state.gaps.length} gaps in coverage.`,
    ...days.map(
      ({ label, lastDay, metOn }) =>
        `${label}: ${lastDay ? `last day ${sayDay(lastDay)}` : 'no last day'}, ${metOn ? `sent ${sayDay(metOn)}` : 'not sent'}.`,
    ),
  ].join(' ')
}
