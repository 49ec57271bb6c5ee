/** A store with incidents in it and no chat platform: for tests of the record itself. */
import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { nextWake } from '../../src/domain/due.ts'
import { type Event, event, type OrganisationFacts } from '../../src/domain/events.ts'
import { regulationsVersion } from '../../src/domain/regulations.ts'
import { recordOrganisation } from '../../src/operate/organisation-setup.ts'
import { commitEvents, SYSTEM } from '../../src/pipeline/commit.ts'
import type { EvidenceItem } from '../../src/store/evidence-plan.ts'
import { loadKeys } from '../../src/store/keys.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import type { VerifyOptions } from '../../src/store/verify.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export const AT = new Date('2026-11-21T03:41:00.000Z')
export const PLACE = { platform: 'slack', workspace: 'T0PRACTICE' } as const
export const quiet = { announceChannels: {}, pagerWebhook: false }

export const facts: OrganisationFacts = {
  zone: 'America/New_York',
  entityType: 'covered_entity',
  holidays: ['2026-11-26', '2026-12-25'],
  regimes: ['hipaa'],
  table: regulationsVersion,
  targetDays: 45,
}

export interface TestRecord {
  readonly store: Store
  readonly database: TestDatabase
  readonly recordKey: string
  readonly close: () => Promise<void>
}

export async function testRecord(
  given: { database?: TestDatabase; recordKey?: string; now?: () => Date } = {},
): Promise<TestRecord> {
  const database = given.database ?? (await testDatabase())
  const recordKey = given.recordKey ?? randomBytes(32).toString('base64')
  const now = given.now ?? (() => AT)
  const store = await openStore(database, loadKeys({ recordKey }), (state) => nextWake(state, now()))
  await recordOrganisation(store, facts, AT)
  return { store, database, recordKey, close: () => database.close() }
}

export const declaredEvent = (more: { excluded?: readonly string[] } = {}): Event =>
  event(
    'incident.declared',
    {
      kind: 'lost-device',
      drill: false,
      noticedAt: AT.toISOString(),
      organisation: facts,
      platform: 'slack',
      workspace: PLACE.workspace,
      excluded: more.excluded ?? [],
      roster: { commander: { holder: 'U0PRIYANAIR', deputy: 'U0LEECHAN00' } },
    },
    { sentence: 'a laptop was stolen from bed 4' },
  )

const stamp = (actor = 'U0SAMOKAFOR', at = AT) => ({
  actor: { id: actor, kind: 'human' as const },
  at,
  source: null,
})

/** An incident with a room bound to it, as after `room.opened`. */
export async function begin(store: Store, incident: string, room: string): Promise<void> {
  await store.write(async (unit) => {
    await unit.appendOrganisation([event('incident.numbered', { incident })], {
      actor: SYSTEM,
      at: AT,
      source: null,
    })
    await unit.begin(incident)
    const { state } = await commitEvents(unit, incident, undefined, [declaredEvent()], stamp(), quiet)
    const opened = event('room.opened', { ...PLACE, room, name: incident })
    await commitEvents(unit, incident, state, [opened], stamp(), quiet)
    await unit.bindRoom({ ...PLACE, room }, incident)
  }, {})
}

export const write = (store: Store, incident: string, events: readonly Event[], actor = 'U0SAMOKAFOR') =>
  store.write(async (unit) => {
    const state = await unit.incident(incident)
    return commitEvents(unit, incident, state, events, stamp(actor), quiet)
  }, {})

export const keyOf = (room: string, message: string): string =>
  `${PLACE.platform}:${PLACE.workspace}:${room}:${message}`

export const postedEvent = (room: string, message: string, text: string): Event =>
  event(
    'message.posted',
    { room, message, thread: null, author: 'U0SAMOKAFOR', files: [], recovered: false, asToldLater: false },
    { body: text },
  )

/** A message as the group commit takes it. */
export const said = (
  room: string,
  message: string,
  text: string,
  more: Partial<EvidenceItem> = {},
): EvidenceItem => ({
  messageKey: keyOf(room, message),
  ...PLACE,
  room,
  stamp: stamp(),
  versions: [{ key: keyOf(room, message), event: postedEvent(room, message, text) }],
  ...more,
})

export interface Line {
  readonly seq: number
  readonly kind: string
  readonly prev: string
  readonly ref: number | null
  readonly actor: { readonly id: string; readonly kind: string }
  readonly source: Readonly<Record<string, string | null>> | null
  // biome-ignore lint/suspicious/noExplicitAny: any event's data, read by tests
  readonly data: any
  /** What was sealed beside it. */
  readonly text: Readonly<Record<string, string>>
}

/** The whole log as a reader with the key sees it. */
export async function linesOf({ store, database }: Pick<TestRecord, 'store' | 'database'>, incident: string) {
  const rows = await database.rows<{ record: Uint8Array }>(
    database.db,
    sql`select record from entry where incident = ${incident} order by seq`,
  )
  const lines = rows.map((row) => JSON.parse(Buffer.from(row.record).toString('utf8')) as Line)
  const texts = await store.texts(
    incident,
    lines.map((line) => line.seq),
  )
  return lines.map((line): Line => ({ ...line, text: texts.get(line.seq) ?? {} }))
}

/** Every log verified; the faults found, as `incident: entry n — what`. */
export async function faults(store: Store, options?: VerifyOptions): Promise<string[]> {
  const found: string[] = []
  for await (const { incident, fault } of store.verify(options))
    if (fault) found.push(`${incident}: ${fault.seq ?? 'state'} — ${fault.what}`)
  return found
}
