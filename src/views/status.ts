/** The pinned card: who leads, what is next, the next last day. It is redrawn in place and never posted twice. */
import { sayDay, sayLength } from '../domain/dates-in-words.ts'
import { currentRoom, holderOf } from '../domain/incident.ts'
import { isOpen, itemsOf, openItems } from '../domain/incident-items.ts'
import { stageOf } from '../domain/notifications.ts'
import { outcomeLabel } from '../domain/outcomes.ts'
import { phaseLabel } from '../domain/phases.ts'
import { platformName } from '../domain/platforms.ts'
import { type Role, roles } from '../domain/roles.ts'
import type { Block, Card, Line, Span } from './card.ts'
import { lastChange } from './changes.ts'
import { isCountOpen, lastDayWords, mostPressing, owedWords, ownerSpan, untoldClocks } from './clock-words.ts'
import { coverageLines, coverageWords } from './coverage.ts'
import { itemButton, labelSeqs, titleOf } from './items.ts'
import { rosterSeqs, toPhone } from './phones.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  form,
  headingOf,
  lines,
  momentOf,
  type OpenScene,
  person,
  quiet,
  type Scene,
  upperFirst,
  whoHolds,
} from './scene.ts'
import type { Text, View } from './view.ts'

export interface StatusScene extends OpenScene {
  readonly organisationText?: (seq: number) => Text
}

const labels: Partial<Record<Role, string>> = { commander: 'Commander', 'privacy-officer': 'Privacy' }

const needed = roles.filter((role) => role.needed)

/** Where the incident stands. Told as since when, because a card is read long after it was drawn. */
function standing({ state }: Scene): Line {
  if (state.closed)
    return [
      { bold: `Closed: ${outcomeLabel(state.closed.outcome)}` },
      ` — by `,
      byWhom(state.closed.by),
      `, ${momentOf(state, state.closed.at)}. Clocks and the record go on.`,
    ]
  const since = state.phases.at(-1)?.at ?? state.declared.at
  return [{ bold: phaseLabel(state.phase) }, ` since ${momentOf(state, since)}`]
}

/** Whom to phone once a needed role stayed untaken, and who after them. */
function phoneLine(scene: StatusScene, role: Role): Line[] {
  const { state, organisation, organisationText } = scene
  if (state.escalated[role] === undefined || !organisationText) return []
  const [first, second] = toPhone(state, organisation, role, organisationText).flatMap(
    ({ who, phone }): Span[][] => (phone ? [[person(who), `: ${phone}`]] : []),
  )
  return first ? [['Phone ', ...first, ...(second ? ['; then ', ...second] : [])]] : []
}

function roleBlock(scene: StatusScene, role: Role): Block {
  const { state } = scene
  const head: Line = [{ bold: labels[role] ?? role }, '  ', ...whoHolds(scene, role)]
  if (holderOf(state, role)) return lines([head])
  const claim = role === 'commander' ? act(state, 'I lead this', 'claim commander') : undefined
  return lines([head, ...phoneLine(scene, role)], claim)
}

function next(scene: StatusScene): Block[] {
  const { state, text } = scene
  const [item] = openItems(state)
  if (state.closed || !item) return []
  const head: Line = [{ bold: 'Next' }, `  ${titleOf(item, text)} (${item.id})`]
  return [lines([head], itemButton(state, item))]
}

function lastDay(scene: Scene): Line {
  const clock = mostPressing(scene)
  if (!clock) return 'none running'
  const open = isCountOpen(clock) ? ', if 500 or more' : ''
  const stage = stageOf(scene.state, clock.id)
  const when = clock.lastDay ? lastDayWords(scene, clock) : `▲ ${owedWords(scene, clock)}`
  return `${when} — ${clock.label}${open}${stage === 'to do' ? '' : `, ${stage}`}`
}

function rolesOpen({ state }: Scene): string {
  const open = openItems(state).flatMap(({ role }) => (role && !holderOf(state, role) ? [role] : []))
  const names = roles.filter(({ id }) => open.includes(id)).map(({ label }) => label)
  return names.length > 0 ? names.join(', ') : 'none that an open item needs'
}

function openCount({ state }: Scene): string {
  const here = itemsOf(state, state.phase)
  const left = openItems(state).filter(({ required }) => required).length
  return `${left} required · ${here.filter(isOpen).length} of ${here.length} in this phase`
}

/** What did not work, in plain words: a failed nicety stops nothing, and nobody should have to guess. */
function trouble({ state, organisation }: Scene): Line[] {
  const since = currentRoom(state)?.openedAt ?? ''
  const failed = Object.entries(state.niceties).flatMap(([step, { code, at }]): Line[] => {
    const [what, who] = step.split(' ')
    // Of a room before this one, or of somebody who came after all: it is no trouble any more.
    if (at < since || (who && state.members.includes(who))) return []
    if (what === 'invite' && who) return notInvited(who, code)
    return [`▲ ${platformName(state.platform)} did not allow: ${step} (${code}).`]
  })
  return [...failed.slice(-3), ...kept(state, organisation)]
}

/** What the record is held for, and what of it is no longer there. */
function kept({ legalHold, disposed }: Scene['state'], organisation: Scene['organisation']): Line[] {
  const over = organisation.legalHold
    ? ['Legal hold over every incident: nothing of it may be disposed of.']
    : []
  return [
    ...(legalHold ? [['Legal hold by ', person(legalHold.by), ': nothing of it may be disposed of.']] : over),
    ...(disposed ? [`Words and files before entry ${disposed.seq} were disposed of.`] : []),
  ]
}

/** A guest is refused on purpose, and whoever gave them a role was told: nobody is asked to let them in by hand. */
function notInvited(who: string, code: string): Line[] {
  if (code === 'guest') return []
  if (code === 'deactivated') return [['▲ Not invited: ', { person: who }, ' has no account here any more.']]
  if (code === 'not_in_team')
    return [
      ['▲ Not in the team that sees this room: ', { person: who }, '. An owner of the team can add them.'],
    ]
  return [['▲ Not invited: ', { person: who }, ` (${code}). Add them yourself.`]]
}

/** Reminders that reached nobody: whoever reads this is the first who knows. */
const untold = (scene: Scene): Block[] =>
  untoldClocks(scene).map(({ id, label, lastDay }) =>
    lines([
      [
        `▲ Nobody could be told of ${label}, last day ${sayDay(lastDay!)}. Call `,
        ownerSpan(scene, id),
        ', or name somebody else for it.',
      ],
    ]),
  )

const compromised = ({ state }: Scene): Block[] =>
  state.facts['chat-compromised']?.value.compromised
    ? [lines(['▲ Treat this chat as read by the attacker. Use the phones on your sheet.'])]
    : []

export function statusCard(scene: StatusScene): Card {
  const { state } = scene
  const facts: Block = {
    kind: 'facts',
    rows: [
      { label: 'Last day', value: lastDay(scene) },
      ...(state.closed
        ? []
        : [
            { label: 'Open items', value: openCount(scene) },
            { label: 'Roles open', value: rolesOpen(scene) },
          ]),
      { label: 'Coverage', value: coverageWords(state) },
      { label: 'Last change', value: lastChange(state) as Span[] },
    ],
  }
  const more = state.closed
    ? [form(state, 'Reopen', 'reopen'), act(state, 'Clocks', 'clocks'), form(state, 'Record a note', 'note')]
    : [
        form(state, 'Assign a role', 'assign'),
        act(state, 'Checklist', 'check'),
        act(state, 'Clocks', 'clocks'),
        form(state, 'Record a decision', 'decide'),
        form(state, 'Next phase', 'phase next'),
      ]
  const notes = trouble(scene)
  return about(state, `${state.closed ? 'closed' : phaseLabel(state.phase)}. ${summaryOf(scene)}`, [
    { kind: 'title', text: headingOf(state) },
    ...compromised(scene),
    ...untold(scene),
    lines([standing(scene)]),
    ...(state.closed ? [] : needed.map(({ id }) => roleBlock(scene, id))),
    ...next(scene),
    facts,
    ...(notes.length > 0 ? [quiet(...notes)] : []),
    ...buttons(...more),
  ])
}

const summaryOf = (scene: Scene): string => {
  const clock = mostPressing(scene)
  if (clock && !clock.lastDay) return `${upperFirst(clock.label)}: ${owedWords(scene, clock)}.`
  return clock ? `Next last day ${lastDayWords(scene, clock)}.` : 'No clock is running.'
}

/** For the person who asked: how long it has run, and the room it runs in. */
export function statusReply(scene: StatusScene): Card {
  const { state, now } = scene
  const card = statusCard(scene)
  const room = currentRoom(state)
  const ran = sayLength(now.getTime() - Date.parse(state.declared.at))
  const where: Line = room
    ? ['Room ', { room: room.room }]
    : 'The room is not open yet; the clocks run anyway.'
  const at = card.blocks.findIndex(({ kind }) => kind === 'facts') + 1
  const blocks = [
    ...card.blocks.slice(0, at),
    quiet([`Declared ${ran} ago`], where, ...coverageLines(state)),
    ...card.blocks.slice(at),
  ]
  return { ...card, blocks }
}

export const status: View = {
  texts: ({ state }) => labelSeqs(openItems(state).slice(0, 1)),
  organisationTexts: ({ state, organisation }) =>
    needed.some(({ id }) => state.escalated[id] !== undefined && !holderOf(state, id))
      ? rosterSeqs(organisation)
      : [],
  draw: statusCard,
}
