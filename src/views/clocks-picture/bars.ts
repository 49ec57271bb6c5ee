/** One clock's days as a bar: what has gone by is thick, what is left thin, what a fact decides dashed. */
import { type CalendarDate, earlier } from '../../domain/calendar.ts'
import { line, marker, rect } from '../report/picture/drawing.ts'
import type { Shape } from '../report/picture/shapes.ts'
import type { ClockRow, Mark } from './told.ts'

const signs: Readonly<Record<Mark, (x: number, y: number) => Shape>> = {
  late: (x, y) => marker('triangle', x, y, 15, 'late'),
  open: (x, y) => marker('circle', x, y, 12, 'mark', true),
  depends: (x, y) => marker('diamond', x, y, 13, 'gap', true),
  met: (x, y) => marker('check', x, y, 15, 'mark'),
  'met-late': (x, y) => marker('cross', x, y, 14, 'late'),
}

/** Beside the clock's name; the words under it say the same. */
export const markSign = (mark: Mark, x: number, y: number): Shape => signs[mark](x, y)

export const delayBand = (
  { from, until }: NonNullable<ClockRow['delay']>,
  x: X,
  middle: number,
): readonly Shape[] => [
  rect([x(from), middle - 10], [Math.max(x(until) - x(from), 3), 20], 'gap', {
    hatched: true,
    stroke: 'gap',
  }),
]

export function bar(
  row: ClockRow,
  today: CalendarDate,
  x: X,
  middle: number,
  edge: number,
): readonly Shape[] {
  const { from, to, target, metOn, mark, isUndecided } = row
  const start = x(from)
  const end = to ? x(to) : metOn ? x(metOn) : edge
  const gone = metOn ?? (to ? earlier(today, to) : from)
  const isOpenEnded = to === null && metOn === null
  return [
    line([start, middle], [end, middle], 'quiet', { width: 2.5, dashed: isUndecided || isOpenEnded }),
    ...(gone > from && !isOpenEnded && mark !== 'depends'
      ? [line([start, middle], [x(gone), middle], 'bar', { width: 7 })]
      : []),
    // How late it is, or how late it went.
    ...(to && (mark === 'late' || mark === 'met-late')
      ? [line([x(to), middle], [x(metOn ?? today), middle], 'late', { width: 7 })]
      : []),
    marker('circle', start, middle, 10, 'text'),
    ...(target ? [marker('square', x(target), middle, 10, 'text', true)] : []),
    ...(to ? [marker('flag', end, middle - 5, 18, 'text', isUndecided)] : []),
    ...(metOn ? [metSign(x(metOn), end, middle, mark)] : []),
  ]
}

/** Under the flag where both are on one day or nearly. */
function metSign(at: number, end: number, middle: number, mark: Mark): Shape {
  const y = Math.abs(at - end) < 20 ? middle + 6 : middle
  return mark === 'met-late' ? marker('cross', at, y, 14, 'late') : marker('check', at, y, 15, 'mark')
}

export type X = (day: CalendarDate) => number
