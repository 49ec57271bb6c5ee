/** The clocks of an incident, privately: as a card, or as a calendar file. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { platformName, sendsFiles } from '../domain/platforms.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { calendarAsked, inCalendar } from '../views/calendar.ts'
import { clocksCard } from '../views/index.ts'
import type { Command, Context, Decision } from './command.ts'
import { participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'
import { noWords } from './words.ts'

const clocksArgs = z.object({ as: z.enum(['card', 'calendar']).default('card') })

export const clocks: Command<z.infer<typeof clocksArgs>> = {
  verb: 'clocks',
  aliases: ['clock', 'countdown'],
  summary: 'Every clock: target, last day, days left',
  usage: 'clocks [inc-2026-0007] [calendar] | all',
  examples: ['clocks', 'clocks calendar', 'clocks inc-2026-0007'],
  who: 'Anyone in the incident.',
  about: 'incident',
  reads: ({ as }) => as === 'card',
  args: clocksArgs,
  parse: (words) =>
    /^(calendar|ics|ical)$/i.test(words.trim()) ? { as: 'calendar' } : noWords(words) && { as: 'card' },
  // A clock that a fact ended is shown with the reason given, which is sealed in that fact's entry.
  texts: ({ state }) =>
    Object.values(state?.clocks ?? {}).flatMap(({ cause, lastDay }) =>
      cause !== null && lastDay === null ? [cause] : [],
    ),
  decide: ({ as }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (as === 'calendar') return calendar(state, context)
    return { events: [], reply: clocksCard(sceneOf(context, state)) }
  },
}

function calendar(state: IncidentState, context: Context): Decision | Refusal {
  const { incident } = state
  const next = { buttons: [{ label: 'Show the clocks', line: 'clocks', incident }] }
  if (!sendsFiles(context.platform))
    return refuse(
      'no-private-files',
      `${platformName(context.platform)} has no way for Wardroom to hand a file to you alone. The clocks have every last day.`,
      next,
    )
  if (inCalendar(state, context.at).length === 0)
    return refuse('no-clock-running', 'No clock runs here, so a calendar would be empty.', next)
  return { events: [event('calendar.requested', {})], reply: calendarAsked(state) }
}
