/** Facts that are a yes or a no. */
import type { FactValues } from '../domain/facts.ts'
import { refuse } from '../domain/refusal.ts'
import { choice, formButton } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

const yes = /^(yes|y|true|on|1)$/i
const no = /^(no|n|false|off|0)$/i

const yesNo = (text: string | undefined): boolean | undefined =>
  yes.test(text ?? '') ? true : no.test(text ?? '') ? false : undefined

interface YesNo<V> {
  readonly fact: string
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly of: (answer: boolean) => V
  readonly is: (value: V) => boolean
  readonly intro?: readonly string[]
}

const yesNoFact = <V>(row: YesNo<V>): FactReader<V> => ({
  read: ({ value }, context) => {
    const answer = yesNo(value)
    if (answer !== undefined) return row.of(answer)
    return refuse(`${row.fact}-not-yes-or-no`, `${row.question} Answer yes or no: fact ${row.fact} yes.`, {
      field: 'value',
      buttons: [formButton(row.fact, context)],
    })
  },
  say: (value) => (row.is(value) ? row.yes : row.no),
  fields: (_, typed) => {
    const answer = yesNo(typed)
    const options = [
      { value: 'yes', label: `Yes: ${row.yes}` },
      { value: 'no', label: `No: ${row.no}` },
    ]
    return [choice(row.question, options, answer === undefined ? undefined : answer ? 'yes' : 'no')]
  },
  ...(row.intro ? { intro: row.intro } : {}),
})

export const unsecured = yesNoFact<FactValues['unsecured']>({
  fact: 'unsecured',
  question: 'Was the data readable to whoever has it?',
  yes: 'the data was unsecured',
  no: 'the data was secured and the key is safe',
  of: (unsecured) => ({ unsecured }),
  is: ({ unsecured }) => unsecured,
  intro: [
    'Encrypted counts as secured only if the key was not taken with it, the device was off or locked, and encryption had finished.',
  ],
})

export const phi = yesNoFact<FactValues['phi']>({
  fact: 'phi',
  question: 'Was PHI involved?',
  yes: 'PHI was involved',
  no: 'no PHI was involved',
  of: (involved) => ({ involved }),
  is: ({ involved }) => involved,
})

export const permitted = yesNoFact<FactValues['permitted']>({
  fact: 'permitted',
  question: 'Was the use or disclosure permitted?',
  yes: 'the use or disclosure was permitted',
  no: 'the use or disclosure was not permitted',
  of: (permitted) => ({ permitted }),
  is: ({ permitted }) => permitted,
})

export const part2 = yesNoFact<FactValues['part2']>({
  fact: 'part2',
  question: 'Were substance use disorder records of a Part 2 program involved?',
  yes: 'Part 2 records were involved',
  no: 'no Part 2 records were involved',
  of: (involved) => ({ involved }),
  is: ({ involved }) => involved,
})

export const chatCompromised = yesNoFact<FactValues['chat-compromised']>({
  fact: 'chat-compromised',
  question: 'Can the attacker read this chat?',
  yes: 'this chat may be read by the attacker',
  no: 'this chat is safe to use',
  of: (compromised) => ({ compromised }),
  is: ({ compromised }) => compromised,
  intro: ['Yes tells people by every path left, and offers a new room on the same record.'],
})
