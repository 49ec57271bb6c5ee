/** People whose unsecured PHI was involved, in all and by State of residence (45 CFR 164.406, 164.408). */
import { jurisdictions } from '../domain/clock-facts.ts'
import type { FactValues } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import type { FactReader } from './fact-rows.ts'

type Affected = FactValues['affected']

/** More people than live in the United States cannot be affected. */
const most = 400_000_000

const example = 'fact affected 612 TX 501 OK 111'
const how = `Type it like ${example}: the total, then each State with its residents.`

export const affected: FactReader<Affected> = {
  read: ({ value, more }, context, state) => {
    const typed = readTyped([value, more].filter(Boolean).join(' '), context)
    return 'refusal' in typed ? typed : merged(typed, state, context)
  },
  say: ({ total, byState }) => {
    const states = Object.entries(byState).map(([state, people]) => `${state} ${number(people)}`)
    const all = total === null ? 'total not known yet' : `${number(total)} affected`
    return states.length > 0 ? `${all} — ${states.join(', ')}` : all
  },
  intro: [
    'An estimate is enough; it can be corrected. Count people, not records, by the State they live in.',
  ],
  fields: (context, typed) => {
    const read = typed ? readTyped(typed, context) : {}
    const known = { ...context.state?.facts.affected?.value, ...('refusal' in read ? {} : read) }
    const states = Object.entries(known.byState ?? {})
      .map(([state, people]) => `${state} ${people}`)
      .join(' ')
    return [
      {
        kind: 'number',
        name: 'value',
        label: 'How many people in all',
        optional: true,
        ...(known.total != null ? { initial: known.total } : {}),
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

const number = (people: number) => people.toLocaleString('en-US')

function refused(reason: string, sentence: string, field: 'value' | 'more', context: Context): Refusal {
  return refuse(`affected-${reason}`, sentence, {
    field,
    buttons: [
      {
        label: 'Open the form',
        line: 'fact affected',
        form: true,
        ...(context.state ? { incident: context.state.incident } : {}),
      },
    ],
  })
}

const asCount = (word: string): number | 'fraction' | 'negative' | 'large' | undefined => {
  const digits = word.replace(/(?<=\d)[,_](?=\d{3})/g, '')
  if (/^-\d+(\.\d+)?$/.test(digits)) return 'negative'
  if (/^\d+\.\d+$/.test(digits)) return Number(digits) % 1 === 0 ? Number(digits) : 'fraction'
  if (!/^\d+$/.test(digits)) return undefined
  return Number(digits) > most ? 'large' : Number(digits)
}

const notCounts = {
  fraction: 'People are counted whole; round up. ',
  negative: 'A count cannot be negative. ',
  large: 'That is more people than live in the United States. Check the number. ',
}

interface Typed {
  readonly total?: number | null
  readonly byState?: Readonly<Record<string, number>>
}

/** The half that was not typed stays as it was: States added later do not take the total away. */
function merged(typed: Typed, state: IncidentState, context: Context): Affected | Refusal {
  const before = state.facts.affected?.value
  const { total = before?.total ?? null, byState = before?.byState ?? {} } = typed
  const residents = sum(byState)
  if (total === null || residents <= total) return { total, byState }
  return refused(
    'states-exceed-total',
    `The States add up to ${number(residents)}, more than the total of ${number(total)}. Give the total and every State: ${example}.`,
    'more',
    context,
  )
}

const sum = (byState: Affected['byState']) => Object.values(byState).reduce((all, people) => all + people, 0)

function readTyped(typed: string, context: Context): Typed | Refusal {
  const words = typed
    .replace(/[;:=]/g, ' ')
    .replace(/,(?!\d{3}\b)/g, ' ')
    .split(/\s+/)
    .filter(
      (word) =>
        word && !/^(people|persons|individuals|patients|in|and|total|about|approximately|~)$/i.test(word),
    )
  let total: number | null | undefined
  let state: string | undefined
  const byState: Record<string, number> = {}
  for (const word of words) {
    const count = asCount(word.replace(/^~/, ''))
    if (typeof count === 'string') return refused(count, `${notCounts[count]}${how}`, 'value', context)
    if (count === undefined) {
      if (state)
        return refused('state-without-count', `How many people live in ${state}? ${how}`, 'more', context)
      if (/^unknown$/i.test(word)) {
        total = null
        continue
      }
      state = word.toUpperCase()
      if (!jurisdictions.includes(state))
        return refused(
          'unknown-state',
          `"${word.slice(0, 20)}" is no State, district or territory code. ${how}`,
          'more',
          context,
        )
      if (byState[state] !== undefined)
        return refused('state-twice', `${state} is given twice. ${how}`, 'more', context)
    } else if (state) {
      byState[state] = count
      state = undefined
    } else if (total === undefined) total = count
    else
      return refused(
        'number-without-state',
        `Which State are the ${number(count)} in? ${how}`,
        'more',
        context,
      )
  }
  if (state)
    return refused('state-without-count', `How many people live in ${state}? ${how}`, 'more', context)
  if (words.length === 0) return refused('missing', how, 'value', context)
  return {
    ...(total === undefined ? {} : { total }),
    ...(Object.keys(byState).length > 0 ? { byState } : {}),
  }
}
