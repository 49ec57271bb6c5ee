/** The people the roster names: whether the platform can reach them, and whether the privacy officer is among them. */
import { ChatError, type ChatPort } from '../../chat/port.ts'
import type { Config } from '../../config.ts'
import { type Organisation, rosterPeople } from '../../domain/organisation.ts'
import { isRole, type Role, roleLabel } from '../../domain/roles.ts'
import { bad, type Finding, good, warn } from './finding.ts'

const NEEDED: readonly Role[] = ['privacy-officer', 'commander', 'sponsor']

export function rosterFindings(config: Config, organisation: Organisation): Finding[] {
  const { roster } = organisation
  const word = `/${config.commands[0]} roster`
  const isEmpty = rosterPeople(organisation).length === 0
  if (isEmpty && config.admins.length === 0)
    return [
      bad(
        'The roster is empty and nobody may fill it',
        `set WARDROOM_ADMINS to your own Slack id, restart, then type ${word}`,
      ),
    ]
  const missing = NEEDED.filter((role) => !roster[role]?.holder)
  return [
    ...missing.map((role) =>
      role === 'privacy-officer'
        ? bad(
            'No privacy officer on the roster: nobody may confirm a discovery date',
            `type ${word} and name one`,
          )
        : warn(`No ${roleLabel(role)} on the roster`, `type ${word} and name one`),
    ),
    ...(missing.length === 0 ? [good('The roster names a privacy officer, a commander and a sponsor')] : []),
  ]
}

export async function reachFindings(
  config: Config,
  organisation: Organisation,
  port: ChatPort,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const people = [...new Set([...rosterPeople(organisation), ...config.admins])]
  for (const id of people) {
    const who = `${id} (${dutiesOf(id, organisation, config)})`
    const fix = config.admins.includes(id)
      ? 'take them out of WARDROOM_ADMINS or the roster'
      : `name somebody else with /${config.commands[0]} roster`
    const trouble = await troubleWith(id, port)
    if (trouble) findings.push(bad(`${who} ${trouble}`, fix))
  }
  if (people.length > 0 && findings.length === 0)
    findings.push(good(`All ${people.length} people the roster and WARDROOM_ADMINS name can be reached`))
  return findings
}

async function troubleWith(id: string, port: ChatPort): Promise<string | undefined> {
  try {
    const person = await port.person(id)
    if (person.deactivated) return 'is deactivated'
    if (person.kind === 'bot') return 'is a bot'
    return person.guest ? 'is a guest, and guests are not let into a war room' : undefined
  } catch (error) {
    const { failure = 'transient', code = 'unknown' } = error instanceof ChatError ? error : {}
    return failure === 'transient' ? `could not be looked up (${code})` : `is unknown here (${code})`
  }
}

function dutiesOf(id: string, { roster }: Organisation, config: Config): string {
  const roles = Object.entries(roster).flatMap(([role, { holder, deputy }]) => {
    if (!isRole(role)) return []
    return [
      ...(holder === id ? [roleLabel(role)] : []),
      ...(deputy === id ? [`deputy ${roleLabel(role)}`] : []),
    ]
  })
  return [...roles, ...(config.admins.includes(id) ? ['administrator'] : [])].join(', ')
}
