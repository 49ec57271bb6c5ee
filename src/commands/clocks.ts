/** The clocks of an incident, privately. */
import { z } from 'zod'
import { isRefusal } from '../domain/refusal.ts'
import { clocksCard } from '../views/index.ts'
import type { Command } from './command.ts'
import { participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'
import { noWords } from './words.ts'

const clocksArgs = z.object({})

export const clocks: Command<z.infer<typeof clocksArgs>> = {
  verb: 'clocks',
  aliases: ['clock', 'countdown'],
  summary: 'Every clock: target, last day, days left',
  usage: 'clocks [inc-2026-0007]',
  examples: ['clocks', 'clocks inc-2026-0007'],
  who: 'Anyone in the incident.',
  about: 'incident',
  reads: true,
  args: clocksArgs,
  parse: noWords,
  // A clock that a fact ended is shown with the reason given, which is sealed in that fact's entry.
  texts: ({ state }) =>
    Object.values(state?.clocks ?? {}).flatMap(({ cause, lastDay }) =>
      cause !== null && lastDay === null ? [cause] : [],
    ),
  decide: (_, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    return { events: [], reply: clocksCard(sceneOf(context, state)) }
  },
}
