/** What the configuration says about the organisation goes on its log before anything is counted with it. */
import type { Platform } from '../chat/port.ts'
import type { Config } from '../config.ts'
import { yearOf } from '../domain/calendar.ts'
import { event, type OrganisationConfigured, type OrganisationFacts } from '../domain/events.ts'
import { federalHolidaysBetween } from '../domain/holidays.ts'
import { seenFrom } from '../domain/organisation.ts'
import { canonicalBytes } from '../domain/record.ts'
import { regulationsVersion } from '../domain/regulations.ts'
import { defaultReminding } from '../domain/reminding.ts'
import type { Role } from '../domain/roles.ts'
import { dateIn } from '../domain/zone.ts'
import { SYSTEM } from '../pipeline/commit.ts'
import type { Store } from '../store/store.ts'

/** Holidays reach three years ahead: further than any notification clock. */
const YEARS_AHEAD = 3

export function organisationFacts(config: Config, now: Date): OrganisationFacts {
  const year = yearOf(dateIn(config.zone, now))
  return {
    zone: config.zone,
    entityType: config.entityType,
    holidays: config.holidays ?? federalHolidaysBetween(year - 1, year + YEARS_AHEAD),
    regimes: ['hipaa', ...config.regimes],
    table: regulationsVersion,
    targetDays: config.targetDays,
    ...(Object.keys(config.targets).length > 0 ? { targets: config.targets } : {}),
  }
}

/** On the log only where they are not the usual ones. */
export const remindingFacts = ({ reminding }: Config): Pick<OrganisationConfigured, 'reminding'> =>
  canonicalBytes(reminding).equals(canonicalBytes(defaultReminding)) ? {} : { reminding }

export async function recordOrganisation(
  store: Store,
  facts: OrganisationConfigured,
  now: Date,
): Promise<void> {
  await store.write(async (unit) => {
    const { configured, reminding } = await unit.organisation()
    const known = { ...configured, ...(reminding ? { reminding } : {}) }
    if (configured && canonicalBytes(known).equals(canonicalBytes(facts))) return
    await unit.appendOrganisation([event('org.configured', facts)], { actor: SYSTEM, at: now, source: null })
  }, {})
}

/** Practice starts with a roster, so that the first incident has people to ask. A roster that names anybody is left alone. */
export async function seedRoster(
  store: Store,
  lines: readonly { role: Role; holder: string; deputy?: string; phone: string }[],
  now: Date,
  platform: Platform = 'slack',
): Promise<void> {
  const where = platform === 'slack' ? {} : { platform }
  await store.write(async (unit) => {
    const { roster } = seenFrom(await unit.organisation(), platform)
    if (Object.keys(roster).length > 0) return
    const events = lines.map(({ role, holder, deputy, phone }) =>
      event('roster.named', { role, holder, deputy: deputy ?? null, ...where }, { phone }),
    )
    await unit.appendOrganisation(events, { actor: SYSTEM, at: now, source: null })
  }, {})
}
