/** Teams: a team that is private and lets the app in, what its owner granted, where it announces. */
import type { Outcome, Place, TeamCheck, TeamsCheck } from '../../chat/teams/app/check.ts'
import { isRestricted } from '../../chat/teams/verbs/channels.ts'
import type { Config } from '../../config.ts'
import { bad, type Finding, good, skew, warn } from './finding.ts'
import { workspaceFindings } from './slack.ts'
import { tokenFindings } from './teams-tokens.ts'

type OnTeams = NonNullable<Config['teams']>

const SKEW_MS = 5_000

const INSTALL = 'as an owner of the team, add the app to it and consent (README, Connect Microsoft Teams)'
const CONSENT =
  'as an owner of the team, remove the app from it and add it again; if consent is refused, a Teams administrator allows resource-specific consent'

export function checkFindings(
  { identity, team }: OnTeams,
  check: TeamsCheck,
  workspaces: readonly string[],
): Finding[] {
  const findings = [
    ...tokenFindings(identity.appType, check),
    ...workspaceFindings('tenant', workspaces, identity.tenant),
  ]
  if (!check.team) return findings
  const { others, announce, managers, skewMs } = check.team
  return [
    ...findings,
    ...teamFindings(check.team, team, check.hosts.graph),
    ...grantFindings(check.team.grants, check.wanted, check.hosts.graph),
    ...others.flatMap((other) =>
      other.outcome.code === undefined
        ? []
        : [
            warn(
              `Team ${other.team} of TEAMS_OTHER_TEAMS cannot be read (${other.outcome.code})`,
              `${INSTALL}, or take it out of TEAMS_OTHER_TEAMS`,
            ),
          ],
    ),
    channelFinding('TEAMS_ANNOUNCE_CHANNEL', announce),
    channelFinding('TEAMS_MANAGERS_CHANNEL', managers),
    ...(skewMs === undefined ? [] : [skew('Graph’s clock', skewMs, SKEW_MS)]),
  ]
}

const teamFixes: Readonly<Record<string, string>> = {
  no_permission: INSTALL,
  app_not_installed: INSTALL,
  app_disabled: 'a Teams administrator allows the app in the Teams admin center',
  channel_not_found: 'give the group id of a team of this tenant: Get link to team shows it as groupId',
  unauthorized: 'see that TEAMS_APP_ID and TEAMS_TENANT_ID are of one registration',
  ratelimited: 'Microsoft asks us to wait: run doctor again in a minute',
  wrong_cloud: 'unset TEAMS_SERVICE_URL, or give the bot API’s address of this tenant’s cloud',
}

const teamFix = (code: string, host: string): string =>
  teamFixes[code] ??
  `see that this machine reaches ${host} (network, proxy, TEAMS_GRAPH_URL, TEAMS_SERVICE_URL)`

function teamFindings({ team, installed, people }: TeamCheck, id: string, host: string): Finding[] {
  if (team.code !== undefined)
    return [bad(`TEAMS_TEAM_ID ${id} cannot be read (${team.code})`, teamFix(team.code, host))]
  const { visibility, isArchived } = team.found
  return [
    isRestricted(team.found)
      ? good('The incidents team can be read, and is private')
      : bad(
          `The incidents team is ${visibility ?? 'not known to be private'}: anybody of the tenant could join it and see every room`,
          'make it private in its settings, and see who is in it',
        ),
    ...(isArchived
      ? [bad('The incidents team is archived: nothing can be posted in it', 'restore it in Teams')]
      : []),
    ...(installed && installed.code !== undefined
      ? [bad(`The app is not let into the incidents team (${installed.code})`, teamFix(installed.code, host))]
      : []),
    membersFinding(people, host),
  ]
}

function membersFinding(people: TeamCheck['people'], host: string): Finding {
  if (people.code !== undefined)
    return bad(`Who is in the incidents team cannot be read (${people.code})`, teamFix(people.code, host))
  const { members, guests } = people.found
  const seen = `${members} ${members === 1 ? 'person' : 'people'} in the incidents team, who see every room`
  if (guests === 0) return good(`${seen}; no guests`)
  return warn(
    `${seen}; ${guests} of them ${guests === 1 ? 'is a guest' : 'are guests'}`,
    'take guests out of the team: they see what is said in every incident',
  )
}

function grantFindings(
  grants: Outcome<readonly string[]>,
  wanted: TeamsCheck['wanted'],
  host: string,
): Finding[] {
  if (grants.code !== undefined)
    return [
      bad(
        `What the team’s owner granted cannot be read (${grants.code})`,
        grants.code === 'no_permission' ? CONSENT : teamFix(grants.code, host),
      ),
    ]
  const missing = Object.keys(wanted).filter((name) => !grants.found.includes(name))
  const extra = grants.found.filter((name) => !(name in wanted))
  return [
    ...missing.map((name) => bad(`Permission ${name} is not granted (${wanted[name]})`, CONSENT)),
    ...(extra.length > 0
      ? [
          warn(
            `The app has permissions it does not need: ${extra.join(', ')}`,
            'upload the package of this version (wardroom teams-package), then remove the app from the team and add it again',
          ),
        ]
      : []),
    ...(missing.length === 0 ? [good('The team’s owner granted every permission of the manifest')] : []),
  ]
}

type Named = 'TEAMS_ANNOUNCE_CHANNEL' | 'TEAMS_MANAGERS_CHANNEL'

const unset: Readonly<Record<Named, string>> = {
  TEAMS_ANNOUNCE_CHANNEL: 'No announcements on Teams (TEAMS_ANNOUNCE_CHANNEL is not set)',
  TEAMS_MANAGERS_CHANNEL:
    'Managers get no digest and no channel posts on Teams (TEAMS_MANAGERS_CHANNEL is not set)',
}

/** Only looked at: doctor posts nothing there. */
function channelFinding(name: Named, place: Outcome<Place> | undefined): Finding {
  if (!place) return good(unset[name])
  if (place.code !== undefined)
    return bad(
      `${name} cannot be reached (${place.code})`,
      'give the id of a channel of the incidents team or of TEAMS_OTHER_TEAMS, and add the app to that team',
    )
  const { membershipType, isArchived } = place.found.channel
  if (isArchived) return bad(`${name} is archived`, 'name another channel, or restore it')
  if ((membershipType ?? 'standard') !== 'standard')
    return bad(`${name} is ${membershipType}`, 'name a standard channel: no app gets into another')
  if (name === 'TEAMS_ANNOUNCE_CHANNEL') return good(`${name} can be reached`)
  // What managers hear names clocks and owners: who reads it is said.
  if (isRestricted(place.found.team))
    return good(`${name} can be reached; everybody in its team reads it, and that team is private`)
  return warn(
    `${name} can be reached, and its team is public: anybody of the tenant may join it and read`,
    'name a channel of a private team that the app is in',
  )
}
