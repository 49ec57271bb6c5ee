/**
 * A whole Wardroom on a local Teams, for a test: over whatever record and Teams it is given, so that one may follow
 * another or stand beside it.
 */
import { sql } from 'drizzle-orm'
import { type HandClock, handClock, raiseStage, type Stage } from '../../../src/demo/stage.ts'
import { currentRoom } from '../../../src/domain/incident.ts'
import { makeLog } from '../../../src/log.ts'
import { drain } from '../../../src/operate/loops.ts'
import { defaultPeople } from '../../../src/practice/people.ts'
import { practiceRoster } from '../../../src/practice/roster.ts'
import { identityOf, seamsOf } from '../../chat/teams/connected.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { FRIDAY_NIGHT, newRecordKey } from '../wardroom.ts'
import { type LocalTeams, startLocalTeams } from './local.ts'
import { localPeople, localPerson } from './people.ts'
import type { SeenMessage } from './seen.ts'
import { teamsWorld } from './world.ts'

export interface TeamsWardroom extends Stage {
  readonly local: LocalTeams
  readonly database: TestDatabase
  readonly recordKey: string
  /** What it logged as an error. */
  readonly errors: readonly string[]
  readonly url: string
  /** Until nothing is under way and nothing waits to be tried again, or nothing helps. */
  readonly settleAll: () => Promise<void>
}

export interface TeamsOptions {
  readonly clock?: HandClock
  readonly local?: LocalTeams
  readonly database?: TestDatabase
  readonly recordKey?: string
}

/** Closing it closes the database, and the local Teams where that is its own. */
export async function teamsWardroom(options: TeamsOptions = {}): Promise<TeamsWardroom> {
  const clock = options.clock ?? handClock(FRIDAY_NIGHT)
  const local = options.local ?? (await startLocalTeams({ now: clock.now, retryScale: 0.001 }))
  const database = options.database ?? (await testDatabase())
  const recordKey = options.recordKey ?? newRecordKey()
  const errors: string[] = []
  const log = makeLog('error', { write: (line) => errors.push(line) })
  const stage = await raiseStage(
    { clock, database, recordKey, log, realNow: () => new Date() },
    {
      at: {
        teams: {
          identity: identityOf(local),
          team: local.teamId,
          teams: [local.hospitalTeamId],
          httpHost: '127.0.0.1',
          httpPort: 0,
          anonymous: false,
          seams: seamsOf(local),
        },
      },
      world: teamsWorld(local, localPerson('nobody', 'Nobody', 'Nobody')),
      roster: practiceRoster.map((line) => ({
        ...line,
        holder: idOf(line.holder),
        ...(line.deputy ? { deputy: idOf(line.deputy) } : {}),
      })),
      found: ({ chats }) => local.setBot(urlOf(chats)),
      close: async () => {
        if (!options.local) await local.close()
      },
    },
  )
  const { store } = stage
  return {
    ...stage,
    local,
    database,
    recordKey,
    errors,
    url: urlOf(stage.chats),
    async settleAll() {
      for (let pass = 0; pass < PASSES; pass++) {
        await database.transaction((tx) =>
          tx.execute(sql`update outbox set not_before = clock_timestamp() where done_at is null`),
        )
        await drain(stage.delivering)
        await local.idle()
        if ((await store.outbox.underWay(HOUR_MS)) === 0 && pass > 1) return
        // Answers in the chat follow the commit; sockets are read between turns.
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
  }
}

/** Each is a try of whatever failed. */
const PASSES = 30
const HOUR_MS = 3_600_000

const urlOf = (chats: Stage['chats']) => `http://127.0.0.1:${chats[0]?.current()?.httpPort}/api/messages`

function idOf(slack: string): string {
  const name = defaultPeople.find((each) => each.id === slack)?.name
  return localPeople.find((each) => each.name === name)!.id
}

export const helpdesk = ({ local }: Pick<TeamsWardroom, 'local'>): string =>
  local
    .as('sam')
    .channels()
    .find(({ name }) => name === 'it-helpdesk')!.id

export interface TeamsRoom {
  readonly incident: string
  readonly room: string
}

/** Sam declares in the help desk's channel, of each laptop its own; the room is open when this returns. */
export async function declareOnTeams(wardroom: TeamsWardroom): Promise<TeamsRoom> {
  const before = (await wardroom.store.incidents()).map(({ incident }) => incident)
  await wardroom.local
    .as('sam')
    .command(helpdesk(wardroom), `declare laptop number ${before.length + 1} was stolen`)
  await wardroom.settleAll()
  const state = (await wardroom.store.incidents()).find(({ incident }) => !before.includes(incident))
  const room = state && currentRoom(state)
  if (!state || !room) throw new Error('no room opened')
  return { incident: state.incident, room: room.room }
}

/** What the bot wrote to somebody alone. */
export const toldOn = ({ local }: Pick<TeamsWardroom, 'local'>, who: string): readonly SeenMessage[] => {
  const actor = local.as(who)
  return actor.dms().flatMap(({ id }) => actor.everything(id).filter(({ isBot }) => isBot))
}
