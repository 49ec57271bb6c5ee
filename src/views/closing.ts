/** Closing and reopening. Neither stops a clock, and both say so. */
import { outcomeLabel, outcomes } from '../domain/outcomes.ts'
import type { Card, Line } from './card.ts'
import { isAtOnce, mostPressing, owedClocks, owedWords, ownerSpan, runningClocks } from './clock-words.ts'
import { say } from './say.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  form,
  lines,
  momentOf,
  nameOf,
  quiet,
  type Scene,
  upperFirst,
} from './scene.ts'
import type { View } from './view.ts'

const clockLines = (scene: Scene): Line[] =>
  [...owedClocks(scene).filter(isAtOnce), ...runningClocks(scene)].map(
    (clock) => `${upperFirst(clock.label)}: ${owedWords(scene, clock)}`,
  )

/** The reason is shown in the room alone. */
export function closedCard(scene: Scene, reason?: string): Card {
  const { state } = scene
  const { closed } = state
  if (!closed) return reopenedCard(scene)
  const duplicate = closed.duplicateOf ? ` ${closed.duplicateOf}` : ''
  const row = outcomes.find(({ id }) => id === closed.outcome)
  const open = clockLines(scene)
  return about(state, `closed: ${outcomeLabel(closed.outcome)}`, [
    lines([
      [
        byWhom(closed.by),
        ` closed ${nameOf(state)}: `,
        { bold: `${outcomeLabel(closed.outcome)}${duplicate}` },
        '.',
      ],
      ...(row ? [row.meaning] : []),
      ...(reason ? [`Why: ${reason}`] : []),
    ]),
    open.length > 0
      ? lines([
          'Closing stops no clock. Still counting:',
          ...open,
          ['Reminders go on to ', ownerSpan(scene), '.'],
        ])
      : lines(['No clock is running.']),
    quiet(
      `Closed ${momentOf(state, closed.at)} · what is said here is still recorded${row ? ` · ${row.citation}` : ''}`,
    ),
    ...buttons(form(state, 'Reopen', 'reopen'), act(state, 'Clocks', 'clocks')),
  ])
}

/** For whoever closed or reopened it: the room is told with the whole card. */
export function closedReply(scene: Scene): Card {
  const { incident, closed } = scene.state
  const next = mostPressing(scene)
  const first = `${incident} is closed${closed ? `: ${outcomeLabel(closed.outcome)}` : ''}. The room is told.`
  if (!next) return say('Closed.', [first])
  const clock = `Closing stops no clock. Next: ${next.label}, ${owedWords(scene, next)} — `
  return say('Closed.', [first, [clock, ownerSpan(scene), '.']])
}

export const reopenedReply = ({ state }: Scene): Card =>
  say('Reopened.', [`${state.incident} is open again. The room is told; the clocks never stopped.`])

export function reopenedCard({ state }: Scene): Card {
  const { by, at } = state.lastChange
  return about(state, 'reopened', [
    lines([[byWhom(by), ` reopened ${nameOf(state)}, ${momentOf(state, at)}.`], 'The clocks never stopped.']),
    ...buttons(
      act(state, 'Checklist', 'check'),
      act(state, 'Clocks', 'clocks'),
      form(state, 'Assign a role', 'assign'),
    ),
  ])
}

export const closed: View = {
  texts: ({ state }) => (state.closed ? [state.closed.seq] : []),
  draw: (drawing) =>
    closedCard(drawing, drawing.state.closed ? drawing.text(drawing.state.closed.seq).reason : undefined),
}
export const reopened: View = { draw: reopenedCard }
