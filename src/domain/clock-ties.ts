/** What a person has to do with a clock: the nearest tie counts, and whoever is kept out has none. */
import type { ClockId } from './clock-names.ts'
import type { IncidentState } from './incident-state.ts'
import { clockOwner, notificationOwner } from './notifications.ts'
import type { Organisation } from './organisation.ts'

/** Owns it; was asked last because nobody answered; stands in for the office; answers for what the owner does. */
export type ClockTie = 'owner' | 'asked' | 'deputy' | 'answers'

export function clockTie(
  state: IncidentState,
  roster: Organisation['roster'],
  { id, due }: { readonly id: ClockId; readonly due: string | null },
  person: string,
): ClockTie | undefined {
  if (state.excluded.includes(person)) return undefined
  if (notificationOwner(state, id, roster) === person) return 'owner'
  const last = state.reminded[id]
  if (last && last.step > 0 && last.lastDay === due && last.to.includes(person)) return 'asked'
  const office = roster[clockOwner] ?? state.roster[clockOwner]
  if (office?.deputy === person) return 'deputy'
  const held = [clockOwner, 'commander', 'deputy'] as const
  if (office?.holder === person || held.some((role) => state.roles[role]?.person === person)) return 'answers'
  return undefined
}
