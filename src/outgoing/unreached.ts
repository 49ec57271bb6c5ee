/** A message that reached nobody is told to whoever leads, who then calls them: silence must not look like an answer. */
import { direct, groupMs } from './deliveries.ts'
import { managersNotTold } from './managers.ts'
import { inCharge, type Row, toEach } from './told.ts'

export const unreached: Row<'post.failed'> = (event, situation) => {
  const { data } = event
  const { to, code, view } = data
  const { state, events } = situation
  if (view === 'managers') return managersNotTold(event, situation)
  // That a role is open again is told by itself, and a guest is told nothing at all.
  const isVacated = events.some((each) => each.kind === 'role.vacated' && each.data.person === to)
  if (!to || code === 'guest' || view === 'unreached' || isVacated) return []
  return toEach(inCharge(situation, to), (person) =>
    direct(
      state,
      person,
      'unreached',
      { who: to, code },
      { card: `unreached/${state.incident}/${to}/${person}`, afterMs: groupMs },
    ),
  )
}
