/** The breach risk assessment, told: what was signed, that it lapsed, and who is to confirm it. Rows of the table in outgoing.ts. */
import { permissions } from '../domain/roles.ts'
import { status } from './cards.ts'
import { direct, post } from './deliveries.ts'
import { once, others, type Table, toEach } from './told.ts'

export const assessmentRows: Table = {
  // An answer alone is no news; one that takes a signature down is.
  'assessment.answered': (_event, { state, before, events }) => {
    const lapsed = before?.assessment.signed && !state.assessment.signed
    const isFirst = events.find(({ kind }) => kind === 'assessment.answered')?.seq === _event.seq
    return [...(lapsed && isFirst ? post(state, 'assessment') : []), ...status(state)]
  },
  'assessment.signed': ({ data, actor }, { state, organisation }) => {
    const officers = permissions['assess.confirm'].roles.map((role) => organisation.roster[role]?.holder)
    const asked = data.conclusion === 'breach' ? [] : others(once(officers), actor)
    return [
      ...post(state, 'assessment'),
      ...toEach(asked, (person) => direct(state, person, 'assessment')),
      ...status(state),
    ]
  },
  'assessment.confirmed': (_event, { state }) => [...post(state, 'assessment'), ...status(state)],
}
