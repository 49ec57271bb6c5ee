/** What doctor is tried with: a set-up on a local Teams in which all is well, but for what a test breaks. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Seams } from '../../../src/chat/teams/wire/identity.ts'
import { readConfig } from '../../../src/config.ts'
import { makeLog } from '../../../src/log.ts'
import { doctor } from '../../../src/operate/doctor.ts'
import { organisationFacts, recordOrganisation, seedRoster } from '../../../src/operate/organisation-setup.ts'
import { defaultPeople } from '../../../src/practice/people.ts'
import { practiceRoster } from '../../../src/practice/roster.ts'
import { newCheckpointKeyText } from '../../../src/store/checkpoint-key.ts'
import type { Looking } from '../../../src/store/inspect.ts'
import { loadKeys } from '../../../src/store/keys.ts'
import { openStore } from '../../../src/store/store.ts'
import { temporaryFolder } from '../binary.ts'
import { type TestDatabase, testDatabase } from '../database.ts'
import { freePort, newRecordKey } from '../wardroom.ts'
import { type LocalTeams, type LocalTeamsOptions, startLocalTeams } from './local.ts'
import { localPeople } from './people.ts'

const RECORD_KEY = newRecordKey()
export const NOBODY = '11111111-2222-4333-8444-555555555555'
export const now = () => new Date()
export const log = makeLog('silent')
let database: TestDatabase
export let teams: LocalTeams
export let port: number

/** The same people as in the practice workspace, by their Entra ids. */
export const guidOf = (slackId: string): string => {
  const handle = defaultPeople.find(({ id }) => id === slackId)?.name
  return localPeople.find(({ name }) => name === handle)?.id ?? ''
}
const dana = guidOf('U0DANAREYES')

/** A local Teams for each test, a record for all of them. */
export function doctoring(): void {
  beforeAll(async () => {
    database = await testDatabase()
    const store = await openStore(database, loadKeys({ recordKey: RECORD_KEY }), () => null)
    await recordOrganisation(store, organisationFacts(readConfig({ ORG_ZONE: 'UTC' }), now()), now())
    const roster = practiceRoster.map((line) => ({
      ...line,
      holder: guidOf(line.holder),
      ...(line.deputy ? { deputy: guidOf(line.deputy) } : {}),
    }))
    await seedRoster(store, roster, now(), 'teams')
  })
  afterAll(() => database.close())
  beforeEach(() => start())
  afterEach(() => teams.close())
}

export const start = async (more: Partial<LocalTeamsOptions> = {}) => {
  teams = await startLocalTeams({ now, retryScale: 0.001, ...more })
  port = await freePort()
  teams.setBot(`http://127.0.0.1:${port}/api/messages`)
}

export interface Arranged {
  readonly env?: Record<string, string>
  readonly args?: readonly string[]
  readonly now?: () => Date
  readonly open?: () => Promise<Looking>
  readonly seams?: Seams
  /** What somebody does when doctor asks for a message. */
  readonly person?: () => Promise<unknown>
}

/** Entra's own words for what is wrong, as botbuilder's credentials throw them. */
export const entra = (env: Record<string, string | undefined>) => async (scope: string) => {
  const response = await fetch(`${teams.urls.login}/${env.TEAMS_TENANT_ID}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: env.TEAMS_APP_ID ?? '',
      client_secret: env.TEAMS_APP_PASSWORD ?? '',
      scope: `${scope}/.default`,
    }),
  })
  const body = (await response.json()) as Record<string, string>
  if (body.access_token) return body.access_token
  throw Object.assign(new Error(`${body.error}: ${body.error_description}`), { errorCode: body.error })
}

/** A set-up in which all is well, but for what the test breaks. */
export async function examined(broken: Arranged = {}): Promise<{ code: number; lines: string[] }> {
  const env = {
    NODE_ENV: 'production',
    ORG_ZONE: 'UTC',
    DATABASE_URL: database.url ?? 'postgres://in-memory/wardroom',
    RECORD_KEY,
    CHECKPOINT_KEY: newCheckpointKeyText(),
    DATA_DIR: temporaryFolder(),
    TEAMS_APP_ID: teams.appId,
    TEAMS_APP_PASSWORD: teams.appPassword,
    TEAMS_TENANT_ID: teams.tenant,
    TEAMS_BAA: 'yes',
    TEAMS_TEAM_ID: teams.teamId,
    TEAMS_HTTP_PORT: String(port),
    TEAMS_GRAPH_URL: teams.urls.graph,
    TEAMS_SERVICE_URL: teams.urls.connector,
    HEALTH_PORT: String(await freePort()),
    WARDROOM_ADMINS: dana,
    ...broken.env,
  }
  const lines: string[] = []
  let acting: Promise<unknown> = Promise.resolve()
  let at = 0
  const time = {
    now: () => at,
    // Waiting costs nothing; what people do meanwhile has arrived when it ends.
    wait: async (ms: number) => {
      at += ms
      await acting
      await teams.idle()
    },
  }
  const code = await doctor(broken.args ?? ['--key-backed-up'], {
    readConfig: () => readConfig(env),
    now: broken.now ?? now,
    log,
    out(line) {
      lines.push(line)
      if (line.startsWith('Now you')) acting = broken.person?.() ?? acting
    },
    open: broken.open ?? (async () => ({ kind: database.kind, db: database.db, close: async () => {} })),
    seams: {
      openIdUrl: teams.urls.openId,
      loginUrl: teams.urls.login,
      token: entra(env),
      time,
      ...broken.seams,
    },
  })
  for (const line of lines) expect(line).not.toContain(teams.appPassword)
  return { code, lines }
}

/** What the tests' own database login may do is said of it in doctor.test.ts. */
export const notWell = (lines: readonly string[]) =>
  lines.filter((line) => /^[▲✗]/.test(line) && !/application’s login|One login|Embedded database/.test(line))
export const on = (other: TestDatabase): Arranged => ({
  open: async () => ({ kind: other.kind, db: other.db, close: async () => {} }),
})
