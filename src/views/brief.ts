/** Privately, to one person: what a role does now, and the next three items. */
import { currentRoom } from '../domain/incident.ts'
import { answersFor, type Item, nextItemsOf, openItems, rolesOf } from '../domain/incident-items.ts'
import { isRole, type Role, roleLabel, roleRow } from '../domain/roles.ts'
import type { Block, Button, Card, Line, Span } from './card.ts'
import { coverageWords } from './coverage.ts'
import { coveredBlocks } from './covered.ts'
import { itemButton, labelSeqs, shortItem } from './items.ts'
import { roomWords } from './room-words.ts'
import {
  about,
  act,
  buttons,
  form,
  headingOf,
  lines,
  nameOf,
  type OpenScene,
  quiet,
  type Scene,
  wordArg,
  zoneOf,
} from './scene.ts'
import type { View } from './view.ts'

const next = (state: Scene['state'], roles: readonly Role[]): readonly Item[] =>
  openItems(state, answersFor(state, roles)).slice(0, 3)

export const itemBlocks = (state: Scene['state'], items: readonly Item[], text: OpenScene['text']): Block[] =>
  items.map((item) => lines([['○ ', ...shortItem(item, text)]], itemButton(state, item)))

export const roomLine = (state: Scene['state']): Line => {
  const room = currentRoom(state)
  return room ? ['Room ', { room: room.room }] : roomWords(state).notOpenYet
}

const usual: Partial<Record<Role, (state: Scene['state']) => Button[]>> = {
  commander: (state) => [form(state, 'Assign a role', 'assign'), form(state, 'Record a decision', 'decide')],
  'privacy-officer': (state) => [
    ...(state.facts.discovered?.value.confirmed ? [] : [form(state, 'Confirm discovery', 'fact discovered')]),
    form(state, 'Record affected people', 'fact affected'),
  ],
}

const nextWords = (count: number): string =>
  ['Nothing is open for you now.', 'Your next item:', 'Your next two:', 'Your next three:'][count] ?? 'Next:'

export function briefCard(scene: OpenScene, role: Role): Card {
  const { state, word } = scene
  const items = next(state, [role])
  const offered = items.map((item) => itemButton(state, item).line)
  return about(state, `you now hold ${roleLabel(role)}`, [
    lines([
      ['You now hold ', { bold: roleLabel(role) }, ` for ${headingOf(state)}.`],
      roleRow(role).brief,
      nextWords(items.length),
    ]),
    ...itemBlocks(state, items, scene.text),
    lines([['Anything you decide: ', { code: `${word} decide <what> because <why>` }], roomLine(state)]),
    ...(coverageWords(state) === 'complete' ? [] : [quiet(`Coverage: ${coverageWords(state)}.`)]),
    ...buttons(
      ...(usual[role]?.(state) ?? []).filter(({ line }) => !offered.includes(line)),
      act(state, 'Checklist', 'check'),
      act(state, 'Clocks', 'clocks'),
      form(state, 'Hand off', `handoff ${role}`),
    ),
  ])
}

const roleArg = (args: Readonly<Record<string, unknown>>): Role => {
  const role = wordArg(args, 'role')
  return role && isRole(role) ? role : 'commander'
}

export const brief: View = {
  texts: ({ state, args }) => labelSeqs(next(state, [roleArg(args)])),
  draw: (drawing) => briefCard(drawing, roleArg(drawing.args)),
}

/** The three items a person is prompted for, across the roles they hold. */
export function itemsCard(scene: OpenScene, person: string): Card {
  const { state } = scene
  const roles = rolesOf(state, person)
  const items = next(state, roles)
  const held: Span[] = roles.length > 0 ? [` — you hold ${roles.map(roleLabel).join(', ')}`] : []
  if (items.length === 0)
    return about(state, 'nothing is open for you', [
      lines([[{ bold: nameOf(state) }, ...held], 'Nothing is open for you in this phase.']),
      ...buttons(act(state, 'Checklist', 'check')),
    ])
  return about(state, `${items.length} open for you`, [
    lines([[{ bold: nameOf(state) }, ...held], 'Next:']),
    ...itemBlocks(state, items, scene.text),
    quiet(roomLine(state)),
    ...buttons(act(state, 'Checklist', 'check'), act(state, 'Clocks', 'clocks')),
  ])
}

export const items: View = {
  texts: ({ state, args }) => labelSeqs(nextItemsOf(state, wordArg(args, 'person') ?? '')),
  draw: (drawing) => {
    const card = itemsCard(drawing, wordArg(drawing.args, 'person') ?? '')
    return { ...card, blocks: [...coveredBlocks(zoneOf(drawing.state), drawing.args), ...card.blocks] }
  },
}
