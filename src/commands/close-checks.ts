/** What must hold before an incident closes: an outcome that fits, a duplicate the person may see, a reason. */
import type { IncidentState } from '../domain/incident.ts'
import { type Outcome, outcomeFromWords, outcomes } from '../domain/outcomes.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { CloseArgs } from './close-words.ts'
import type { Context } from './command.ts'
import { seen } from './overview.ts'
import { allOpenRequired } from './reading.ts'

export const outcomeOf = ({ outcome }: CloseArgs, state: IncidentState): Outcome | Refusal | null => {
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

export const noSuchOutcome = (state: IncidentState): Refusal =>
  refuse(
    'no-such-outcome',
    `That is no outcome I know. Choose one of: ${outcomes.map(({ label }) => label).join(', ')}.`,
    {
      field: 'outcome',
      buttons: [{ label: 'Choose the outcome', line: 'close', incident: state.incident, form: true }],
    },
  )

/** The other incident must be one the person may see: a refusal never says whether a hidden one exists. */
export function duplicateOf(
  of: string | undefined,
  state: IncidentState,
  context: Context,
): string | Refusal {
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

export function missingReason(
  { reason }: CloseArgs,
  outcome: Outcome,
  state: IncidentState,
): Refusal | undefined {
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

export function openLine(state: IncidentState | undefined): readonly string[] {
  if (!state) return []
  const open = allOpenRequired(state).filter(({ fulfilledBy }) => fulfilledBy !== 'close')
  if (open.length === 0) return []
  return [
    `${open.length === 1 ? '1 required item is' : `${open.length} required items are`} open: ${open.map(({ id }) => id).join(', ')}.`,
  ]
}
