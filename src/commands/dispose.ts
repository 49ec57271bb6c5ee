/**
 * Asks to dispose of an incident's words and files once the law no longer has them kept, and lets somebody else approve.
 * Nothing is deleted here: whoever runs the server carries out what two people decided.
 */
import { z } from 'zod'
import { isSpki } from '../domain/checkpoint.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { createdIn, RETENTION_LAW, retentionOf } from '../domain/retention.ts'
import { button, say } from '../views/say.ts'
import type { Command, Context, Decision } from './command.ts'
import { answer, answerArgs, heldBy, mayDispose, readAnswer, WHO_DISPOSES } from './disposing.ts'
import { maybe, participantsIncident } from './here.ts'
import { splitReason } from './late-entry.ts'
import { ofIncident, reasonField } from './role-words.ts'

const args = z.object({
  ...answerArgs,
  reason: maybe,
  signer: maybe,
  key: maybe,
})
type Args = z.infer<typeof args>

export const dispose: Command<Args> = {
  verb: 'dispose',
  aliases: ['disposal'],
  summary: 'Ask to dispose of an incident’s words and files when its time has come, or approve it',
  usage: 'dispose [inc-2026-0007] because <why> | approve [<entry>] | withdraw [<entry>]',
  examples: ['dispose inc-2026-0007 because its six years are over', 'dispose approve'],
  who: WHO_DISPOSES,
  about: 'incident',
  args,
  parse: (words) => {
    const answered = readAnswer(words)
    if (answered) return answered
    const { before, because } = splitReason(words)
    return because && before === '' ? { do: 'ask', reason: because } : undefined
  },
  form: (_, prefill) => ({
    title: 'Dispose of content',
    submit: 'Ask',
    intro: [
      'Asks for the words and files of the whole incident to be deleted. Dates, people and the chain stay.',
      'Somebody else must approve: a person of the roster, or somebody outside by signature.',
    ],
    fields: [
      reasonField(splitReason(prefill.words ?? '').because, { label: 'Why', required: true }),
      {
        kind: 'text',
        name: 'signer',
        label: 'Outside signer, if any',
        hint: 'Name and where they are from',
        optional: true,
        maxLength: 200,
      },
      {
        kind: 'text',
        name: 'key',
        label: 'Their Ed25519 public key',
        hint: 'The line between BEGIN and END of: openssl pkey -in key.pem -pubout',
        optional: true,
        maxLength: 120,
      },
    ],
  }),
  lines: (_, { do: act }) => (act === 'ask' ? { of: 'retention' } : undefined),
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

function ask(state: IncidentState, { reason, signer, key }: Args, context: Context): Decision | Refusal {
  const barred = mayDispose(context) ?? heldBy(state, context)
  if (barred) return barred
  const { keptUntilOn, bar } = retentionOf(
    state,
    context.organisation,
    createdIn(context.lines, context.message),
    context.at,
  )
  if (bar === 'open')
    return refuse(
      'dispose-open',
      `${state.incident} is open. Only what is closed and old enough is disposed of.`,
    )
  if (bar === 'nothing-left')
    return refuse('dispose-nothing', `Nothing of ${state.incident} is left to dispose of.`, {
      buttons: [{ label: 'Custody', line: 'custody', ...ofIncident(context) }],
    })
  if (bar === 'not-yet')
    return refuse(
      'dispose-early',
      `${state.incident} is kept through ${sayDay(keptUntilOn)}: six years from when it was last recorded in or had effect. Ask from the day after. ${RETENTION_LAW}`,
    )
  const pending = state.disposals.find(({ of }) => of.what === 'incident')
  if (pending)
    return refuse('dispose-asked', `<@${pending.by}> asked for it already, in entry ${pending.seq}.`, {
      buttons: [{ label: 'Approve', line: `dispose approve ${pending.seq}`, ...ofIncident(context) }],
    })
  if (!reason)
    return refuse('dispose-reason', 'Say why: the record keeps a disposal with its reason.', {
      field: 'reason',
    })
  const signs = signerOf(signer, key)
  if (isRefusal(signs)) return signs
  return {
    events: [
      event(
        'disposal.requested',
        { what: 'incident', seqs: null, keptUntilOn, signer: signs?.key ?? null },
        { reason, ...(signs ? { signer: signs.name } : {}) },
      ),
    ],
    reply: say(
      'Recorded. Nothing is disposed of yet.',
      [
        `Asked: to dispose of all words and files of ${state.incident}. It was kept through ${sayDay(keptUntilOn)}.`,
        'Nothing is gone yet. Your asking is one approval; one more is needed, by somebody else of the roster or by the signature you named.',
      ],
      [button('Custody', 'custody', ofIncident(context))],
    ),
  }
}

function signerOf(
  name: string | undefined,
  key: string | undefined,
): { name: string; key: string } | Refusal | undefined {
  if (!name && !key) return undefined
  if (!name)
    return refuse('signer-name', 'Name who signs: whose key it is belongs on the record.', {
      field: 'signer',
    })
  const spki = (key ?? '').replace(/-----[A-Z ]+-----|\s/g, '')
  if (!isSpki(spki))
    return refuse(
      'signer-key',
      'That is no Ed25519 public key. It is one line of sixty characters beginning with MCowBQYDK2VwAyEA.',
      {
        field: 'key',
      },
    )
  return { name, key: spki }
}
