/** Records a decision with its reason and who took it. In containment it also answers item C1. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isContaining } from '../domain/incident-items.ts'
import { isRefusal } from '../domain/refusal.ts'
import type { Command, Context } from './command.ts'
import { decisionFields, prefilledDecision } from './decide-form.ts'
import { fulfil } from './fulfil.ts'
import { maybe, needed, participantsIncident } from './here.ts'
import { bareName, lateEntry, splitReason, takeLate } from './late-entry.ts'
import { recorded } from './recorded.ts'
import { ofIncident } from './role-words.ts'

const args = z.object({
  what: needed('Say what was decided.'),
  why: needed('Say why: the record keeps a decision with its reason.'),
  at: maybe,
  by: maybe,
  byPerson: maybe,
  /** The chat message the decision was taken in. */
  message: maybe,
})
type Args = z.infer<typeof args>

export const decide: Command<Args> = {
  verb: 'decide',
  aliases: ['decision', 'decided'],
  summary: 'Record a decision and why',
  usage: 'decide <what> because <why> [at <time>] [by @who or by "Name"]',
  examples: [
    'decide wipe the laptop because its encryption is not proven',
    'decide close the ward portal because of the outage at 22:10 by @priya',
  ],
  who: 'Anyone in the incident; the one who decided is named beside the one who records it.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const read = readDecision(words, context)
    return read.what && read.why ? read : undefined
  },
  form: (context, prefill) => {
    const given = prefilledDecision(prefill, readDecision(prefill.words ?? '', context), context)
    return {
      title: 'Record a decision',
      submit: 'Record',
      ...(given.cut ? { intro: [CUT[given.cut]] } : {}),
      fields: decisionFields(given),
      ...(prefill.about_message ? { carry: { message: prefill.about_message } } : {}),
    }
  },
  decide: ({ what, why, message, ...words }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const late = lateEntry(words, context)
    if (isRefusal(late)) return late
    const number = nextDecision(state.decisions)
    const name = bareName(why)
    const decision = event(
      'decision.recorded',
      { number, message: message ?? null, ...late.data },
      { what, why, ...late.text },
    )
    const ticked = isContaining(state) ? fulfil(state, 'decide') : []
    const items = ticked.flatMap(({ data }) => ('item' in data ? [data.item] : []))
    return {
      events: [decision, ...ticked],
      reply: recorded(
        `Decision ${number} recorded`,
        late,
        context,
        [
          ...items.map((item) => `It also completes ${item}.`),
          ...(name && !late.text.by && !late.data.byPerson
            ? [`It is recorded as yours. If ${name} decided it, record it again with by "${name}" in quotes.`]
            : []),
        ],
        items.length > 0 ? [{ label: 'Checklist', line: 'check', ...ofIncident(context) }] : [],
      ),
    }
  },
}

const CUT = {
  message: 'The message is longer than this field; the record keeps the message itself whole.',
  typed: 'What you typed is longer than this field. What does not fit is not recorded: put it in a note.',
}

export const nextDecision = (decisions: readonly { readonly number: number }[]): number =>
  Math.max(0, ...decisions.map(({ number }) => number)) + 1

/** `at` and `by` may close either half. */
function readDecision(line: string, context: Context) {
  const { before, because } = splitReason(line)
  const { rest: what, ...first } = takeLate(before, context)
  const { rest: why, ...second } = takeLate(because ?? '', context)
  return { what, why, ...first, ...second }
}
