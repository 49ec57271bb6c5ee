/**
 * What a batch of evidence adds to its logs, from where they stand: nothing is asked and nothing is written here, so a batch
 * may be made ready before the one ahead of it is committed. A number is never spent on a message seen before.
 */
import type { Event } from '../domain/events.ts'
import type { Head } from '../domain/record.ts'
import { addEntry, noRows, type Stamp } from './append.ts'
import type { Batch } from './append-batch.ts'
import type { Outgoing } from './unit.ts'

/** One state of a message, or one other fact, under the content key that every telling of it carries. */
export interface Version {
  readonly key: string
  readonly event: Event
  /** Also taken with the version; a retelling whose coarse key is taken already tells nothing new. */
  readonly coarseKey?: string
  readonly isRetelling?: boolean
  /** What follows it after the commit: files to fetch, nudges to send. */
  readonly fetches?: readonly Follows[]
}

/** A row of the outbox that is queued once, whoever told of what it follows. */
export interface Follows {
  readonly key: string
  /** Only where this key is on the record. */
  readonly after?: string
  /** Taken with it, for what may come after. */
  readonly marks?: string
  readonly row: (incident: string, seq: number) => Outgoing
}

export interface EvidenceItem {
  /** Content key of the message it is about. */
  readonly messageKey: string
  readonly platform: string
  readonly workspace: string
  readonly room: string
  readonly stamp: Stamp
  /** Of a message: the root of its thread, '' where it is none's reply. Undefined: these are no versions of a message. */
  readonly thread?: string
  /** Oldest first. A version already on the record is skipped, so any order of arrival ends with every version once. */
  readonly versions: readonly Version[]
}

export type EvidenceResult = 'recorded' | 'seen' | 'no-incident' | 'busy'

export const placeKey = (place: { platform: string; workspace: string; room: string }): string =>
  `${place.platform}\n${place.workspace}\n${place.room}`

export const keysOf = ({ messageKey, versions }: EvidenceItem): string[] => [
  messageKey,
  ...versions.flatMap(({ key, coarseKey = key, fetches = [] }) => [
    key,
    coarseKey,
    ...fetches.flatMap((each) => [each.key, each.after, each.marks].filter((one) => one !== undefined)),
  ]),
]

/** Where logs stand, as a database said under their locks, or as a batch will leave them. */
export interface Standing {
  /** By place. */
  readonly incidents: ReadonlyMap<string, string>
  /** Of logs that are held by nobody else. */
  readonly heads: ReadonlyMap<string, Head>
  /** Since which entry a log's data key holds. */
  readonly keysAt: ReadonlyMap<string, number>
  readonly deks: ReadonlyMap<string, Buffer>
  /** Keys on the record, with their entries. */
  readonly numbers: ReadonlyMap<string, number | undefined>
}

export interface Plan {
  readonly results: readonly EvidenceResult[]
  readonly batch: Batch
  readonly outgoing: readonly Outgoing[]
  readonly after: Standing
}

export function planEvidence(items: readonly EvidenceItem[], before: Standing): Plan {
  const heads = new Map(before.heads)
  const numbers = new Map(before.numbers)
  const rows = noRows()
  const fresh: { key: string; incident: string; seq: number; thread: string | null }[] = []
  const outgoing: Outgoing[] = []
  const moved = new Set<string>()
  const results = items.map((item): EvidenceResult => {
    const incident = before.incidents.get(placeKey(item))
    if (!incident) return 'no-incident'
    let head = heads.get(incident)
    const dek = before.deks.get(incident)
    if (!head || !dek) return 'busy'
    let isNew = false
    const take = (key: string, seq: number, thread: string | null): boolean => {
      if (numbers.has(key)) return false
      numbers.set(key, seq)
      fresh.push({ key, incident, seq, thread })
      return true
    }
    const thread = item.thread ?? null
    const fetchFor = (seq: number, fetches: NonNullable<Version['fetches']>): void => {
      for (const { key, after, marks, row } of fetches) {
        if ((after !== undefined && !numbers.has(after)) || !take(key, seq, null)) continue
        if (marks !== undefined) take(marks, seq, null)
        outgoing.push(row(incident, seq))
      }
    }
    for (const { key, coarseKey = key, isRetelling, event, fetches = [] } of item.versions) {
      if (numbers.has(key) || (isRetelling && numbers.has(coarseKey))) {
        // A later telling may name files that an earlier one did not.
        const known = numbers.get(key) ?? numbers.get(coarseKey)
        if (known !== undefined) fetchFor(known, fetches)
        continue
      }
      const ref = event.ref ?? numbers.get(item.messageKey)
      const about = ref === undefined ? event : { ...event, ref }
      head = addEntry(rows, incident, dek, head, { event: about, stamp: item.stamp })
      const { seq } = head
      take(key, seq, thread)
      take(coarseKey, seq, thread)
      fetchFor(seq, fetches)
      isNew = true
    }
    if (!isNew) return 'seen'
    heads.set(incident, head)
    moved.add(incident)
    return 'recorded'
  })
  const moves = [...new Set([...moved, ...fresh.map(({ incident }) => incident)])].map((incident) => ({
    incident,
    before: before.heads.get(incident)!,
    after: heads.get(incident)!,
  }))
  return {
    results,
    batch: { ...rows, fresh, heads: moves },
    outgoing,
    after: { ...before, heads, numbers },
  }
}
