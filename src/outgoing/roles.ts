/** Who holds what, told: taken, offered, handed on, taken back and still open. Rows of the table in outgoing.ts. */
import { clockOwner } from '../domain/incident-clocks.ts'
import type { Role } from '../domain/roles.ts'
import { checklist, clocks, freshSheets, status } from './cards.ts'
import { direct, invite, page, post } from './deliveries.ts'
import { inCharge, once, type Row, type Table, toEach } from './told.ts'

/**
 * Whoever gave a role to somebody who may not hold it, and whoever leads, each in one message for all roles taken back
 * at once. Not in the room: a guest may be reading there.
 */
const vacated: Row<'role.vacated'> = ({ seq, data: { person: who, why } }, situation) => {
  const { state, before, events } = situation
  const taken = events.flatMap((each) =>
    each.kind === 'role.vacated' && each.data.person === who ? [each] : [],
  )
  if (taken[0]?.seq !== seq) return []
  const gaveBy = (role: Role) => before?.roles[role]?.by
  const leading = inCharge(situation, who)
  const roles = taken.map(({ data }) => data.role)
  const told = once([...leading, ...roles.map(gaveBy)]).filter((id) => id !== who && id !== '')
  return toEach(told, (person) =>
    direct(state, person, 'vacated', {
      ...{ who, why },
      roles: leading.includes(person) ? roles : roles.filter((role) => gaveBy(role) === person),
    }),
  )
}

export const roleRows: Table = {
  'role.assigned': ({ data, seq, actor }, situation) => {
    const { state } = situation
    const { role, person, previous, how } = data
    const args = { seq, role, from: previous, to: person }
    const isHandoff = how === 'handoff' && previous !== null
    const replaced = !isHandoff && previous !== null && previous !== person && previous !== actor
    return [
      ...(isHandoff ? post(state, 'handed-off', args) : []),
      ...direct(state, person, 'brief', { role }),
      ...(replaced ? direct(state, previous, 'handed-off', args) : []),
      ...(state.members.includes(person) ? [] : invite(state, [person])),
      ...freshSheets(situation),
      ...status(state),
      ...(role === clockOwner ? clocks(state) : []),
      ...checklist(state),
    ]
  },
  'role.offered': ({ data, actor }, { state }) => [
    ...(data.to === actor ? [] : direct(state, data.to, 'offer', { role: data.role, from: data.from })),
    ...status(state),
  ],
  'role.declined': ({ data }, { state, before }) => {
    const { role, person } = data
    const offer = before?.offers.find((each) => each.role === role)
    if (!offer) return status(state)
    const { from, to } = offer
    // Taken back by whom it came from: the card of the offer then says that it no longer stands.
    if (from === person) return [...direct(state, to, 'offer', { role, from }), ...status(state)]
    return [...direct(state, from, 'declined', { role, by: person }), ...status(state)]
  },
  'role.vacated': (event, situation) => {
    const { state } = situation
    return [
      ...vacated(event, situation),
      ...freshSheets(situation),
      ...status(state),
      ...(event.data.role === clockOwner ? clocks(state) : []),
      ...checklist(state),
    ]
  },
  'role.acted': (_event, { state }) => status(state),
  'role.escalated': ({ data }, { state, telling }) => [
    ...(data.to ? direct(state, data.to, 'escalation', { role: data.role, step: data.step }) : []),
    ...(telling.pagerWebhook ? page(state, 'untaken role', { role: data.role }) : []),
    ...status(state),
  ],
}
