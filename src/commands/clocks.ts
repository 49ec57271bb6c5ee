/** The clocks of an incident: privately as a card, one of them whole or a calendar file, in its room as a picture. */
import { z } from 'zod'
import { clockFromWords } from '../domain/clock-names.ts'
import { event } from '../domain/events.ts'
import { currentRoom, type IncidentState } from '../domain/incident.ts'
import { platformName, sendsFiles } from '../domain/platforms.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { calendarAsked, inCalendar } from '../views/calendar.ts'
import { pictureAsked } from '../views/clocks-picture/card.ts'
import { clockLawCard, clocksCard } from '../views/index.ts'
import { upperFirst } from '../views/scene.ts'
import { clockLabel } from './clock-lines.ts'
import type { Command, Context, Decision } from './command.ts'
import { participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'
import { noWords } from './words.ts'

const clocksArgs = z.object({
  as: z.enum(['card', 'calendar', 'picture']).default('card'),
  clock: z.string().optional(),
})

export const clocks: Command<z.infer<typeof clocksArgs>> = {
  verb: 'clocks',
  aliases: ['clock', 'countdown'],
  summary: 'Every clock: target, last day, days left; as a picture or a calendar file too',
  usage: 'clocks [inc-2026-0007] [<clock> | picture | calendar] | all',
  examples: ['clocks', 'clocks letters', 'clocks picture', 'clocks calendar', 'clocks inc-2026-0007'],
  who: 'Anyone in the incident.',
  about: 'incident',
  reads: ({ as }) => as === 'card',
  args: clocksArgs,
  parse: (words) => {
    const word = words.trim().toLowerCase()
    const as = Object.hasOwn(shapes, word) ? shapes[word] : undefined
    if (as) return { as }
    const clock = clockFromWords(word)
    return clock ? { as: 'card', clock } : noWords(words) && { as: 'card' }
  },
  // A clock that a fact ended is shown with the reason given, which is sealed in that fact's entry.
  texts: ({ state }) =>
    Object.values(state?.clocks ?? {}).flatMap(({ cause, lastDay }) =>
      cause !== null && lastDay === null ? [cause] : [],
    ),
  decide: ({ as, clock }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (as === 'calendar') return calendar(state, context)
    if (as === 'picture') return picture(state)
    const scene = sceneOf(context, state)
    if (clock === undefined) return { events: [], reply: clocksCard(scene) }
    const reply = clockLawCard(scene, clock)
    return reply ? { events: [], reply } : notSwitchedOn(state, clock)
  },
}

/** What people call each. */
const shapes: Readonly<Record<string, z.infer<typeof clocksArgs>['as']>> = {
  ...{ calendar: 'calendar', ics: 'calendar', ical: 'calendar' },
  ...{ picture: 'picture', image: 'picture', timeline: 'picture', 'time line': 'picture' },
}

function notSwitchedOn({ incident }: IncidentState, clock: string): Refusal {
  return refuse(
    'clock-not-on',
    `${upperFirst(clockLabel(clock))} is not among the clocks of this organisation: ORG_REGIMES switches it on.`,
    { buttons: [{ label: 'Show the clocks', line: 'clocks', incident }] },
  )
}

function picture(state: IncidentState): Decision | Refusal {
  if (currentRoom(state)) return { events: [event('picture.requested', {})], reply: pictureAsked(state) }
  return refuse('no-room', 'No room is open, and a picture is for the room. The clocks say the same.', {
    buttons: [{ label: 'Show the clocks', line: 'clocks', incident: state.incident }],
  })
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
