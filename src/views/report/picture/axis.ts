/**
 * Where a moment lies on the picture. A short incident has one scale; where a long one was dense at first, its first day
 * has a scale of its own, and the change is drawn. Ticks are midnights and full hours of the incident's zone.
 */
import { addDays, type CalendarDate, daysBetween, formatDate } from '../../../domain/calendar.ts'
import { dateIn, instantAt, msOf } from '../../../domain/zone.ts'
import { widthOf } from './labels.ts'

export interface Segment {
  readonly from: number
  readonly to: number
  readonly x0: number
  readonly x1: number
}

export interface Axis {
  readonly segments: readonly Segment[]
  readonly x: (ms: number) => number
}

export interface Tick {
  readonly x: number
  readonly words: string
  /** A midnight among hours: drawn stronger. */
  readonly strong: boolean
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
export const TICK_SIZE = 10

/** Between two scales. */
const breakWidth = 14

export function axisOf(
  { from, to }: { readonly from: number; readonly to: number },
  marks: readonly number[],
  { x0, x1 }: { readonly x0: number; readonly x1: number },
): Axis {
  const end = Math.max(to, from + hourMs)
  const early = marks.filter((at) => at <= from + dayMs).length
  const isDense = end - from > 4 * dayMs && early >= 4 && early >= marks.length / 4
  const middle = x0 + (x1 - x0) * 0.45
  const segments: Segment[] = isDense
    ? [
        { from, to: from + dayMs, x0, x1: middle },
        { from: from + dayMs, to: end, x0: middle + breakWidth, x1 },
      ]
    : [{ from, to: end, x0, x1 }]
  return {
    segments,
    x(ms) {
      const segment = segments.find((each) => ms <= each.to) ?? segments.at(-1)!
      const part = (ms - segment.from) / (segment.to - segment.from)
      return segment.x0 + Math.min(Math.max(part, 0), 1) * (segment.x1 - segment.x0)
    },
  }
}

const hourSteps = [0.25, 0.5, 1, 2, 3, 4, 6, 12]
const daySteps = [1, 2, 3, 7, 14, 21, 28, 56, 112, 364]
const gap = 12

const two = (part: number): string => String(part).padStart(2, '0')

/** The finest ticks whose words have room. */
export function ticksOf(segment: Segment, zone: string, size = TICK_SIZE): readonly Tick[] {
  const { from, to, x0, x1 } = segment
  const perMs = (x1 - x0) / (to - from)
  const x = (ms: number) => x0 + (ms - from) * perMs
  const room = (words: string) => (widthOf(words, size) + gap) / perMs
  const first = dateIn(zone, from)
  const last = dateIn(zone, to)
  const midnight = (date: CalendarDate) => msOf(instantAt(zone, date, { hour: 0, minute: 0 }))
  const days = daysBetween(first, last) + 1
  const inside = (ms: number) => ms >= from && ms <= to
  const hours = hourSteps.find((step) => step * hourMs >= room('00:00'))
  // With a step of half a day or less there is a date at each midnight, so it must have room too.
  if (hours !== undefined && (to - from <= 2 * dayMs || room('Wed 30 Sep') < 12 * hourMs)) {
    const step = Math.max(hours, hourSteps.find((each) => each * hourMs >= room('Wed 30 Sep')) ?? 12)
    return Array.from({ length: days }, (_, index) => addDays(first, index)).flatMap((date) =>
      Array.from({ length: Math.ceil(24 / step) }, (_, index) => index * step)
        .map((hour) => ({ hour, time: { hour: Math.floor(hour), minute: (hour % 1) * 60 } }))
        .map(({ hour, time }) => ({ ms: msOf(instantAt(zone, date, time)), hour, time }))
        .filter(({ ms }) => inside(ms))
        .map(({ ms, hour, time }) => ({
          x: x(ms),
          words: hour === 0 ? formatDate(date, 'EEE d MMM') : `${two(time.hour)}:${two(time.minute)}`,
          strong: hour === 0,
        })),
    )
  }
  const isLong = to - from > 300 * dayMs
  const pattern = isLong ? 'd MMM yyyy' : 'EEE d MMM'
  const sample = isLong ? '30 Sep 2026' : 'Wed 30 Sep'
  const step = daySteps.find((each) => each * dayMs >= room(sample)) ?? 364
  const dates = Array.from({ length: Math.ceil(days / step) + 1 }, (_, index) => addDays(first, index * step))
  return dates
    .map((date) => ({ ms: midnight(date), date }))
    .filter(({ ms }) => inside(ms))
    .map(({ ms, date }) => ({ x: x(ms), words: formatDate(date, pattern), strong: true }))
}
