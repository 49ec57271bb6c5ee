/** One clock whole: to whom, by when, why, who answers for it and how far it is, with the row of the law behind it. */
import type { IncidentClock } from '../domain/incident-clocks.ts'
import type { Regulation } from '../domain/regulation.ts'
import { findRegulation } from '../domain/regulations.ts'
import type { Card, Line } from './card.ts'
import { clocksOf, lastDayWords } from './clock-words.ts'
import { clockBlock } from './clocks.ts'
import { nextStepButtons, notificationLines } from './notifications.ts'
import { hipaaWords, readAgainWords, ruleWords, thresholdWords } from './rule-words.ts'
import { about, act, buttons, isDefined, lines, type OpenScene, quiet, todayOf, upperFirst } from './scene.ts'

const isOpened = ({ status }: IncidentClock): boolean => status === 'running' || status === 'met'

/** Undefined where the organisation has no such clock switched on. */
export function clockLawCard(scene: OpenScene, id: string): Card | undefined {
  const { state } = scene
  const clock = clocksOf(scene).find((one) => one.id === id)
  if (!clock) return undefined
  return about(state, `${clock.label}, ${lastDayWords(scene, clock)}`, [
    ...clockBlock(scene, clock, { withProgress: !isOpened(clock) }),
    lines(lawLines(clock)),
    ...(isOpened(clock) ? [lines(notificationLines(scene, clock))] : []),
    quiet(...counselLines(scene, clock)),
    ...buttons(
      ...(isOpened(clock) ? nextStepButtons(state, clock) : []),
      act(state, 'Notifications', 'notify'),
      act(state, 'All clocks', 'clocks'),
    ),
  ])
}

/** The words of the table, each on its line; what a row does not say is left out. */
function lawLines({ id, recipient, citation }: IncidentClock): readonly Line[] {
  const row = findRegulation(id)
  const rule = ruleWords(id)
  const owed = row && owedWords(row)
  return [
    [{ bold: 'To' }, `  ${recipient}`],
    [{ bold: 'Law' }, `  ${citation}${rule ? ` · ${rule}` : ''}`],
    ...(owed ? [[{ bold: 'Owed' }, `  ${upperFirst(owed)}`]] : []),
    ...(row?.notes ? [row.notes] : []),
  ]
}

/** Some rows say their number in their own words. */
function owedWords(row: Regulation): string {
  const saysNumber = row.threshold && row.trigger?.includes(`${row.threshold.value}`)
  return [row.trigger, saysNumber ? undefined : thresholdWords(row)].filter(isDefined).join(', ')
}

const counselLines = (scene: OpenScene, { id }: IncidentClock): readonly Line[] => {
  const row = findRegulation(id)
  return row ? [hipaaWords(row), readAgainWords(row, todayOf(scene))].filter(isDefined) : []
}
