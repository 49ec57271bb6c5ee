/**
 * Verification of every log: the chain and its canonical form, the commitment of everything still sealed, and the
 * fold against the stored state. Streams by pages, so memory does not grow with the log.
 */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { isKnownKind, type Recorded } from '../domain/events.ts'
import { applyEvent, type IncidentState } from '../domain/incident.ts'
import { applyOrganisationEvent, emptyOrganisation, type Organisation } from '../domain/organisation.ts'
import {
  brokenLink,
  canonicalBytes,
  EMPTY_HEAD,
  type EntryLine,
  type Head,
  ORGANISATION,
  parseLine,
  sha256Hex,
} from '../domain/record.ts'
import { openFile } from '../domain/seal.ts'
import type { Database, Handle } from './database.ts'
import type { LogKeys } from './log-keys.ts'
import { entry, log, sealed } from './schema.ts'
import { openText } from './texts.ts'

/** One line a log. `seq` is the first bad entry, null when the fault is in the state or the head. */
export interface Finding {
  readonly incident: string
  readonly entries: number
  readonly opened: number
  readonly fault: { readonly seq: number | null; readonly what: string } | null
}

const PAGE = 500

export async function* verifyLogs(database: Database, keys: LogKeys): AsyncGenerator<Finding> {
  const logs = await database.db.select({ incident: log.incident }).from(log).orderBy(asc(log.incident))
  for (const { incident } of logs) yield await verifyLog(database, keys, incident)
}

async function verifyLog(database: Database, keys: LogKeys, incident: string): Promise<Finding> {
  // One snapshot: entries that arrive meanwhile are not half seen.
  return database.transaction(
    async (tx) => {
      const dek = (await keys.of(tx, [incident])).get(incident)
      const fold = folder(incident)
      let head: Head = EMPTY_HEAD
      let opened = 0
      const bad = (seq: number | null, what: string): Finding => ({
        incident,
        entries: head.seq,
        opened,
        fault: { seq, what },
      })
      for (;;) {
        const page = await tx
          .select({ seq: entry.seq, record: entry.record, hash: entry.hash })
          .from(entry)
          .where(and(eq(entry.incident, incident), gt(entry.seq, head.seq)))
          .orderBy(asc(entry.seq))
          .limit(PAGE)
        if (page.length === 0) break
        const parts = await sealedParts(
          tx,
          incident,
          page.map((row) => row.seq),
        )
        for (const row of page) {
          const line = readLine(row.record)
          if (typeof line === 'string') return bad(row.seq, line)
          const link = brokenLink(head, line, row.record, incident)
          if (link) return bad(head.seq + 1, link)
          if (sha256Hex(row.record) !== row.hash.toString('hex'))
            return bad(row.seq, 'stored hash is not the hash of the line')
          const of = parts.get(row.seq) ?? []
          const sealedFault = of.length > 0 && dek ? checkSealed(dek, line, of) : undefined
          if (sealedFault) return bad(row.seq, sealedFault)
          if (of.length > 0) opened += 1
          try {
            fold.add(line)
          } catch {
            return bad(row.seq, 'entry cannot be applied to the entries before it')
          }
          head = { seq: row.seq, hash: sha256Hex(row.record) }
        }
      }
      const [stored] = await tx.select().from(log).where(eq(log.incident, incident))
      if (stored && (stored.seq !== head.seq || stored.hash !== head.hash))
        return bad(head.seq + 1, `the log's head is entry ${stored.seq}, the last entry found is ${head.seq}`)
      if (stored && head.seq > 0 && !canonicalBytes(stored.state).equals(canonicalBytes(fold.state())))
        return bad(null, 'the stored state is not what the log folds to')
      return { incident, entries: head.seq, opened, fault: null }
    },
    { isolation: 'repeatable read', statementTimeoutMs: 60_000 },
  )
}

function readLine(record: Buffer): EntryLine | string {
  try {
    const line = parseLine(record)
    return isKnownKind(line.kind) ? line : `entry is of a kind this version does not know`
  } catch {
    return 'entry is not JSON'
  }
}

interface Part {
  readonly part: number
  readonly body: Buffer
}

async function sealedParts(
  on: Handle,
  incident: string,
  seqs: readonly number[],
): Promise<Map<number, Part[]>> {
  const rows = await on
    .select()
    .from(sealed)
    .where(and(eq(sealed.incident, incident), inArray(sealed.seq, [...seqs])))
    .orderBy(asc(sealed.seq), asc(sealed.part))
  const found = new Map<number, Part[]>()
  for (const { seq, part, body } of rows) found.set(seq, [...(found.get(seq) ?? []), { part, body }])
  return found
}

function checkSealed(dek: Buffer, line: EntryLine, parts: readonly Part[]): string | undefined {
  try {
    const text = parts.find((part) => part.part === 0)
    if (text && openText(dek, line.incident, line.seq, text.body).commit !== line.commit)
      return 'sealed text is not what the entry commits to'
    const chunks = parts.filter((part) => part.part > 0).map((part) => part.body)
    if (chunks.length === 0) return undefined
    const { bytes } = line.data as { bytes?: string | null }
    if (!bytes) return 'a file is sealed that the entry does not commit to'
    openFile(dek, { incident: line.incident, seq: line.seq }, chunks, bytes)
    return undefined
  } catch {
    return 'sealed content does not open'
  }
}

function folder(incident: string) {
  let state: IncidentState | Organisation | null = incident === ORGANISATION ? emptyOrganisation : null
  return {
    add(line: EntryLine) {
      const event = {
        kind: line.kind,
        data: line.data,
        seq: line.seq,
        at: line.at,
        actor: line.actor.id,
      } as Recorded
      state =
        incident === ORGANISATION
          ? applyOrganisationEvent(state as Organisation, event)
          : applyEvent(state as IncidentState | null, event, incident)
    },
    state: () => state,
  }
}
