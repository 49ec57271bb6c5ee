/** People whose unsecured PHI was involved, in all and by State of residence (45 CFR 164.406, 164.408). */
import type { FactValues } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import { example, number, readTyped, refused, type Typed } from './fact-affected-words.ts'
import type { FactReader } from './fact-reader.ts'

type Affected = FactValues['affected']

export const affected: FactReader<Affected> = {
  read: ({ value, more }, context, state) => {
    const typed = readTyped([value, more].filter(Boolean).join(' '), context)
    return 'refusal' in typed ? typed : merged(typed, state, context)
  },
  say: ({ total, byState, least, most }) => {
    const states = Object.entries(byState).map(([state, people]) => `${state} ${number(people)}`)
    const range =
      least !== undefined && most !== undefined ? ` (at least ${number(least)}, at most ${number(most)})` : ''
    const all = total === null ? 'total not known yet' : `${number(total)} affected${range}`
    return states.length > 0 ? `${all} — ${states.join(', ')}` : all
  },
  settles: ({ total }) => total !== null,
  intro: [
    'An estimate is enough; it can be corrected. Count people, not records, by the State they live in.',
  ],
  fields: (context, typed) => {
    const read = typed ? readTyped(typed, context) : {}
    const known: Partial<Affected> = {
      ...context.state?.facts.affected?.value,
      ...('refusal' in read ? {} : read),
    }
    const states = Object.entries(known.byState ?? {})
      .map(([state, people]) => `${state} ${people}`)
      .join(' ')
    return [
      {
        kind: 'text',
        name: 'value',
        label: 'How many people in all',
        hint: 'The best number, 612; or how few and how many, 400-600, with the best: 400-600 best 520',
        optional: true,
        maxLength: 60,
        ...(known.total != null ? { initial: totalWords(known) } : {}),
      },
      {
        kind: 'text',
        name: 'more',
        label: 'Residents by State',
        hint: 'For example: TX 501 OK 111. More than 500 in one State means the media as well.',
        optional: true,
        ...(states ? { initial: states } : {}),
      },
    ]
  },
}

/** The half that was not typed stays as it was: States added later do not take the total away. */
function merged(typed: Typed, state: IncidentState, context: Context): Affected | Refusal {
  const before = state.facts.affected?.value
  const { total = before?.total ?? null, byState = before?.byState ?? {} } = typed
  const residents = sum(byState)
  // A new best number stands alone: the old range was about the old one.
  const range = typed.total === undefined ? before : typed
  const { least, most } = range ?? {}
  const between = least !== undefined && most !== undefined ? { least, most } : {}
  if (total === null || residents <= (most ?? total)) return { total, byState, ...between }
  return refused(
    'states-exceed-total',
    `The States add up to ${number(residents)}, more than the total of ${number(total)}. Give the total and every State: ${example}.`,
    'more',
    context,
  )
}

const totalWords = ({ total, least, most }: Partial<Affected>): string =>
  least !== undefined && most !== undefined ? `${least}-${most} best ${total}` : String(total ?? '')

const sum = (byState: Affected['byState']) => Object.values(byState).reduce((all, people) => all + people, 0)
