/** Each platform Wardroom is on, looked at over the network. */
import type { Platform } from '../../chat/port.ts'
import { checkSlack } from '../../chat/slack/check.ts'
import { checkTeams } from '../../chat/teams/app/check.ts'
import type { Seams } from '../../chat/teams/wire/identity.ts'
import type { Config } from '../../config.ts'
import type { Log } from '../../log.ts'
import type { Contents } from '../../store/inspect.ts'
import type { CanaryAsked } from './arguments.ts'
import { canaryFindings } from './canary.ts'
import { bad, type Finding } from './finding.ts'
import { reachFindings } from './people.ts'
import { channelFinding, platformFindings } from './slack.ts'
import { checkFindings } from './teams.ts'
import { anonymousFinding, listeningFinding } from './teams-listening.ts'

export interface Around {
  readonly config: Config
  /** Undefined where the record could not be looked into. */
  readonly contents: Contents | undefined
  readonly now: () => Date
  readonly log: Log
  readonly out: (line: string) => void
  readonly seams: Seams | undefined
}

/** Practice is a local Slack. */
export const platformsOf = ({ teams, slack, isPractice }: Config): readonly Platform[] => [
  ...(slack.botToken || isPractice ? (['slack'] as const) : []),
  ...(teams ? (['teams'] as const) : []),
]

const roomsOn = (contents: Contents | undefined, platform: Platform) =>
  (contents?.rooms ?? []).filter((row) => row.platform === platform)

const workspacesOn = (contents: Contents | undefined, platform: Platform): readonly string[] => [
  ...new Set(roomsOn(contents, platform).map(({ workspace }) => workspace)),
]

export async function* slackFindings({ config, contents, now, log }: Around): AsyncGenerator<Finding> {
  const { botToken, appToken, apiUrl } = config.slack
  if (!botToken) return
  const check = await checkSlack({ botToken, appToken, apiUrl, now, log })
  yield* platformFindings(config, check, workspacesOn(contents, 'slack'))
  if (!check.port) return
  yield await channelFinding('ANNOUNCE_CHANNEL', config.announceChannels.slack, check.port)
  yield await channelFinding('MANAGERS_CHANNEL', config.managersChannels.slack, check.port)
  if (contents) yield* await reachFindings(config, contents.organisation, check.port)
}

export async function* teamsFindings(
  around: Around,
  canary: CanaryAsked | undefined,
): AsyncGenerator<Finding> {
  const { config, contents, now, log, out } = around
  const { teams: on, zone, announceChannels, managersChannels } = config
  if (!on) {
    if (canary) yield noCanary('Wardroom is not on Teams', 'set TEAMS_APP_ID and what goes with it')
    return
  }
  yield await listeningFinding(config, on)
  if (on.anonymous) {
    yield anonymousFinding
    if (canary) yield noCanary('there is no Graph behind TEAMS_ANONYMOUS', 'ask for one in a real tenant')
    return
  }
  const seams = { serviceUrl: on.serviceUrl, graphUrl: on.graphUrl, ...around.seams }
  const channels = { announce: announceChannels.teams, managers: managersChannels.teams }
  const check = await checkTeams({ ...on, zone, seams, channels, now, log })
  yield* checkFindings(on, check, workspacesOn(contents, 'teams'))
  if (!check.team) {
    if (canary) yield noCanary('Microsoft gives no tokens', 'mend that first')
    return
  }
  if (contents) yield* await reachFindings(config, contents.organisation, check.team.port)
  const isRoom = (channel: string) => roomsOn(contents, 'teams').some(({ room }) => room === channel)
  if (canary) yield* canaryFindings({ config, on, check: check.team, seams, isRoom, out }, canary)
}

const noCanary = (why: string, fix: string): Finding => bad(`No canary: ${why}`, fix)
