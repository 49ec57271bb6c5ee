/** Seen; the deadline stays: who saw it is on the record, and no last day changes. */
import { z } from 'zod'
import { sayLastDay } from '../domain/dates-in-words.ts'
import { event } from '../domain/events.ts'
import { everyHours } from '../domain/owed-at-once.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { dateIn } from '../domain/zone.ts'
import { owedWords } from '../views/clock-words.ts'
import { button, say } from '../views/say.ts'
import { upperFirst } from '../views/scene.ts'
import { allow } from './allow.ts'
import type { Command } from './command.ts'
import { maybe, participantsIncident } from './here.ts'
import { whichClock } from './which-clock.ts'

const ackArgs = z.object({ clock: maybe })

export const ack: Command<z.infer<typeof ackArgs>> = {
  verb: 'ack',
  aliases: ['acknowledge', 'seen'],
  summary: 'Say you have seen a reminder; the deadline stays',
  usage: 'ack [clock]',
  examples: ['ack individuals', 'ack hhs'],
  who: 'Whoever was reminded, the privacy officer, counsel, the commander or the deputy.',
  about: 'incident',
  args: ackArgs,
  parse: (words) => (words.trim() ? { clock: words.trim() } : {}),
  decide: ({ clock: typed }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const clock = whichClock(typed, 'ack', state, context)
    if (isRefusal(clock)) return clock
    const { incident } = state
    const { due } = clock
    if (!due)
      return refuse('no-last-day', `${clock.label} has no last day yet, so no reminder waits for you.`, {
        buttons: [{ label: 'Clocks', line: 'clocks', incident }],
      })
    // Whoever was reminded may say they saw it, whatever they hold.
    const last = state.reminded[clock.id]
    const wasTold = last?.lastDay === due && last.told.includes(context.actor)
    const granted = wasTold ? [] : allow(state, 'clock.acknowledge', context, undefined)
    if (isRefusal(granted)) return granted
    const seen = clock.lastDay ? 'Seen; the deadline stays.' : 'Seen; it stays owed.'
    const stays = clock.lastDay
      ? [`${clock.label}: last day ${sayLastDay(dateIn(state.organisation.zone, context.at), clock.lastDay)}`]
      : [
          `${upperFirst(clock.label)}: ${owedWords({ state, now: context.at }, clock)}.`,
          `Its owner is reminded every ${everyHours(clock.id)} hours until it is recorded as sent.`,
        ]
    return {
      events: [...granted, event('reminder.acknowledged', { clock: clock.id, lastDay: due })],
      reply: say(
        seen,
        [seen, ...stays],
        [
          button('Mark sent…', `notify ${clock.short} sent`, { incident, form: true }),
          button('Clocks', 'clocks', { incident }),
        ],
      ),
    }
  },
}
