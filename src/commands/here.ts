/** What the commands about one incident share: who takes part, and what a form's empty field means. */
import { z } from 'zod'
import type { IncidentState } from '../domain/incident.ts'
import { isParticipant } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Field } from '../views/card.ts'
import type { Context } from './command.ts'

/** The incident, for somebody who takes part in it. */
export function participantsIncident(context: Context): IncidentState | Refusal {
  const { state, organisation, actor } = context
  if (state && isParticipant(state, organisation, actor)) return state
  return notHere(context)
}

/** One sentence for outsiders and for people kept out, so that it tells neither which they are. */
export const notHere = ({ word }: Context): Refusal =>
  refuse('not-a-participant', `There is no incident here that you take part in. Yours: ${word} list`)

/** The incident a card or form is drawn for; null where the person must not see it. */
export function seen(context: Context): IncidentState | null {
  const state = participantsIncident(context)
  return isRefusal(state) ? null : state
}

/** A field somebody may leave empty: platforms send it as absent or as an empty text. */
export const maybe = z
  .string()
  .optional()
  .transform((typed) => (typed?.trim() ? typed : undefined))

/** A text that must be there, kept exactly as typed. */
export const needed = (message: string) => z.string(message).regex(/\S/u, message)

export const lateFields = (initial: {
  readonly at?: string | undefined
  readonly by?: string | undefined
  readonly byPerson?: string | undefined
}): readonly Field[] => [
  {
    kind: 'person',
    name: 'byPerson',
    label: 'Who, if not you',
    optional: true,
    ...(initial.byPerson ? { initial: initial.byPerson } : {}),
  },
  {
    kind: 'text',
    name: 'by',
    label: 'Or somebody outside this chat',
    hint: 'Their name and where they are from',
    optional: true,
    maxLength: 200,
    ...(initial.by ? { initial: initial.by } : {}),
  },
  {
    kind: 'text',
    name: 'at',
    label: 'When, if not now',
    hint: 'For example: 22:10, yesterday 22:10, 18 Nov 2026',
    optional: true,
    maxLength: 60,
    ...(initial.at ? { initial: initial.at } : {}),
  },
]

/** What a person typed, short enough to say back in one line. */
export const said = (typed: string): string => {
  const line = typed.replace(/\s+/g, ' ').trim()
  const points = [...line]
  return points.length > 40 ? `${points.slice(0, 40).join('')}…` : line
}
