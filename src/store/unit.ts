/**
 * A unit of work: one transaction that locks what it changes, appends, stores the new state, the next wake time and
 * the outgoing posts, and commits. Lock order: organisation, then incidents by id. Only database calls are awaited here.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { eq, inArray, sql } from 'drizzle-orm'
import { isInert } from '../domain/event-kinds.ts'
import type { Event, Recorded } from '../domain/events.ts'
import { applyEvent, type IncidentState, REDUCER } from '../domain/incident.ts'
import {
  applyOrganisationEvent,
  emptyOrganisation,
  ORGANISATION_REDUCER,
  type Organisation,
} from '../domain/organisation.ts'
import { EMPTY_HEAD, type Head, ORGANISATION } from '../domain/record.ts'
import { addEntry, type Draft, insertRows, noRows, type Stamp } from './append.ts'
import type { Database, Tx } from './database.ts'
import { dropSealed } from './dispose.ts'
import { hasHomes } from './homes.ts'
import { linesOf } from './lines.ts'
import type { LogKeys } from './log-keys.ts'
import { wakeOlder } from './outbox-newer.ts'
import { bindRoom, moveRoom, syncHoldings } from './places.ts'
import { log, outbox, reminder, seen } from './schema.ts'
import { decodeText } from './texts.ts'
import type { Unit } from './unit-of-work.ts'

export type { Outgoing, Unit } from './unit-of-work.ts'

interface Open<S> {
  readonly incident: string
  head: Head
  state: S
  /** Inert entries move the head alone, so a busy room never rewrites its state. */
  dirty: 'clean' | 'head' | 'state'
  dek: Buffer
}

export type OpenIncident = Open<IncidentState>

/**
 * A card of several incidents (a person's morning) keeps what each of them has in it: the row itself names the first. What
 * was only to be redrawn becomes a message where there is something new to say.
 */
const togetherArgs = sql`case when excluded.args ? 'with' then
  (case when excluded.args ? 'update' then ${outbox.args} else ${outbox.args} - 'update' end) || jsonb_build_object('also',
  coalesce(${outbox.args} -> 'also', '{}') || jsonb_build_object(excluded.incident,
    coalesce(${outbox.args} #> array['also', excluded.incident], '[]') || (excluded.args -> 'with')))
  else ${outbox.args} end`

export interface UnitParts {
  readonly database: Database
  readonly keys: LogKeys
  /** Next instant at which this incident would have something to do, or null. */
  readonly wake: (state: IncidentState) => Date | null
}

/** The unit and the flush that must be awaited before the transaction ends. */
export function openUnit(tx: Tx, { keys, wake }: UnitParts): { unit: Unit; flush: () => Promise<void> } {
  const open = new Map<string, Open<IncidentState | null>>()
  let organisation: Open<Organisation> | undefined

  /** `made`: its key as this transaction made it, which nobody may remember before the commit. */
  async function lockRow(incident: string, made?: Buffer) {
    const [row] = await tx.select().from(log).where(eq(log.incident, incident)).for('update')
    if (!row) return undefined
    const dek = made ?? (await keys.locked(tx, [row])).get(incident)
    if (!dek) throw new Error(`${incident} has no key`)
    return { row, dek }
  }

  async function lockOrganisation(): Promise<Open<Organisation>> {
    if (organisation) return organisation
    // Two first starts may race: the loser of the insert waits for the winner's row.
    const found = (await lockRow(ORGANISATION)) ?? (await createOrganisation())
    organisation = {
      incident: ORGANISATION,
      head: { seq: found.row.seq, hash: found.row.hash },
      state: found.row.state as Organisation,
      dirty: 'clean',
      dek: found.dek,
    }
    return organisation
  }

  async function createOrganisation() {
    const made = await tx
      .insert(log)
      .values({
        incident: ORGANISATION,
        ...EMPTY_HEAD,
        reducer: ORGANISATION_REDUCER,
        state: emptyOrganisation,
      })
      .onConflictDoNothing()
      .returning({ incident: log.incident })
    const dek = made.length > 0 ? await keys.create(tx, ORGANISATION) : undefined
    const found = await lockRow(ORGANISATION, dek)
    if (!found) throw new Error('the organisation has no log')
    return found
  }

  async function lockIncident(id: string): Promise<Open<IncidentState | null> | undefined> {
    const known = open.get(id)
    if (known) return known
    const found = await lockRow(id)
    if (!found) return undefined
    if (found.row.reducer !== REDUCER) throw new Error(`${id} was written by another version`)
    const head = { seq: found.row.seq, hash: found.row.hash }
    const opened: Open<IncidentState | null> = {
      incident: id,
      head,
      state: found.row.state as IncidentState,
      dirty: 'clean',
      dek: found.dek,
    }
    open.set(id, opened)
    return opened
  }

  async function append<S>(
    target: Open<S>,
    events: readonly Event[],
    stamp: Stamp,
    apply: (state: S, event: Recorded) => S,
    file?: Draft['file'],
  ) {
    const rows = noRows()
    const seqs: number[] = []
    for (const event of events) {
      const draft: Draft = { event, stamp, ...(file && seqs.length === 0 ? { file } : {}) }
      target.head = addEntry(rows, target.incident, target.dek, target.head, draft)
      if (!isInert(event.kind)) target.dirty = 'state'
      target.state = apply(target.state, {
        ...event,
        seq: target.head.seq,
        at: stamp.at.toISOString(),
        actor: stamp.actor.id,
      })
      seqs.push(target.head.seq)
    }
    if (events.length > 0 && target.dirty === 'clean') target.dirty = 'head'
    await insertRows(tx, rows)
    return seqs
  }

  const unit: Unit = {
    tx,
    async claim(key, incident, seq, thread) {
      const made = await tx
        .insert(seen)
        .values({ key, incident, seq, thread })
        .onConflictDoNothing()
        .returning({ key: seen.key })
      return made.length > 0
    },
    async blind(words) {
      const { dek } = await lockOrganisation()
      return createHmac('sha256', dek).update(words).digest('hex')
    },
    async seen(keys) {
      const rows = await tx
        .select()
        .from(seen)
        .where(inArray(seen.key, [...keys]))
      return rows.find((row) => row.incident)?.incident ?? undefined
    },
    hasHomes: (platform) => hasHomes(tx, platform),
    organisation: async () => (await lockOrganisation()).state,
    async readOrganisation() {
      if (organisation) return organisation.state
      const [row] = await tx.select({ state: log.state }).from(log).where(eq(log.incident, ORGANISATION))
      return (row?.state as Organisation | undefined) ?? emptyOrganisation
    },
    incident: async (id) => (await lockIncident(id))?.state ?? undefined,
    async head(id) {
      const target = await lockIncident(id)
      if (!target) throw new Error(`${id} has no log`)
      return target.head
    },
    async begin(id) {
      const dek = await keys.create(tx, id)
      await tx.insert(log).values({ incident: id, ...EMPTY_HEAD, reducer: REDUCER, state: {} })
      open.set(id, { incident: id, head: EMPTY_HEAD, state: null, dirty: 'clean', dek })
    },
    async append(id, events, stamp, file) {
      const target = await lockIncident(id)
      if (!target) throw new Error(`${id} has no log`)
      const seqs = await append(target, events, stamp, (state, event) => applyEvent(state, event, id), file)
      if (!target.state) throw new Error(`${id} has no state`)
      await syncHoldings(tx, id, events)
      return { seqs, state: target.state }
    },
    async dispose(id, of) {
      const target = await lockIncident(id)
      if (!target) throw new Error(`${id} has no log`)
      await dropSealed(tx, id, of)
      if (of.what !== 'incident') return
      target.dek = await keys.create(tx, id)
      await tx
        .update(log)
        .set({ keyAt: target.head.seq + 1 })
        .where(eq(log.incident, id))
    },
    async touch(id) {
      const target = await lockIncident(id)
      if (target) target.dirty = 'state'
    },
    async appendOrganisation(events, stamp) {
      const target = await lockOrganisation()
      await append(target, events, stamp, applyOrganisationEvent)
      return target.state
    },
    async enqueue(rows) {
      if (rows.length === 0) return
      await tx
        .insert(outbox)
        .values(
          rows.map(({ afterMs, card, ...row }) => ({
            ...row,
            id: randomUUID(),
            card: card ?? null,
            ...(afterMs ? { notBefore: sql`clock_timestamp() + ${afterMs} * interval '1 millisecond'` } : {}),
          })),
        )
        // The pending row is locked, not passed by: claimed before our commit it would be drawn without what we changed.
        .onConflictDoUpdate({
          target: outbox.card,
          targetWhere: sql`card is not null and done_at is null and attempt = 0`,
          set: { args: togetherArgs },
        })
      await wakeOlder(tx, rows)
    },
    bindRoom: (place, incident, how) => bindRoom(tx, place, incident, how),
    moveRoom: (from, to, incident) => moveRoom(tx, from, to, incident),
    async claimReminder(incident, identity) {
      const made = await tx.insert(reminder).values({ incident, identity }).onConflictDoNothing().returning()
      return made.length > 0
    },
    async texts(incident, seqs) {
      if (seqs.length === 0) return new Map()
      const dek = (await keys.of(tx, [incident])).get(incident)
      return dek ? decodeText(tx, dek, incident, seqs) : new Map()
    },
    lines: (incident, wanted) => linesOf(tx, incident, wanted),
  }

  async function flush() {
    if (organisation && organisation.dirty !== 'clean') {
      await tx
        .update(log)
        .set({ ...organisation.head, state: organisation.state, reducer: ORGANISATION_REDUCER })
        .where(eq(log.incident, ORGANISATION))
    }
    for (const { incident, head, state, dirty } of open.values()) {
      if (dirty === 'clean' || !state) continue
      await tx
        .update(log)
        .set(dirty === 'head' ? head : { ...head, state, reducer: REDUCER, nextWakeAt: wake(state) })
        .where(eq(log.incident, incident))
    }
  }

  return { unit, flush }
}
