/** The answer to a declaration, once it has its number. */

import { parseCalendarDate } from '../domain/calendar.ts'
import { sayDay, sayLastDay, sayMomentFull } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { incidentClocks } from '../domain/incident-clocks.ts'
import { kindLabel } from '../domain/kinds.ts'
import { dateIn } from '../domain/zone.ts'
import type { Card, Line } from '../views/card.ts'
import { button, say } from '../views/say.ts'

export const nameOf = ({ incident, kind, drill }: IncidentState): string =>
  `${incident} · ${kindLabel(kind)}${drill ? ' · DRILL' : ''}`

/** A calendar date, or an instant with its time in the zone. */
export const sayWhen = (zone: string, at: string): string => {
  const day = parseCalendarDate(at)
  return day ? sayDay(day) : sayMomentFull(zone, at)
}

export function declaredReply(incident: string, state: IncidentState): Card {
  const { zone } = state.organisation
  const now = new Date(state.declared.at)
  const next = incidentClocks(state, now).find(({ status, lastDay }) => status === 'running' && lastDay)
  const noticed = state.facts.discovered?.value.at ?? state.declared.at
  const lines: Line[] = [
    [{ bold: nameOf(state) }, ' is declared. Its room opens in a moment.'],
    `Counted from ${sayWhen(zone, noticed)}; the privacy officer confirms it. Declaring admits nothing.`,
  ]
  if (next?.lastDay) lines.push(`Last day ${sayLastDay(dateIn(zone, now), next.lastDay)} — ${next.label}`)
  return say(`${incident} is declared.`, lines, [
    button('Correct when it was noticed', 'fact discovered', { incident, form: true }),
    button('Clocks', 'clocks', { incident }),
  ])
}
