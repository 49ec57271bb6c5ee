/** What is said of clocks beyond HIPAA once for all: whose word they wait for, from when they count, and which are not on. */

import { statesNotOn } from '../domain/clock-names.ts'
import { startLabel } from '../domain/clock-starts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type IncidentClock, regimesOff } from '../domain/incident-clocks.ts'
import { findRegulation } from '../domain/regulations.ts'

const placeOf = ({ id }: IncidentClock): string => findRegulation(id)?.jurisdiction ?? ''

/** Raw statutory days: whether complying with HIPAA satisfies a State's law is for counsel to say. */
export function stateLines(clocks: readonly IncidentClock[]): readonly string[] {
  const running = clocks.filter((clock) => clock.status === 'running' && placeOf(clock) !== '')
  if (running.length === 0) return []
  const starts = new Map<string, Set<string>>()
  for (const clock of running) {
    const start = findRegulation(clock.id)?.start
    if (!clock.fellBack || !start) continue
    starts.set(start, (starts.get(start) ?? new Set()).add(placeOf(clock)))
  }
  return [
    'Days of State law are candidates until counsel confirms them.',
    ...[...starts].map(
      ([start, places]) =>
        `Counted from discovery until it is recorded when ${startLabel(start)}: ${[...places].sort().join(', ')}.`,
    ),
  ]
}

/** What the facts make relevant and the organisation has not switched on. */
export function offLines(state: IncidentState): readonly string[] {
  const { regimes } = state.organisation
  const states = statesNotOn(regimes, Object.keys(state.facts.affected?.value.byState ?? {}))
  const others = regimesOff(state)
  return [
    ...(states.length > 0
      ? [`▲ State law is not switched on here for ${states.join(', ')} (ORG_REGIMES): ask counsel.`]
      : []),
    ...(others.length > 0
      ? [
          `▲ Recorded, and counted by nothing here, because it is not switched on (ORG_REGIMES): ${others.join(', ')}. Ask counsel.`,
        ]
      : []),
  ]
}
