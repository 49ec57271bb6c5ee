/** How many people have no address that works: below ten another form of notice does, from ten on a posting. */
import type { FactValues } from '../domain/facts.ts'
import { refuse } from '../domain/refusal.ts'
import { formButton } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

const LINE = 10

const numberOf = (typed: string | undefined): number | undefined => {
  const digits = typed?.trim().replaceAll(',', '') ?? ''
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}

export const noAddress: FactReader<FactValues['no-address']> = {
  read: ({ value }, context, state) => {
    const field = { field: 'value', buttons: [formButton('no-address', context)] }
    const count = numberOf(value)
    if (count === undefined)
      return refuse('no-address-count', 'How many is a whole number, 0 or more: fact no-address 14.', field)
    const total = state.facts.affected?.value.total ?? null
    if (total !== null && count > total)
      return refuse(
        'no-address-too-many',
        `That is more than the ${total} people affected. Check the number, or record the people affected first.`,
        field,
      )
    return { count }
  },
  say: ({ count }) => {
    if (count === 0) return 'everybody has an address that works'
    const needs =
      count < LINE
        ? 'another written form, the telephone or other means will do'
        : 'post a substitute notice for 90 days, with a toll-free line'
    return `${count} ${count === 1 ? 'person has' : 'people have'} no address that works: ${needs}`
  },
  intro: ['Addresses that are missing, out of date, or that letters came back from. 45 CFR 164.404(d)(2)'],
  fields: (_, typed) => {
    const count = numberOf(typed)
    return [
      {
        kind: 'number',
        name: 'value',
        label: 'How many people',
        ...(count === undefined ? {} : { initial: count }),
      },
    ]
  },
}
