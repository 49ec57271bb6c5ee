/** That nobody could be reminded of a clock is said in the log too: it may be all that is left where no channel takes a post. */
import type { IncidentState } from '../domain/incident.ts'
import { unreachedSince } from '../domain/incident-reminders.ts'

interface Said {
  error(fields: object, message: string): void
}

export function logUnreached(log: Said, before: IncidentState | undefined, after: IncidentState): void {
  const clocks = unreachedSince(before, after)
  if (clocks.length > 0)
    log.error({ incident: after.incident, clocks }, 'nobody could be reminded of a clock')
}
