/**
 * One process of the benchmark: opens the record as the product does, then runs what it is told, a line of JSON each,
 * and answers each with a line. It ends when its input does.
 */
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { PGlite } from '@electric-sql/pglite'
import postgres from 'postgres'
import { withBundle } from '../../src/bundle/open-bundle.ts'
import { storeSource } from '../../src/bundle/source.ts'
import { verifyBundle } from '../../src/bundle/verify-bundle.ts'
import { writeBundle } from '../../src/bundle/write.ts'
import type { InboundMessage } from '../../src/chat/port.ts'
import { noteText, signText } from '../../src/domain/checkpoint.ts'
import { event } from '../../src/domain/events.ts'
import { dateIn } from '../../src/domain/zone.ts'
import { makeCapture } from '../../src/evidence/capture.ts'
import { messageItem } from '../../src/evidence/evidence-of.ts'
import type { Watch } from '../../src/evidence/nudges.ts'
import { recordOrganisation } from '../../src/operate/organisation-setup.ts'
import { SYSTEM } from '../../src/pipeline/commit.ts'
import { newCheckpointKeyText, readCheckpointKey } from '../../src/store/checkpoint-key.ts'
import { useCheckpointKey } from '../../src/store/checkpoint-keyring.ts'
import { openDatabase } from '../../src/store/db.ts'
import { loadKeys } from '../../src/store/keys.ts'
import { openStore } from '../../src/store/store.ts'
import { silent } from '../support/database.ts'
import { AT, begin, facts, PLACE, write } from '../support/record.ts'
import { bodyOf, keepInFlight } from './load.ts'

export interface Place {
  readonly databaseUrl?: string
  readonly dataDir?: string
  readonly recordKey: string
  readonly migrationsFolder: string
  readonly name: string
}

export type Task =
  | { readonly do: 'prepare'; readonly incidents: number }
  | {
      readonly do: 'plain' | 'append'
      readonly inFlight: number
      readonly ms: number
      readonly incidents: number
    }
  | { readonly do: 'fill'; readonly entries: number }
  | { readonly do: 'verify' }
  | { readonly do: 'export' | 'verify-bundle'; readonly file: string }

const { recordKey, name, ...where } = JSON.parse(process.argv[2]!) as Place
const now = () => new Date()
const database = await openDatabase({ ...where, log: silent })
const store = await openStore(database, loadKeys({ recordKey }), () => null)
const capture = makeCapture(store.evidence, undefined, { ahead: store.evidenceAhead })
const plain = where.databaseUrl ? onServer(where.databaseUrl) : embedded()

function onServer(url: string) {
  const client = postgres(url, { max: 10, onnotice: () => {} })
  return {
    exec: (statement: string) => client.unsafe(statement),
    insert: (incident: string, body: string) =>
      client`insert into plain (incident, body) values (${incident}, ${body})`,
    close: () => client.end(),
  }
}

/** The one session there is, through the product's own handle. */
function embedded() {
  const { $client } = database.db as unknown as { readonly $client: PGlite }
  return {
    exec: (statement: string) => $client.query(statement),
    insert: (incident: string, body: string) =>
      $client.query('insert into plain (incident, body) values ($1, $2)', [incident, body]),
    close: async () => {},
  }
}

const incidentOf = (n: number) => `inc-2026-${String(n + 1).padStart(4, '0')}`
const roomOf = (n: number) => `C${String(n).padStart(9, '0')}`
const key = readCheckpointKey(newCheckpointKeyText(), 'the benchmark')
let said = 0
const WATCH: Watch = { mode: 'nudge', today: () => dateIn(facts.zone, now()) }

function message(incidents: number): InboundMessage {
  said += 1
  const id = `${name}.${said}`
  const room = roomOf(said % incidents)
  return {
    ...PLACE,
    ...{ type: 'message', change: 'posted', key: `slack:${PLACE.workspace}:${room}:${id}` },
    ...{ room, message: id, at: now(), actor: 'U0SAMOKAFOR', actorKind: 'human' },
    body: { text: bodyOf(said), author: 'U0SAMOKAFOR', files: [] },
  }
}

/** As a platform's event is recorded: looked at, batched, committed. */
const heard = (incidents: number) => capture(messageItem(message(incidents), now(), WATCH))

async function prepare(incidents: number) {
  await plain.exec(
    'create table plain (id bigserial primary key, incident text not null, body text not null, at timestamptz not null default now())',
  )
  await recordOrganisation(store, facts, now())
  for (let n = 0; n < incidents; n += 1) await begin(store, incidentOf(n), roomOf(n))
  return {}
}

/** As an hour of it would be: messages with a checkpoint at every five hundred, then a request for all of it. */
async function fill(entries: number) {
  const stamp = { actor: SYSTEM, at: AT, source: null }
  await store.write((unit) => useCheckpointKey(unit, key, stamp))
  for (let done = 0; done < entries; done += 500) {
    await Promise.all(Array.from({ length: Math.min(500, entries - done) }, () => heard(1)))
    await sign()
  }
  await write(store, incidentOf(0), [event('export.requested', { scope: 'full', from: null, to: null })])
  await sign()
  return {}
}

async function sign() {
  const incident = incidentOf(0)
  const { seq, hash: head } = (await store.head(incident))!
  const note = { incident, seq, head, at: AT.toISOString(), key: key.fingerprint, practice: false }
  const data = { seq, head, key: key.fingerprint, signature: signText(key.secret, noteText(note)) }
  await write(store, incident, [event('checkpoint.signed', { ...data, why: 'count' })])
}

/** The memory is what this process ever took from the system, over what it had when it was ready. */
async function measured(work: () => Promise<number>) {
  const idle = process.memoryUsage.rss()
  const before = process.cpuUsage()
  const began = performance.now()
  const entries = await work()
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  const peak = process.resourceUsage().maxRSS * 1024
  return { entries, ms, cpuMs: (user + system) / 1000, overIdle: peak - idle }
}

async function verify() {
  let entries = 0
  for await (const finding of store.verify()) {
    if (finding.fault) throw new Error(`${finding.incident}: ${finding.fault.what}`)
    entries += finding.entries
  }
  return entries
}

async function exported(file: string) {
  const incident = incidentOf(0)
  const through = (await store.head(incident))!.seq - 1
  const scope = { kind: 'full', from: null, to: null } as const
  await writeBundle(storeSource(store, { incident, scope, through }), createWriteStream(file))
  return through
}

async function verifiedBundle(file: string) {
  const { entries, findings } = await withBundle(file, (parts) => verifyBundle(parts))
  if (findings.length > 0) throw new Error(findings.map(({ what }) => what).join('; '))
  return entries
}

const run = (task: Task): Promise<unknown> => {
  switch (task.do) {
    case 'prepare':
      return prepare(task.incidents)
    case 'fill':
      return fill(task.entries)
    case 'verify':
      return measured(verify)
    case 'export':
      return measured(() => exported(task.file))
    case 'verify-bundle':
      return measured(() => verifiedBundle(task.file))
    case 'plain':
      return keepInFlight(task.inFlight, task.ms, async () => {
        said += 1
        return plain.insert(roomOf(0), bodyOf(said))
      })
    case 'append':
      return keepInFlight(task.inFlight, task.ms, () => heard(task.incidents))
  }
}

const answer = (said: unknown) => process.stdout.write(`${JSON.stringify(said)}\n`)
answer({})
for await (const line of createInterface({ input: process.stdin }))
  answer(await run(JSON.parse(line) as Task))
await plain.close()
await store.close()
