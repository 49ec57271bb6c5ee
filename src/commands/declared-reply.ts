/** The answer to a declaration, once it has its number. */
import { parseCalendarDate } from '../domain/calendar.ts'
import { sayDay, sayMomentFull } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { Card, Line } from '../views/card.ts'
import { lastDayWords, runningClocks } from '../views/clock-words.ts'
import { button, say } from '../views/say.ts'
import { headingOf } from '../views/scene.ts'

/** A calendar date, or an instant with its time in the zone. */
export const sayWhen = (zone: string, at: string): string => {
  const day = parseCalendarDate(at)
  return day ? sayDay(day) : sayMomentFull(zone, at)
}

export function declaredReply(incident: string, state: IncidentState): Card {
  const scene = { state, now: new Date(state.declared.at) }
  const [next] = runningClocks(scene)
  const noticed = state.facts.discovered?.value.at ?? state.declared.at
  const lines: Line[] = [
    [{ bold: headingOf(state) }, ' is declared. Its room opens in a moment.'],
    `Counted from ${sayWhen(state.organisation.zone, noticed)}; the privacy officer confirms it. Declaring admits nothing.`,
    ...(next ? [`Last day ${lastDayWords(scene, next)} — ${next.label}`] : []),
    ...(state.excluded.length > 0 ? [keptOut(state.excluded)] : []),
  ]
  return say(`${incident} is declared.`, lines, [
    button('Correct when it was noticed', 'fact discovered', { incident, form: true }),
    button('Clocks', 'clocks', { incident }),
  ])
}

const keptOut = (people: readonly string[]): Line => [
  'Kept out, and not told of it: ',
  ...people.flatMap((person, index) => (index === 0 ? [{ person }] : [', ', { person }])),
  '.',
]
