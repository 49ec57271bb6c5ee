/**
 * The outbox in SQL. Claiming commits attempt and lease before the platform is called, so a crash leaves a trace
 * that the next attempt reads. A row is claimable only when no earlier unfinished row stands in its lane.
 * Leases and back-off run on the database's clock, which practice cannot move.
 */
import { and, eq, inArray, isNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Database, Handle } from './database.ts'
import { card, outbox } from './schema.ts'

export interface Claimed {
  readonly id: string
  readonly incident: string
  readonly lane: string
  readonly verb: string
  readonly view: string
  readonly args: Readonly<Record<string, unknown>>
  readonly card: string | null
  readonly attempt: number
  /** When the first attempt began (database clock): a read-back looks no further. */
  readonly firstClaimedAt: Date
  /** Since then, on the same clock. */
  readonly triedForMs: number
  readonly queuedAt: Date
}

export type Loop = 'short' | 'long' | 'stamps' | 'exports'

/**
 * Reading a room back, fetching a file or making a bundle may take minutes, and an authority outside answers when it likes; everything
 * else is one short call. Each has a loop of its own, and none shares a lane with another.
 */
const VERBS: Readonly<Record<Exclude<Loop, 'short'>, readonly string[]>> = {
  long: ['history', 'file'],
  stamps: ['timestamp'],
  exports: ['export', 'register'],
}
const apart = Object.values(VERBS).flat()
const isOf = (what: Loop): SQL =>
  what === 'short'
    ? sql`and ${notInArray(sql`o.verb`, apart)}`
    : sql`and ${inArray(sql`o.verb`, [...VERBS[what]])}`

const loopOf = (verb: string): Loop =>
  (Object.keys(VERBS) as (keyof typeof VERBS)[]).find((what) => VERBS[what].includes(verb)) ?? 'short'

const isClaimable = sql`o.done_at is null and o.not_before <= clock_timestamp()
  and (o.leased_until is null or o.leased_until <= clock_timestamp())
  and not exists (
    select 1 from outbox e where e.lane = o.lane and e.position < o.position and e.done_at is null
  )`

/** The loops that would find something to take: most commits leave nothing for most of them. */
export async function loopsWanted(database: Database): Promise<ReadonlySet<Loop>> {
  const rows = await database.rows<{ verb: string }>(
    database.db,
    sql`select distinct o.verb from outbox o where ${isClaimable}`,
  )
  return new Set(rows.map(({ verb }) => loopOf(verb)))
}

/** One statement, and so a transaction of its own: committed when this returns. */
export async function claimOutgoing(
  database: Database,
  limit: number,
  leaseMs: number,
  what?: Loop,
): Promise<Claimed[]> {
  const rows = await database.rows<Record<string, unknown>>(
    database.db,
    sql`
    with ready as (
      select id from outbox o where ${isClaimable} ${what ? isOf(what) : sql``}
      order by o.position limit ${limit} for update skip locked
    )
    update outbox set attempt = attempt + 1,
      leased_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond',
      first_claimed_at = coalesce(first_claimed_at, clock_timestamp())
    where id in (select id from ready)
    returning id, incident, lane, verb, view, args, card, attempt, position,
      first_claimed_at as "firstClaimedAt", queued_at as "queuedAt",
      extract(epoch from clock_timestamp() - first_claimed_at) * 1000 as "triedForMs"`,
  )
  return rows
    .sort((a, b) => Number(a.position) - Number(b.position))
    .map((row) => ({
      ...(row as unknown as Claimed),
      firstClaimedAt: new Date(row.firstClaimedAt as string),
      triedForMs: Number(row.triedForMs),
      queuedAt: new Date(row.queuedAt as string),
    }))
}

/** Longer than its lease, and still at it. The lease of a later attempt is not ours to prolong. */
export async function holdOutgoing(
  on: Handle,
  { id, attempt }: Pick<Claimed, 'id' | 'attempt'>,
  leaseMs: number,
): Promise<void> {
  await on
    .update(outbox)
    .set({ leasedUntil: sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'` })
    .where(and(eq(outbox.id, id), eq(outbox.attempt, attempt), isNull(outbox.doneAt)))
}

/**
 * Finished, well or given up; belongs in the transaction that records what happened. False when another attempt ended
 * it first (a lease that ran out under a call that was only slow): then this one is not on the record as well.
 */
export async function finishOutgoing(tx: Handle, id: string, outcome: string): Promise<boolean> {
  const done = await tx
    .update(outbox)
    .set({ doneAt: sql`clock_timestamp()`, leasedUntil: null, outcome })
    .where(and(eq(outbox.id, id), isNull(outbox.doneAt)))
    .returning({ id: outbox.id })
  return done.length > 0
}

/** Some ten minutes of tries. */
const FILE_TRIES = 8

/**
 * Not now: back to its place in the lane, not before the wait is over. The lease of a later attempt is not ours to end.
 * A file that keeps failing is tried on in a lane of its own: it may never come, and those behind it can still be had.
 */
export async function postponeOutgoing(
  on: Handle,
  { id, attempt }: Pick<Claimed, 'id' | 'attempt'>,
  waitMs: number,
  why: string,
  /** What the next attempt goes on with. */
  args?: Claimed['args'],
): Promise<void> {
  await on
    .update(outbox)
    .set({
      ...(args ? { args } : {}),
      notBefore: sql`clock_timestamp() + ${waitMs} * interval '1 millisecond'`,
      leasedUntil: null,
      outcome: why,
      ...(attempt < FILE_TRIES
        ? {}
        : { lane: sql`case when verb = 'file' then 'file:' || id::text else lane end` }),
    })
    .where(and(eq(outbox.id, id), eq(outbox.attempt, attempt), isNull(outbox.doneAt)))
}

/** Milliseconds until something may be claimable; null when nothing waits. */
export async function nextOutgoingIn(database: Database): Promise<number | null> {
  const [row] = await database.rows<{ ms: string | number | null }>(
    database.db,
    sql`select extract(epoch from min(greatest(not_before, coalesce(leased_until, not_before))) - clock_timestamp()) * 1000 as ms
      from outbox where done_at is null`,
  )
  return row?.ms === null || row?.ms === undefined ? null : Math.max(0, Math.ceil(Number(row.ms)))
}

export async function placeCard(
  tx: Handle,
  row: Pick<Claimed, 'incident' | 'view' | 'args'> & { card: string; room: string; message: string },
) {
  const { incident, room, message, view, args } = row
  await tx
    .insert(card)
    .values({ card: row.card, incident, room, message, view, args })
    .onConflictDoUpdate({ target: card.card, set: { room, message, view, args } })
}

/** The card that sits at this post, if one does. */
export async function cardAt(on: Handle, at: { room: string; message: string }) {
  const [row] = await on
    .select()
    .from(card)
    .where(and(eq(card.room, at.room), eq(card.message, at.message)))
  return row
}

export async function cardPlace(on: Handle, name: string) {
  const [row] = await on.select().from(card).where(eq(card.card, name))
  return row
}

/** Rows somebody works on, and rows at the head of their lane that may be claimed within this time; for a home nobody waits. */
export async function outgoingUnderWay(database: Database, withinMs: number): Promise<number> {
  const [row] = await database.rows<{ n: number }>(
    database.db,
    sql`select count(*)::int as n from outbox o where o.done_at is null and (
      o.leased_until > clock_timestamp()
      or (o.verb <> 'homes' and o.not_before <= clock_timestamp() + ${withinMs} * interval '1 millisecond'
        and not exists (
          select 1 from outbox e where e.lane = o.lane and e.position < o.position and e.done_at is null)))`,
  )
  return row?.n ?? 0
}

/**
 * Where time is moved by hand: what waits for others to join it has waited long enough, what waits a day may be due, and
 * whoever was to invite the bot to the managers' channel may have.
 */
export async function hurryOutgoing(on: Handle): Promise<void> {
  await on
    .update(outbox)
    .set({ notBefore: sql`clock_timestamp()` })
    .where(
      and(
        or(eq(outbox.attempt, 0), sql`verb in ('digest', 'export-remove', 'register-remove')`),
        isNull(outbox.doneAt),
        sql`not_before > clock_timestamp()`,
      ),
    )
}

/** Where nothing else is under way: what waits this short a while for others to join it is joined by none; for a home nobody waits. */
export async function joinOutgoing(on: Handle, withinMs: number): Promise<void> {
  await on
    .update(outbox)
    .set({ notBefore: sql`clock_timestamp()` })
    .where(
      and(
        eq(outbox.attempt, 0),
        ne(outbox.verb, 'homes'),
        isNull(outbox.doneAt),
        sql`not_before between clock_timestamp() and clock_timestamp() + ${withinMs} * interval '1 millisecond'`,
      ),
    )
}

/** Whether this delivery id is one of ours. */
export async function isKnownDelivery(on: Handle, id: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return false
  return (await on.select({ id: outbox.id }).from(outbox).where(eq(outbox.id, id))).length > 0
}

/** Whether a post into this incident's room is under way: its echo may come before its answer. */
export async function isPostingIn(on: Handle, incident: string): Promise<boolean> {
  // Beside it: the post alone, because asking for that room may go on for as long as the platform refuses.
  const beside = and(eq(outbox.lane, `companion:${incident}`), eq(outbox.verb, 'companion-post'))
  const lane = and(eq(outbox.incident, incident), or(eq(outbox.lane, `room:${incident}`), beside))
  const rows = await on
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(lane, sql`done_at is null and attempt > 0`))
    .limit(1)
  return rows.length > 0
}

export async function outgoingWaiting(on: Handle): Promise<number> {
  const [row] = await on.select({ n: sql<number>`count(*)::int` }).from(outbox).where(sql`done_at is null`)
  return row?.n ?? 0
}
