/** `next`, `back` or a phase's name. */
import {
  firstPhase,
  nextPhase,
  type PhaseId,
  phaseFromWords,
  phaseIndex,
  phaseLabel,
  phases,
} from '../domain/phases.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import { said } from './here.ts'
import { ofIncident } from './role-words.ts'
import { nearest } from './words.ts'

export function readPhase(typed: string, context: Context): PhaseId | Refusal {
  const words = typed
    .trim()
    .toLowerCase()
    .replace(/^(?:to|into)\s+/, '')
  const now = context.state?.phase ?? firstPhase
  if (words === 'next') {
    const next = nextPhase(now)
    return (
      next ??
      refuse(
        'phase-last',
        `${phaseLabel(now)} is the last phase. When all is done, close the incident: ${context.word} close`,
        {
          buttons: [{ label: 'Close the incident', line: 'close', form: true, ...ofIncident(context) }],
        },
      )
    )
  }
  if (words === 'back' || words === 'previous') {
    const before = phases[phaseIndex(now) - 1]
    return before && before.id !== 'preparation'
      ? before.id
      : refuse(
          'phase-first',
          `${phaseLabel(now)} is where an incident begins; there is no earlier phase to go back to.`,
        )
  }
  const named = phaseFromWords(words)
  if (named) return named
  const near = nearest(
    words.slice(0, 60),
    phases.map(({ id }) => id),
  )
  const names = phases.filter(({ id }) => id !== 'preparation').map(({ label }) => label)
  return refuse(
    'unknown-phase',
    near
      ? `There is no phase "${said(typed)}". Did you mean ${phaseLabel(near)}?`
      : `There is no phase "${said(typed)}". The phases are ${names.join(', ')}.`,
    {
      buttons: near
        ? [{ label: `Move to ${phaseLabel(near)}`, line: `phase ${near}`, ...ofIncident(context) }]
        : [{ label: 'Choose a phase', line: 'phase', form: true, ...ofIncident(context) }],
    },
  )
}
