/** Privately, to whoever was named for a notification: what it is, by when, how far it is, and the next step. */
import { incidentClocks } from '../domain/incident-clocks.ts'
import { roomLine } from './brief.ts'
import type { Card } from './card.ts'
import { clockState, lastDayWords, targetWords } from './clock-words.ts'
import { nextStepButtons } from './notifications.ts'
import { about, act, buttons, byWhom, isDefined, lines, nameOf, type Scene, wordArg } from './scene.ts'
import type { View } from './view.ts'

export function notificationOwnedCard(scene: Scene, id: string, by: string): Card {
  const { state, now } = scene
  const clock = incidentClocks(state, now).find((each) => each.id === id)
  if (!clock) return about(state, 'a notification', [lines(['It is not owed here any more.'])])
  const day = clock.lastDay ? `Last day ${lastDayWords(scene, clock)}${targetWords(clock)}` : undefined
  return about(state, `you own ${clock.label}`, [
    lines(
      [
        [{ bold: `You own ${clock.label}` }, ` of ${nameOf(state)}. `, byWhom(by), ' named you.'],
        day,
        ['State: ', ...clockState(state, clock, scene.now), '. Its reminders come to you.'],
        roomLine(state),
      ].filter(isDefined),
    ),
    ...buttons(...nextStepButtons(state, clock), act(state, 'Clocks', 'clocks')),
  ])
}

export const notificationOwned: View = {
  draw: (drawing) =>
    notificationOwnedCard(drawing, wordArg(drawing.args, 'clock') ?? '', wordArg(drawing.args, 'by') ?? ''),
}
