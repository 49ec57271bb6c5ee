/**
 * Verification of every log: the chain and its canonical form, the commitment of everything still sealed, and the
 * fold against the stored state. Streams by pages, so memory does not grow with the log.
 */
import { and, asc, DrizzleQueryError, eq, gt, sql } from 'drizzle-orm'
import { noteOf, noteText } from '../domain/checkpoint.ts'
import { disposals } from '../domain/disposal.ts'
import {
  canonicalBytes,
  EMPTY_HEAD,
  type EntryLine,
  type Head,
  ORGANISATION,
  sha256Hex,
} from '../domain/record.ts'
import { checkpointFault } from '../domain/verify/checkpoint.ts'
import { folderOf } from '../domain/verify/fold.ts'
import { type Keyring, keyring } from '../domain/verify/keyring.ts'
import { brokenLink, isOfKnownKind, readLine, UNKNOWN_KIND } from '../domain/verify/line.ts'
import type { Witness } from '../domain/verify/note.ts'
import { stampOf } from '../domain/verify/time-stamp.ts'
import { witnessFault } from '../domain/verify/witness.ts'
import type { Database, Handle } from './database.ts'
import { DatabaseFault } from './fault.ts'
import { ofKinds } from './lines.ts'
import type { LogKeys } from './log-keys.ts'
import { entry, log } from './schema.ts'
import { isEmpty, type Sealed, sealedBetween, sealedFault } from './verify-sealed.ts'

/** One line a log. `seq` is the first bad entry, null when the fault is in the state or the head. */
export interface Finding {
  readonly incident: string
  readonly entries: number
  readonly opened: number
  readonly checkpoints: number
  readonly fault: { readonly seq: number | null; readonly what: string } | null
}

const PAGE = 500

export interface VerifyOptions {
  /** Fingerprint of the key that signs now: the keys on the record must end in it. */
  readonly checkpointKey?: string
  /** Checkpoints copied out of the chat. */
  readonly witnesses?: readonly Witness[]
}

export async function* verifyLogs(
  database: Database,
  keys: LogKeys,
  { checkpointKey, witnesses = [] }: VerifyOptions = {},
): AsyncGenerator<Finding> {
  // The organisation's log first: a log it numbered and that is found nowhere afterwards was taken away.
  const numbered = new Set<string>()
  const ring = keyring()
  const organisation = await verifyLog(
    database,
    keys,
    { incident: ORGANISATION, ring, witnesses: [] },
    (name) => numbered.add(name),
  )
  const last = ring.last()
  const isOther = checkpointKey !== undefined && last !== undefined && last !== checkpointKey
  const what = `the checkpoint keys on the record end in ${last}, and the key given is ${checkpointKey}`
  if (isOther && !organisation.fault) yield { ...organisation, fault: { seq: null, what } }
  else if (organisation.entries > 0 || organisation.fault) yield organisation
  const heads = await database.db.select({ incident: log.incident }).from(log)
  const entries = await database.db.selectDistinct({ incident: entry.incident }).from(entry)
  const found = new Set([...heads, ...entries].map(({ incident }) => incident))
  found.delete(ORGANISATION)
  // A log that is only in the chat was taken away with the number it had.
  const shown = witnesses.map(({ note }) => note.incident)
  for (const incident of [...new Set([...found, ...numbered, ...shown])].sort()) {
    const about = { incident, ring, witnesses: witnesses.filter(({ note }) => note.incident === incident) }
    if (found.has(incident)) yield await verifyLog(database, keys, about)
    else
      yield {
        incident,
        entries: 0,
        opened: 0,
        checkpoints: 0,
        fault: {
          seq: 1,
          what: numbered.has(incident)
            ? "the organisation's log numbered it, and its log is gone"
            : 'the post is about it, and there is no such log',
        },
      }
  }
}

interface About {
  readonly incident: string
  readonly ring: Keyring
  readonly witnesses: readonly Witness[]
}

async function verifyLog(
  database: Database,
  keys: LogKeys,
  { incident, ring, witnesses }: About,
  onNumbered: (name: string) => void = () => {},
): Promise<Finding> {
  // One snapshot: entries that arrive meanwhile are not half seen.
  return database.transaction(
    async (tx) => {
      const fold = folderOf(incident)
      const notes = new Map<number, string>()
      const shown = new Map(witnesses.map(({ note }) => [note.seq, '']))
      let head: Head = EMPTY_HEAD
      let opened = 0
      let checkpoints = 0
      const bad = (seq: number | null, what: string): Finding => ({
        incident,
        entries: head.seq,
        opened,
        checkpoints,
        fault: { seq, what },
      })
      const disposed = await disposedOf(tx, incident)
      const key = await keyOf(keys, tx, incident)
      if (key === 'damaged') return bad(null, "the log's key was changed: it does not unwrap")
      const whole = (): Finding => ({
        incident,
        entries: head.seq,
        opened,
        checkpoints,
        fault: null,
      })
      for (;;) {
        const page = await tx
          .select({ seq: entry.seq, record: entry.record, hash: sql<string>`encode(${entry.hash}, 'hex')` })
          .from(entry)
          .where(and(eq(entry.incident, incident), gt(entry.seq, head.seq)))
          .orderBy(asc(entry.seq))
          .limit(PAGE)
        if (page.length === 0) break
        const sealedAt = await sealedBetween(tx, incident, page[0]!.seq, page.at(-1)!.seq)
        for (const row of page) {
          const line = readLine(row.record)
          if (typeof line === 'string') return bad(row.seq, line)
          if (!isOfKnownKind(line)) return bad(row.seq, UNKNOWN_KIND)
          const link = brokenLink(head, line, row.record, incident)
          if (link) return bad(head.seq + 1, link)
          const hash = sha256Hex(row.record)
          if (hash !== row.hash) return bad(row.seq, 'stored hash is not the hash of the line')
          const signed = incident === ORGANISATION ? ring.add(line) : checkpointFault(ring, head, line)
          if (signed) return bad(row.seq, signed)
          const of = sealedAt(row.seq)
          const unasked = disposed.faults.get(row.seq)
          if (unasked) return bad(row.seq, unasked)
          const isGone = disposed.isGone(row.seq)
          const found = isGone ? leftover(of) : key ? sealedFault(tx, key, line, of) : keyless(line, of)
          const unopened = found instanceof Promise ? await found : found
          if (unopened) return bad(row.seq, unopened)
          if (!isEmpty(of)) opened += 1
          if (line.kind === 'checkpoint.signed') {
            checkpoints += 1
            notes.set(line.seq, noteText(noteOf(line)))
          }
          if (line.kind === 'checkpoint.timestamped') {
            const stamp = stampOf(line, notes.get((line.data as { entry: number }).entry), undefined)
            if (stamp.fault) return bad(row.seq, stamp.fault)
          }
          if (line.kind === 'incident.numbered') onNumbered((line.data as { incident: string }).incident)
          if (!fold.add(line)) return bad(row.seq, 'entry cannot be applied to the entries before it')
          head = { seq: row.seq, hash }
          if (shown.has(row.seq)) shown.set(row.seq, hash)
        }
      }
      const [stored] = await tx.select().from(log).where(eq(log.incident, incident))
      if (!stored) return head.seq === 0 ? whole() : bad(null, "the log's head is gone")
      if (stored.seq !== head.seq)
        return bad(
          Math.min(stored.seq, head.seq) + 1,
          `the log's head is entry ${stored.seq}, the last entry found is ${head.seq}`,
        )
      if (stored.hash !== head.hash) return bad(head.seq, "it is not the entry the log's head names")
      if (head.seq > 0 && !canonicalBytes(stored.state).equals(canonicalBytes(fold.state())))
        return bad(null, 'the stored state is not what the log folds to')
      for (const witness of witnesses) {
        const record = { incident, head, ring, hashAt: (seq: number) => shown.get(seq) }
        const why = witnessFault(witness, record)
        if (why) return bad(witness.note.seq, why)
      }
      return whole()
    },
    { isolation: 'repeatable read', statementTimeoutMs: 60_000 },
  )
}

/**
 * What the log says was disposed of, read before the walk that checks these very lines: whether content may be missing
 * is asked of entries long before the one that says so.
 */
async function disposedOf(on: Handle, incident: string) {
  const rows = await on
    .select({ seq: entry.seq, record: entry.record })
    .from(entry)
    .where(and(eq(entry.incident, incident), ofKinds(['disposal.', 'content.disposed'])))
    .orderBy(asc(entry.seq))
  const ledger = disposals()
  const faults = new Map<number, string>()
  for (const { seq, record } of rows) {
    const line = readLine(record)
    const fault = typeof line === 'string' ? line : ledger.add(line, record)
    if (fault) faults.set(seq, fault)
  }
  return { faults, isGone: ledger.isGone }
}

const leftover = (of: Sealed): string | undefined =>
  !isEmpty(of) ? 'sealed content is there that was disposed of' : undefined

/** Undefined: disposed of with its log's sealed rows. */
async function keyOf(keys: LogKeys, on: Handle, incident: string): Promise<Buffer | 'damaged' | undefined> {
  try {
    return (await keys.of(on, [incident])).get(incident)
  } catch (error) {
    // A database that does not answer is a fault, not a finding.
    if (error instanceof DatabaseFault || error instanceof DrizzleQueryError) throw error
    return 'damaged'
  }
}

/** A disposal leaves another key, so that none is there is somebody's doing. */
const keyless = (line: EntryLine, of: Sealed): string | undefined =>
  !isEmpty(of) || line.commit !== null ? "the log's key is gone, and nobody disposed of it" : undefined
