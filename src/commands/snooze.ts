/** Quiets a clock's reminders until a day, with a reason. The last day stays, and no snooze reaches past it. */
import { z } from 'zod'
import { addDays, type CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayDays } from '../domain/dates-in-words.ts'
import { event } from '../domain/events.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import { dateIn } from '../domain/zone.ts'
import { button, say } from '../views/say.ts'
import { allow } from './allow.ts'
import { runningClocks } from './clock-lines.ts'
import type { Command, Context } from './command.ts'
import { maybe, participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'
import { splitClock, whichClock } from './which-clock.ts'

const snoozeArgs = z.object({ clock: maybe, until: maybe, reason: maybe })
type SnoozeArgs = z.infer<typeof snoozeArgs>

export const snooze: Command<SnoozeArgs> = {
  verb: 'snooze',
  aliases: ['quiet', 'later'],
  summary: "Quiet a clock's reminders until a day, with a reason",
  usage: 'snooze <clock> until <day> because <why>',
  examples: [
    'snooze individuals until Fri 8 Jan 2027 because the letters are at the printer',
    'snooze hhs for 3 days because the count is being checked',
  ],
  who: 'The privacy officer, counsel, the commander or the deputy.',
  about: 'incident',
  args: snoozeArgs,
  parse: (words) => {
    const typed = typedSnooze(words)
    return typed.until && typed.reason ? typed : undefined
  },
  form: (context, prefill) => {
    const typed = typedSnooze(prefill.words ?? '')
    const { state } = context
    const clocks = state ? runningClocks(state, context.at) : []
    const named = clocks.find(({ id }) => id === splitClock(typed.clock ?? '').clock) ?? clocks[0]
    const until = typed.until && state ? readUntil(typed.until, context, state.organisation.zone) : undefined
    return {
      title: 'Snooze reminders',
      submit: 'Snooze',
      intro: ['The last day stays. Reminders come back on the morning of the day you choose.'],
      fields: [
        {
          kind: 'choice',
          name: 'clock',
          label: 'Which clock',
          options: clocks.map(({ short, label }) => ({ value: short, label })),
          ...(named ? { initial: named.short } : {}),
        },
        {
          kind: 'date',
          name: 'until',
          label: 'Until',
          ...(typeof until === 'string' ? { initial: until } : {}),
        },
        {
          kind: 'long-text',
          name: 'reason',
          label: 'Why it can wait',
          maxLength: 3000,
          ...(typed.reason ? { initial: typed.reason } : {}),
        },
      ],
    }
  },
  decide: ({ clock: typed, until, reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const clock = whichClock(typed, 'snooze', state, context)
    if (isRefusal(clock)) return clock
    if (!reason)
      return refuse('snooze-reason', 'Say why it can wait: snooze individuals until Friday because …', {
        field: 'reason',
      })
    const day = until
      ? readUntil(until, context, state.organisation.zone)
      : refusedDay('missing', 'Until which day?')
    if (typeof day !== 'string') return day
    const past = pastLastDay(day, clock)
    if (past || !clock.lastDay) return past ?? refusedDay('no-last-day', 'It has no last day yet.')
    const granted = allow(state, 'clock.snooze', context, reason)
    if (isRefusal(granted)) return granted
    const { incident } = state
    return {
      events: [
        ...granted,
        event('reminder.snoozed', { clock: clock.id, lastDay: clock.lastDay, untilOn: day }, { reason }),
      ],
      reply: say(
        'Snoozed; the deadline stays.',
        [
          `${clock.label}: quiet until ${sayDay(day)}. The deadline stays: last day ${sayDay(clock.lastDay)}.`,
          'If the last day moves, reminders come back at once.',
        ],
        [button('Clocks', 'clocks', { incident })],
      ),
    }
  },
}

/** `individuals until Friday`, `hhs for 3 days`, `until Friday` where one clock runs. */
function typedSnooze(words: string): SnoozeArgs {
  const { before, because } = splitReason(words)
  const { rest } = splitClock(before)
  const clock = before.slice(0, before.length - rest.length).trim()
  const until = rest.replace(/^(until|till|to|for)\s+/i, '').trim()
  return {
    clock: clock || undefined,
    until: until || undefined,
    reason: because,
  }
}

function readUntil(typed: string, context: Context, zone: string): CalendarDate | Refusal {
  const today = dateIn(zone, context.at)
  const span = /^(?:for\s+)?(\d{1,3}|an?|one|two|three)\s*(days?|d|weeks?|w)?$/i.exec(typed.trim())
  if (span) {
    const few: Record<string, number> = { a: 1, an: 1, one: 1, two: 2, three: 3 }
    const count = few[span[1]?.toLowerCase() ?? ''] ?? Number(span[1])
    const days = /^w/i.test(span[2] ?? '') ? count * 7 : count
    return days > 0 ? addDays(today, days) : refusedDay('in-the-past', 'A snooze is at least one day.')
  }
  const when = parseWhen(typed, { now: context.at, zone, tense: 'future' })
  if (when.kind === 'refused') return refusedDay(when.reason.replaceAll('_', '-'), when.message)
  // On a Friday, "until Friday" is the next one.
  if (when.date === today && /^(?:on\s+|this\s+)?(?:mon|tue|wed|thu|fri|sat|sun)/i.test(typed.trim()))
    return addDays(today, 7)
  if (when.date <= today) return refusedDay('in-the-past', 'A snooze is at least one day: try tomorrow.')
  return when.date
}

const refusedDay = (reason: string, sentence: string): Refusal =>
  refuse(`snooze-${reason}`, sentence, { field: 'until' })

function pastLastDay(day: CalendarDate, { label, lastDay, daysLeft }: IncidentClock): Refusal | undefined {
  if (!lastDay || day <= lastDay) return undefined
  const left = daysLeft ?? 0
  const said =
    left < 0
      ? `${label} is ${sayDays(-left)} late; its reminders cannot be snoozed. Send it, or say why it need not go.`
      : `No snooze reaches past the last day, ${sayDay(lastDay)}. Choose that day or an earlier one.`
  return refusedDay('past-last-day', said)
}
