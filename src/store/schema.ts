/**
 * The tables. What the database itself refuses (broken chains, changed evidence, a second holder of a role) stands
 * in the constraints here and in the hand-written migration beside the generated one.
 */
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

const bytea = customType<{ data: Buffer; driverData: Buffer | Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
})

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/** The record. Generated columns and the self foreign key mean that a buggy writer cannot store a broken chain. */
export const entry = pgTable(
  'entry',
  {
    incident: text('incident').notNull(),
    seq: integer('seq').notNull(),
    prevSeq: integer('prev_seq').generatedAlwaysAs(sql`case when seq > 1 then seq - 1 end`),
    prev: bytea('prev').notNull(),
    record: bytea('record').notNull(),
    hash: bytea('hash').notNull().generatedAlwaysAs(sql`sha256(record)`),
  },
  (table) => [
    primaryKey({ columns: [table.incident, table.seq] }),
    unique('entry_link').on(table.incident, table.seq, table.hash),
    foreignKey({
      name: 'entry_continues',
      columns: [table.incident, table.prevSeq, table.prev],
      foreignColumns: [table.incident, table.seq, table.hash],
    }),
    check('entry_first', sql`seq > 1 or (seq = 1 and prev = decode(repeat('00', 32), 'hex'))`),
  ],
)

/** Sealed text (part 0) and file chunks (parts 1…). Deleted only by disposal. */
export const sealed = pgTable(
  'sealed',
  {
    incident: text('incident').notNull(),
    seq: integer('seq').notNull(),
    part: integer('part').notNull(),
    body: bytea('body').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.incident, table.seq, table.part] }),
    foreignKey({ columns: [table.incident, table.seq], foreignColumns: [entry.incident, entry.seq] }),
  ],
)

/** One data key per log, wrapped by a key the database never sees. */
export const logKey = pgTable('log_key', {
  incident: text('incident').primaryKey(),
  wrapped: bytea('wrapped').notNull(),
})

/** What a database was first opened with: another key refuses to start. */
export const keyFingerprint = pgTable('key_fingerprint', {
  name: text('name').primaryKey(),
  fingerprint: text('fingerprint').notNull(),
})

/** The head of each log and the cache of its fold. Locking this row is what orders an incident. */
export const log = pgTable(
  'log',
  {
    incident: text('incident').primaryKey(),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    reducer: integer('reducer').notNull(),
    state: jsonb('state').notNull(),
    /** The entry since which the log's data key holds: a disposal leaves another one. */
    keyAt: integer('key_at').notNull().default(0),
    nextWakeAt: instant('next_wake_at'),
  },
  (table) => [index('log_wake').on(table.nextWakeAt).where(sql`next_wake_at is not null`)],
)

/** How far each log's checkpoints reach. */
export const checkpointMark = pgTable('checkpoint_mark', {
  incident: text('incident').primaryKey(),
  looked: integer('looked').notNull(),
  lookedAt: instant('looked_at').notNull(),
  signed: integer('signed').notNull(),
  posted: integer('posted').notNull(),
  postedAt: instant('posted_at').notNull(),
})

/**
 * The logs a checkpoint has something to look at in: whatever appends puts the log's name here, in the statement that
 * inserts its entries, and what looked takes it out; both hold the log's head. So a pass asks about those alone.
 */
export const checkpointWaiting = pgTable('checkpoint_waiting', {
  incident: text('incident').primaryKey(),
})

/** When each platform was last listened to, by whichever process: a start finds for how long nobody did. */
export const heard = pgTable('heard', {
  platform: text('platform').primaryKey(),
  at: instant('at').notNull(),
})

/** Rooms by the platform's id, with every id a room ever had. */
export const room = pgTable(
  'room',
  {
    platform: text('platform').notNull(),
    workspace: text('workspace').notNull(),
    room: text('room').notNull(),
    incident: text('incident').notNull(),
    current: boolean('current').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.workspace, table.room] }),
    index('room_incident').on(table.incident),
  ],
)

/** Who holds what now. The log says it too; the primary key makes a second holder impossible. */
export const holding = pgTable(
  'holding',
  {
    incident: text('incident').notNull(),
    role: text('role').notNull(),
    person: text('person').notNull(),
  },
  (table) => [primaryKey({ columns: [table.incident, table.role] })],
)

/**
 * Content keys already on the record, with the answer a repeated command gets. Keys sort bytewise (collation "C"), so a
 * room's messages lie in the order of their ids. `thread`, with a version of a message: its root's id, or '' for a root.
 */
export const seen = pgTable(
  'seen',
  {
    key: text('key').primaryKey(),
    incident: text('incident'),
    seq: integer('seq'),
    thread: text('thread'),
  },
  (table) => [index('seen_thread').on(table.thread, table.key).where(sql`thread > ''`)],
)

/** A reminder's identity fires once, whatever happens to its worker. */
export const reminder = pgTable(
  'reminder',
  { incident: text('incident').notNull(), identity: text('identity').notNull() },
  (table) => [primaryKey({ columns: [table.incident, table.identity] })],
)

/**
 * What is still to be told the platform. Names, arguments and entry numbers only; the text is rendered at delivery.
 * A lane is drained in order of position. Leases and back-off use the database's clock.
 */
export const outbox = pgTable(
  'outbox',
  {
    id: uuid('id').primaryKey(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    incident: text('incident').notNull(),
    lane: text('lane').notNull(),
    verb: text('verb').notNull(),
    view: text('view').notNull(),
    args: jsonb('args').notNull(),
    /** Cards are upserts: one pending row each. */
    card: text('card'),
    attempt: integer('attempt').notNull().default(0),
    notBefore: instant('not_before').notNull().default(sql`clock_timestamp()`),
    leasedUntil: instant('leased_until'),
    firstClaimedAt: instant('first_claimed_at'),
    queuedAt: instant('queued_at').notNull().default(sql`clock_timestamp()`),
    doneAt: instant('done_at'),
    outcome: text('outcome'),
  },
  (table) => [
    uniqueIndex('outbox_card')
      .on(table.card)
      .where(sql`card is not null and done_at is null and attempt = 0`),
    index('outbox_lane').on(table.lane, table.position).where(sql`done_at is null`),
    index('outbox_ready').on(table.notBefore).where(sql`done_at is null`),
  ],
)

/** Where each card sits, so that it can be updated in place. */
export const card = pgTable(
  'card',
  {
    card: text('card').primaryKey(),
    incident: text('incident').notNull(),
    room: text('room').notNull(),
    message: text('message').notNull(),
    /** What it was drawn from, to draw it again for whoever presses its button. */
    view: text('view'),
    args: jsonb('args').$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [index('card_incident').on(table.incident), index('card_place').on(table.room, table.message)],
)

/** Payloads no schema knows: sealed under the organisation's key, kept 30 days, counted. */
export const quarantine = pgTable('quarantine', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  platform: text('platform').notNull(),
  body: bytea('body').notNull(),
  at: instant('at').notNull().default(sql`clock_timestamp()`),
})
