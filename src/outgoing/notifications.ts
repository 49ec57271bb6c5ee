/** Notifications, told: whoever is named for one hears it once. The rest is drawn into the cards. Rows of the table in outgoing.ts. */
import { clocks, status } from './cards.ts'
import { direct } from './deliveries.ts'
import { others, type Situation, type Table, toEach } from './told.ts'

const cards = (_event: unknown, { state }: Situation) => [...status(state), ...clocks(state)]

export const notificationRows: Table = {
  'notification.owned': ({ data, actor }, situation) => [
    ...toEach(others([data.person], actor), (person) =>
      direct(situation.state, person, 'notification-owned', { clock: data.clock, by: actor }),
    ),
    ...cards(undefined, situation),
  ],
  'notification.targeted': cards,
  'notification.drafted': cards,
  'notification.approved': cards,
  // Beside the fact, which draws the same cards.
  'notification.proved': cards,
  'notification.withdrawn': cards,
}
