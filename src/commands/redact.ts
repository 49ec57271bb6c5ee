/**
 * Asks to dispose of the words of one message or entry that must not stay: all its versions at once, copies of it by
 * decisions of their own. Approved and carried out as every disposal is; the chain keeps the lines.
 */
import { z } from 'zod'
import { idsOf, roomOf } from '../domain/companion.ts'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { linkedMessage } from '../domain/message-link.ts'
import { redactionOf } from '../domain/redaction.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { disposalWords } from '../views/disposal-words.ts'
import { button, say } from '../views/say.ts'
import type { Command, Context, Decision } from './command.ts'
import { answer, answerArgs, heldBy, mayDispose, readAnswer, WHO_DISPOSES } from './disposing.ts'
import { maybe, participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'
import { ofIncident, reasonField } from './role-words.ts'

const args = z.object({
  ...answerArgs,
  /** A link to a message, or an entry's number. */
  what: maybe,
  reason: maybe,
})
type Args = z.infer<typeof args>

export const redact: Command<Args> = {
  verb: 'redact',
  aliases: ['redaction'],
  summary: 'Ask to dispose of the words of one message that must not stay, or approve it',
  usage: 'redact <message link | entry> because <why> | approve [<entry>] | withdraw [<entry>]',
  examples: ['redact 212 because it names a patient of another clinic', 'redact approve 230'],
  who: WHO_DISPOSES,
  about: 'incident',
  args,
  parse: (words) => {
    const answered = readAnswer(words)
    if (answered) return answered
    const { before, because } = splitReason(words)
    return before && because ? { do: 'ask', what: before, reason: because } : undefined
  },
  form: (_, prefill) => {
    const { before, because } = splitReason(prefill.words ?? '')
    return {
      title: 'Redact',
      submit: 'Ask',
      intro: [
        'The words go for good from our record, not from the chat: delete them there yourself. That they were there, when and by whom, stays.',
      ],
      fields: [
        {
          kind: 'text',
          name: 'what',
          label: 'Link to the message, or the entry’s number',
          maxLength: 500,
          ...(before ? { initial: before.slice(0, 500) } : {}),
        },
        reasonField(because, { label: 'Why it must not stay', required: true }),
      ],
    }
  },
  lines: (_, { do: act, what }) => {
    const target = act === 'ask' ? targetOf(what) : undefined
    return target && { of: 'message', ...target }
  },
  decide: (given, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (given.do !== 'ask') {
      const { do: act, request } = given
      return answer({ do: act, ...(request === undefined ? {} : { request }) }, state, context)
    }
    return ask(state, given, context)
  },
}

function targetOf(what: string | undefined) {
  const number = /^(?:entry\s+)?#?(\d{1,9})$/i.exec(what?.trim() ?? '')?.[1]
  if (number) return { seq: Number(number) }
  const link = what ? linkedMessage(what) : undefined
  return link && { message: link.message, room: link.room }
}

/** A link has one id of the room, and versions of one message may be recorded under another. */
function idsIn(state: IncidentState, room: string): readonly string[] {
  const known = roomOf(state, room)
  return known ? idsOf(known) : [room]
}

/** Why something was held or disposed of is never itself disposed of alone. */
const KEPT = /^(?:legal_hold|disposal|content)\./

function ask(state: IncidentState, { what, reason }: Args, context: Context): Decision | Refusal {
  const barred = mayDispose(context) ?? heldBy(state, context)
  if (barred) return barred
  const target = targetOf(what)
  if (!target)
    return refuse('redact-what', 'Name it by its number on the record, or paste the link to the message.', {
      field: 'what',
    })
  const rooms = 'room' in target ? idsIn(state, target.room) : undefined
  const found = redactionOf(context.lines, rooms ? { ...target, rooms } : target)
  const named = 'seq' in target ? context.lines.find(({ seq }) => seq === target.seq) : undefined
  if (!found || (!named && found.seqs.length === 0))
    return refuse('redact-unknown', `Nothing of that is on the record of ${state.incident}.`, {
      field: 'what',
    })
  if (named && KEPT.test(named.kind))
    return refuse('redact-kept', 'Reasons of holds and disposals stay as long as the incident does.', {
      field: 'what',
    })
  const seqs = found.seqs.filter((seq) => !isGone(state, seq))
  if (seqs.length === 0)
    return refuse('redact-nothing', 'No words are kept there, or they were disposed of already.', {
      field: 'what',
    })
  const pending = state.disposals.find(
    ({ of }) => of.what === 'entry' && seqs.some((seq) => of.seqs.includes(seq)),
  )
  if (pending)
    return refuse('redact-asked', `<@${pending.by}> asked for it already, in entry ${pending.seq}.`, {
      buttons: [{ label: 'Approve', line: `dispose approve ${pending.seq}`, ...ofIncident(context) }],
    })
  if (!reason)
    return refuse('redact-reason', 'Say why: the record keeps a redaction with its reason.', {
      field: 'reason',
    })
  const also = found.also.filter(({ seq }) => !isGone(state, seq))
  return {
    events: [
      event('disposal.requested', { what: 'entry', seqs, keptUntilOn: null, signer: null }, { reason }),
    ],
    reply: say(
      'Recorded. Nothing is disposed of yet.',
      [
        `Asked: to dispose of ${disposalWords({ what: 'entry', seqs })}. Somebody else of the roster must approve.`,
        ...(also.length > 0
          ? [
              `What was typed, attached or recorded with it may say the same: ${also
                .slice(0, 8)
                .map(({ seq, kind }) => `entry ${seq} (${kind.split('.')[0]})`)
                .join(', ')}. Each is a request of its own.`,
            ]
          : []),
        'It stays in the chat until somebody deletes it there.',
      ],
      [button('Custody', 'custody', ofIncident(context))],
    ),
  }
}

const isGone = (state: IncidentState, seq: number): boolean =>
  state.redacted.includes(seq) || (state.disposed !== null && seq < state.disposed.seq)
