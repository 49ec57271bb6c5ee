/** The store: the only SQL. Reads take no locks; every change goes through `write` or the group commit. */
import { createHmac } from 'node:crypto'
import { and, asc, desc, eq, gt, isNotNull, lte, ne, or } from 'drizzle-orm'
import { type IncidentState, REDUCER } from '../domain/incident.ts'
import type { LinesWanted } from '../domain/lines-wanted.ts'
import { emptyOrganisation, type Organisation } from '../domain/organisation.ts'
import { ORGANISATION, parseLine } from '../domain/record.ts'
import { didPeople, findWaiting, lineAt, moveMark, postAgain, standings } from './checkpoint-marks.ts'
import { type Database, type Handle, interactive, type TransactionOptions, type Tx } from './database.ts'
import { compact } from './dispose.ts'
import { appendAhead, appendEvidence, incidentsOfRooms, type Planned } from './evidence.ts'
import { type EvidenceItem, type EvidenceResult, placeKey, type Standing } from './evidence-plan.ts'
import { hear, lastHeard } from './heard.ts'
import { forgetHome, type OpenedHome, openedHomes, openHome } from './homes.ts'
import { allIncidents, liveIncidents } from './incidents.ts'
import { assertSameKey } from './key-fingerprint.ts'
import type { Keys } from './keys.ts'
import { linesOf } from './lines.ts'
import { logKeys } from './log-keys.ts'
import {
  type Claimed,
  cardAt,
  cardPlace,
  claimOutgoing,
  finishOutgoing,
  holdOutgoing,
  hurryOutgoing,
  isKnownDelivery,
  isPostingIn,
  joinOutgoing,
  type Loop,
  loopsWanted,
  nextOutgoingIn,
  outgoingUnderWay,
  outgoingWaiting,
  placeCard,
  postponeOutgoing,
} from './outbox.ts'
import { type Newer, newerOutgoing, takeOver } from './outbox-newer.ts'
import { quarantinePayload, sweepQuarantine } from './quarantine.ts'
import { openedFile, type Reading, readLog } from './read-log.ts'
import { entry, log, seen } from './schema.ts'
import { standingOn } from './standing.ts'
import { decodeText } from './texts.ts'
import { openUnit, type Unit, type UnitParts } from './unit.ts'
import { type Finding, type VerifyOptions, verifyLogs } from './verify.ts'

export interface Due {
  readonly incident: string
  readonly wakeAt: Date
}

export type Store = ReturnType<typeof makeStore>

/** Refuses, in one line, a database whose record was written under other keys. */
export async function openStore(database: Database, keys: Keys, wake: UnitParts['wake']): Promise<Store> {
  await assertSameKey(database, 'record', keys.fingerprint)
  return makeStore(database, keys, wake)
}

function makeStore(database: Database, keys: Keys, wake: UnitParts['wake']) {
  const deks = logKeys(keys.kek)
  const parts: UnitParts = { database, keys: deks, wake }

  /** One transaction: see unit.ts. Interactive limits unless told otherwise. */
  const write = <T>(
    work: (unit: Unit) => Promise<T>,
    options: TransactionOptions = interactive,
  ): Promise<T> =>
    database.transaction(async (tx) => {
      const { unit, flush } = openUnit(tx, parts)
      const result = await work(unit)
      await flush()
      return result
    }, options)

  return {
    kind: database.kind,
    database,
    write,
    fingerprint: keys.fingerprint,
    /** A mark on words handed to a client, which only a holder of the record key can make again. */
    sign: (words: string): string =>
      createHmac('sha256', keys.kek).update(`carried by a client\n${words}`).digest('base64url'),
    evidence: (items: readonly EvidenceItem[], waits = false, planned?: Planned): Promise<EvidenceResult[]> =>
      appendEvidence(database, deks, items, waits, planned),
    /** Where one batch can be prepared while another is written: the embedded database has one session for both. */
    evidenceAhead:
      database.kind === 'server'
        ? (items: readonly EvidenceItem[], before: Standing, planned: Planned): Promise<EvidenceResult[]> =>
            appendAhead(database, items, before, planned)
        : undefined,

    async organisation(): Promise<Organisation> {
      const [row] = await database.db.select().from(log).where(eq(log.incident, ORGANISATION))
      return (row?.state as Organisation | undefined) ?? emptyOrganisation
    },

    /** A read without a lock: enough to draw from, never to decide from. */
    async incident(id: string): Promise<IncidentState | undefined> {
      const [row] = await database.db.select().from(log).where(eq(log.incident, id))
      return row && row.seq > 0 && row.incident !== ORGANISATION ? (row.state as IncidentState) : undefined
    },

    async head(id: string) {
      const [row] = await database.db
        .select({ seq: log.seq, hash: log.hash })
        .from(log)
        .where(eq(log.incident, id))
      return row
    },

    /** A whole log, and the files captured in it, a page and a part at a time. */
    reading: {
      log: (incident: string, which?: Reading) => readLog(database.db, deks, incident, which),
      file: (incident: string, file: { readonly seq: number; readonly parts: number }) =>
        openedFile(database.db, deks, incident, file),
    },

    /** The kinds of a log's entries after this one, in order: what happened, and nothing of what was said. */
    async kinds(incident: string, after = 0): Promise<string[]> {
      const rows = await database.db
        .select({ record: entry.record })
        .from(entry)
        .where(and(eq(entry.incident, incident), gt(entry.seq, after)))
        .orderBy(asc(entry.seq))
      return rows.map(({ record }) => parseLine(record).kind)
    },

    /** When a log last recorded anything. */
    async lastEntryAt(incident: string): Promise<Date | undefined> {
      const [row] = await database.db
        .select({ record: entry.record })
        .from(entry)
        .where(eq(entry.incident, incident))
        .orderBy(desc(entry.seq))
        .limit(1)
      return row && new Date(parseLine(row.record).at)
    },

    /** All incidents, newest first. For questions people ask, never on the path of a message. */
    incidents: () => allIncidents(database.db),
    liveIncidents: () => liveIncidents(database.db),

    async incidentOfRoom(place: {
      platform: string
      workspace: string
      room: string
    }): Promise<string | undefined> {
      return (await incidentsOfRooms(database.db, [place])).get(placeKey(place))
    },

    async texts(incident: string, seqs: readonly number[]) {
      if (seqs.length === 0) return new Map<number, Readonly<Record<string, string>>>()
      const dek = (await deks.of(database.db, [incident])).get(incident)
      return dek
        ? decodeText(database.db, dek, incident, seqs)
        : new Map<number, Readonly<Record<string, string>>>()
    },

    lines: (incident: string, wanted: LinesWanted) => linesOf(database.db, incident, wanted),

    /** The entry recorded under a content key. */
    async seenAs(key: string) {
      const [row] = await database.db.select().from(seen).where(eq(seen.key, key))
      return row
    },

    /**
     * Whether what carried this key is on the record, asked when a commit lost its answer. Taking the key waits for a
     * transaction that is still holding it; whatever is found, nothing is kept.
     */
    async isRecorded(key: string): Promise<boolean> {
      const undone = new Error('undone')
      let isFree = false
      await database
        .transaction(async (tx) => {
          const taken = await tx.insert(seen).values({ key }).onConflictDoNothing().returning()
          isFree = taken.length > 0
          throw undone
        }, interactive)
        .catch((error: unknown) => {
          if (error !== undone) throw error
        })
      return !isFree
    },

    /** Incidents whose next wake time has come, oldest first, a page at a time: `after` is the last of the page before. */
    async due(now: Date, after?: Due, limit = 100): Promise<Due[]> {
      const rows = await database.db
        .select({ incident: log.incident, wakeAt: log.nextWakeAt })
        .from(log)
        .where(
          and(
            lte(log.nextWakeAt, now),
            after &&
              or(
                gt(log.nextWakeAt, after.wakeAt),
                and(eq(log.nextWakeAt, after.wakeAt), gt(log.incident, after.incident)),
              ),
          ),
        )
        .orderBy(asc(log.nextWakeAt), asc(log.incident))
        .limit(limit)
      return rows.flatMap(({ incident, wakeAt }) => (wakeAt ? [{ incident, wakeAt }] : []))
    },

    async nextWake(): Promise<Date | null> {
      const [row] = await database.db
        .select({ at: log.nextWakeAt })
        .from(log)
        .where(isNotNull(log.nextWakeAt))
        .orderBy(asc(log.nextWakeAt))
        .limit(1)
      return row?.at ?? null
    },

    async staleStates(): Promise<string[]> {
      const rows = await database.db
        .select({ incident: log.incident })
        .from(log)
        .where(and(ne(log.incident, ORGANISATION), ne(log.reducer, REDUCER)))
      return rows.map((row) => row.incident)
    },

    outbox: {
      claim: (limit: number, leaseMs: number, what?: Loop) => claimOutgoing(database, limit, leaseMs, what),
      wanted: () => loopsWanted(database),
      finish: finishOutgoing,
      hold: (row: Pick<Claimed, 'id' | 'attempt'>, leaseMs: number) =>
        holdOutgoing(database.db, row, leaseMs),
      postpone: (row: Pick<Claimed, 'id' | 'attempt'>, waitMs: number, why: string, args?: Claimed['args']) =>
        postponeOutgoing(database.db, row, waitMs, why, args),
      newer: (row: Claimed) => newerOutgoing(database, database.db, row),
      takeOver: (tx: Tx, id: string, joined: (newest: Newer) => Claimed['args']) =>
        takeOver(database, tx, id, joined),
      nextIn: () => nextOutgoingIn(database),
      underWay: (withinMs: number) => outgoingUnderWay(database, withinMs),
      hurry: () => hurryOutgoing(database.db),
      join: (withinMs: number) => joinOutgoing(database.db, withinMs),
      placeCard,
      cardPlace: (name: string) => cardPlace(database.db, name),
      cardAt: (at: { room: string; message: string }) => cardAt(database.db, at),
      isKnown: (id: string) => isKnownDelivery(database.db, id),
      isPosting: (incident: string) => isPostingIn(database.db, incident),
      waiting: () => outgoingWaiting(database.db),
    },

    checkpoints: {
      waiting: () => standings(database.db),
      findWaiting: () => findWaiting(database),
      of: async (tx: Handle, incident: string) => (await standings(tx, incident))[0],
      didPeople,
      line: lineAt,
      move: moveMark,
      postAgain,
    },

    homes: {
      open: (platform: string, home: OpenedHome) => openHome(database.db, platform, home),
      opened: (platform: string) => openedHomes(database.db, platform),
      forget: (platform: string, person: string) => forgetHome(database.db, platform, person),
    },

    hear: (platforms: readonly string[], at: Date) => hear(database.db, platforms, at),
    lastHeard: () => lastHeard(database.db),

    /** Which messages of a room are on the record, by key alone: standing.ts. */
    standing: standingOn(database),

    quarantine: (platform: string, payload: string) => quarantinePayload(database, deks, platform, payload),
    sweepQuarantine: () => {
      deks.forget()
      return sweepQuarantine(database)
    },
    /**
     * With keys read anew: what this process remembers proves nothing about what is stored. The checkpoint key's
     * fingerprint, given from outside, is what the keys on the record must end in.
     */
    verify: (options?: VerifyOptions): AsyncGenerator<Finding> =>
      verifyLogs(database, logKeys(keys.kek), options),
    compact: () => compact(database),
    close: () => database.close(),
  }
}
