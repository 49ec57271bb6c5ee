/** One clock in words: the answer first, the reason second, the law last. */
import { type CalendarDate, daysBetween, parseCalendarDate } from '../domain/calendar.ts'
import {
  sayDay,
  sayDayShort,
  sayDays,
  sayDaysLeft,
  sayLastDay,
  sayLength,
  sayMoment,
  sayTime,
} from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type ClockId, clockOwner, type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import { isNobodyReached } from '../domain/incident-reminders.ts'
import { notificationOwner, type Stage, stageOf } from '../domain/notifications.ts'
import type { AtOnce } from '../domain/owed-at-once.ts'
import { findRegulation } from '../domain/regulations.ts'
import { dateIn } from '../domain/zone.ts'
import type { Span } from './card.ts'
import { askedFirst, person, type Scene, shortCitation, todayOf, zoneOf } from './scene.ts'

const computed = new WeakMap<
  IncidentState,
  { readonly at: number; readonly clocks: readonly IncidentClock[] }
>()

/** A state never changes: what is drawn over many incidents, or for many people, computes each once. */
export function clocksOf({ state, now }: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] {
  const known = computed.get(state)
  if (known?.at === now.getTime()) return known.clocks
  const clocks = incidentClocks(state, now)
  computed.set(state, { at: now.getTime(), clocks })
  return clocks
}

/** Owed, counting and not yet met, the earliest last day first. */
export const runningClocks = (scene: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] =>
  clocksOf(scene)
    .filter(({ status, lastDay }) => status === 'running' && lastDay !== null)
    .sort((a, b) => (a.lastDay! < b.lastDay! ? -1 : a.lastDay! > b.lastDay! ? 1 : 0))

/** The same where each is counted once: while HHS depends on a count, only its earlier day. */
export const countedClocks = (scene: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] => {
  const running = runningClocks(scene)
  const first = running.find(isCountOpen)
  return running.filter((clock) => !isCountOpen(clock) || clock === first)
}

/** What is to be done now though no law names its day; what waits for another act has not come yet. */
export const undatedClocks = (scene: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] =>
  clocksOf(scene).filter(({ status, lastDay, pending }) => status === 'running' && !lastDay && !pending)

export const isAtOnce = ({ atOnce }: Pick<IncidentClock, 'atOnce'>): boolean => atOnce !== null

/** All that somebody owes: at once, then by its last day, then what has none. */
export function owedClocks(scene: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] {
  const undated = undatedClocks(scene)
  return [
    ...undated.filter(isAtOnce),
    ...countedClocks(scene),
    ...undated.filter((clock) => !isAtOnce(clock)),
  ]
}

/** What stands first where only one is shown: what is owed at once, else the nearest last day. */
export const mostPressing = (scene: Pick<Scene, 'state' | 'now'>): IncidentClock | undefined =>
  undatedClocks(scene).find(isAtOnce) ?? runningClocks(scene)[0]

/** When it is owed, as the middle of a sentence: `last day Tue 19 Jan 2027 · 57 days left`, or why no day is named. */
export function owedWords(scene: Pick<Scene, 'state' | 'now'>, clock: IncidentClock): string {
  if (clock.atOnce) return atOnceWords(scene, clock.atOnce)
  if (!clock.lastDay) return waitWords(clock)
  return `last day ${isPast(clock, scene.now) ? 'was ' : ''}${lastDayWords(scene, clock)}`
}

/** `without delay, owed for 6 hours (since Fri 20 Nov 22:41)`: how long it is owed, and never until when. */
export function atOnceWords({ state, now }: Pick<Scene, 'state' | 'now'>, atOnce: AtOnce): string {
  const { since, from, delayedUntil } = atOnce
  const today = dateIn(zoneOf(state), now)
  if (delayedUntil && now.getTime() < Date.parse(from))
    return `without delay once the law-enforcement delay ends on ${sayDay(delayedUntil)}: have it ready, and make no call before`
  const day = parseCalendarDate(since)
  if (day)
    return `without delay, owed ${day === today ? 'since today' : `for ${sayDays(daysBetween(day, today))} (since ${sayDayShort(day)})`}`
  const owedMs = now.getTime() - Date.parse(since)
  if (owedMs < 60_000) return 'without delay, besides the letters'
  return `without delay, owed for ${sayLength(owedMs)} (since ${sayMoment(zoneOf(state), since)})`
}

/** As text that sorts: what is owed at once, by its hour or day, and last what has none. */
export const urgencyOf = (clock: IncidentClock): string =>
  isAtOnce(clock) ? '0' : (clock.dueAt ?? clock.lastDay ?? '9999')

/** Its last day is over, or its hour, and no notice went out. */
export const isPast = ({ status, dueAt, daysLeft }: IncidentClock, now: Date): boolean =>
  status === 'running' && (dueAt ? Date.parse(dueAt) <= now.getTime() : (daysLeft ?? 0) < 0)

/** `Tue 19 Jan 2027 · 57 days left`, with the working day to post by where it is another one, or the hour where hours count. */
export function lastDayWords(scene: Pick<Scene, 'state' | 'now'>, clock: IncidentClock): string {
  if (!clock.lastDay) return 'no last day yet'
  const today = todayOf(scene)
  if (clock.dueAt) {
    const at = sayTime(zoneOf(scene.state), clock.dueAt)
    const isOver = today === clock.lastDay && isPast(clock, scene.now)
    return `${sayDay(clock.lastDay)} ${at} · ${isOver ? `late since ${at} today` : sayDaysLeft(today, clock.lastDay)}`
  }
  return `${sayLastDay(today, clock.lastDay)}${postByWords(clock, today)}`
}

/** The last working day comes before the last day: once it is here, days left must not read as time to post. */
function postByWords({ postBy, lastDay }: IncidentClock, today: CalendarDate): string {
  if (!postBy || !lastDay || today > lastDay) return ''
  if (today === postBy) return ' (post today: it is the last working day)'
  return today > postBy
    ? ` (the last working day was ${sayDayShort(postBy)})`
    : ` (post by ${sayDayShort(postBy)})`
}

/** Running clocks of which nobody could be told, however many were asked. */
export const untoldClocks = (scene: Pick<Scene, 'state' | 'now'>): readonly IncidentClock[] =>
  [...undatedClocks(scene).filter(isAtOnce), ...runningClocks(scene)].filter(
    ({ id, due }) => scene.state.reminded[id]?.lastDay === due && isNobodyReached(scene.state, id),
  )

/** Counts and countdowns alone: `57 days left`, `2 days late`, `owed at once`. */
export const daysWords = (scene: Pick<Scene, 'state' | 'now'>, clock: IncidentClock): string =>
  clock.lastDay ? sayDaysLeft(todayOf(scene), clock.lastDay) : isAtOnce(clock) ? 'owed at once' : ''

export const targetWords = (clock: IncidentClock): string =>
  clock.target && clock.target !== clock.lastDay ? ` · target ${sayDayShort(clock.target)}` : ''

export const spareWords = (spare: number, spareMs: number | null = null): string => {
  if (spareMs !== null) return spareMs < 0 ? `${sayLength(-spareMs)} late` : `${sayLength(spareMs)} to spare`
  if (spare === 0) return 'on the last day'
  return spare > 0 ? `${sayDays(spare)} to spare` : `${sayDays(-spare)} late`
}

export const metWords = (clock: IncidentClock): string => {
  const sent = clock.metOn ? `sent ${sayDay(clock.metOn)}` : 'sent'
  return clock.spare === null ? sent : `${sent}, ${spareWords(clock.spare, clock.spareMs)}`
}

/** Who answers for a clock: whoever was named for it, else the holder of the office, or whom the roster names. */
export const ownerOf = (
  { state, organisation }: Pick<Scene, 'state' | 'organisation'>,
  clock?: ClockId,
): string | undefined =>
  clock
    ? notificationOwner(state, clock, organisation.roster)
    : (state.roles[clockOwner]?.person ?? askedFirst(state, organisation, clockOwner))

export const ownerSpan = (scene: Pick<Scene, 'state' | 'organisation'>, clock?: ClockId): Span => {
  const owner = ownerOf(scene, clock)
  return owner ? person(owner) : '▲ nobody'
}

/** How far a notification is, in the words of a sentence. */
const stageWords: Readonly<Record<Stage, string>> = {
  'to do': 'not sent',
  drafted: 'drafted, not approved',
  approved: 'approved, not sent',
  sent: 'sent, no proof yet',
  'proof attached': 'sent, proof attached',
}

/** What happened with it so far, without room content: `drafted, not approved, seen by Dana`. */
export function clockState(state: IncidentState, clock: IncidentClock, now: Date): Span[] {
  const seen = state.acknowledged[clock.id]
  const snooze = state.snoozed[clock.id]
  const out: Span[] = [stageWords[stageOf(state, clock.id)]]
  if (seen && seen.lastDay === clock.due) out.push(', seen by ', person(seen.by))
  if (!snooze || snooze.lastDay !== clock.due) return out
  if (snooze.untilAt && Date.parse(snooze.untilAt) > now.getTime())
    out.push(`, reminders snoozed to ${sayMoment(zoneOf(state), snooze.untilAt)} by `, person(snooze.by))
  if (!snooze.untilAt && snooze.untilOn > dateIn(zoneOf(state), now))
    out.push(`, reminders snoozed to ${sayDayShort(snooze.untilOn as never)} by `, person(snooze.by))
  return out
}

/** Chained clocks have no last day before what they count from. */
const waitsFor: Readonly<Record<string, string>> = {
  individualNoticeSentAt: 'counts from the day the letters go out',
  hhsNotifiedAt: 'counts from the day HHS is told',
  discoveredAt: 'counts from the day someone first knew',
  baNotifiedCoveredEntityAt: "counts from the day the vendor's notice reaches us",
}

export const waitWords = ({ atOnce, pending }: IncidentClock): string =>
  (pending && waitsFor[pending]) ??
  (atOnce ? 'without delay, besides the letters' : undefined) ??
  'without undue delay; the law names no day'

const because: Readonly<Record<string, string>> = {
  no_phi: 'no PHI was involved',
  permitted_use_or_disclosure: 'the use or disclosure was permitted',
  secured_phi_safe_harbour: 'the PHI was secured',
  low_probability_of_compromise: 'a low probability that PHI was compromised',
  no_state_over_500_residents: 'no State has more than 500 of the people affected',
  fewer_than_500_individuals: 'fewer than 500 people are affected',
  '500_or_more_individuals': '500 or more people are affected',
  drill_over: 'the exercise is over',
}

/** Why a clock is not owed; undefined where it is another's duty and no news to anybody. */
export const notOwedWords = (state: IncidentState, clock: IncidentClock): string | undefined => {
  const reason = clock.notOwedBecause
  const { entityType } = state.organisation
  if (!reason || !findRegulation(clock.id)?.appliesTo.includes(entityType)) return undefined
  if (reason.startsWith('exception_')) return 'an exception to the definition of breach applies'
  return because[reason]
}

export const cite = (clock: IncidentClock): string => shortCitation(clock.citation)

export const isCountOpen = (clock: IncidentClock): boolean => clock.undecided?.fact === 'affectedCount'

/** Two clocks wait for the count of people; both stand until somebody knows it. */
export const ifSo = (clock: IncidentClock): string => (isCountOpen(clock) ? ' (depends on how many)' : '')
