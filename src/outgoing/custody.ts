/** Custody, told: whoever is offered an exhibit or asked to approve a disposal, and the status card. Rows of the table in outgoing.ts. */
import { isApproved } from '../domain/disposal.ts'
import { permissions } from '../domain/roles.ts'
import { status } from './cards.ts'
import { direct } from './deliveries.ts'
import { once, others, type Situation, type Table, toEach } from './told.ts'

/** One of each office, by today's roster: whoever asks reaches somebody else, and nobody's deputy is woken beside them. */
function approvers({ organisation }: Situation, asker: string): string[] {
  const named = permissions['content.dispose'].roles.map((role) => {
    const line = organisation.roster[role]
    return line?.holder === asker ? line.deputy : line?.holder
  })
  return others(once(named), asker)
}

/** The exhibit's offer as it stood when it was answered. */
const offerBefore = ({ before }: Situation, exhibit: number) =>
  before?.exhibits.find(({ number }) => number === exhibit)?.offer

export const custodyRows: Table = {
  'evidence.offered': ({ data, actor }, situation) => {
    const { exhibit, to } = data
    const earlier = offerBefore(situation, exhibit)
    return toEach(others(once([to, earlier?.to]), actor), (person) =>
      direct(situation.state, person, 'exhibit-offered', { exhibit }),
    )
  },
  'evidence.transferred': ({ data, actor }, situation) => {
    const { exhibit, from, to } = data
    return toEach(others(once([offerBefore(situation, exhibit)?.by, from]), actor), (person) =>
      direct(situation.state, person, 'exhibit-answered', { exhibit, to, accepted: true }),
    )
  },
  'evidence.declined': ({ data, actor }, situation) => {
    const { exhibit, to } = data
    const { state } = situation
    // Taken back: the card of the offer then says that it no longer stands.
    if (actor !== to) return direct(state, to, 'exhibit-offered', { exhibit })
    return toEach(others(once([offerBefore(situation, exhibit)?.by]), actor), (person) =>
      direct(state, person, 'exhibit-answered', { exhibit, to, accepted: false }),
    )
  },
  'legal_hold.placed': (_event, { state }) => status(state),
  'legal_hold.lifted': (_event, { state }) => status(state),
  'disposal.requested': ({ seq, actor }, situation) =>
    toEach(approvers(situation, actor), (person) =>
      direct(situation.state, person, 'disposal-asked', { request: seq }),
    ),
  'disposal.approved': ({ data, actor }, { state }) => {
    const asked = state.disposals.find(({ seq }) => seq === data.request)
    if (!asked || !isApproved(asked) || asked.by === actor) return []
    return direct(state, asked.by, 'disposal-asked', { request: data.request })
  },
  'disposal.withdrawn': ({ data, actor }, { state, before }) => {
    const asked = before?.disposals.find(({ seq }) => seq === data.request)
    if (!asked || asked.by === actor) return []
    return direct(state, asked.by, 'disposal-asked', { request: data.request, endedBy: actor })
  },
  'content.disposed': (_event, { state }) => status(state),
}
