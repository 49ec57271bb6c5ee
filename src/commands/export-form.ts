/** The form of `export`: the scope, the decision file first, and what would leave with each. */
import { sendsFiles } from '../domain/platforms.ts'
import type { Form, Line } from '../views/card.ts'
import { amountWords, goesWhere } from '../views/exports.ts'
import type { Context } from './command.ts'
import { seen } from './here.ts'
import { todayOf } from './reading.ts'

export function exportForm(context: Context): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const state = seen(context)
  // Whoever takes no part in it is not told how much there is.
  const leaving = state ? context.leaving : undefined
  const hint = (scope: 'decision-file' | 'full', otherwise: string) =>
    leaving?.scopes ? amountWords(leaving.scopes[scope]) : otherwise
  const chain: Line[] = leaving
    ? [
        `All ${leaving.entries} entries of the chain leave, without words; the scope says whose words leave with them.`,
      ]
    : []
  return {
    title: 'Export the record',
    submit: 'Export',
    intro: [...chain, goesWhere(sendsFiles(context.platform)), 'Who exported is put on the record.'],
    fields: [
      {
        kind: 'choice',
        name: 'scope',
        label: 'What leaves',
        initial: 'decision-file',
        options: [
          {
            value: 'decision-file',
            label: 'Decision file (45 CFR 164.414(b))',
            hint: hint(
              'decision-file',
              'What was decided and done, and what was marked as evidence; no chatter',
            ),
          },
          { value: 'full', label: 'Everything said and done', hint: hint('full', 'Every message and file') },
          { value: 'dates', label: 'Everything of some days', hint: 'Say which below' },
        ],
      },
      { kind: 'date', name: 'from', label: 'First day', hint: 'For days only', optional: true },
      {
        kind: 'date',
        name: 'to',
        label: 'Last day',
        hint: 'For days only',
        optional: true,
        initial: todayOf(context),
      },
    ],
  }
}
