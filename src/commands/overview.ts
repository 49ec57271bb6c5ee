/** Several incidents at once for one person: only those they may see, whatever the pipeline loaded. */
import type { IncidentState } from '../domain/incident.ts'
import { isParticipant } from '../domain/permit.ts'
import type { Overview } from '../views/index.ts'
import { isLive } from '../views/list.ts'
import type { Context } from './command.ts'

const openFirst = (a: IncidentState, b: IncidentState): number =>
  Number(a.closed !== null) - Number(b.closed !== null) || (a.incident < b.incident ? 1 : -1)

export const seen = (context: Context): readonly IncidentState[] =>
  context.visible.filter((state) => isParticipant(state, context.organisation, context.actor)).sort(openFirst)

/**
 * Incidents, open or still counting, that the person declared, is in the room of, or holds a role in; where there are
 * none, every one they may see, so that "No open incidents" is never said to somebody the roster names.
 */
export function mine(context: Context): readonly IncidentState[] {
  const own = seen(context).filter((state) => isLive(state, context.at) && isOwn(state, context.actor))
  return own.length > 0 ? own : seen(context)
}

const isOwn = ({ declared, members, roles }: IncidentState, person: string): boolean =>
  declared.by === person ||
  members.includes(person) ||
  Object.values(roles).some((held) => held.person === person)

export const overviewOf = (context: Context, visible: readonly IncidentState[]): Overview => ({
  visible,
  organisation: context.organisation,
  now: context.at,
  word: context.word,
  person: context.actor,
})

/** What a card about one incident is drawn from. */
export const sceneOf = (context: Context, state: IncidentState) => ({
  state,
  organisation: context.organisation,
  now: context.at,
  word: context.word,
  text: context.text,
})
