/** What the canary told, as findings: which of posting, editing and deleting arrived, where, and with which time. */
import type { RoomInfo } from '../../chat/port.ts'
import type { Change, Times } from '../../chat/teams/app/canary-watch.ts'
import { GRAPH_SECONDS, type Own, type Person } from './canary-trials.ts'
import { bad, type Finding, good, warn } from './finding.ts'

const changes: readonly Change[] = ['posted', 'edited', 'deleted']

type Names = Readonly<Record<Change, string>>
const canarys: Names = { posted: 'the canary', edited: 'its edit', deleted: 'its deletion' }
const yours: Names = { posted: 'your message', edited: 'your edit', deleted: 'your deletion' }

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

function named(names: Names, of: readonly Change[]): string {
  const parts = of.map((change) => names[change])
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** Undefined: a channel in which a canary harms nothing. */
export function roomFinding(info: RoomInfo | string, isRoom: boolean): Finding | undefined {
  if (typeof info === 'string')
    return bad(
      `No canary: its channel cannot be read (${info})`,
      'give the id of a channel of the incidents team, and mend what is said of the permissions',
    )
  if (isRoom || /^inc-\d{4}-\d/.test(info.name))
    return bad(
      `No canary: ${info.name} is an incident’s room`,
      'what is posted there stays on its record: give another channel, or none',
    )
  return undefined
}

const refusedFixes: Readonly<Record<string, string>> = {
  app_not_installed: 'as an owner of the team, add the app to it',
  no_permission: 'see that the channel’s moderation lets bots post',
  wrong_cloud: 'give the bot API’s address of this tenant’s cloud as TEAMS_SERVICE_URL',
}
const LATER = 'run doctor --canary again in a minute'

export function postedFindings({ refused }: Own, channel: string): Finding[] {
  const failed = changes.flatMap((change) => {
    const code = refused[change]
    return code === undefined ? [] : [{ change, code }]
  })
  if (failed.length === 0) return [good(`The canary was posted in ${channel}, edited and deleted`)]
  return failed.map(({ change, code }) =>
    bad(
      `The canary could not be ${change} in ${channel} (${code})`,
      change === 'deleted'
        ? 'delete it there by hand'
        : (refusedFixes[code] ?? `${LATER}, and delete what is left there by hand`),
    ),
  )
}

export function graphFindings({ refused, graph, graphCode, isFound }: Own): Finding[] {
  const done = changes.filter((change) => refused[change] === undefined)
  const missing = done.filter((change) => graph[change] === undefined)
  if (missing.length > 0 && graphCode !== undefined)
    return [
      bad(
        `Graph does not tell the channel’s messages (${graphCode})`,
        'what is missed cannot be read back so: mend what is said of the permissions, then run it again',
      ),
    ]
  return [
    missing.length === 0
      ? good(`Graph shows ${named(canarys, done)}`)
      : bad(
          `Graph did not show ${named(canarys, missing)} within ${GRAPH_SECONDS} seconds`,
          `${LATER}; while it stays so, what is missed cannot be read back`,
        ),
    ...(isFound
      ? [good('Graph returns the canary’s hidden mark, so an interrupted post is found again')]
      : graph.posted
        ? [
            bad(
              'Graph does not return the canary’s hidden mark',
              'report it: in this tenant a post that a crash interrupts may appear twice',
            ),
          ]
        : []),
  ]
}

export const unheardFinding = (code: string, healthPort: number): Finding =>
  warn(
    `What Teams pushed cannot be told: doctor cannot listen (${code}), and no Wardroom on Teams answers at 127.0.0.1:${healthPort}`,
    'give doctor the HEALTH_PORT of the running Wardroom, or stop what has TEAMS_HTTP_PORT, and run it again',
  )

export function ownFindings(pushed: Times): Finding {
  const missing = changes.filter((change) => pushed[change] === undefined)
  if (missing.length === 0) return good(`Teams pushed ${named(canarys, changes)}`)
  return warn(
    `Teams did not push ${named(canarys, missing)}`,
    'it need not push what a bot does itself; a person’s message, which is next, is the better test',
  )
}

export interface Around {
  readonly seconds: number
  /** ChannelMessage.Read.Group, as far as that could be read. */
  readonly isGranted: boolean
  readonly refused: readonly string[]
  readonly isOfRunning: boolean
  /** Where activities come to. */
  readonly at: string
}

export function personFindings({ pushed, graph, graphCode }: Person, around: Around): Finding[] {
  const where = (isPushed: boolean, isShown: boolean) =>
    changes.filter(
      (change) => (pushed[change] !== undefined) === isPushed && (graph[change] !== undefined) === isShown,
    )
  const unpushed = where(false, true)
  const unshown = where(true, false)
  const untried = where(false, false)
  const findings = where(true, true).map((change) =>
    good(`${capital(yours[change])} was pushed, ${timesOf(pushed[change]!, graph[change]!)}`),
  )
  if (unpushed.length > 0) {
    const what = `Graph shows ${named(yours, unpushed)}, and Teams did not push ${unpushed.length > 1 ? 'them' : 'it'}`
    findings.push(unpushed.includes('posted') ? bad(what, nothingFix(around)) : warn(what, CHANGES_FIX))
  }
  if (unshown.length > 0)
    findings.push(
      warn(
        `${capital(named(yours, unshown))}: pushed, and not in Graph${graphCode === undefined ? ' yet' : ` (${graphCode})`}`,
        `${LATER}; while it stays so, what is missed cannot be read back`,
      ),
    )
  if (untried.length > 0) findings.push(untriedFinding(untried, graphCode, around))
  return findings
}

function untriedFinding(untried: readonly Change[], graphCode: string | undefined, around: Around): Finding {
  const { seconds, refused } = around
  const turnedAway = refused.length > 0 ? `; callers were turned away meanwhile (${refused.join(', ')})` : ''
  if (untried.length === changes.length && graphCode !== undefined)
    return warn(
      `Nothing that begins with “canary” was pushed within ${seconds} seconds, and Graph cannot be asked (${graphCode})`,
      `if you wrote one: ${nothingFix(around)}`,
    )
  if (untried.length === changes.length)
    return warn(
      `No message that begins with “canary” came within ${seconds} seconds, neither pushed nor in Graph${turnedAway}`,
      'run doctor --canary again and write one: it is the better test',
    )
  return warn(
    `Within ${seconds} seconds neither Teams nor Graph told of ${named(yours, untried)}`,
    'run doctor --canary again, and post, edit and delete the message in that time',
  )
}

const CHANGES_FIX =
  'as an owner, remove the app from the team and add it again, then try again; in open incidents what is not pushed is recorded when it is read back, once an hour, as it then reads'

function nothingFix({ isGranted, refused, isOfRunning, at }: Around): string {
  if (!isGranted)
    return 'ChannelMessage.Read.Group is not granted: as an owner, remove the app from the team and add it again'
  if (refused.length > 0)
    return `callers were turned away (${refused.join(', ')}): see that TEAMS_APP_ID and TEAMS_TENANT_ID are the bot’s`
  const several = isOfRunning ? '; of several Wardrooms only this machine’s was asked' : ''
  return `see that the bot’s messaging endpoint in Azure is https://<your host>/api/messages and reaches ${at} of this machine; if it does, remove the app from the team and add it again${several}`
}

function timesOf(pushed: Date, graph: Date): string {
  const ms = pushed.getTime() - graph.getTime()
  const clock = (at: Date) => at.toISOString().slice(11, 23)
  if (ms === 0) return `with the time that Graph has, ${clock(graph)} UTC`
  return `with a time ${Math.abs(ms)} ms ${ms > 0 ? 'after' : 'before'} Graph’s, ${clock(graph)} UTC`
}
