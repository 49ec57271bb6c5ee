/** A count of people as typed: a total, then States with their residents, in whatever punctuation. */
import { jurisdictions } from '../domain/clock-facts.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'

/** More people than live in the United States cannot be affected. */
const most = 400_000_000

export const example = 'fact affected 612 TX 501 OK 111'
const how = `Type it like ${example}: the total, then each State with its residents.`

export const number = (people: number) => people.toLocaleString('en-US')

export function refused(
  reason: string,
  sentence: string,
  field: 'value' | 'more',
  context: Context,
): Refusal {
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

export interface Typed {
  readonly total?: number | null
  readonly byState?: Readonly<Record<string, number>>
}

export function readTyped(typed: string, context: Context): Typed | Refusal {
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
