/** The managers' channel refused what was for it: told, once a day, to those who can mend that. */
import type { ChatPort } from '../chat/port.ts'
import { rosterPeople, seenFrom } from '../domain/organisation.ts'
import { idsOn } from '../domain/platforms.ts'
import { ORGANISATION } from '../domain/record.ts'
import { dateIn } from '../domain/zone.ts'
import type { Unit } from '../store/unit.ts'
import { managersUntoldCard } from '../views/managers-untold.ts'
import type { Wardroom } from '../wardroom.ts'
import type { OrganisationJob } from './delivering.ts'
import { NOTHING, type Outcome } from './delivering.ts'
import { allowed } from './people.ts'

const MOST_ADMINS = 3

/** Administrators set the channel; the privacy officer answers for what its readers do not hear. */
export async function managersUntold(
  wardroom: Wardroom,
  unit: Unit,
  { platform }: Pick<ChatPort, 'platform'>,
  code: string,
): Promise<void> {
  const { settings } = wardroom
  const today = dateIn(settings.organisation.zone, wardroom.now())
  if (!(await unit.claim(`managers-untold:${platform}:${today}`, ORGANISATION))) return
  const organisation = seenFrom(await unit.readOrganisation(), platform)
  const officer = organisation.roster['privacy-officer']
  const able = [
    ...idsOn(platform, settings.admins).slice(0, MOST_ADMINS),
    ...[officer?.holder ?? officer?.deputy].filter((id) => typeof id === 'string'),
  ]
  const people = able.length > 0 ? able : rosterPeople(organisation).slice(0, 1)
  wardroom.log.warn({ platform, code, people: people.length }, 'the managers’ channel was not told')
  await unit.enqueue(
    [...new Set(people)].map((person) => ({
      ...{
        incident: ORGANISATION,
        lane: `person:${person}`,
        verb: 'managers-untold',
        view: 'managers-untold',
      },
      args: { platform, person, code },
    })),
  )
}

export async function tellUntold({ row, port, delivering }: OrganisationJob): Promise<Outcome> {
  const { person, platform, code } = row.args as Record<'person' | 'platform' | 'code', string>
  if ((await allowed(port, person)).code) return NOTHING
  await port.post({ person }, managersUntoldCard(platform, code, delivering.wordOn(platform)), row.id)
  return { outcome: 'told', events: [] }
}
