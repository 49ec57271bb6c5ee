/** The people a platform's roster names: whether the platform can reach them, and whether the privacy officer is among them. */
import { ChatError, type ChatPort, type Platform } from '../../chat/port.ts'
import type { Config } from '../../config.ts'
import { type Organisation, rosterPeople, seenFrom } from '../../domain/organisation.ts'
import { idsOn, platformName } from '../../domain/platforms.ts'
import { isRole, type Role, roleLabel } from '../../domain/roles.ts'
import { wordsOf } from '../chats.ts'
import { bad, type Finding, good, warn } from './finding.ts'

const NEEDED: readonly Role[] = ['privacy-officer', 'commander', 'sponsor']

/** A person has one id on each platform, and each has a roster. */
export const adminsOn = (config: Config, platform: Platform): readonly string[] =>
  idsOn(platform, config.admins)

const ownId: Readonly<Record<Platform, string>> = {
  slack: 'your own Slack id',
  teams: 'your own Entra object id',
}

/** With two rosters each finding says whose it is. */
const rosterOf = (config: Config, platform: Platform): string =>
  config.teams && config.slack.botToken ? `${platformName(platform)} roster` : 'roster'

export function rosterFindings(config: Config, organisation: Organisation, platform: Platform): Finding[] {
  const seen = seenFrom(organisation, platform)
  const word = `${wordsOf(config)(platform)} roster`
  const roster = rosterOf(config, platform)
  if (rosterPeople(seen).length === 0 && adminsOn(config, platform).length === 0)
    return [
      bad(
        `The ${roster} is empty and nobody may fill it`,
        `set WARDROOM_ADMINS to ${ownId[platform]}, restart, then type ${word}`,
      ),
    ]
  const missing = NEEDED.filter((role) => !seen.roster[role]?.holder)
  return [
    ...missing.map((role) =>
      role === 'privacy-officer'
        ? bad(
            `No privacy officer on the ${roster}: nobody may confirm a discovery date`,
            `type ${word} and name one`,
          )
        : warn(`No ${roleLabel(role)} on the ${roster}`, `type ${word} and name one`),
    ),
    ...(missing.length === 0
      ? [good(`The ${roster} names a privacy officer, a commander and a sponsor`)]
      : []),
  ]
}

export async function reachFindings(
  config: Config,
  organisation: Organisation,
  port: ChatPort,
): Promise<Finding[]> {
  const seen = seenFrom(organisation, port.platform)
  const admins = adminsOn(config, port.platform)
  const findings: Finding[] = []
  const people = [...new Set([...rosterPeople(seen), ...admins])]
  for (const id of people) {
    const trouble = await troubleWith(id, port)
    if (!trouble) continue
    const who = `${id} (${dutiesOf(id, seen, admins)})`
    const fix = admins.includes(id)
      ? 'take them out of WARDROOM_ADMINS or the roster'
      : `name somebody else with ${wordsOf(config)(port.platform)} roster`
    findings.push(bad(`${who} ${trouble.what}`, trouble.fix ?? fix))
  }
  if (people.length > 0 && findings.length === 0)
    findings.push(
      good(
        `All ${people.length} people the ${rosterOf(config, port.platform)} and WARDROOM_ADMINS name can be reached${untold[port.platform]}`,
      ),
    )
  return findings
}

/** What reaching somebody without writing to them does not find out. */
const untold: Readonly<Record<Platform, string>> = {
  slack: '',
  teams: '; who has blocked Wardroom shows only when it writes to them',
}

interface Trouble {
  readonly what: string
  /** Where it is not another person that is wanted. */
  readonly fix?: string
}

const AGAIN = 'run doctor again in a minute'

const unreached: Readonly<Record<string, Trouble>> = {
  app_not_installed: {
    what: 'does not have the app, so nothing can be written to them',
    fix: 'add them to the incidents team, or install the app for them in the Teams admin center',
  },
  blocked: { what: 'has blocked Wardroom', fix: 'they unblock it in their chat with Wardroom' },
}

async function troubleWith(id: string, port: ChatPort): Promise<Trouble | undefined> {
  const person = await port.person(id).catch(codeOf)
  if (!('code' in person)) {
    if (person.deactivated) return { what: 'is deactivated' }
    if (person.kind === 'bot') return { what: 'is a bot' }
    if (person.guest) return { what: 'is a guest, and guests are not let into a war room' }
  } else if (person.failure === 'transient')
    return { what: `could not be looked up (${person.code})`, fix: AGAIN }
  // Whoever cannot be looked up may be there all the same, out of the bot's reach.
  const refused = await port.reach(id).then(() => undefined, codeOf)
  const known = refused && unreached[refused.code]
  if (known) return known
  if ('code' in person) return { what: `is unknown here (${person.code})` }
  // Which scope is missing is a finding of its own.
  if (!refused || refused.code === 'missing_scope') return undefined
  const what = `cannot be written to (${refused.code})`
  return refused.failure === 'transient' ? { what, fix: AGAIN } : { what }
}

function codeOf(error: unknown): { readonly code: string; readonly failure: ChatError['failure'] } {
  const { failure = 'transient', code = 'unknown' } = error instanceof ChatError ? error : {}
  return { failure, code }
}

function dutiesOf(id: string, { roster }: Organisation, admins: readonly string[]): string {
  const roles = Object.entries(roster).flatMap(([role, { holder, deputy }]) => {
    if (!isRole(role)) return []
    return [
      ...(holder === id ? [roleLabel(role)] : []),
      ...(deputy === id ? [`deputy ${roleLabel(role)}`] : []),
    ]
  })
  return [...roles, ...(admins.includes(id) ? ['administrator'] : [])].join(', ')
}
