/**
 * How long the record of an incident is kept: six years from its creation or the day it was last in effect, whichever is
 * later (45 CFR 164.316(b)(2)(i), 164.530(j)(2)). Nothing here knows a database; days are those of the organisation's zone.
 */
import { addYearsKeeping, type CalendarDate, calendarDateOf, isCalendarDate } from './calendar.ts'
import { isOverDrill } from './incident-clocks.ts'
import type { IncidentState } from './incident-state.ts'
import type { Organisation } from './organisation.ts'
import type { EntryLine } from './record.ts'
import { dateIn } from './zone.ts'

export const RETENTION_YEARS = 6
export const RETENTION_LAW = '45 CFR 164.316(b)(2)(i), 164.530(j)(2)'

/** Kinds that keep the record or tell of it; what is kept is what the others say. */
const ABOUT_THE_RECORD = [
  'access.',
  'command.',
  'post.',
  'checkpoint.',
  'calendar.',
  'picture.',
  'export.',
  'register.',
  'digest.',
  'phi.',
  'privilege.',
  'disposal.',
  'content.',
  'verification.',
  'legal_hold.',
  'coverage.',
  'message.deleted',
  'message.vanished',
  'person.named',
  'room.',
  'reminder.sent',
  'reminder.unreached',
  'posting.reminded',
  'items.prompted',
  'sheet.',
  'clocks.',
  'role.escalated',
]

/** When that was, of lines newest first; null where nothing is left. `typedIn`: the message that asks, which is not on the record yet as a command. */
export function createdIn(lines: Iterable<EntryLine>, typedIn?: string): string | null {
  const last = lastCreated(typedIn)
  for (const line of lines) {
    const found = last.add(line)
    if (found !== 'more') return found === 'found' ? line.at : null
  }
  return null
}

/**
 * Of lines newest first: the last that created something to be kept, undefined where all of it was disposed of. A
 * message that only carried a command is that command; what the command recorded stands beside it and counts.
 */
export function lastCreated(typedIn?: string): {
  readonly add: (line: EntryLine) => 'more' | 'found' | 'none'
} {
  const carried = new Set<string>(typedIn ? [typedIn] : [])
  return {
    add(line) {
      if (line.kind === 'content.disposed' && (line.data as { what: string }).what === 'incident')
        return 'none'
      const message = line.source?.message
      if (ABOUT_THE_RECORD.some((prefix) => line.kind.startsWith(prefix))) {
        if (message && /^(?:command|access)\./.test(line.kind)) carried.add(message)
        return 'more'
      }
      // What the bot itself counted, reminded of or moved says nothing that was not there before.
      if (line.actor.kind === 'system' && line.commit === null) return 'more'
      return line.kind === 'message.posted' && message && carried.has(message) ? 'more' : 'found'
    },
  }
}

/** Kept through this day; a record of 29 February through 1 March. */
export const keptThrough = (from: CalendarDate): CalendarDate => addYearsKeeping(from, RETENTION_YEARS)

export interface Retention {
  readonly keptUntilOn: CalendarDate
  /** Why it may not be disposed of today; null when it may. */
  readonly bar: 'open' | 'legal-hold' | 'nothing-left' | 'not-yet' | null
}

/** `createdAt`: when the last thing to be kept was recorded, null when nothing is left. */
export function retentionOf(
  state: IncidentState,
  organisation: Pick<Organisation, 'legalHold'>,
  createdAt: string | null,
  now: Date,
): Retention {
  const { zone } = state.organisation
  const days = [createdAt ?? state.declared.at, ...effects(state)].map((at) =>
    isCalendarDate(at) ? calendarDateOf(at) : dateIn(zone, at),
  )
  const keptUntilOn = keptThrough(days.sort().at(-1)!)
  const bar = !state.closed
    ? 'open'
    : state.legalHold || organisation.legalHold
      ? 'legal-hold'
      : createdAt === null
        ? 'nothing-left'
        : dateIn(zone, now) <= keptUntilOn
          ? 'not-yet'
          : null
  return { keptUntilOn, bar }
}

/** What an incident had effect until: its close, the notices it made, and the last days it still counted. */
const effects = (state: IncidentState): readonly string[] => [
  ...(state.closed ? [state.closed.at] : []),
  ...Object.values(state.notified).map(({ on }) => on),
  ...(isOverDrill(state) ? [] : Object.values(state.clocks)).flatMap(({ lastDay }) =>
    lastDay === null ? [] : [lastDay],
  ),
]
