/** A count of people as typed: a total, then States with their residents, in whatever punctuation. */
import { jurisdictions } from '../domain/clock-facts.ts'
import { namesAsCodes } from '../domain/jurisdiction-names.ts'
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

const asCount = (word: string): number | keyof typeof notCounts | undefined => {
  const digits = word.replace(/(?<=\d)[,_](?=\d{3})/g, '')
  if (/^-\d+(\.\d+)?$/.test(digits)) return 'negative'
  if (/^\d+\.\d+$/.test(digits)) return Number(digits) % 1 === 0 ? Number(digits) : 'fraction'
  if (!/^\d+$/.test(digits)) return /^[.+-]*\d/.test(digits) ? 'unread' : undefined
  return Number(digits) > most ? 'large' : Number(digits)
}

const notCounts = {
  fraction: 'People are counted whole; round up. ',
  negative: 'A count cannot be negative. ',
  unread: 'Write numbers in digits, such as 1200. ',
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

/** `501 in Texas`, but IN 501 is Indiana. */
const isFiller = (word: string, next: string | undefined): boolean =>
  /^(people|persons|individuals|patients|and|total|about|approximately|~)$/i.test(word) ||
  (/^in$/i.test(word) && asCount(next ?? '') === undefined)

const wordsOf = (typed: string): readonly string[] =>
  namesAsCodes(typed)
    .replace(/[;:=]/g, ' ')
    .replace(/,(?!\d{3}\b)/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .filter((word, index, all) => !isFiller(word, all[index + 1]))

interface Mistake {
  readonly reason: string
  readonly says: string
  readonly field: 'value' | 'more'
}

/** Every mistake at once, a line each, and once what to type instead. */
function refusedAll(mistakes: readonly Mistake[], context: Context): Refusal {
  const [first] = mistakes
  const lines = mistakes.length > 1 ? mistakes.map(({ says }) => `${says}\n`) : [`${first!.says} `]
  return refused(first!.reason, `${lines.join('')}${how}`, first!.field, context)
}

function readCounts(typed: string, context: Context): Typed | Refusal {
  const words = wordsOf(typed)
  if (words.length === 0) return refused('missing', how, 'value', context)
  const mistakes: Mistake[] = []
  const wrong = (reason: string, says: string, field: Mistake['field'] = 'more') =>
    mistakes.push({ reason, says, field })
  let total: number | null | undefined
  let state: string | undefined
  const byState: Record<string, number> = {}
  const without = (place: string) => wrong('state-without-count', `How many people live in ${place}?`)
  for (const word of words) {
    const count = asCount(word.replace(/^~/, ''))
    if (count === undefined && /^unknown$/i.test(word) && !state) total = null
    else if (count === undefined) {
      if (state) without(state)
      state = word.toUpperCase()
      if (!jurisdictions.includes(state))
        wrong('unknown-state', `"${word.slice(0, 20)}" is no State, district or territory code.`)
      else if (byState[state] !== undefined) wrong('state-twice', `${state} is given twice.`)
    } else {
      const people = typeof count === 'number' ? count : 0
      if (typeof count === 'string') wrong(count, notCounts[count].trim(), 'value')
      else if (!state && total !== undefined)
        wrong('number-without-state', `Which State are the ${number(people)} in?`)
      if (state) byState[state] = people
      else total ??= people
      state = undefined
    }
  }
  if (state) without(state)
  if (mistakes.length > 0) return refusedAll(mistakes, context)
  return {
    ...(total === undefined ? {} : { total }),
    ...(Object.keys(byState).length > 0 ? { byState } : {}),
  }
}
