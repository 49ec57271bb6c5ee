/** The second panel: each notification clock on a scale of days, from discovery to the law's last day, and when it was met. */
import { type CalendarDate, daysBetween, earlier, formatDate, later } from '../../../domain/calendar.ts'
import { discoveryOn, type IncidentClock, isMetLate } from '../../../domain/incident-clocks.ts'
import type { Report } from '../../../domain/report/report.ts'
import { dateIn, instantAt, msOf } from '../../../domain/zone.ts'
import { spareWords } from '../../clock-words.ts'
import { shortCitation, upperFirst } from '../../scene.ts'
import { zoneOf } from '../words.ts'
import { type Axis, axisOf, ticksOf } from './axis.ts'
import { type Lane, line, marker, PLOT, rect, SMALL, words } from './drawing.ts'
import { grid } from './grid.ts'
import { cut, widthOf, wrapped } from './labels.ts'
import type { Shape } from './shapes.ts'

const rowHeight = 42

export const isDrawn = ({ lastDay, metOn }: IncidentClock): boolean => lastDay !== null || metOn !== null

export function deadlines(report: Report, y: number): Lane {
  const zone = zoneOf(report)
  const clocks = report.clocks.filter(isDrawn)
  const began = discoveredOn(report)
  const days = clocks.flatMap(({ lastDay, metOn, target }) =>
    [lastDay, metOn, target].filter((each) => each !== null),
  )
  const first = days.reduce(earlier, began)
  const last = days.reduce(later, began)
  const noon = (date: CalendarDate) => msOf(instantAt(zone, date, { hour: 12, minute: 0 }))
  const padding = Math.max(daysBetween(first, last) / 25, 1) * 86_400_000
  const axis = axisOf({ from: noon(first) - padding / 2, to: noon(last) + padding }, [], PLOT)
  const head = 50
  const height = head + clocks.length * rowHeight + 8
  if (clocks.length === 0)
    return {
      height: 44,
      shapes: [
        ...title(y),
        words(PLOT.x0, y + 34, 'no notification is owed on the facts recorded', { fill: 'quiet' }),
      ],
    }
  return {
    height,
    shapes: [
      ...title(y),
      ...grid(ticksOf(axis.segments[0]!, zone), y + head - 12, y + height - 8),
      ...now(report, first, last, (date) => axis.x(noon(date)), [y + head - 12, y + height - 8]),
      ...clocks.flatMap((clock, index) =>
        row(clock, began, y + head + index * rowHeight, (date) => axis.x(noon(date)), axis),
      ),
    ],
  }
}

/** Where the report ends, while something still counts. */
function now(
  report: Report,
  first: CalendarDate,
  last: CalendarDate,
  x: (date: CalendarDate) => number,
  [top, bottom]: readonly [number, number],
): readonly Shape[] {
  const today = dateIn(zoneOf(report), report.through.at)
  const isCounting = report.clocks.some(({ status }) => status === 'running')
  if (!isCounting || today < first || today > last) return []
  return [line([x(today), top], [x(today), bottom], 'text', { dashed: true, width: 1.5 })]
}

const title = (y: number): readonly Shape[] => [
  words(4, y + 16, 'Notification deadlines', { size: 13, bold: true }),
]

const discoveredOn = (report: Report): CalendarDate => {
  const zone = zoneOf(report)
  return discoveryOn(report.state) ?? dateIn(zone, report.declared.at)
}

const short = (date: CalendarDate): string => formatDate(date, 'EEE d MMM yyyy')

/** One line of words over one line of time, so that nothing has to be fitted beside its marker. */
function row(
  clock: IncidentClock,
  began: CalendarDate,
  y: number,
  x: (date: CalendarDate) => number,
  axis: Axis,
): readonly Shape[] {
  const { lastDay, metOn, target, spare, spareMs, status, daysLeft } = clock
  const isLate = isMetLate(clock) || (status === 'running' && (daysLeft ?? 0) < 0)
  const said = [
    lastDay ? `last day ${short(lastDay)}` : 'no last day any more',
    metOn ? `sent ${short(metOn)}${spare === null ? '' : `, ${spareWords(spare, spareMs)}`}` : 'not sent',
    shortCitation(clock.citation),
  ].join(' · ')
  const line1 = y + 10
  const middle = y + 29
  const end = lastDay ?? metOn ?? began
  const shown = cut(said, SMALL, axis.segments[0]!.x1 - PLOT.x0)
  return [
    ...wrapped(upperFirst(clock.label), BOLD, PLOT.x0 - 14, 2).map((text, index) =>
      words(4, line1 + index * 13, text, { bold: true }),
    ),
    // Over the lines of the axis, which would run through the words.
    rect([PLOT.x0, line1 - 9], [widthOf(shown, SMALL), 12], 'paper'),
    words(PLOT.x0, line1, shown, {
      size: SMALL,
      ...(isLate ? { fill: 'late' as const, bold: true } : {}),
    }),
    line([x(began), middle], [x(end), middle], 'quiet', { width: 3 }),
    marker('circle', x(began), middle, 8, 'text'),
    ...(target && lastDay && target < lastDay ? [marker('square', x(target), middle, 8, 'text', true)] : []),
    ...(lastDay ? [marker('flag', x(lastDay), middle - 4, 14, 'text')] : []),
    ...(metOn
      ? [
          marker(
            isLate ? 'cross' : 'check',
            x(metOn),
            middle + (lastDay && Math.abs(x(metOn) - x(lastDay)) < 16 ? 6 : 0),
            12,
            isLate ? 'late' : 'mark',
          ),
        ]
      : []),
  ]
}

/** Bold letters are wider. */
const BOLD = 11.6
