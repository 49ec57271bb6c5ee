/**
 * Makes the bundle that was asked for and brings it to whoever asked, alone. Interrupted anywhere it begins anew: the
 * same request gives the same bytes, what was sent already is found by its name, and no half file stays.
 */
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { ChatError, type MessageRef } from '../chat/port.ts'
import type { Scope } from '../domain/bundle-scope.ts'
import { type Damage, entriesOf } from '../domain/damaged.ts'
import { event } from '../domain/events.ts'
import { type EntryLine, sha256Hex } from '../domain/record.ts'
import { kept, takeBack } from '../outgoing/exports.ts'
import { commitEvents, SYSTEM } from '../pipeline/commit.ts'
import { sentWith } from '../views/exports.ts'
import { nameOf } from '../views/scene.ts'
import type { Job, Outcome } from './delivering.ts'
import { type Asked, type Made, makeBundle } from './export-file.ts'
import { named } from './export-names.ts'
import { held } from './held.ts'
import { allowed } from './people.ts'
import { mayHaveLandedSince } from './posting.ts'

/** A day outlasts what a platform calls an outage; whoever asked then learns where the bundle lies. */
const TRIED_FOR_MS = 24 * 3_600_000

export const exportBundle = (job: Job): Promise<Outcome> =>
  held(job, async () => {
    const asked = await askedIn(job)
    const naming = await named(job, asked)
    if (naming) return naming
    const made = await makeBundle(job, asked)
    await recordMade(job, asked, made)
    return bring(job, asked, made)
  })

async function askedIn({ row, delivering }: Job): Promise<Asked> {
  const { seq, person } = row.args as { seq: number; person: string }
  for await (const { line, record } of delivering.store.reading.log(row.incident, {
    ...{ from: seq, upTo: seq, text: () => false },
  }))
    if (line.kind === 'export.requested')
      return { seq, person, scope: scopeIn(line), head: sha256Hex(record) }
  throw new Error(`entry ${seq} asks for no export`)
}

function scopeIn(line: EntryLine): Scope {
  const {
    scope: kind,
    from,
    to,
  } = line.data as { scope: Scope['kind']; from: string | null; to: string | null }
  return { kind, from, to }
}

/** Before it goes anywhere. Made again with the same bytes, it is the same one; otherwise both are on the record. */
async function recordMade({ row, delivering }: Job, asked: Asked, made: Made): Promise<void> {
  const { incident } = row
  const { seq, scope, head } = asked
  const { sha256, bytes, damaged } = made
  const lacking = lackingOf(damaged)
  if (lacking) delivering.log.error({ incident, parts: lacking.parts }, 'an export lacks what is damaged')
  await delivering.store.write(async (unit) => {
    if (!(await unit.claim(`export:${incident}:${seq}:${sha256}`, incident))) return
    const state = await unit.incident(incident)
    const data = {
      ...{ sha256, bytes, head, scope: scope.kind, through: seq },
      ...(lacking ? { damaged: lacking } : {}),
    }
    const stamp = { actor: { ...SYSTEM, kind: 'bot' as const }, at: delivering.now(), source: null }
    await commitEvents(
      unit,
      incident,
      state,
      [event('export.created', data, undefined, seq)],
      stamp,
      delivering.telling,
    )
  }, {})
}

/** As many as a line holds; all of them stand in the bundle. */
const MOST_NAMED = 50

const lackingOf = (damaged: readonly Damage[]) =>
  damaged.length === 0
    ? undefined
    : {
        parts: damaged.length,
        entries: [...new Set(damaged.map(({ seq }) => seq))].slice(0, MOST_NAMED),
      }

async function bring(job: Job, asked: Asked, made: Made): Promise<Outcome> {
  const { port, state, row, delivering } = job
  const { person, seq } = asked
  const { code } = await allowed(port, person)
  // They may have left since they asked: then it is nobody's.
  if (code) {
    await rm(made.path, { force: true })
    return {
      outcome: code,
      events: [event('export.failed', { code, step: 'make', to: person }, undefined, seq)],
    }
  }
  const sent = made.bytes > port.capabilities.privateFileBytes ? undefined : await send(job, asked, made)
  if (!sent)
    return {
      outcome: 'kept',
      events: [delivered('server', person, { room: null, message: null }, seq)],
      also: (unit) => unit.enqueue(kept(state, person, keptWhere(job, made))),
    }
  // Before the commit: interrupted in between, it is made again and found to have been sent.
  await rm(made.path, { force: true })
  const at = delivering.now().toISOString()
  return {
    outcome: row.attempt > 1 ? 'sent at last' : 'sent',
    events: [delivered('direct-message', person, sent, seq)],
    also: (unit) => unit.enqueue(takeBack(state, { seq, person, ...sent, at })),
  }
}

const keptWhere = ({ delivering }: Job, { path, sha256, bytes, damaged }: Made) => ({
  ...{ path, sha256, bytes, host: delivering.exports.host },
  ...(damaged.length > 0 ? { damaged: entriesOf(damaged) } : {}),
})

const delivered = (
  how: 'direct-message' | 'server',
  to: string,
  { room, message }: { readonly room: string | null; readonly message: string | null },
  seq: number,
) => event('export.delivered', { how, to, room, message }, undefined, seq)

/** Undefined: the platform does not take it, so it stays where it is. */
async function send(job: Job, asked: Asked, made: Made): Promise<MessageRef | undefined> {
  const { port, row, state } = job
  const again = row.attempt > 1
  const comment = sentWith({
    ...{ name: nameOf(state), scope: asked.scope, through: asked.seq, sha256: made.sha256, again },
    ...(made.damaged.length > 0 ? { damaged: entriesOf(made.damaged) } : {}),
  })
  const file = { name: made.name, bytes: made.bytes, read: () => createReadStream(made.path), comment }
  try {
    return await port.sendFile(asked.person, file, again ? mayHaveLandedSince(job) : undefined)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    if (error.failure === 'transient' && row.triedForMs < TRIED_FOR_MS) throw error
    job.delivering.log.warn({ incident: row.incident, code: error.code }, 'an export stays on the server')
    return undefined
  }
}
