/** When the breach itself happened. It starts no clock, but nobody can have known before (45 CFR 164.404(c)(1)(A)). */
import type { FactValues } from '../domain/facts.ts'
import { discoveryOn } from '../domain/incident-clocks.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Field } from '../views/card.ts'
import { type Reading, readDay, refused, sayOn } from './fact-days.ts'
import { dayField } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

const range = (typed: string): readonly [string, string | undefined] => {
  const [from = '', to] = typed.replace(/^from\s+/i, '').split(/\s+(?:to|until|through|–|-)\s+/i)
  return [from.trim(), to?.trim()]
}

export const happened: FactReader<FactValues['happened']> = {
  read: ({ value = '', more }, context, state) => {
    const reading: Reading = { fact: 'happened', context, state }
    const [first, last] = range(value)
    const from = readDay(reading, first, 'value')
    if (isRefusal(from)) return from
    const said = more ?? last
    const to = said ? readDay(reading, said, 'more') : from
    if (isRefusal(to)) return to
    if (to < from)
      return refused(
        reading,
        'ends-before',
        `It would have ended ${sayOn(to, state)}, before it began. Check the two days.`,
        'more',
      )
    return knownAlready(reading, from) ?? { from, to }
  },
  say: ({ from, to }, state) =>
    from === to
      ? `it happened ${sayOn(from, state)}`
      : `it happened ${sayOn(from, state)} to ${sayOn(to, state)}`,
  intro: [
    'The breach itself, not when somebody noticed. No clock counts from it; letters and the report to HHS name it.',
  ],
  fields: (context, typed) => {
    const known = context.state?.facts.happened?.value
    const [from, to] = typed ? range(typed) : [known?.from ?? '', known?.to]
    return [
      dayField('It began on', from),
      {
        ...{
          kind: 'text',
          name: 'more',
          label: 'It ended on, if another day',
          optional: true,
          maxLength: 60,
        },
        ...(to ? { initial: to } : {}),
      } as Field,
    ]
  },
}

function knownAlready(reading: Reading, from: string): Refusal | undefined {
  const known = discoveryOn(reading.state)
  if (!known || from <= known) return undefined
  return refused(
    reading,
    'after-discovery',
    `Somebody knew ${sayOn(known, reading.state)}, so it cannot have happened later. Check the day, or correct the discovery: fact discovered.`,
    'value',
  )
}
