/** The life of a notification: who owns it, its target, draft, approval, sending and proof. */
import { proofWanted } from '../domain/proof.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { notificationSeqs, notificationsCard } from '../views/notifications.ts'
import type { Command, Context, Decision } from './command.ts'
import { participantsIncident } from './here.ts'
import { nameOwner, setTarget } from './notify-assign.ts'
import { approveDraft, attachProof, recordDraft, withdrawStep } from './notify-draft.ts'
import { notifyForm } from './notify-form.ts'
import { messageOf, namesWanted } from './notify-proof.ts'
import { recordSent } from './notify-sent.ts'
import { type NotifyAsked, whichNotification } from './notify-which.ts'
import {
  isWhole,
  type NotifyArgs,
  type NotifyStep,
  notifyArgs,
  notifySteps,
  stepFromWords,
  typedNotify,
} from './notify-words.ts'
import { sceneOf } from './overview.ts'
import { ofIncident } from './role-words.ts'

const steps: Readonly<Record<NotifyStep, (asked: NotifyAsked, context: Context) => Decision | Refusal>> = {
  own: nameOwner,
  target: setTarget,
  draft: recordDraft,
  approve: approveDraft,
  sent: recordSent,
  proof: attachProof,
  withdraw: withdrawStep,
}

export const notify: Command<NotifyArgs> = {
  verb: 'notify',
  aliases: ['notification', 'notifications'],
  summary: 'A notification from draft to proof: owner, target, approval, sent',
  usage:
    'notify [<clock> [own @who | target <day> | draft <link or words> | approve | sent <day> … | proof …]]',
  examples: [
    'notify individuals draft the letter in the privacy folder, version 3',
    'notify individuals sent 11 Jan 2027 to 612 by mail proof the receipt in entry 212',
  ],
  who: 'Anyone in the room drafts and attaches proof; the privacy officer or counsel approve and record what was sent.',
  about: 'incident',
  args: notifyArgs,
  reads: ({ step }) => step === undefined,
  parse: (words, { actor, attached }) => {
    const typed = typedNotify(words, actor)
    return isWhole(typed, attached) ? typed : undefined
  },
  form: notifyForm,
  lines: (context, args) => (isProving(args) ? proofWanted(args.words, messageOf(context)) : undefined),
  texts: (context, args) => {
    const { state } = context
    if (isProving(args)) return namesWanted(context, args)
    const clock =
      state && args.clock && !args.step ? whichNotification(args.clock, undefined, state, context) : undefined
    return state && clock && !isRefusal(clock) ? notificationSeqs(state, clock) : []
  },
  decide: (args, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (!args.step && !args.clock) return { events: [], reply: notificationsCard(sceneOf(context, state)) }
    const step = stepFromWords(args.step)
    if (args.step && !step) return noSuchStep(args.step, context)
    const clock = whichNotification(args.clock, step, state, context)
    if (isRefusal(clock)) return clock
    if (!step) return { events: [], reply: notificationsCard(sceneOf(context, state), clock.id) }
    return steps[step]({ state, clock, args }, context)
  },
}

const isProving = ({ step }: NotifyArgs): boolean => ['sent', 'proof'].includes(stepFromWords(step) ?? '')

const noSuchStep = (typed: string, context: Context): Refusal =>
  refuse(
    'no-such-step',
    `A notification knows no "${typed.slice(0, 30)}". It knows ${notifySteps.map(({ id }) => id).join(', ')}.`,
    { field: 'step', buttons: [{ label: 'Notifications', line: 'notify', ...ofIncident(context) }] },
  )
