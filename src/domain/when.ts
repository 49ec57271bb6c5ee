// What a person means by a date or a time: ISO and American dates, `18 Nov 2026`, `yesterday 22:10`, `fri`, `3 days ago`,
// instants with offset. Nothing is guessed: a time the clocks skipped or showed twice, a day still to come and a day
// before 1996 are refused with what to type instead.
import { addDays, type CalendarDate, dateFromParts, yearOf } from './calendar.ts'
import { sayDay, sayMomentFull } from './dates-in-words.ts'
import { dayIn, type Tense } from './when-day.ts'
import {
  dateIn,
  type Instant,
  instantOf,
  instantsAt,
  type LocalTime,
  localIso,
  type Moment,
  msOf,
} from './zone.ts'

export type WhenReason =
  | 'in_the_future'
  | 'in_the_past'
  | 'before_1996'
  | 'too_far_away'
  | 'ambiguous_local_time'
  | 'skipped_local_time'
  | 'no_such_date'
  | 'not_understood'

export type When =
  | { kind: 'date'; date: CalendarDate }
  | { kind: 'instant'; at: Instant; date: CalendarDate }
  | { kind: 'refused'; reason: WhenReason; message: string }

/** `past` for what happened, `future` for what is to come (a snooze, a delay's end), `any` for both. */
export type WhenOptions = { now: Moment; zone: string; tense?: Tense }

const latestYear = 2199
const examples = 'Type a date like 2026-11-18 or 18 Nov 2026, or a time like "yesterday 22:10".'

const refuse = (reason: WhenReason, message: string): When => ({ kind: 'refused', reason, message })

const timePattern =
  /(?:^|[\s,]|(?<=\d)t)(?:at\s+)?(\d{1,2})(?::([0-5]\d))?(?::[0-5]\d)?\s*(am|pm|a\.m\.|p\.m\.)?$/

const timeFirst =
  /^(\d{1,2}(?::[0-5]\d)?\s*(?:am|pm)?|noon),?\s+(?:on\s+)?([a-z].*|\d{4}-\d{2}-\d{2}|\d{1,2}\/.*)$/

type Split = { day: string; time: LocalTime | null }

// A bare number is no time: it needs a colon or am/pm, so that "18 nov 2026" keeps its year.
const splitTime = (text: string): Split | null => {
  if (/(^|\s)noon$/.test(text))
    return { day: text.replace(/\s*(at\s+)?noon$/, ''), time: { hour: 12, minute: 0 } }
  const found = timePattern.exec(text)
  const turned = found ? null : timeFirst.exec(text)
  if (turned && /[:mn]/.test(turned[1]!)) return splitTime(`${turned[2]} ${turned[1]}`)
  if (!found || (found[2] === undefined && found[3] === undefined)) return { day: text, time: null }
  const half = found[3]?.[0]
  const typed = Number(found[1])
  if (half ? typed < 1 || typed > 12 : typed > 23) return null
  const hour = half ? (typed % 12) + (half === 'p' ? 12 : 0) : typed
  const day = text.slice(0, found.index).replace(/[\s,]+$/, '')
  return { day, time: { hour, minute: Number(found[2] ?? 0) } }
}

const outOfRange = (date: CalendarDate): When | null => {
  if (yearOf(date) < 1996) return refuse('before_1996', `${sayDay(date)} is before 1996. ${examples}`)
  if (yearOf(date) > latestYear) return refuse('too_far_away', `${sayDay(date)} is too far away. ${examples}`)
  return null
}

const inTense = (
  when: Exclude<When, { kind: 'refused' }>,
  { now, zone, tense = 'past' }: WhenOptions,
): When => {
  const range = outOfRange(when.date)
  if (range) return range
  const today = dateIn(zone, now)
  const ahead = when.kind === 'date' ? when.date > today : msOf(when.at) > msOf(now)
  const behind = when.kind === 'date' ? when.date < today : msOf(when.at) <= msOf(now)
  const said = when.kind === 'date' ? sayDay(when.date) : sayMomentFull(zone, when.at)
  if (tense === 'past' && ahead)
    return refuse(
      'in_the_future',
      `${said} is still to come. Type when it happened, for example "yesterday 22:10".`,
    )
  if (tense === 'future' && behind)
    return refuse('in_the_past', `${said} has passed. Type a day still to come, for example "tomorrow".`)
  return when
}

const atLocalTime = (date: CalendarDate, time: LocalTime, options: WhenOptions): When => {
  const range = outOfRange(date)
  if (range) return range
  const instants = instantsAt(options.zone, date, time)
  const said = `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')} on ${sayDay(date)}`
  const [first, second] = instants
  if (!first)
    return refuse(
      'skipped_local_time',
      `${said} did not exist in ${options.zone}: the clocks went forward. Type a time just before or after it.`,
    )
  if (second) {
    const either = instants.map((at) => localIso(options.zone, at)).join(' or ')
    return refuse(
      'ambiguous_local_time',
      `${said} came twice in ${options.zone}: the clocks went back. Type ${either}.`,
    )
  }
  return inTense({ kind: 'instant', at: first, date }, options)
}

const units: Record<string, number> = { minute: 1, min: 1, hour: 60, hr: 60, h: 60 }
const elapsed = /^(\d{1,4}|an?)\s*(minute|min|hour|hr|h)s?\s+ago$/
const withOffset =
  /^(\d{4})-(\d{2})-(\d{2})[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(z|[+-]\d{2}:?\d{2})$/

const asInstant = (text: string, { now }: WhenOptions): number | null | 'wrong' => {
  if (text === 'now' || text === 'just now') return msOf(now)
  const ago = elapsed.exec(text)
  if (ago) return msOf(now) - (Number(ago[1]) || 1) * units[ago[2]!]! * 60_000
  const iso = withOffset.exec(text)
  if (!iso) return null
  const [, year, month, day, hour, minute, second = '00', offset] = iso
  if (!dateFromParts(Number(year), Number(month), Number(day))) return 'wrong'
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return 'wrong'
  const zone = offset === 'z' ? 'Z' : `${offset!.slice(0, 3)}:${offset!.slice(-2)}`
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
  return Number.isNaN(ms) ? 'wrong' : ms
}

const notUnderstood = (text: string): When =>
  refuse('not_understood', `"${text.slice(0, 60)}" is no date or time I know. ${examples}`)

export const parseWhen = (text: string, options: WhenOptions): When => {
  const { now, zone, tense = 'past' } = options
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (typed.length > 60) return notUnderstood(text.trim())
  const instant = asInstant(typed, options)
  if (instant === 'wrong') return refuse('no_such_date', `"${text.trim()}" does not exist. ${examples}`)
  if (instant !== null)
    return inTense({ kind: 'instant', at: instantOf(instant), date: dateIn(zone, instant) }, options)

  const split = splitTime(typed)
  if (!split) return notUnderstood(text.trim())
  const today = dateIn(zone, now)
  const day = split.day === '' && split.time ? { date: today } : dayIn(split.day, today, tense)
  if (day === 'no_such_date')
    return refuse('no_such_date', `"${text.trim()}" is not in the calendar. ${examples}`)
  if (!day) return notUnderstood(text.trim())
  if (!split.time) return inTense({ kind: 'date', date: day.date }, options)

  // A weekday named with a time still to come today means the same weekday a week ago: "fri 23:00" typed on Friday noon.
  const when = atLocalTime(day.date, split.time, options)
  const other = tense === 'future' ? 7 : -7
  const wrongSide =
    when.kind === 'refused' && (when.reason === 'in_the_future' || when.reason === 'in_the_past')
  if (wrongSide && 'weekday' in day) return atLocalTime(addDays(day.date, other), split.time, options)
  return when
}
