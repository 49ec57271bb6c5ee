/** The answer to a step: what was recorded, how far the notification is, and the next step as a button. */
import type { Event } from '../domain/events.ts'
import { incidentClocks } from '../domain/incident-clocks.ts'
import type { Card, Line } from '../views/card.ts'
import { nextStepButtons, notificationLines } from '../views/notifications.ts'
import { button, say } from '../views/say.ts'
import { upperFirst } from '../views/scene.ts'
import type { Context } from './command.ts'
import type { NotifyAsked } from './notify-which.ts'
import { sceneOf } from './overview.ts'
import { after } from './reading.ts'

export function notificationReply(
  { state, clock }: NotifyAsked,
  events: readonly Event[],
  context: Context,
  body: readonly Line[],
): Card {
  const next = after(state, events, context)
  const scene = sceneOf(context, next)
  const now = incidentClocks(next, context.at).find(({ id }) => id === clock.id) ?? clock
  return say(
    'Recorded.',
    [[{ bold: 'Recorded: ' }, `${upperFirst(clock.label)}.`], ...body, ...notificationLines(scene, now)],
    [...nextStepButtons(next, now), button('All notifications', 'notify', { incident: state.incident })],
  )
}
