/** Records a fact of the incident: what it was before, what it is now, and every last day it moved. */
import { type Event, event } from '../domain/events.ts'
import { type Fact, type FactValue, factFromWords, facts } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { allow } from './allow.ts'
import type { Command, Context } from './command.ts'
import { effectOf } from './fact-effect.ts'
import { factForm } from './fact-form.ts'
import { loosening } from './fact-loosening.ts'
import { factReply } from './fact-reply.ts'
import { readers } from './fact-rows.ts'
import { type FactArgs, factArgs, isMoment, typedFact } from './fact-words.ts'
import { fulfil, unfulfil } from './fulfil.ts'
import { participantsIncident } from './here.ts'
import { lateEntry } from './late-entry.ts'
import { nearest } from './words.ts'

export const fact: Command<FactArgs> = {
  verb: 'fact',
  aliases: ['facts', 'set'],
  summary: 'Record a fact: discovery, people affected, unsecured, severity …',
  usage: 'fact <what> <value> [at <time>] [by <who>] [because <why>]',
  examples: [
    'fact affected 612 TX 501 OK 111',
    'fact discovered 18 Nov 2026 because the help-desk ticket is from the 18th',
  ],
  who: 'Anyone in the room; only the privacy officer or counsel where it would move a last day later or end a clock.',
  about: 'incident',
  args: factArgs,
  parse: (words, context) => {
    const typed = typedFact(words, context)
    const isWhole = typed.fact !== '' && (typed.value !== '' || typed.at || !factFromWords(typed.fact))
    return isWhole ? typed : undefined
  },
  form: (context, prefill) => factForm(context, prefill),
  decide: (args, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const id = factFromWords(args.fact)
    if (!id) return noSuchFact(args.fact, context)
    const value = readers[id].read(args, context, state)
    if (isRefusal(value)) return value
    const late = lateEntry({ ...args, at: isMoment(id) ? undefined : args.at }, context)
    if (isRefusal(late)) return late
    const granted = id === 'chat-compromised' ? allow(state, 'chat.compromised', context, args.reason) : []
    if (isRefusal(granted)) return granted
    const recorded = event(
      'fact.recorded',
      { fact: id, value, before: beforeOf(state, id, value), ...late.data },
      textOf(args, late.text),
    )
    const effect = effectOf(state, recorded, context)
    const refused = loosening(recorded, effect, args, context)
    if (refused) return refused
    const isSettled = readers[id].settles?.(value) !== false
    const events: readonly Event[] = isSettled
      ? [...granted, recorded, ...fulfil(state, `fact ${id}`)]
      : [...granted, ...unfulfil(state, `fact ${id}`), recorded]
    return { events, reply: factReply(recorded, effect, events, context) }
  },
}

/** One notice, start or statement is no correction of another: before it stands what this same one was. */
function beforeOf(state: IncidentState, id: Fact, value: FactValue): FactValue | null {
  if (id === 'delay') return null
  if (id === 'knew') return 'withdrawn' in value && value.withdrawn ? { ...value, withdrawn: false } : null
  if (id === 'started' && 'start' in value) {
    const at = state.starts[value.start]
    return at === undefined ? null : { start: value.start, at }
  }
  if (id !== 'notified' || !('clock' in value)) return state.facts[id]?.value ?? null
  const sent = state.notified[value.clock]
  return sent ? { clock: value.clock, on: sent.on } : null
}

const textOf = ({ reason }: FactArgs, late: { readonly by?: string }) => {
  const text = { ...(reason ? { reason } : {}), ...late }
  return Object.keys(text).length > 0 ? text : undefined
}

function noSuchFact(typed: string, context: Context) {
  const near = nearest(
    typed,
    facts.flatMap(({ id, aliases }) => [id, ...aliases]),
  )
  const id = near && factFromWords(near)
  return refuse(
    'no-such-fact',
    `There is no fact "${typed.slice(0, 30)}". ${id ? `Did you mean ${id}?` : `Known: ${facts.map((each) => each.id).join(', ')}.`}`,
    {
      field: 'fact',
      buttons: [
        {
          label: id ? `Record ${id}` : 'Choose the fact',
          line: id ? `fact ${id}` : 'fact',
          form: true,
          ...(context.state ? { incident: context.state.incident } : {}),
        },
      ],
    },
  )
}
