/**
 * Which of the teams on the allow-list an activity comes from. Activities of a channel may name their team by the bot
 * API's id alone (`19:…`); Graph says which Entra group that is, asked once for each team and again only after a while.
 */
import type { Api } from '../api.ts'
import { codeOf } from '../log.ts'
import type { Origin } from '../reading/origin.ts'
import { read, teamSchema } from '../wire/graph-schema.ts'

const askAgainMs = 60_000
const patienceMs = 3_000

/** The Entra group of a team we serve; undefined for any other, and where nobody could be asked. */
export type Served = (origin: Origin) => Promise<string | undefined>

export function servedTeams(api: Api): Served {
  const { self, graph, log, time, threads: groups } = api
  let askedAt: number | undefined

  async function ask(): Promise<void> {
    const known = new Set(groups.values())
    await Promise.all(
      self.teams
        .filter((team) => !known.has(team))
        .map(async (team) => {
          try {
            const { internalId } = read(teamSchema, await graph.get(`/teams/${team}`))
            if (internalId) groups.set(internalId, team)
          } catch (error) {
            log.warn({ code: codeOf(error), team }, 'a team on the allow-list could not be looked up')
          }
        }),
    )
  }

  return async ({ team, teamThread }) => {
    if (team !== undefined) return self.teams.includes(team) ? team : undefined
    if (teamThread === undefined) return undefined
    const isStale = askedAt === undefined || time.now() - askedAt > askAgainMs
    if (!groups.has(teamThread) && isStale) {
      askedAt = time.now()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, patienceMs)
      })
      await Promise.race([ask(), late])
      clearTimeout(timer)
    }
    return groups.get(teamThread)
  }
}
