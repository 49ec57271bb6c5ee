/** The form of `close`. */
import { outcomeFromWords, outcomes } from '../domain/outcomes.ts'
import type { Field, Form } from '../views/card.ts'
import { openLine } from './close-checks.ts'
import { typedClose } from './close-words.ts'
import type { Context } from './command.ts'
import { seen } from './overview.ts'

type Prefill = Readonly<Record<string, string>>

export const closeForm = (context: Context, prefill: Prefill): Omit<Form, 'verb' | 'nonce' | 'incident'> => ({
  title: 'Close the incident',
  submit: 'Close',
  intro: ['Closing stops no clock: open last days go on to their owner.', ...openLine(context.state)],
  fields: fields(context, prefill),
})

function fields(context: Context, prefill: Prefill): readonly Field[] {
  const { state } = context
  const { outcome, of, reason } = typedClose(prefill.words ?? '')
  const initial = outcomeFromWords(outcome)
  const others = seen(context).filter(({ incident }) => incident !== state?.incident)
  return [
    {
      kind: 'choice',
      name: 'outcome',
      label: 'Outcome',
      options: outcomes
        .filter(({ id }) => id !== 'drill' || state?.drill)
        .filter(({ id }) => id !== 'duplicate' || others.length > 0)
        .map(({ id, label, meaning }) => ({ value: id, label, hint: meaning })),
      ...(initial ? { initial } : {}),
    },
    ...(others.length > 0
      ? [
          {
            kind: 'choice' as const,
            name: 'of',
            label: 'If a duplicate: of which',
            options: others.slice(0, 100).map(({ incident }) => ({ value: incident, label: incident })),
            optional: true,
            ...(others.some(({ incident }) => incident === of) && of ? { initial: of } : {}),
          },
        ]
      : []),
    {
      kind: 'long-text',
      name: 'reason',
      label: 'Why it may close',
      maxLength: 3000,
      ...(reason ? { initial: reason } : {}),
      ...(state?.drill ? { optional: true } : {}),
    },
  ]
}
