/** Quiets a clock's reminders until a day, with a reason. The last day stays, and no snooze reaches past it. */
import { z } from 'zod'
import { sayDay, sayMoment } from '../domain/dates-in-words.ts'
import { event } from '../domain/events.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { button, say } from '../views/say.ts'
import { upperFirst } from '../views/scene.ts'
import { allow } from './allow.ts'
import { runningClocks } from './clock-lines.ts'
import type { Command } from './command.ts'
import { maybe, participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'
import { readDay, readHours, readUntil, refusedDay, type SnoozeEnd } from './snooze-until.ts'
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
    'snooze urgent for 2 hours because the calls are under way',
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
      intro: [
        'The last day stays. Reminders come back on the morning of the day you choose.',
        ...(clocks.some(({ atOnce }) => atOnce)
          ? ['What is owed at once is quiet until tomorrow at 08:00 at the latest.']
          : []),
      ],
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
    const { zone } = state.organisation
    const { due } = clock
    if (!until) return refusedDay('missing', clock.atOnce ? 'For how many hours?' : 'Until which day?')
    const end = clock.atOnce ? readHours(until, context, zone) : readDay(until, context, zone, clock)
    if (isRefusal(end)) return end
    if (!due) return refusedDay('no-last-day', 'It has no last day yet.')
    const granted = allow(state, 'clock.snooze', context, reason)
    if (isRefusal(granted)) return granted
    const { incident } = state
    const [head, ...stays] = said(clock, end, zone)
    return {
      events: [...granted, event('reminder.snoozed', { clock: clock.id, lastDay: due, ...end }, { reason })],
      reply: say(head!, stays, [button('Clocks', 'clocks', { incident })]),
    }
  },
}

function said({ label, lastDay }: IncidentClock, { untilOn, untilAt }: SnoozeEnd, zone: string): string[] {
  if (untilAt || !lastDay)
    return [
      'Snoozed; it stays owed.',
      `${upperFirst(label)}: quiet until ${untilAt ? sayMoment(zone, untilAt) : sayDay(untilOn)}. It stays owed, without delay.`,
      'Its owner is reminded again then, and it is asked of others again while nobody answers.',
    ]
  return [
    'Snoozed; the deadline stays.',
    `${label}: quiet until ${sayDay(untilOn)}. The deadline stays: last day ${sayDay(lastDay)}.`,
    'If the last day moves, reminders come back at once.',
  ]
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
