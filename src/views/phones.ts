/** A person's telephone number is theirs in every role: the roster has it with one of them. */
import type { IncidentState } from '../domain/incident.ts'
import type { Organisation } from '../domain/organisation.ts'
import type { Role } from '../domain/roles.ts'
import { phoneOf } from './sealed.ts'
import type { Text } from './view.ts'

/** By person. `text` opens the roster's lines. */
export function numbers(
  organisation: Organisation,
  text: (seq: number) => Text,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const row of Object.values(organisation.roster)) {
    for (const as of ['holder', 'deputy'] as const) {
      const phone = phoneOf(text(row.seq), as)
      const who = row[as]
      if (who && phone && !found.has(who)) found.set(who, phone)
    }
  }
  return found
}

/**
 * Whom to phone for a role: whoever is asked first, then who stands in. Where the attacker reads along no number is
 * shown; people have it on paper.
 */
export function toPhone(
  state: IncidentState,
  organisation: Organisation,
  role: Role,
  text: (seq: number) => Text,
): readonly { readonly who: string; readonly phone: string | undefined }[] {
  const row = organisation.roster[role]
  const known = state.facts['chat-compromised']?.value.compromised ? undefined : numbers(organisation, text)
  return [row?.holder, row?.deputy].flatMap((who) =>
    who && !state.excluded.includes(who) ? [{ who, phone: known?.get(who) }] : [],
  )
}

/** The entries to open for it. */
export const rosterSeqs = (organisation: Organisation): readonly number[] =>
  (Object.keys(organisation.roster) as Role[]).flatMap((role) => organisation.roster[role]?.seq ?? [])
