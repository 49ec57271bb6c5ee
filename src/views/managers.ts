/** What managers hear of at once: the incident's number, the clock, its day and who owns it. Nothing of what happened. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { Card, Line } from './card.ts'
import { clocksOf, daysWords, lastDayWords, ownerSpan } from './clock-words.ts'
import { lines, nameOf, type Scene, upperFirst } from './scene.ts'
import type { View } from './view.ts'

type Wanted = { readonly why: string; readonly clock: string }

const day = (date: string | null): string => (date ? sayDay(date as CalendarDate) : 'none')

function lineOf(scene: Scene, { why, clock: id }: Wanted): Line[] {
  const { state } = scene
  const clock = clocksOf(scene).find((one) => one.id === id)
  const stood = state.clocks[id]
  if (!clock) return []
  const name = { bold: upperFirst(clock.label) }
  if (why === 'moved' && clock.status !== 'running')
    return [[name, `: no longer owed. Its last day was ${day(stood?.before ?? null)}.`]]
  if (clock.status !== 'running' || !clock.lastDay) return []
  const owner = ['Owner ', ownerSpan(scene, id), '.'] as const
  if (why === 'unreached')
    return [
      [
        '▲ ',
        name,
        `: nobody could be told. Last day ${lastDayWords(scene, clock)}. Call them: `,
        ownerSpan(scene, id),
        '.',
      ],
    ]
  if (why === 'moved' && stood?.before)
    return [[name, `: last day ${day(stood.before)} → ${lastDayWords(scene, clock)}. `, ...owner]]
  const isNew = why === 'moved' ? ': now owed, last day ' : ': not sent, last day '
  return [[name, `${isNew}${lastDayWords(scene, clock)}. `, ...owner]]
}

export function managersCard(scene: Scene, wanted: readonly Wanted[]): Card {
  const { state } = scene
  const heading = `${nameOf(state)}${state.drill ? ' · DRILL' : ''}`
  const all = wanted.flatMap((one) => lineOf(scene, one))
  const [first] = clocksOf(scene).filter(
    ({ id, lastDay }) => lastDay && wanted.some(({ clock }) => clock === id),
  )
  const next = first ? `: ${first.label}, ${daysWords(scene, first)}` : ''
  return {
    summary: `${heading}${next}`,
    blocks: [lines([[{ bold: heading }], ...(all.length > 0 ? all : ['Nothing is left to act on.'])])],
  }
}

/** What was asked for first, then what joined it while it waited; of one clock the latest reason stands. */
export const managers: View = {
  draw: (drawing) => {
    const { args, state } = drawing
    const also = (args.also as Readonly<Record<string, unknown>> | undefined)?.[state.incident]
    const parts = [args.with, also].flatMap((some) => (Array.isArray(some) ? some.map(String) : []))
    const wanted = new Map(parts.map((part) => [part.split('|')[1] ?? '', part.split('|')[0] ?? '']))
    return managersCard(
      drawing,
      [...wanted].map(([clock, why]) => ({ clock, why })),
    )
  },
}
