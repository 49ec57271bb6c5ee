/** Who owns a notification, and the day it is meant to be sent by: a target of ours, never after the law's last day. */
import { sayDay } from '../domain/dates-in-words.ts'
import { event } from '../domain/events.ts'
import { notificationOf, notificationOwner } from '../domain/notifications.ts'
import { isParticipant } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import { allow } from './allow.ts'
import type { Context, Decision } from './command.ts'
import { notificationReply } from './notify-reply.ts'
import type { NotifyAsked } from './notify-which.ts'
import { todayOf } from './reading.ts'

export function nameOwner(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  const { person, reason } = args
  if (!person)
    return refuse('owner-missing', 'Say who owns it: notify individuals own @who.', { field: 'person' })
  // One sentence for whoever is kept out and whoever is not here: it tells neither which they are.
  if (!isParticipant(state, context.organisation, person))
    return refuse('owner-not-here', 'They take no part in this incident. Give them a role first.', {
      field: 'person',
      buttons: [{ label: 'Assign a role', line: 'assign', form: true, incident: state.incident }],
    })
  const granted = allow(state, 'notification.own', context, reason)
  if (isRefusal(granted)) return granted
  const previous = notificationOwner(state, clock.id, context.organisation.roster) ?? null
  if (notificationOf(state, clock.id).owner?.person === person)
    return refuse('owner-same', `<@${person}> owns it already; nothing needs to change.`, { field: 'person' })
  const events = [...granted, event('notification.owned', { clock: clock.id, person, previous })]
  const told = person === context.actor ? [] : ['They are told once, privately.']
  return {
    events,
    reply: notificationReply(asked, events, context, [[{ person }, ' owns it now.'], ...told]),
  }
}

export function setTarget(asked: NotifyAsked, context: Context): Decision | Refusal {
  const { state, clock, args } = asked
  const { zone } = state.organisation
  if (!args.day) return refusedTarget('missing', 'By which day is it to go out?')
  const when = parseWhen(args.day, { now: context.at, zone, tense: 'future' })
  if (when.kind === 'refused') return refusedTarget(when.reason.replaceAll('_', '-'), when.message)
  if (clock.status === 'met') return refusedTarget('sent-already', 'It is sent: it needs no target any more.')
  if (clock.atOnce)
    return refusedTarget(
      'at-once',
      'It is owed without delay: there is no day to aim for. Record it once it is done.',
    )
  if (!clock.lastDay)
    return refusedTarget('no-last-day', 'It has no last day yet, so nothing can be set against it.')
  if (when.date > clock.lastDay)
    return refusedTarget(
      'past-last-day',
      `A target is never after the last day, ${sayDay(clock.lastDay)}. Choose that day or an earlier one.`,
    )
  if (when.date < todayOf(context))
    return refusedTarget('in-the-past', 'That day is over. A target is today or later.')
  const granted = allow(state, 'notification.own', context, args.reason)
  if (isRefusal(granted)) return granted
  const data = { clock: clock.id, targetOn: when.date, previous: clock.target }
  const events = [...granted, event('notification.targeted', data)]
  const was = clock.target && clock.target !== when.date ? ` It was ${sayDay(clock.target)}.` : ''
  return {
    events,
    reply: notificationReply(asked, events, context, [
      `Target ${sayDay(when.date)}.${was} The last day stays ${sayDay(clock.lastDay)}.`,
    ]),
  }
}

const refusedTarget = (reason: string, sentence: string): Refusal =>
  refuse(`target-${reason}`, sentence, { field: 'day' })
