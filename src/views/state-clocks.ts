/** What is said of the clocks of States, once for all of them: whose word they wait for, and from when they count meanwhile. */
import { startLabel } from '../domain/clock-starts.ts'
import type { IncidentClock } from '../domain/incident-clocks.ts'
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
