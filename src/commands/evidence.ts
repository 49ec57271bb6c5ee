/** Records a message or a text as evidence, with a note of why it matters. The message itself stays on the record whole. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import type { Command } from './command.ts'
import { MESSAGE_CARRIED } from './declare-about.ts'
import { lateFields, maybe, participantsIncident } from './here.ts'
import { lateEntry, takeLate } from './late-entry.ts'
import { recorded } from './recorded.ts'
import { ofIncident } from './role-words.ts'

const args = z.object({
  body: maybe,
  note: maybe,
  at: maybe,
  by: maybe,
  byPerson: maybe,
  /** From the message shortcut: the message, its author, its own time and its text. */
  about_message: maybe,
  about_author: maybe,
  about_at: maybe,
  about_text: maybe,
})
type Args = z.infer<typeof args>

export const evidence: Command<Args> = {
  verb: 'evidence',
  aliases: ['exhibit'],
  summary: 'Record something as evidence',
  usage: 'evidence <what it is> [at <time>] [by @who or by "Name"]',
  examples: [
    'evidence badge log of door 3, hash 9f2c… at yesterday 22:10',
    'evidence photo in the safe by "Officer Ruiz"',
  ],
  who: 'Anyone in the incident; on a message, the shortcut Record as evidence.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const { rest: body, ...clauses } = takeLate(words, context)
    return body ? { body, ...clauses } : undefined
  },
  form: (context, prefill) => {
    const { rest, ...clauses } = takeLate(prefill.words ?? '', context)
    const { about_message, about_author, about_at, about_text } = prefill
    const note = { kind: 'long-text', name: 'note', label: 'Why it matters', optional: true } as const
    if (!about_message)
      return {
        title: 'Record evidence',
        submit: 'Record',
        fields: [
          {
            kind: 'long-text',
            name: 'body',
            label: 'What it is and where it is kept',
            ...(rest ? { initial: rest } : {}),
          },
          note,
          ...lateFields(clauses),
        ],
      }
    return {
      title: 'Record as evidence',
      submit: 'Record',
      intro: [
        [
          ...(about_author ? [{ person: about_author }, '’s message'] : ['The message']),
          ' is recorded whole, with its own time.',
        ],
      ],
      fields: [note],
      carry: {
        about_message,
        ...(about_author ? { about_author } : {}),
        ...(about_at ? { about_at } : {}),
        ...(about_text ? { about_text } : {}),
      },
      carryTitle: MESSAGE_CARRIED,
    }
  },
  decide: (given, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const body = given.body ?? given.about_text
    const message = given.about_message ?? null
    if (!body && !message)
      return refuse(
        'evidence-empty',
        `Say what it is and where it is kept: ${context.word} evidence <what it is>`,
        {
          field: 'body',
          buttons: [{ label: 'Record evidence', line: 'evidence', form: true, ...ofIncident(context) }],
        },
      )
    const words = {
      at: given.at ?? given.about_at,
      by: given.by,
      byPerson: given.byPerson ?? (given.by ? undefined : given.about_author),
    }
    const late = lateEntry(words, context)
    if (isRefusal(late)) return late
    const text = { ...(body ? { body } : {}), ...(given.note ? { note: given.note } : {}), ...late.text }
    return {
      events: [event('evidence.recorded', { message, ...late.data }, text)],
      reply: recorded('Evidence recorded', late, context),
    }
  },
}
