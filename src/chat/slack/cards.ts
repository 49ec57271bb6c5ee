/** The few cards the adapter itself says, when nobody else can. */
import type { Card } from '../../views/card.ts'

export const sorry: Card = {
  summary: 'Something went wrong. Nothing was recorded.',
  blocks: [
    {
      kind: 'lines',
      lines: ['Something went wrong on our side. Nothing was recorded; the same command is safe to repeat.'],
    },
  ],
}

/** For where no form can be opened, or where its three seconds had passed: a button that asks for it again. */
export function formButton(verb: string, incident?: string): Card {
  return {
    summary: 'A form is ready to open.',
    blocks: [
      {
        kind: 'lines',
        lines: ['Nothing was recorded yet. This needs a form:'],
        button: { label: 'Open the form', line: verb, form: true, ...(incident ? { incident } : {}) },
      },
    ],
  }
}

export function errorsCard(errors: Readonly<Record<string, string>>): Card {
  return {
    summary: 'Something is missing. Nothing was recorded.',
    blocks: [{ kind: 'lines', lines: [...Object.values(errors), 'Nothing was recorded.'] }],
  }
}

export function notOurs(word: string, commands: readonly string[]): Card {
  return {
    summary: 'This command is not set up here.',
    blocks: [
      {
        kind: 'lines',
        lines: [
          [{ code: `/${word}` }, ' is not set up here. Nothing was recorded.'],
          ['Type ', { code: `/${commands[0] ?? 'incident'} help` }],
        ],
      },
    ],
  }
}
