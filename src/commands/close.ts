/** Closes an incident with an outcome. It stops no clock and no capture, and says which clocks still run. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type Outcome, outcomeFromWords, outcomeLabel, outcomes } from '../domain/outcomes.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Field } from '../views/card.ts'
import { closedCard } from '../views/index.ts'
import { allow } from './allow.ts'
import type { Command, Context } from './command.ts'
import { fulfil } from './fulfil.ts'
import { participantsIncident } from './here.ts'
import { sceneOf, seen } from './overview.ts'
import { after, allOpenRequired } from './reading.ts'
import { straight, takeClauses } from './words.ts'

const closeArgs = z.object({
  outcome: z.string(),
  of: z.string().optional(),
  reason: z.string().trim().max(40_000).optional(),
})
type CloseArgs = z.infer<typeof closeArgs>

const number = /\binc-\d{4}-\d{4,}\b/i

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
    const { rest, because } = takeClauses(straight(words))
    if (!rest) return undefined
    const of = number.exec(rest)?.[0].toLowerCase()
    const outcome = rest
      .replace(number, '')
      .replace(/\s+of\s*$/i, '')
      .trim()
    return { outcome, ...(of ? { of } : {}), ...(because ? { reason: because } : {}) }
  },
  form: (context, prefill) => ({
    title: 'Close the incident',
    submit: 'Close',
    intro: ['Closing stops no clock: open last days go on to their owner.', ...openLine(context.state)],
    fields: fields(context, prefill),
  }),
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
    return { events, reply: closedCard(sceneOf(context, after(state, events, context))) }
  },
}

const outcomeOf = ({ outcome }: CloseArgs, state: IncidentState): Outcome | Refusal | null => {
  const found = outcomeFromWords(outcome)
  if (found === 'drill' && !state.drill)
    return refuse(
      'not-a-drill',
      'This was declared as a real incident, so it cannot end as a drill. If nothing had happened, close it as a false alarm.',
      {
        field: 'outcome',
        buttons: [
          {
            label: 'Close as false alarm',
            line: 'close false-alarm',
            incident: state.incident,
            form: true,
          },
        ],
      },
    )
  return found
}

const noSuchOutcome = (state: IncidentState): Refusal =>
  refuse(
    'no-such-outcome',
    `That is no outcome I know. Choose one of: ${outcomes.map(({ label }) => label).join(', ')}.`,
    {
      field: 'outcome',
      buttons: [{ label: 'Choose the outcome', line: 'close', incident: state.incident, form: true }],
    },
  )

/** The other incident must be one the person may see: a refusal never says whether a hidden one exists. */
function duplicateOf(of: string | undefined, state: IncidentState, context: Context): string | Refusal {
  const others = seen(context).filter(({ incident }) => incident !== state.incident)
  const found = others.find(({ incident }) => incident === of)
  if (found && found.closed?.duplicateOf === state.incident)
    return refuse(
      'duplicate-circle',
      `${found.incident} is itself closed as a duplicate of this one. Choose another outcome.`,
      { field: 'of' },
    )
  if (found) return found.incident
  const why = of
    ? of === state.incident
      ? 'An incident is no duplicate of itself.'
      : `There is no other incident ${of} that you may see.`
    : 'Which incident is it a duplicate of?'
  return refuse('duplicate-of-what', `${why} Type close duplicate of inc-2026-0003 because …`, {
    field: 'of',
    buttons: [{ label: 'Choose it', line: 'close duplicate', incident: state.incident, form: true }],
  })
}

function missingReason({ reason }: CloseArgs, outcome: Outcome, state: IncidentState): Refusal | undefined {
  if (reason) return undefined
  const open = allOpenRequired(state).filter(({ fulfilledBy }) => fulfilledBy !== 'close')
  if (outcome === 'drill' && open.length === 0) return undefined
  const [line] = openLine(state)
  return refuse(
    'reason-needed',
    `${line ? `${line} ` : ''}Say why it may close: close ${outcome} because …`,
    {
      field: 'reason',
      buttons: [{ label: 'Give the reason', line: `close ${outcome}`, incident: state.incident, form: true }],
    },
  )
}

function openLine(state: IncidentState | undefined): readonly string[] {
  if (!state) return []
  const open = allOpenRequired(state).filter(({ fulfilledBy }) => fulfilledBy !== 'close')
  if (open.length === 0) return []
  return [
    `${open.length === 1 ? '1 required item is' : `${open.length} required items are`} open: ${open.map(({ id }) => id).join(', ')}.`,
  ]
}

function fields(context: Context, prefill: Readonly<Record<string, string>>): readonly Field[] {
  const { state } = context
  const typed = takeClauses(straight(prefill.words ?? ''))
  const initial =
    prefill.outcome ?? outcomeFromWords(typed.rest.replace(number, '').replace(/\s+of\s*$/i, ''))
  const others = seen(context).filter(({ incident }) => incident !== state?.incident)
  const reason = prefill.reason ?? typed.because
  return [
    {
      kind: 'choice',
      name: 'outcome',
      label: 'Outcome',
      options: outcomes
        .filter(({ id }) => id !== 'drill' || state?.drill)
        .filter(({ id }) => id !== 'duplicate' || others.length > 0)
        .map(({ id, label, meaning }) => ({ value: id, label, hint: meaning })),
      ...(initial ? { initial } : {}),
    },
    ...(others.length > 0
      ? [
          {
            kind: 'choice' as const,
            name: 'of',
            label: 'If a duplicate: of which',
            options: others.slice(0, 100).map(({ incident }) => ({ value: incident, label: incident })),
            optional: true,
          },
        ]
      : []),
    {
      kind: 'long-text',
      name: 'reason',
      label: 'Why it may close',
      maxLength: 3000,
      ...(reason ? { initial: reason } : {}),
      ...(state?.drill ? { optional: true } : {}),
    },
  ]
}
