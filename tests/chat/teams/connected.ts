/** The adapter's connection to a local Teams, with everything that was logged kept. */
import type { Api } from '../../../src/chat/teams/api.ts'
import { connectTeams } from '../../../src/chat/teams/connect.ts'
import type { Log } from '../../../src/chat/teams/log.ts'
import type { Seams, TeamsIdentity } from '../../../src/chat/teams/wire/identity.ts'
import type { Time } from '../../../src/chat/teams/wire/limiter.ts'
import { tokenFor } from '../../support/teams/calls.ts'
import type { LocalTeams } from '../../support/teams/local.ts'

export const identityOf = (teams: LocalTeams): TeamsIdentity => ({
  appId: teams.appId,
  appType: 'SingleTenant',
  appPassword: teams.appPassword,
  tenant: teams.tenant,
})

/** Waiting costs nothing, and is kept. */
export function stillTime(): Time & { readonly waits: number[] } {
  let at = 0
  const waits: number[] = []
  return {
    waits,
    now: () => at,
    wait: async (ms) => {
      waits.push(ms)
      at += ms
    },
  }
}

export const seamsOf = (teams: LocalTeams, time: Time = stillTime()): Seams => ({
  time,
  openIdUrl: teams.urls.openId,
  graphUrl: teams.urls.graph,
  serviceUrl: teams.urls.connector,
  token: (scope) => tokenFor(teams, scope),
})

export interface Kept extends Log {
  readonly lines: string[]
}

export function keptLog(): Kept {
  const lines: string[] = []
  const keep = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }))
  return { lines, info: keep, warn: keep, error: keep }
}

export const connected = (
  teams: LocalTeams,
  now: () => Date,
  log: Log = keptLog(),
  time: Time = stillTime(),
): Promise<Api> =>
  connectTeams({
    identity: identityOf(teams),
    team: teams.teamId,
    teams: [teams.hospitalTeamId],
    zone: 'America/New_York',
    sign: (words) => words,
    seams: seamsOf(teams, time),
    now,
    log,
  })

export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('was expected to fail')
    },
    (error: unknown) => error,
  )
}
