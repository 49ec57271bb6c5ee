/** Custody, told: whoever is offered an exhibit or asked to approve a disposal, and the status card. Rows of the table in outgoing.ts. */
import { status } from './cards.ts'
import type { Table } from './told.ts'

export const custodyRows: Table = {
  'legal_hold.placed': (_event, { state }) => status(state),
  'legal_hold.lifted': (_event, { state }) => status(state),
}
