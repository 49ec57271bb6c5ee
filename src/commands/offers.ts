/** Offers of a role: which one a person means, and whether it still stands. */
import type { IncidentState, Offer } from '../domain/incident.ts'
import { isExcluded, isParticipant } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { type Role, roleLabel } from '../domain/roles.ts'
import type { Context } from './command.ts'
import { notHere } from './here.ts'
import { ofIncident, readRole, roleAndPerson } from './role-words.ts'

/** Words to arguments for `accept` and `decline`: the role may stay out where only one offer can be meant. */
export function readOfferWords(
  verb: string,
  words: string,
  context: Context,
): { readonly role?: Role } | Refusal {
  const { words: typed } = roleAndPerson(words, context.actor)
  if (typed === '') return {}
  const role = readRole(typed, context, (near) => `${verb} ${near}`)
  return isRefusal(role) ? role : { role }
}

/** The incident for somebody who was offered a role: they need not take part in it yet, but never somebody kept out. */
export function offereesIncident(context: Context): IncidentState | Refusal {
  const { state, organisation, actor } = context
  if (!state || isExcluded(state, actor)) return notHere(context)
  const offered = state.offers.some(({ to }) => to === actor)
  return offered || isParticipant(state, organisation, actor) ? state : notHere(context)
}

export function offerFor(
  state: IncidentState,
  role: Role | undefined,
  context: Context,
  mine: (offer: Offer) => boolean,
): Offer | Refusal {
  const offers = state.offers.filter((offer) => mine(offer) && (role === undefined || offer.role === role))
  const [offer] = offers
  if (offers.length > 1)
    return refuse('which-offer', `Which one: ${offers.map((each) => roleLabel(each.role)).join(' or ')}?`, {
      field: 'role',
    })
  if (offer && state.roles[offer.role]?.person === offer.from) return offer
  const holder = role && state.roles[role]?.person
  const gone = role
    ? `No offer of ${roleLabel(role)} to you stands now.`
    : 'No offer of a role to you stands now.'
  const now = holder && role && holder !== context.actor ? ` <@${holder}> holds ${roleLabel(role)}.` : ''
  return refuse('no-offer', `${gone}${now} The roles show who holds what.`, {
    buttons: [{ label: 'Show the roles', line: 'roles', ...ofIncident(context) }],
  })
}
