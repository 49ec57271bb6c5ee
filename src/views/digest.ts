/** The managers' digest: every clock that runs, the most urgent first, and what changed. Numbers, kinds and clocks; nobody's words. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { findRegulation } from '../domain/regulations.ts'
import { dateIn } from '../domain/zone.ts'
import type { Card, Line } from './card.ts'
import { lastDayWords, ownerSpan, runningClocks } from './clock-words.ts'
import { isLive } from './list.ts'
import { headingOf, lines, nameOf, quiet, type Scene, upperFirst } from './scene.ts'

export interface DigestOf {
  readonly incidents: readonly IncidentState[]
  readonly organisation: Scene['organisation']
  readonly on: CalendarDate
  readonly since: Date
  readonly now: Date
  readonly word: string
}

/** A channel's post holds only so much; what is furthest away can wait. */
const shown = 20

export const digestClocks = ({ incidents, organisation, now, word }: DigestOf) =>
  incidents
    .flatMap((state) => {
      const scene: Scene = { state, organisation, now, word }
      return runningClocks(scene).map((clock) => ({ scene, clock }))
    })
    .sort(
      (a, b) =>
        Number(a.scene.state.drill) - Number(b.scene.state.drill) ||
        (a.clock.lastDay! < b.clock.lastDay! ? -1 : a.clock.lastDay! > b.clock.lastDay! ? 1 : 0),
    )

const day = (date: string | null): string => (date ? sayDay(date as CalendarDate) : 'none')

function changesOf(state: IncidentState, since: Date): Line[] {
  const from = since.toISOString()
  const { declared, closed, clocks, notified, organisation } = state
  const label = (id: string) => findRegulation(id)?.label ?? id
  const isNew = declared.at >= from
  const moved = Object.entries(clocks).filter(
    ([, { at, before, lastDay }]) => !isNew && at >= from && before !== lastDay,
  )
  const sent = Object.entries(notified).filter(([, { on }]) => on >= dateIn(organisation.zone, since))
  return [
    ...(isNew ? [`${headingOf(state)}: declared.`] : []),
    ...moved.map(
      ([id, { before, lastDay }]) =>
        `${nameOf(state)}: ${label(id)}, last day ${day(before)} → ${lastDay ? day(lastDay) : 'no longer owed'}.`,
    ),
    ...sent.map(([id, { on }]) => `${nameOf(state)}: ${label(id)}, sent ${day(on.slice(0, 10))}.`),
    ...(closed && closed.at >= from ? [`${nameOf(state)}: closed.`] : []),
  ]
}

export function digestCard(of: DigestOf): Card {
  const { incidents, since, on, now } = of
  const clocks = digestClocks(of)
  const live = incidents.filter((state) => isLive(state, now)).length
  const changes = incidents.flatMap((state) => changesOf(state, since))
  const title = `Incidents on ${sayDay(on)}: ${live} live, ${clocks.length} clocks running`
  const more = clocks.length - shown
  return {
    summary: title,
    blocks: [
      lines([
        [{ bold: title }],
        ...clocks.slice(0, shown).map(({ scene, clock }): Line => {
          const { state } = scene
          return [
            { bold: headingOf(state) },
            ` · ${upperFirst(clock.label)}: last day ${lastDayWords(scene, clock)}. Owner `,
            ownerSpan(scene, clock.id),
            '.',
          ]
        }),
        ...(more > 0 ? [`${more} more, with later last days.`] : []),
      ]),
      lines([
        [{ bold: 'Since the working day before' }],
        ...(changes.length > 0 ? changes.slice(0, shown) : ['Nothing changed.']),
        ...(changes.length > shown ? [`${changes.length - shown} more changes.`] : []),
      ]),
      quiet(`Yours: ${of.word} list. Is anything late: ${of.word} late.`),
    ],
  }
}
