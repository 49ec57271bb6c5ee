/** The fallback sheet: what a role holder needs on paper when chat is down or read by somebody else. No PHI on it. */
import { sayDay } from '../domain/dates-in-words.ts'
import { phaseLabel } from '../domain/phases.ts'
import { type Role, roles } from '../domain/roles.ts'
import type { Card, Line } from './card.ts'
import { lastDayWords, runningClocks } from './clock-words.ts'
import { openItems } from './items.ts'
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

/** A line a role: who holds it here, or whom the roster names, with the telephone. People kept out are left out. */
function phones({ state, organisation }: Scene, text: (seq: number) => Text): Line[] {
  return roles.flatMap(({ id, label }): Line[] => {
    const row = organisation.roster[id]
    const sealed = row ? text(row.seq) : {}
    const holder = state.roles[id]?.person
    const named = [
      ...(row?.holder ? [{ who: row.holder, phone: phoneOf(sealed, 'holder'), as: '' }] : []),
      ...(row?.deputy ? [{ who: row.deputy, phone: phoneOf(sealed, 'deputy'), as: ' (deputy)' }] : []),
    ].filter(({ who }) => !state.excluded.includes(who))
    const here =
      holder && !named.some(({ who }) => who === holder) ? [{ who: holder, phone: undefined, as: '' }] : []
    return [...here, ...named].map(
      ({ who, phone, as }): Line => [
        `${upperFirst(label)}${as}: `,
        person(who),
        who === holder ? ', holds it here' : '',
        phone ? ` — ${phone}` : ' — no number on the roster',
      ],
    )
  })
}

export function sheetCard(scene: Scene, text: (seq: number) => Text): Card {
  const { state } = scene
  const called = phones(scene, text)
  const items = openItems(state)
  const clocks = runningClocks(scene)
  return about(state, 'the fallback sheet: print it', [
    { kind: 'title', text: `Fallback sheet · ${headingOf(state)}` },
    lines([
      `${sayDay(todayOf(scene))}. Print this. It is for the day chat is down or read by an attacker.`,
      [
        `${phaseLabel(state.phase)}. Declared ${momentOf(state, state.declared.at)} by `,
        byWhom(state.declared.by),
        '.',
      ],
    ]),
    { kind: 'divider' },
    lines([[{ bold: 'Phones' }], ...(called.length > 0 ? called : ['The roster names nobody yet.'])]),
    lines([
      [{ bold: 'Last days' }],
      ...(clocks.length > 0
        ? clocks.map((clock) => `${upperFirst(clock.label)}: ${lastDayWords(scene, clock)}`)
        : ['No clock is running.']),
    ]),
    lines([
      [{ bold: 'Open items' }],
      ...(items.length > 0
        ? items
            .slice(0, 15)
            .map(
              (item) =>
                `${item.id}  ${item.title ?? 'an item your team added'}${item.required ? ' (required)' : ''}`,
            )
        : ['Nothing is open in this phase.']),
    ]),
    quiet('Write down who did what and when; it is entered afterwards as a late entry.'),
  ])
}

const rosterSeqs = (organisation: Scene['organisation']): readonly number[] =>
  (Object.keys(organisation.roster) as Role[]).flatMap((role) => organisation.roster[role]?.seq ?? [])

export const sheet: View = {
  organisationTexts: ({ organisation }) => rosterSeqs(organisation),
  draw: (drawing) => sheetCard(drawing, drawing.organisationText),
}
