/** Asking for a role and handing one on: who is asked, what it means, and the two buttons. */
import { sayLength, sayTime } from '../domain/dates-in-words.ts'
import { isRole, type Role, roleLabel, roleRow } from '../domain/roles.ts'
import { roomLine } from './brief.ts'
import type { Button, Card, Line, Span } from './card.ts'
import { lastDayWords, mostPressing, owedWords } from './clock-words.ts'
import { rosterSeqs, toPhone } from './phones.ts'
import {
  about,
  act,
  buttons,
  form,
  headingOf,
  lines,
  nameOf,
  numberArg,
  person,
  quiet,
  type Scene,
  upperFirst,
  wordArg,
  zoneOf,
} from './scene.ts'
import type { Text, View } from './view.ts'

type Args = Readonly<Record<string, unknown>>

const roleOf = (args: Args): Role => {
  const role = wordArg(args, 'role')
  return role && isRole(role) ? role : 'commander'
}

const someone = (id: string | undefined): Span => (id ? person(id) : 'somebody')

const nextDay = (scene: Scene): Line[] => {
  const clock = mostPressing(scene)
  if (clock && !clock.lastDay) return [`▲ ${upperFirst(clock.label)}: ${owedWords(scene, clock)}`]
  return clock ? [`Next last day ${lastDayWords(scene, clock)} — ${clock.label}`] : []
}

export function askRoleCard(scene: Scene, role: Role): Card {
  const { state } = scene
  const taken = state.roles[role]
  if (taken)
    return about(state, `${roleLabel(role)} is taken`, [
      lines([[person(taken.person), ` holds ${roleLabel(role)} for ${headingOf(state)}. Nothing to do.`]]),
    ])
  return about(state, `you are asked to be ${roleLabel(role)}`, [
    lines([
      ['You are asked to be ', { bold: roleLabel(role) }, ` for ${headingOf(state)}.`],
      roleRow(role).brief,
      ...nextDay(scene),
    ]),
    quiet(
      ['Declared by ', person(state.declared.by), ', ', `${sayLength(ageMs(scene))} ago`],
      roomLine(state),
    ),
    ...buttons(
      act(state, 'I take it', `claim ${role}`, { style: 'primary' }),
      form(state, 'Ask someone else', `assign ${role}`),
      act(state, 'Status', 'status'),
    ),
  ])
}

const ageMs = ({ state, now }: Scene): number => now.getTime() - Date.parse(state.declared.at)

export const askRole: View = { draw: (drawing) => askRoleCard(drawing, roleOf(drawing.args)) }

export function offerCard(scene: Scene, role: Role, from: string | undefined): Card {
  const { state } = scene
  const stands = state.offers.some((offer) => offer.role === role)
  const head: Line = [someone(from), ' offers you ', { bold: roleLabel(role) }, ` for ${headingOf(state)}.`]
  if (!stands)
    return about(state, `the offer of ${roleLabel(role)} is over`, [lines([head, 'It no longer stands.'])])
  return about(state, `${roleLabel(role)} is offered to you`, [
    lines([head, roleRow(role).brief, 'It stays with them until you accept.', ...nextDay(scene)]),
    quiet(roomLine(state)),
    ...buttons(
      act(state, 'Accept', `accept ${role}`, { style: 'primary' }),
      act(state, 'Decline', `decline ${role}`),
      act(state, 'Status', 'status'),
    ),
  ])
}

export const offer: View = {
  draw: (drawing) => offerCard(drawing, roleOf(drawing.args), wordArg(drawing.args, 'from')),
}

export function declinedCard({ state }: Scene, role: Role, by: string | undefined): Card {
  return about(state, `${roleLabel(role)} was declined`, [
    lines([[someone(by), ` declined ${roleLabel(role)} for ${headingOf(state)}.`], ['You still hold it.']]),
    ...buttons(form(state, 'Hand off', `handoff ${role}`), act(state, 'Who holds what', 'roles')),
  ])
}

export const declined: View = {
  draw: (drawing) => declinedCard(drawing, roleOf(drawing.args), wordArg(drawing.args, 'by')),
}

export interface Handed {
  readonly role: Role
  readonly from: string | undefined
  readonly to: string | undefined
  readonly seq: number | undefined
}

/** The same two sentences in the room, and to the person who held it before. */
export function handedOffCard({ state }: Scene, { role, from, to, seq }: Handed): Card {
  const tenure = state.tenures.find((each) => each.seq === seq)
  const at = tenure ? `, ${sayTime(zoneOf(state), tenure.since)}` : ''
  const label = roleLabel(role)
  const accepted: Line =
    tenure && tenure.how !== 'handoff'
      ? [someone(to), ` now holds ${label} for ${nameOf(state)}, after `, someone(from), `${at}.`]
      : [someone(from), ` handed ${label} to `, someone(to), '. ', someone(to), ` accepted${at}.`]
  return about(state, `${label} changed hands`, [lines([accepted])])
}

export const handedOff: View = {
  draw: (drawing) => {
    const { args } = drawing
    const named = { role: roleOf(args), from: wordArg(args, 'from'), to: wordArg(args, 'to') }
    return handedOffCard(drawing, { ...named, seq: numberArg(args, 'seq') })
  },
}

/** A needed role stays untaken: whom to phone, and the way to take it oneself. */
export function escalationCard(
  scene: Scene,
  role: Role,
  phones: (seq: number) => Text,
  to: string | undefined,
): Card {
  const { state, organisation } = scene
  const label = roleLabel(role)
  const holder = state.roles[role]
  if (holder)
    return about(state, `${label} is taken`, [
      lines([[person(holder.person), ` holds ${label} for ${headingOf(state)}. Nothing to do.`]]),
    ])
  const asked = toPhone(state, organisation, role, phones)
  const none = state.facts['chat-compromised']?.value.compromised
    ? ': the number is on your sheet'
    : ' (no number on the roster)'
  const call: Line[] =
    asked.length > 0
      ? asked
          .filter(({ who }) => who !== to)
          .map(({ who, phone }) => ['Phone ', person(who), phone ? `: ${phone}` : none])
      : [`The roster names nobody for ${label}.`]
  const take: Button[] = roleRow(role).office
    ? []
    : [act(state, 'I take it', `claim ${role}`, { style: 'primary' })]
  return about(state, `${label} is still untaken`, [
    lines([
      [
        { bold: `Nobody holds ${label}` },
        ` for ${headingOf(state)}, ${sayLength(ageMs(scene))} after it was declared.`,
      ],
      ...call,
      ...nextDay(scene),
    ]),
    ...buttons(...take, form(state, 'Assign it', `assign ${role}`), act(state, 'Status', 'status')),
  ])
}

export const escalation: View = {
  organisationTexts: ({ organisation }) => rosterSeqs(organisation),
  draw: (drawing) => {
    const { args, organisationText } = drawing
    return escalationCard(drawing, roleOf(args), organisationText, wordArg(args, 'person'))
  },
}

export const roleTitle = (role: Role): string => upperFirst(roleLabel(role))
