/** Puts a note on the record, whole and as typed. A note about an earlier time is a late entry and says so. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isRefusal } from '../domain/refusal.ts'
import type { Command } from './command.ts'
import { lateFields, maybe, needed, participantsIncident } from './here.ts'
import { lateEntry, takeLate } from './late-entry.ts'
import { recorded } from './recorded.ts'

const args = z.object({
  body: needed('Write the note first.'),
  at: maybe,
  by: maybe,
  byPerson: maybe,
})
type Args = z.infer<typeof args>

export const note: Command<Args> = {
  verb: 'note',
  aliases: ['log', 'record'],
  summary: 'Put a note on the record',
  usage: 'note <text> [at <time>] [by @who or by "Name"]',
  examples: [
    'note vendor confirmed the logs are kept',
    'note saw the ransom screen at 21:40 by "Ward 3 nurse"',
  ],
  who: 'Anyone in the incident.',
  about: 'incident',
  staysSealed: true,
  args,
  parse: (words, context) => {
    const { rest: body, ...clauses } = takeLate(words, context)
    return body ? { body, ...clauses } : undefined
  },
  form: (context, prefill) => {
    const { rest, ...clauses } = takeLate(prefill.words ?? '', context)
    return {
      title: 'Record a note',
      submit: 'Record',
      fields: [
        {
          kind: 'long-text',
          name: 'body',
          label: 'Note',
          hint: 'Facts, not guesses. No patient names.',
          ...(rest ? { initial: rest } : {}),
        },
        ...lateFields(clauses),
      ],
    }
  },
  decide: ({ body, ...words }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const late = lateEntry(words, context)
    if (isRefusal(late)) return late
    return {
      events: [event('note.recorded', late.data, { body, ...late.text })],
      reply: recorded('Note recorded', late, context),
    }
  },
}
