/** What `dispose` and `redact` share: who may, what bars it, and approving or ending a request. */
import { z } from 'zod'
import { isApproved } from '../domain/disposal.ts'
import { event } from '../domain/events.ts'
import type { DisposalAsked, IncidentState } from '../domain/incident.ts'
import { isNamed } from '../domain/organisation.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { permissions, roleLabel } from '../domain/roles.ts'
import { disposalWords } from '../views/disposal-words.ts'
import { button, say } from '../views/say.ts'
import type { Context, Decision } from './command.ts'
import { ofIncident } from './role-words.ts'

export const WHO_DISPOSES =
  'Privacy officer, counsel, security officer or executive sponsor on today’s roster; it takes two different people.'

/** What either asks for, or of which request it approves or ends. */
export const answerArgs = {
  do: z.enum(['ask', 'approve', 'withdraw']).default('ask'),
  request: z.number().int().positive().optional(),
}

export interface AnswerWords {
  readonly do: 'approve' | 'withdraw'
  readonly request?: number
}

/** `approve`, `approve 212`, `withdraw entry 212` */
export function readAnswer(words: string): AnswerWords | undefined {
  const found =
    /^(approve|withdraw|refuse|decline|turn down)(?:\s+(?:entry\s+|request\s+)?#?(\d{1,9}))?$/i.exec(
      words.trim(),
    )
  if (!found) return undefined
  const act = found[1]!.toLowerCase() === 'approve' ? 'approve' : 'withdraw'
  return found[2] ? { do: act, request: Number(found[2]) } : { do: act }
}

/** Today's roster decides: whoever held a role in an incident years ago may be long gone. */
export function mayDispose({ organisation, actor }: Context): Refusal | undefined {
  const { roles } = permissions['content.dispose']
  if (roles.some((role) => isNamed(organisation, role, actor))) return undefined
  const named = roles.flatMap((role) => {
    const holder = organisation.roster[role]?.holder
    return holder ? [`<@${holder}> (${roleLabel(role)})`] : []
  })
  return refuse(
    'not-permitted',
    `Only whom the roster names as privacy officer, counsel, security officer or executive sponsor may ask for a disposal or approve one. ${named.length > 0 ? `Now: ${named.join(', ')}.` : 'It names nobody yet.'}`,
    { buttons: [{ label: 'Show the roster', line: 'roster' }] },
  )
}

export function heldBy(state: IncidentState, context: Context): Refusal | undefined {
  const { legalHold: hold } = state
  if (!hold && !context.organisation.legalHold) return undefined
  // Whoever placed the one over all may be a person of the other platform, whom nobody here knows by that id.
  const what = hold ? `<@${hold.by}> placed a legal hold` : 'A legal hold stands over every incident'
  return refuse('legal-hold', `${what}: nothing is disposed of while it stands.`, {
    buttons: [{ label: 'Custody', line: 'custody', ...ofIncident(context) }],
  })
}

export function answer(given: AnswerWords, state: IncidentState, context: Context): Decision | Refusal {
  const barred = mayDispose(context)
  if (barred) return barred
  const asked = requestOf(state, given, context)
  if ('refusal' in asked) return asked
  return given.do === 'approve' ? approve(asked, state, context) : withdraw(asked, context)
}

function requestOf(
  state: IncidentState,
  { request, do: act }: AnswerWords,
  context: Context,
): DisposalAsked | Refusal {
  const open = state.disposals.filter(({ seq }) => request === undefined || seq === request)
  if (open.length === 1) return open[0]!
  if (open.length === 0)
    return refuse(
      'no-request',
      request === undefined
        ? 'Nobody asks for a disposal here now.'
        : `No request for a disposal stands under entry ${request} now.`,
      { buttons: [{ label: 'Custody', line: 'custody', ...ofIncident(context) }] },
    )
  return refuse('which-request', `Which one: entry ${open.map(({ seq }) => seq).join(' or ')}?`, {
    buttons: open
      .slice(0, 4)
      .map(({ seq }) => ({ label: `Entry ${seq}`, line: `dispose ${act} ${seq}`, ...ofIncident(context) })),
  })
}

function approve(asked: DisposalAsked, state: IncidentState, context: Context): Decision | Refusal {
  const held = heldBy(state, context)
  if (held) return held
  const { actor } = context
  if (asked.approvedBy.includes(actor))
    return refuse(
      'approved-already',
      actor === asked.by
        ? 'You asked for it, which counts as one approval. It takes somebody else for the other.'
        : 'You approved it already.',
    )
  const after = { ...asked, approvedBy: [...asked.approvedBy, actor] }
  return {
    events: [
      event('disposal.approved', { ...asked.of, request: asked.seq, by: 'person' }, undefined, asked.seq),
    ],
    reply: say(
      'Recorded.',
      isApproved(after)
        ? [
            `Approved: ${disposalWords(asked.of)} of ${state.incident}. Nothing is gone yet.`,
            ['Whoever runs the server carries it out: ', { code: `wardroom dispose ${state.incident}` }],
          ]
        : ['Approved by you. It takes one more person.'],
      [button('Custody', 'custody', ofIncident(context))],
    ),
  }
}

const withdraw = (asked: DisposalAsked, context: Context): Decision => ({
  events: [event('disposal.withdrawn', { ...asked.of, request: asked.seq }, undefined, asked.seq)],
  reply: say(
    'Recorded.',
    [
      context.actor === asked.by
        ? 'Your request is taken back; nothing is disposed of.'
        : ['You turned down the request of ', { person: asked.by }, '; nothing is disposed of.'],
    ],
    [button('Custody', 'custody', ofIncident(context))],
  ),
})
