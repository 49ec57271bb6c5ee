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
  readonly least?: number
  readonly most?: number
  readonly byState?: Readonly<Record<string, number>>
}

/** `400-600`, `400 to 600`, with or without `best 520`: how few, how many, and the number to go by. */
const rangePattern = /(?:^|\s)([\d,_]+)\s*(?:-|–|to)\s*([\d,_]+)(?:\s+best\s+([\d,_]+))?(?=\s|$|,)/i

interface Range {
  readonly total: number
  readonly least: number
  readonly most: number
}

function rangeOf(found: RegExpExecArray, context: Context): Range | Refusal {
  const [least, most, best] = found.slice(1).map((word) => (word === undefined ? undefined : asCount(word)))
  const total = best ?? most
  if (typeof least !== 'number' || typeof most !== 'number' || typeof total !== 'number')
    return refused('large', `${notCounts.large}${how}`, 'value', context)
  if (least <= total && total <= most) return { total, least, most }
  const sentence = `The least, the best and the most must be in this order, such as fact affected 400-600 best 520. You gave ${number(least)}, ${number(total)} and ${number(most)}.`
  return refused('range', sentence, 'value', context)
}

export function readTyped(typed: string, context: Context): Typed | Refusal {
  const found = rangePattern.exec(typed)
  if (!found) return readCounts(typed, context)
  const range = rangeOf(found, context)
  if ('refusal' in range) return range
  const rest = typed.replace(found[0], ' ').trim()
  const states = rest ? readCounts(rest, context) : {}
  if ('refusal' in states) return states
  if (states.total !== undefined)
    return refused(
      'number-without-state',
      `Which State are the ${number(states.total ?? 0)} in? ${how}`,
      'more',
      context,
    )
  return { ...states, ...range }
}

function readCounts(typed: string, context: Context): Typed | Refusal {
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
