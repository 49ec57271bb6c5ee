/**
 * The fallback sheet: what a role holder needs on paper when chat is down or read by somebody else. One sheet a person,
 * over all their incidents. No PHI on it; and nobody who is kept out of one of them, so that no one phones them about it.
 */
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { openItems } from '../domain/incident-items.ts'
import { phaseLabel } from '../domain/phases.ts'
import { roles } from '../domain/roles.ts'
import type { Block, Card, Line, Span } from './card.ts'
import { ifSo, isAtOnce, lastDayWords, owedClocks, owedWords, runningClocks } from './clock-words.ts'
import { numbers, rosterSeqs } from './phones.ts'
import {
  about,
  byWhom,
  headingOf,
  lines,
  momentOf,
  person,
  quiet,
  type Scene,
  todayOf,
  upperFirst,
} from './scene.ts'
import { phoneOf } from './sealed.ts'
import type { Text, View } from './view.ts'

type Phones = (seq: number) => Text

const incidentsShown = 5
const itemsShown = 12

function phones(organisation: Scene['organisation'], states: readonly IncidentState[], text: Phones): Line[] {
  const known = numbers(organisation, text)
  return roles.flatMap(({ id, label }): Line[] => {
    const row = organisation.roster[id]
    if (!row) return []
    const sealed = text(row.seq)
    const named = [
      { who: row.holder, phone: phoneOf(sealed, 'holder'), as: '' },
      { who: row.deputy, phone: phoneOf(sealed, 'deputy'), as: ' (deputy)' },
    ]
    return named.flatMap(({ who, phone, as }): Line[] => {
      if (!who || states.some(({ excluded }) => excluded.includes(who))) return []
      const number = phone ?? known.get(who)
      return [
        [`${upperFirst(label)}${as}: `, person(who), number ? ` — ${number}` : ' — no number on the roster'],
      ]
    })
  })
}

function incidentBlock(state: IncidentState, now: Date): Block {
  const scene = { state, now }
  const clocks = [...owedClocks(scene).filter(isAtOnce), ...runningClocks(scene)]
  const items = openItems(state)
  const held = roles.flatMap(({ id, label }): Span[] => {
    const holder = state.roles[id]?.person
    return holder ? [`${label} `, person(holder), '; '] : []
  })
  const more = items.length - itemsShown
  return lines([
    [{ bold: headingOf(state) }, ` — ${phaseLabel(state.phase)}`],
    [`Declared ${momentOf(state, state.declared.at)} by `, byWhom(state.declared.by)],
    held.length > 0 ? ['Holding roles: ', ...held.slice(0, -1)] : 'Nobody holds a role yet.',
    ...(clocks.length > 0
      ? clocks.map((clock) =>
          clock.lastDay
            ? `Last day, ${clock.label}${ifSo(clock)}: ${lastDayWords(scene, clock)}`
            : `▲ ${upperFirst(clock.label)}: ${owedWords(scene, clock)}`,
        )
      : ['No clock is running.']),
    ...items
      .slice(0, itemsShown)
      .map(
        ({ id, title, required }) =>
          `□ ${id} ${title ?? 'an item your team added'}${required ? ' (required)' : ''}`,
      ),
    ...(more > 0 ? [`and ${more} more open items`] : []),
  ])
}

export function sheetBlocks(
  { organisation, now }: Pick<Scene, 'organisation' | 'now'>,
  states: readonly IncidentState[],
  text: Phones,
): Block[] {
  const [first] = states
  if (!first) return []
  const called = phones(organisation, states, text)
  const more = states.length - incidentsShown
  return [
    { kind: 'title', text: `Fallback sheet · ${sayDay(todayOf({ state: first, now }))}` },
    lines([
      'Print this. It is for the day chat is down or read by an attacker.',
      'Write down who did what and when; it is entered afterwards as a late entry.',
    ]),
    lines([[{ bold: 'Phones' }], ...(called.length > 0 ? called : ['The roster names nobody yet.'])]),
    ...states.slice(0, incidentsShown).map((state) => incidentBlock(state, now)),
    ...(more > 0 ? [quiet(`${more} more incidents of yours are open.`)] : []),
  ]
}

export const sheetCard = (scene: Scene, text: Phones): Card =>
  about(scene.state, 'the fallback sheet: print it', sheetBlocks(scene, [scene.state], text))

export const sheet: View = {
  organisationTexts: ({ organisation }) => rosterSeqs(organisation),
  draw: (drawing) => sheetCard(drawing, drawing.organisationText),
}
