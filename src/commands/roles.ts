/** Who holds what and since when, what is open, what was offered, and the history with its reasons. */
import { z } from 'zod'
import { sayMoment } from '../domain/dates-in-words.ts'
import type { IncidentState, Tenure } from '../domain/incident.ts'
import { isRefusal } from '../domain/refusal.ts'
import { type Role, roleLabel, roleRow } from '../domain/roles.ts'
import type { Block, Button, Card, Line } from '../views/card.ts'
import { button } from '../views/say.ts'
import { openTo } from './claim.ts'
import type { Command, Context } from './command.ts'
import { participantsIncident } from './here.ts'
import { zoneOf } from './reading.ts'
import { ofIncident, roleIds } from './role-words.ts'
import { noWords } from './words.ts'

const args = z.object({})
type Args = z.infer<typeof args>

export const roles: Command<Args> = {
  verb: 'roles',
  aliases: ['role', 'who'],
  summary: 'Who holds which role, what is open, and the history',
  usage: 'roles',
  examples: ['roles'],
  who: 'Anyone in the incident.',
  about: 'incident',
  reads: true,
  args,
  parse: noWords,
  texts: ({ state }) =>
    state ? [...state.tenures.map(({ seq }) => seq), ...state.offers.map(({ seq }) => seq)] : [],
  decide: (_, context) => {
    const state = participantsIncident(context)
    return isRefusal(state) ? state : { events: [], reply: rolesCard(state, context) }
  },
}

const maxButtons = 5

function rolesCard(state: IncidentState, context: Context): Card {
  const held = roleIds.filter((role) => state.roles[role])
  const open = roleIds.filter((role) => !state.roles[role])
  const answers = state.offers
    .filter(({ to }) => to === context.actor)
    .slice(0, 1)
    .flatMap(({ role }) => answer(role, context))
  const claims = neededFirst(openTo(state, context)).slice(0, maxButtons - answers.length)
  const past = state.tenures.filter(({ until }) => until !== null)
  const blocks: Block[] = [
    { kind: 'title', text: 'Roles' },
    held.length > 0
      ? {
          kind: 'facts',
          rows: held.map((role) => ({ label: roleLabel(role), value: holding(state, role, context) })),
        }
      : { kind: 'lines', lines: ['Nobody holds a role yet.'] },
    ...some(
      state.offers.map(
        (offer): Line => [
          { person: offer.from },
          ` offered ${roleLabel(offer.role)} to `,
          { person: offer.to },
          `, ${sayMoment(zoneOf(context), offer.at)}; not answered yet.${because(context.text(offer.seq).reason)}`,
        ],
      ),
    ),
    ...some(open.length > 0 ? [openLine(open)] : []),
    ...(answers.length + claims.length > 0
      ? [
          {
            kind: 'buttons',
            buttons: [...answers, ...claims.map((role) => claimButton(role, context))],
          } satisfies Block,
        ]
      : []),
    ...(past.length > 0
      ? [
          { kind: 'divider' } satisfies Block,
          {
            kind: 'lines',
            lines: ['Before:', ...past.map((tenure) => pastLine(tenure, context))],
          } satisfies Block,
        ]
      : []),
  ]
  return { summary: `${held.length} roles held, ${open.length} open.`, blocks }
}

const neededFirst = (list: readonly Role[]): readonly Role[] =>
  [...list].sort((a, b) => Number(roleRow(b).needed) - Number(roleRow(a).needed))

function holding(state: IncidentState, role: Role, context: Context): Line {
  const held = state.roles[role]!
  const reason = because(context.text(held.seq).reason)
  return [
    { person: held.person },
    ` since ${sayMoment(zoneOf(context), held.since)}, ${how[held.how]}${reason}`,
  ]
}

const how = { assigned: 'assigned', claimed: 'claimed', handoff: 'handed over' } as const

const because = (reason: string | undefined): string => (reason ? ` — ${reason}` : '')

const openLine = (open: readonly Role[]): Line => {
  const names = neededFirst(open).map((role) =>
    roleRow(role).needed ? `▲ ${roleLabel(role)}` : roleLabel(role),
  )
  return `Open: ${names.join(', ')}`
}

const pastLine = (tenure: Tenure, context: Context): Line => {
  const zone = zoneOf(context)
  const until = tenure.until ? ` to ${sayMoment(zone, tenure.until)}` : ''
  return [
    `${roleLabel(tenure.role)}: `,
    { person: tenure.person },
    `, ${sayMoment(zone, tenure.since)}${until}, ${how[tenure.how]}${because(context.text(tenure.seq).reason)}`,
  ]
}

const answer = (role: Role, context: Context): readonly Button[] => [
  button(`Accept ${roleLabel(role)}`, `accept ${role}`, { style: 'primary', ...ofIncident(context) }),
  button('Decline', `decline ${role}`, ofIncident(context)),
]

const claimButton = (role: Role, context: Context): Button =>
  button(`Claim ${roleLabel(role)}`, `claim ${role}`, ofIncident(context))

const some = (lines: readonly Line[]): readonly Block[] =>
  lines.length > 0 ? [{ kind: 'lines', lines }] : []
