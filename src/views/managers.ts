/**
 * What managers hear of at once: numbers, clocks, their days and who owns them; nothing of what happened. One post over
 * all incidents of a moment, the nearest last day first.
 */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { Block, Card, Line } from './card.ts'
import {
  clocksOf,
  daysWords,
  ifSo,
  isCountOpen,
  isPast,
  lastDayWords,
  owedClocks,
  owedWords,
  ownerSpan,
  urgencyOf,
} from './clock-words.ts'
import { untoldWhy } from './managers-untold.ts'
import { button } from './say.ts'
import { about, act, buttons, lines, nameOf, quiet, type Scene, upperFirst, wordArg } from './scene.ts'
import type { View } from './view.ts'

export type Wanted = { readonly why: string; readonly clock: string }
export interface ManagersPart {
  readonly scene: Scene
  readonly wanted: readonly Wanted[]
}

const shown = 12
const nearest = 3

const day = (date: string | null): string => (date ? sayDay(date as CalendarDate) : 'none')

function lineOf(scene: Scene, { why, clock: id }: Wanted): Line[] {
  const { state } = scene
  const clock = clocksOf(scene).find((one) => one.id === id)
  const stood = state.clocks[id]
  if (!clock) return []
  const name = { bold: `${upperFirst(clock.label)}${ifSo(clock)}` }
  if (why === 'moved' && clock.status !== 'running')
    return [[name, `: no longer owed. Its last day was ${day(stood?.before ?? null)}.`]]
  if (clock.status !== 'running' || clock.pending) return []
  const owner = ['Owner ', ownerSpan(scene, id), '.'] as const
  const when = lastDayWords(scene, clock)
  const owed = upperFirst(owedWords(scene, clock))
  if (why === 'unreached')
    return [['▲ ', name, `: nobody could be told. ${owed}. Call them: `, ownerSpan(scene, id), '.']]
  if (!clock.lastDay)
    return [
      ['▲ ', name, `: ${why === 'moved' ? 'now owed' : 'not sent'}, ${owedWords(scene, clock)}. `, ...owner],
    ]
  if (why === 'moved' && stood?.before)
    return [[name, `: last day ${day(stood.before)} → ${when}. `, ...owner]]
  if (why === 'moved')
    return [[name, `: ${isCountOpen(clock) ? 'may be owed' : 'now owed'}, last day ${when}. `, ...owner]]
  const isLate = isPast(clock, scene.now)
  return [[isLate ? '▲ ' : '', name, `: not sent, last day ${isLate ? 'was ' : ''}${when}. `, ...owner]]
}

const first = ({ scene, wanted }: ManagersPart) =>
  owedClocks(scene).find(({ id }) => wanted.some(({ clock }) => clock === id))

const pressing = (part: ManagersPart): string => {
  const clock = first(part)
  return clock ? urgencyOf(clock) : '9999'
}

const byDay = (a: ManagersPart, b: ManagersPart): number =>
  Number(a.scene.state.drill) - Number(b.scene.state.drill) || (pressing(a) < pressing(b) ? -1 : 1)

/** `before`: what is said of posts that gave way to this one. */
export function managersCard(
  given: readonly ManagersPart[],
  word: string,
  before: readonly Block[] = [],
): Card {
  const parts = given.toSorted(byDay)
  const [one] = parts
  const next = one && first(one)
  const names = parts.length > 1 ? `${parts.length} incidents` : one ? nameOf(one.scene.state) : 'Nothing'
  const told = parts.slice(0, shown).map(({ scene, wanted }) => {
    const said = wanted.flatMap((each) => lineOf(scene, each))
    return lines([
      [{ bold: nameOf(scene.state) }],
      ...(said.length > 0 ? said : ['Nothing is left to act on.']),
    ])
  })
  return {
    summary: next ? `${names}: ${next.label}, ${daysWords(one.scene, next)}` : names,
    blocks: [
      ...before,
      ...told,
      ...(parts.length > shown ? [quiet(`${parts.length - shown} more incidents: ${word} late`)] : []),
      ...(one && parts.length === 1
        ? buttons(act(one.scene.state, 'All clocks', `clocks ${one.scene.state.incident}`))
        : buttons(button('Is anything late?', 'late'))),
    ],
  }
}

/** What was asked for first, then what joined it while it waited; of one clock the latest reason stands. */
export function wantedOf(
  args: Readonly<Record<string, unknown>>,
  own: string,
  { incident }: Pick<IncidentState, 'incident'>,
): readonly Wanted[] {
  const also = (args.also as Readonly<Record<string, unknown>> | undefined)?.[incident]
  const parts = [incident === own ? args.with : [], also].flatMap((some) =>
    Array.isArray(some) ? some.map(String) : [],
  )
  const wanted = new Map(parts.map((part) => [part.split('|')[1] ?? '', part.split('|')[0] ?? '']))
  return [...wanted].map(([clock, why]) => ({ clock, why }))
}

export const managers: View = {
  draw: ({ args, word, ...scene }) =>
    managersCard(
      [{ scene: { ...scene, word }, wanted: wantedOf(args, scene.state.incident, scene.state) }],
      word,
    ),
}

/** Privately, to whoever leads: the channel did not hear of this incident, so they tell its managers themselves. */
export const managersNotTold: View = {
  draw: (drawing) => {
    const { state } = drawing
    const why = untoldWhy(state.platform, wordArg(drawing.args, 'code') ?? '')
    const clocks = owedClocks(drawing).slice(0, nearest)
    return about(state, 'the managers’ channel was not told', [
      lines([
        ['▲ ', { bold: nameOf(state) }, `: the managers’ channel was not told, because ${why}.`],
        'No last day has moved. Tell the managers yourself:',
        ...clocks.map(
          (clock): Line => [
            { bold: upperFirst(clock.label) },
            `: ${owedWords(drawing, clock)}. Owner `,
            ownerSpan(drawing, clock.id),
            '.',
          ],
        ),
      ]),
      ...buttons(act(state, 'All clocks', 'clocks')),
    ])
  },
}
