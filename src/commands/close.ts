/** Closes an incident with an outcome. It stops no clock and no capture, and says which clocks still run. */
import { event } from '../domain/events.ts'
import { outcomeLabel } from '../domain/outcomes.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { closedReply } from '../views/index.ts'
import { allow } from './allow.ts'
import { duplicateOf, missingReason, noSuchOutcome, outcomeOf } from './close-checks.ts'
import { closeForm } from './close-form.ts'
import { type CloseArgs, closeArgs, typedClose } from './close-words.ts'
import type { Command } from './command.ts'
import { fulfil } from './fulfil.ts'
import { participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'
import { after } from './reading.ts'

export const close: Command<CloseArgs> = {
  verb: 'close',
  aliases: ['end', 'finish'],
  summary: 'Close the incident with an outcome; no clock stops',
  usage: 'close <outcome> [of inc-2026-0003] because <why>',
  examples: [
    'close low-probability because the signed assessment is in entry 212',
    'close duplicate of inc-2026-0003 because both reports are about the same laptop',
  ],
  who: 'The commander or the privacy officer; anyone in the room with a reason while nobody holds commander.',
  about: 'incident',
  wantsVisible: true,
  args: closeArgs,
  parse: (words) => {
    const typed = typedClose(words)
    return typed.outcome ? typed : undefined
  },
  form: closeForm,
  decide: (args, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (state.closed)
      return refuse(
        'already-closed',
        `${state.incident} is closed already: ${outcomeLabel(state.closed.outcome)}. To change that, reopen it first.`,
        { buttons: [{ label: 'Reopen it', line: 'reopen', incident: state.incident, form: true }] },
      )
    const outcome = outcomeOf(args, state) ?? noSuchOutcome(state)
    if (isRefusal(outcome)) return outcome
    const of = outcome === 'duplicate' ? duplicateOf(args.of, state, context) : null
    if (isRefusal(of)) return of
    const missing = missingReason(args, outcome, state)
    if (missing) return missing
    const granted = allow(state, 'incident.close', context, args.reason)
    if (isRefusal(granted)) return granted
    const events = [
      ...granted,
      event(
        'incident.closed',
        { outcome, duplicateOf: of },
        args.reason ? { reason: args.reason } : undefined,
      ),
      ...fulfil(state, 'close'),
    ]
    return { events, reply: closedReply(sceneOf(context, after(state, events, context))) }
  },
}
