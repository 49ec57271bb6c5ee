/** Draft, approval and proof of a notification, and taking back the last of them. */
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { NotificationStep } from '../domain/notification-events.ts'
import { notificationRule } from '../domain/notification-rules.ts'
import { notificationOf, type Stage, stageOf } from '../domain/notifications.ts'
import { mayAct } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { permissions } from '../domain/roles.ts'
import type { Context, Decision } from './command.ts'
import { fact } from './fact.ts'
import { askOfficer } from './fact-officer.ts'
import { factArgs } from './fact-words.ts'
import { readProof } from './notify-proof.ts'
import { notificationReply } from './notify-reply.ts'
import type { NotifyAsked } from './notify-which.ts'

const button = ({ state, clock }: NotifyAsked, label: string, step: string) => ({
  label,
  line: `notify ${clock.short} ${step}`,
  form: true,
  incident: state.incident,
})

const isSent = (stage: Stage): boolean => stage === 'sent' || stage === 'proof attached'

const sentAlready = (asked: NotifyAsked): Refusal =>
  refuse(
    'sent-already',
    'It is recorded as sent. If that was a mistake, take it back first; what is sent besides goes into a note.',
    { buttons: [button(asked, 'Take it back', 'withdraw')] },
  )

export function recordDraft(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  if (!args.words)
    return refuse('draft-missing', 'Say where the draft lies, or what it says.', { field: 'words' })
  if (isSent(stageOf(state, clock.id))) return sentAlready(asked)
  const events = [event('notification.drafted', { clock: clock.id }, { draft: args.words })]
  const again = notificationOf(state, clock.id).approved
  return {
    events,
    reply: notificationReply(asked, events, context, [
      ...(again ? ['The approval was of the draft before: this one needs its own.'] : []),
    ]),
  }
}

/** Everybody who may approve, as things stand. */
function approvers(state: IncidentState, { organisation }: Context): readonly string[] {
  const people = permissions['notification.approve'].roles.flatMap((role) => [
    state.roles[role]?.person,
    organisation.roster[role]?.holder,
    organisation.roster[role]?.deputy,
  ])
  return [...new Set(people)].filter(
    (person): person is string =>
      typeof person === 'string' && !mayAct(state, organisation, 'notification.approve', person),
  )
}

export function approveDraft(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  const { actor, organisation } = context
  if (mayAct(state, organisation, 'notification.approve', actor))
    return askOfficer(
      'not-permitted-approve',
      'Only the privacy officer or counsel can approve a notification.',
      context,
      permissions['notification.approve'].roles,
      `approve the notification: ${clock.label}`,
    )
  const { drafted, approved } = notificationOf(state, clock.id)
  if (isSent(stageOf(state, clock.id))) return sentAlready(asked)
  if (!drafted)
    return refuse('no-draft', 'There is no draft on the record yet, so there is nothing to approve.', {
      buttons: [button(asked, 'Record the draft', 'draft')],
    })
  if (approved)
    return refuse('approved-already', `<@${approved.by}> approved this draft already. It can be sent.`)
  // A second reader finds what the first no longer sees; where the house has only one, the record says so.
  const others = approvers(state, context).filter((person) => person !== actor)
  if (drafted.by === actor && others.length > 0)
    return refuse(
      'own-draft',
      `You drafted it, so somebody else approves it: ${others.map((person) => `<@${person}>`).join(' or ')}.`,
    )
  const rule = notificationRule(clock.id)
  const ticked = rule.contents.map(({ id }) => id).filter((id) => args.contents?.includes(id))
  const left = rule.contents.filter(({ id }) => !ticked.includes(id))
  if (left.length > 0)
    return refuse(
      'contents-missing',
      `Not approved: ${left.map(({ id, label }) => `(${id}) ${label}`).join('; ')}. Read the draft for each, and tick it when it is there${rule.citation ? ` (${rule.citation})` : ''}.`,
      { field: 'contents', buttons: [button(asked, 'Tick the contents', 'approve')] },
    )
  const data = { clock: clock.id, contents: ticked, alone: drafted.by === actor }
  const events = [event('notification.approved', data, undefined, drafted.seq)]
  return {
    events,
    reply: notificationReply(asked, events, context, [
      `Every content is in it: ${ticked.map((id) => `(${id})`).join(' ')}.`,
      ...(data.alone ? ['You drafted it too, for nobody else can approve; the record says so.'] : []),
    ]),
  }
}

export function attachProof(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  const proof = readProof(args, context)
  if (isRefusal(proof)) return proof
  if (proof.isEmpty)
    return refuse('proof-missing', 'Give the proof: a file, a link, an entry, or what it is.', {
      field: 'words',
    })
  const sent = state.notified[clock.id]
  if (!sent)
    return refuse('not-sent', 'It is not recorded as sent, so there is nothing to prove yet.', {
      buttons: [button(asked, 'Record that it was sent', 'sent')],
    })
  const events = proof.events(clock.id, sent.seq)
  return { events, reply: notificationReply(asked, events, context, proof.lines) }
}

const lastStep: Readonly<Record<Stage, NotificationStep | undefined>> = {
  'to do': undefined,
  drafted: 'drafted',
  approved: 'approved',
  sent: 'sent',
  'proof attached': 'proved',
}

/** Whoever did a step may take it back, and whoever may approve; that it was sent, only as the fact allows. */
export function withdrawStep(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  const step = lastStep[stageOf(state, clock.id)]
  if (!step) return refuse('nothing-to-withdraw', 'Nothing was done for it yet that could be taken back.')
  if (!args.reason)
    return refuse('withdraw-reason', 'Say why it is taken back: notify individuals withdraw because …', {
      field: 'reason',
    })
  const withdrawn = event('notification.withdrawn', { clock: clock.id, step }, { reason: args.reason })
  if (step === 'sent') {
    const unsent = fact.decide(
      factArgs.parse({ fact: 'notified', value: clock.short, more: 'not sent', reason: args.reason }),
      context,
    )
    if (isRefusal(unsent)) return { ...unsent, field: 'reason' }
    return { events: [withdrawn, ...unsent.events], reply: unsent.reply }
  }
  const own = notificationOf(state, clock.id)[step]?.by === context.actor
  if (!own && mayAct(state, context.organisation, 'notification.approve', context.actor))
    return askOfficer(
      'not-permitted-withdraw',
      'Only whoever did it, the privacy officer or counsel can take it back.',
      context,
      permissions['notification.approve'].roles,
      `take back the last step: ${clock.label}`,
    )
  const events: readonly Event[] = [withdrawn]
  return { events, reply: notificationReply(asked, events, context, [`Taken back: ${step}.`]) }
}
