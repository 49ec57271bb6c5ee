/** Facts with one value from a list: a severity, a kind. */
import { type FactValues, type Severity, severities } from '../domain/facts.ts'
import { isKind, kindFromWords, kindLabel, kinds } from '../domain/kinds.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { choice, formButton } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

const severityOf = (text: string | undefined): Severity | undefined =>
  severities.find((severity) => severity === text?.trim().toLowerCase())

export const severity: FactReader<FactValues['severity']> = {
  read: ({ value }, context): FactValues['severity'] | Refusal => {
    const found = severityOf(value)
    if (found) return { severity: found }
    return refuse(
      'no-such-severity',
      `Severity is one of ${severities.join(', ')}: fact severity high because …`,
      {
        field: 'value',
        buttons: [formButton('severity', context)],
      },
    )
  },
  say: ({ severity }) => `severity ${severity}`,
  fields: (_, typed) => [
    choice(
      'Severity',
      severities.map((each) => ({ value: each, label: each })),
      severityOf(typed),
    ),
  ],
}

export const kind: FactReader<FactValues['kind']> = {
  read: ({ value = '' }, context) => {
    const found = isKind(value) ? value : kindFromWords(value)
    if (found !== 'other' || /^other$/i.test(value.trim())) return { kind: found }
    return refuse(
      'no-such-kind',
      `That is no kind I know. Choose one of: ${kinds.map(({ label }) => label).join(', ')}.`,
      { field: 'value', buttons: [formButton('kind', context)] },
    )
  },
  say: ({ kind }) => `kind ${kindLabel(kind)}`,
  fields: (context, typed) => [
    choice(
      'Kind',
      kinds.map(({ id, label }) => ({ value: id, label })),
      typed ? kindFromWords(typed) : context.state?.kind,
    ),
  ],
}
