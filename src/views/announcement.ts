/** What leaves the circle of the incident: its number and whom to ask, nothing else. */
import type { Card } from './card.ts'
import { askedFirst, lines, nameOf, person, type Scene } from './scene.ts'
import type { View } from './view.ts'

export function announcementCard({ state, organisation }: Scene): Card {
  const contact =
    state.roles.commander?.person ??
    askedFirst(state, organisation, 'privacy-officer') ??
    askedFirst(state, organisation, 'commander') ??
    state.declared.by
  return {
    summary: `${nameOf(state)} is open`,
    blocks: [lines([[{ bold: nameOf(state) }, ' is open. Contact: ', person(contact), '.']])],
  }
}

export const announcement: View = { draw: announcementCard }
