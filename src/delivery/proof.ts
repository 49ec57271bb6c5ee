/**
 * A file that was given as proof of a notification: once its bytes are on the record the notification has its proof, and
 * where they are not, whoever gave it is told. In the commit that ends the fetch, so neither is ever said of the other.
 */
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { commitEvents, SYSTEM } from '../pipeline/commit.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Unit } from '../store/unit.ts'
import type { Delivering, Outcome } from './delivering.ts'

/** `seq`: the entry of the fetch's outcome. Nothing where nobody waits for it any more: the step was taken back. */
export async function settleProof(
  delivering: Delivering,
  unit: Unit,
  { verb, incident, args }: Pick<Claimed, 'verb' | 'incident' | 'args'>,
  { events }: Outcome,
  seq: number | undefined,
): Promise<void> {
  if (verb !== 'file' || seq === undefined) return
  const [told] = events
  const state = await unit.incident(incident)
  const settled =
    state && told ? proofsOf(state, String(args.file), told, seq, delivering.capturing.keep) : []
  if (settled.length === 0) return
  const stamp = { actor: { ...SYSTEM, kind: 'bot' as const }, at: delivering.now(), source: null }
  await commitEvents(unit, incident, state, settled, stamp, delivering.telling)
}

export function proofsOf(
  { notifications }: Pick<IncidentState, 'notifications'>,
  file: string,
  told: Event,
  seq: number,
  keep: Delivering['capturing']['keep'],
): readonly Event[] {
  const { name = '', sha256 } = told.text ?? {}
  const text = { [`file:${seq}`]: name, ...(sha256 ? { [`sha256:${seq}`]: sha256 } : {}) }
  return Object.entries(notifications).flatMap(([clock, { given }]) =>
    given
      .filter((each) => each.file === file)
      .slice(0, 1)
      .map(({ by: person, seq: ref, isPosted }) => {
        const why = lossOf(told, isPosted || keep === 'reference')
        return why === undefined
          ? event('notification.proved', { clock, files: [seq], file, person }, text, ref)
          : event('notification.file_lost', { clock, file, why, person }, undefined, ref)
      }),
  )
}

/** Undefined: it is on the record, and proves something. */
function lossOf(told: Event, mayBeReference: boolean): string | undefined {
  if (told.kind === 'file.not_captured') return told.data.why
  if (told.kind !== 'file.added') return 'fault'
  if (told.data.size === 0 && told.data.kept !== 'reference') return 'empty'
  return told.data.kept === 'reference' && !mayBeReference ? 'unsupported' : undefined
}
