/**
 * A record in an attacker's hands, who has our program and works with care: numbers, hashes, sums, reports and states
 * are made anew after each change. The same record then lies in a bundle and in a database.
 */
import { sql } from 'drizzle-orm'
import type { BundleSource } from '../../src/bundle/source.ts'
import { noteOf, noteText, signText } from '../../src/domain/checkpoint.ts'
import { event } from '../../src/domain/events.ts'
import { REDUCER } from '../../src/domain/incident.ts'
import {
  canonicalBytes,
  EMPTY_HEAD,
  type EntryLine,
  type Head,
  ORGANISATION,
  parseLine,
  sha256Hex,
} from '../../src/domain/record.ts'
import { seal, sealFile } from '../../src/domain/seal.ts'
import { nonceOf, timeStampRequest } from '../../src/domain/timestamp/request.ts'
import { folderOf } from '../../src/domain/verify/fold.ts'
import type { CheckpointKey } from '../../src/store/checkpoint-key.ts'
import { type RecordKey, wrapKey } from '../../src/store/keys.ts'
import { FULL, INCIDENT, memoryLog } from './bundle.ts'
import type { TestDatabase } from './database.ts'
import { declaredEvent, postedEvent } from './record.ts'

type Salted = { readonly salt: Buffer; readonly body: Buffer }

/** All that an incident's record is, up to the checkpoint over its export. */
export interface Held {
  readonly lines: readonly Buffer[]
  readonly texts: ReadonlyMap<number, Salted>
  readonly files: ReadonlyMap<number, Salted>
  /** Kinds and data of the organisation's log, from which the keys come. */
  readonly organisation: readonly EntryLine[]
  /** Entries whose stored text no longer opens. */
  readonly damaged?: readonly number[]
}

/** Entries by what they are, so that attacks read as what they do. */
export const AT = {
  message: 3,
  stays: 2,
  decision: 6,
  file: 7,
  firstExport: 8,
  stamp: 10,
  privilege: 11,
  posted: 14,
  unsigned: 15,
  last: 16,
}

/** `stamp`: an authority's answer to a request. */
export async function record(stamp: (request: Buffer, text: string) => { response: Buffer; at: string }) {
  const log = memoryLog()
  const say = (n: number) => log.add(postedEvent('C1', `${n}.0`, `words ${n}`), { message: `${n}.0` })
  const noteAt = (entry: number) => noteText(noteOf(parseLine(log.rows.entries[entry - 1]!.record)))
  log.add(declaredEvent())
  for (const n of [1, 2, 3]) say(n)
  log.sign()
  const decided = { number: 1, message: null } as never
  log.add(event('decision.recorded', decided, { what: 'wipe the laptop', why: 'it was stolen' }))
  log.addFile(4, 'devices.csv', Buffer.from('serial,place\n1,bed 4\n'))
  log.source()
  const { response, at } = stamp(timeStampRequest(noteAt(9), nonceOf(Buffer.alloc(8, 7))), noteAt(9))
  const stamped = { entry: 9, token: response.toString('base64'), at, tsa: 'https://tsa.example' }
  log.add(event('checkpoint.timestamped', stamped, undefined, 9), { actor: '', at })
  const of = { target: 'message', room: 'C1', message: '2.0' } as const
  log.add(event('privilege.marked', of, { basis: 'advice of counsel' }), { actor: 'U0MARAVOSS0' })
  const first = log.key()
  log.rotate()
  for (const n of [4, 5]) say(n)
  log.sign()
  say(6)
  const source = log.source(FULL)
  const lines: Buffer[] = []
  const texts = new Map<number, Salted>()
  const files = new Map<number, Salted>()
  const organisation: EntryLine[] = []
  for await (const { seq, record, text } of source.log({ upTo: AT.last + 1 })) {
    lines.push(Buffer.from(record))
    if (text) texts.set(seq, text)
  }
  for await (const part of source.file({ seq: AT.file, parts: 1 })) files.set(AT.file, part)
  for await (const { line } of source.organisation()) organisation.push(line)
  const held: Held = { lines, texts, files, organisation }
  return { held, keys: [first, log.key()] as const, dek: log.dek }
}

export type Change = (line: EntryLine, head: Head) => EntryLine | undefined

/** Every line through `change`, undefined takes it out; numbers and hashes follow. */
export function rewritten(held: Held, change: Change): Held {
  const lines: Buffer[] = []
  const texts = new Map<number, Salted>()
  const files = new Map<number, Salted>()
  let head: Head = EMPTY_HEAD
  for (const record of held.lines) {
    const line = parseLine(record)
    const changed = change(line, head)
    if (!changed) continue
    const bytes = canonicalBytes({ ...changed, seq: head.seq + 1, prev: head.hash })
    head = { seq: head.seq + 1, hash: sha256Hex(bytes) }
    lines.push(bytes)
    const [text, file] = [held.texts.get(line.seq), held.files.get(line.seq)]
    if (text) texts.set(head.seq, text)
    if (file) files.set(head.seq, file)
  }
  return { ...held, lines, texts, files }
}

const isCheckpoint = ({ kind }: EntryLine): boolean => kind === 'checkpoint.signed'

/** Checkpoints made to say what the record now says, which their signatures do not. */
export const renamed: Change = (line, { seq, hash }) =>
  isCheckpoint(line) ? { ...line, data: { ...line.data, seq, head: hash } as EntryLine['data'] } : line

/** … and signed anew: each by the one of these keys that it names, or all by the only one there is. */
export const signedBy =
  (...keys: readonly CheckpointKey[]): Change =>
  (line, head) => {
    const named = renamed(line, head)!
    const key = keys.find(({ fingerprint }) => keys.length === 1 || fingerprint === noteOf(line).key)
    if (!isCheckpoint(line) || !key) return named
    const note = { ...noteOf(named), key: key.fingerprint }
    const data = { ...named.data, key: key.fingerprint, signature: signText(key.secret, noteText(note)) }
    return { ...named, data: data as EntryLine['data'] }
  }

/** The bundle our own program writes of it. */
export function sourceOf(held: Held, tsaCa: string): BundleSource {
  const lines = held.lines.map((record) => ({ record, line: parseLine(record) }))
  const last = lines.at(-1)!.line
  const through = isCheckpoint(last) ? last.seq - 1 : last.seq
  return {
    ...{ incident: INCIDENT, scope: FULL, through, tsaCa: Buffer.from(tsaCa) },
    async *log({ from = 1, upTo = through, text = () => true }) {
      for (const { record, line } of lines)
        if (line.seq >= from && line.seq <= upTo) {
          const isBroken = held.damaged?.includes(line.seq) ?? false
          const opened = text(line) && !isBroken ? held.texts.get(line.seq) : undefined
          yield { seq: line.seq, record, line, text: opened, isBroken }
        }
    },
    async *file({ seq }) {
      yield held.files.get(seq)!
    },
    async *organisation() {
      for (const line of held.organisation) yield { line }
    },
  }
}

const OFF = [
  'alter table entry disable trigger user',
  'alter table sealed disable trigger user',
  'alter table log_key disable trigger user',
  'alter table entry drop constraint if exists entry_continues',
  'alter table entry drop constraint if exists entry_says_itself',
  'alter table sealed drop constraint if exists sealed_incident_seq_entry_incident_seq_fk',
]

/** The same record in the tables, by somebody who may do anything there. `head`: what the log's row says its end is. */
export async function stored(
  database: TestDatabase,
  held: Held,
  keys: { readonly kek: RecordKey; readonly dek: Buffer },
  head: readonly Buffer[] = held.lines,
): Promise<void> {
  const { kek, dek } = keys
  const organisation: Buffer[] = []
  for (const { kind, data, at } of held.organisation) {
    const [seq, prev] = [organisation.length + 1, sha256OrZero(organisation.at(-1))]
    const actor = { id: '', kind: 'system' }
    const rest = { v: 1, id: `o${seq}`, source: null, ref: null, commit: null }
    organisation.push(canonicalBytes({ ...rest, incident: ORGANISATION, seq, prev, actor, kind, data, at }))
  }
  await database.transaction(async (tx) => {
    for (const statement of OFF) await tx.execute(sql.raw(statement))
    for (const table of ['sealed', 'entry', 'log_key', 'log'])
      await tx.execute(sql.raw(`delete from ${table}`))
    for (const [incident, lines, end] of [
      [ORGANISATION, organisation, organisation],
      [INCIDENT, held.lines, head],
    ] as const) {
      const fold = folderOf(incident)
      for (const [index, record] of lines.entries()) {
        const line = parseLine(record)
        fold.add(line)
        await tx.execute(sql`insert into entry (incident, seq, prev, record)
          values (${incident}, ${index + 1}, ${Buffer.from(line.prev, 'hex')}, ${record})`)
      }
      const last = parseLine(end.at(-1)!)
      await tx.execute(
        sql`insert into log_key (incident, wrapped) values (${incident}, ${wrapKey(kek, incident, dek)})`,
      )
      await tx.execute(sql`insert into log (incident, seq, hash, reducer, state)
        values (${incident}, ${last.seq}, ${sha256Hex(end.at(-1)!)}, ${REDUCER}, ${JSON.stringify(fold.state())}::jsonb)`)
    }
    const put = (seq: number, part: number, body: Buffer) =>
      tx.execute(
        sql`insert into sealed (incident, seq, part, body) values (${INCIDENT}, ${seq}, ${part}, ${body})`,
      )
    for (const [seq, { salt, body }] of held.texts) {
      const sealed = seal(dek, { incident: INCIDENT, seq, part: 0 }, salt, body)
      if (held.damaged?.includes(seq)) sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20)
      await put(seq, 0, sealed)
    }
    for (const [seq, { salt, body }] of held.files)
      for (const [index, part] of sealFile(dek, { incident: INCIDENT, seq }, salt, body).entries())
        await put(seq, index + 1, part)
  })
}

const sha256OrZero = (bytes: Buffer | undefined): string => (bytes ? sha256Hex(bytes) : '0'.repeat(64))
