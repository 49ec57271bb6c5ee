/**
 * Turns events into stored lines: numbered, chained, sealed, one multi-row statement per table.
 * The caller holds the lock on the log's head; nothing here decides anything.
 */
import { randomUUID } from 'node:crypto'
import type { Event } from '../domain/events.ts'
import {
  type Actor,
  canonicalBytes,
  type EntryLine,
  type Head,
  ORGANISATION,
  type Source,
  sha256Hex,
} from '../domain/record.ts'
import { commitment, newSalt, seal, sealFile } from '../domain/seal.ts'
import type { Tx } from './database.ts'
import { checkpointWaiting, entry, sealed } from './schema.ts'

/** Who, when and where: what the envelope adds to an event. */
export interface Stamp {
  readonly actor: Actor
  readonly at: Date
  readonly source: Source | null
}

export interface Draft {
  readonly event: Event
  readonly stamp: Stamp
  /** Bytes of a file, sealed in parts 1… beside the entry; `data` already commits to salt ‖ bytes. */
  readonly file?: { readonly salt: Buffer; readonly bytes: Uint8Array }
}

export interface Rows {
  readonly entries: { incident: string; seq: number; prev: Buffer; record: Buffer }[]
  readonly sealed: { incident: string; seq: number; part: number; body: Buffer }[]
}

export const noRows = (): Rows => ({ entries: [], sealed: [] })

/** Adds one entry after `head` and returns the new head. `ref` in a draft is already an entry number. */
export function addEntry(rows: Rows, incident: string, dek: Buffer, head: Head, draft: Draft): Head {
  const { event, stamp } = draft
  const seq = head.seq + 1
  let commit: string | null = null
  if (event.text) {
    const body = canonicalBytes(event.text)
    const salt = newSalt()
    commit = commitment(salt, body)
    rows.sealed.push({ incident, seq, part: 0, body: seal(dek, { incident, seq, part: 0 }, salt, body) })
  }
  if (draft.file) {
    const parts = sealFile(dek, { incident, seq }, draft.file.salt, draft.file.bytes)
    parts.forEach((body, index) => {
      rows.sealed.push({ incident, seq, part: index + 1, body })
    })
  }
  const line: EntryLine = {
    v: 1,
    id: randomUUID(),
    incident,
    seq,
    prev: head.hash,
    at: stamp.at.toISOString(),
    kind: event.kind,
    actor: stamp.actor,
    source: stamp.source,
    ref: event.ref ?? null,
    commit,
    data: event.data,
  }
  const record = canonicalBytes(line)
  rows.entries.push({ incident, seq, prev: Buffer.from(head.hash, 'hex'), record })
  return { seq, hash: sha256Hex(record) }
}

/** A statement may carry 65,534 parameters; a batch larger than that goes in slices, in order. */
const SLICE = 5_000

/** In the same statement: the logs it adds to wait for a checkpoint to look at them. */
function marking(tx: Tx, entries: Rows['entries']): Pick<Tx, 'insert'> {
  const incidents = [...new Set(entries.map(({ incident }) => incident))].filter((id) => id !== ORGANISATION)
  if (incidents.length === 0) return tx
  const values = incidents.map((incident) => ({ incident }))
  const waiting = tx.insert(checkpointWaiting).values(values).onConflictDoNothing()
  return tx.with(tx.$with('waiting').as(waiting.returning()))
}

export async function insertRows(tx: Tx, rows: Rows): Promise<void> {
  for (let i = 0; i < rows.entries.length; i += SLICE) {
    const slice = rows.entries.slice(i, i + SLICE)
    await marking(tx, slice).insert(entry).values(slice)
  }
  for (let i = 0; i < rows.sealed.length; i += SLICE)
    await tx.insert(sealed).values(rows.sealed.slice(i, i + SLICE))
}
