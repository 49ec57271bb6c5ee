/** Records a message or a text as evidence, with a note of why it matters. The message itself stays on the record whole. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { exhibitNumber } from '../domain/exhibits.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { exhibitPage, exhibitsCard } from '../views/exhibits.ts'
import type { Command } from './command.ts'
import { MESSAGE_CARRIED } from './declare-about.ts'
import { acceptExhibit, addExhibit, declineExhibit, offerExhibit } from './exhibit.ts'
import { exhibitForm, transferForm } from './exhibit-form.ts'
import { type ExhibitWords, readExhibitWords } from './exhibit-words.ts'
import { lateFields, maybe, participantsIncident } from './here.ts'
import { lateEntry, takeLate } from './late-entry.ts'
import { sceneOf } from './overview.ts'
import { recorded } from './recorded.ts'
import { ofIncident } from './role-words.ts'

const numbered = z.preprocess(
  (typed) => (typeof typed === 'string' ? exhibitNumber(typed) : typed),
  z.number().int().positive().optional(),
)

const args = z.object({
  do: z.enum(['record', 'add', 'transfer', 'accept', 'decline', 'list']).default('record'),
  exhibit: numbered,
  from: numbered,
  source: maybe,
  sha256: maybe,
  seal: maybe,
  place: maybe,
  custodian: maybe,
  keeper: maybe,
  person: maybe,
  reason: maybe,
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
  aliases: ['exhibit', 'exhibits'],
  summary: 'Record something as evidence; add exhibits and hand them over',
  usage:
    'evidence <what it is> [at <time>] [by @who or by "Name"] | add … | transfer E1 @who [because <why>] | list',
  examples: [
    'evidence badge log of door 3, hash 9f2c… at yesterday 22:10',
    'evidence photo in the safe by "Officer Ruiz"',
    'evidence add disk image of WS-104, seal S-104423, with @dana, in the safe',
    'evidence transfer E1 @dana because she takes it to the lab',
  ],
  who: 'Anyone in the incident; on a message, the shortcut Record as evidence. Handing over: whoever keeps it, counsel, privacy or security officer.',
  about: 'incident',
  reads: ({ do: act }) => act === 'list',
  staysSealed: ({ do: act }) => act === 'record',
  args,
  parse: (words, context) => {
    const exhibit = readExhibitWords(words, context)
    if (exhibit) return isWhole(exhibit) ? exhibit : undefined
    const { rest: body, ...clauses } = takeLate(words, context)
    return body ? { body, ...clauses } : undefined
  },
  form: (context, prefill) => {
    const exhibit = readExhibitWords(prefill.words ?? '', context)
    if (exhibit?.do === 'add') return { ...exhibitForm(exhibit, context), carry: { do: 'add' } }
    if (exhibit?.do === 'transfer') return { ...transferForm(exhibit, context), carry: { do: 'transfer' } }
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
  texts: ({ state }, { do: act, from }) =>
    state && act === 'list' ? exhibitPage(state, from).map(({ seq }) => seq) : [],
  decide: (given, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (given.do === 'add') return addExhibit(state, given, context)
    if (given.do === 'transfer') return offerExhibit(state, given, context)
    if (given.do === 'accept') return acceptExhibit(state, given.exhibit, context)
    if (given.do === 'decline') return declineExhibit(state, given.exhibit, context)
    if (given.do === 'list') return { events: [], reply: exhibitsCard(sceneOf(context, state), given.from) }
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

/** Enough was typed to do it at once; otherwise the form opens with what was. */
function isWhole({ do: act, exhibit, source, body, sha256, seal, place, person }: ExhibitWords): boolean {
  if (act === 'add') return Boolean(source && body && (sha256 || seal) && place)
  return act !== 'transfer' || (exhibit !== undefined && person !== undefined)
}
