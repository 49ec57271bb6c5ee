/** A log told in a test, line by line as the store keeps it, with the words opened beside each. No database. */
import type { Event, EventText, OrganisationFacts, Recorded } from '../../src/domain/events.ts'
import { event } from '../../src/domain/events.ts'
import { applyEvent, type IncidentState } from '../../src/domain/incident.ts'
import { clockMoves } from '../../src/domain/incident-clocks.ts'
import type { IncidentKind } from '../../src/domain/kinds.ts'
import { canonicalBytes, EMPTY_HEAD, type EntryLine, type Head, sha256Hex } from '../../src/domain/record.ts'
import { collectReport } from '../../src/domain/report/collect.ts'
import type { Report } from '../../src/domain/report/report.ts'

export const organisation: OrganisationFacts = {
  zone: 'America/New_York',
  entityType: 'covered_entity',
  holidays: ['2026-11-26', '2026-12-25', '2027-01-01', '2027-01-18'],
  regimes: ['hipaa'],
  table: '2026-11',
  targetDays: 45,
}

export interface Told {
  readonly incident: string
  readonly entries: { readonly line: EntryLine; readonly words: EventText | undefined }[]
  /** At this moment somebody does this; '' is Wardroom itself. */
  readonly act: (at: string, actor: string, ...events: readonly (Event | Foreign)[]) => void
  /** Messages, one a minute from here on. */
  readonly say: (at: string, actor: string, count: number) => void
}

/** A kind by its name, for kinds that other parts of the record define. */
export interface Foreign {
  readonly kind: string
  readonly data: object
  readonly text?: EventText
  readonly ref?: number
}

export const named = (person: string, name: string): Foreign => ({
  kind: 'person.named',
  data: { person },
  text: { name },
})

interface Beginning {
  readonly at: string
  readonly by: string
  readonly kind: IncidentKind
  readonly drill?: boolean
  readonly sentence?: string
  readonly regimes?: readonly string[]
  readonly excluded?: readonly string[]
}

export function tell(
  incident: string,
  { at, by, kind, drill = false, sentence, regimes, excluded = [] }: Beginning,
): Told {
  let head: Head = EMPTY_HEAD
  let state: IncidentState | null = null
  const entries: { line: EntryLine; words: EventText | undefined }[] = []

  function append(at: string, actor: string, { kind, data, text, ref }: Event | Foreign): void {
    const line = {
      ...{ v: 1, id: `e${head.seq + 1}`, incident, seq: head.seq + 1, prev: head.hash },
      ...{ at: new Date(at).toISOString(), kind, data, ref: ref ?? null, source: null },
      ...{ actor: { id: actor, kind: actor === '' ? 'system' : 'human' }, commit: text ? 'c' : null },
    } as EntryLine
    head = { seq: line.seq, hash: sha256Hex(canonicalBytes(line)) }
    const { at: recordedAt, seq } = line
    state = applyEvent(state, { kind, data, seq, at: recordedAt, actor } as Recorded, incident)
    entries.push({ line, words: text })
  }

  const told: Told = {
    incident,
    entries,
    act(at, actor, ...events) {
      for (const each of events) append(at, actor, each)
      const cause = entries.findLast(({ line }) => line.kind === 'fact.recorded')?.line.seq ?? 1
      const moves = clockMoves(state!, cause)
      if (moves.length > 0) append(at, '', event('clocks.changed', { moves }))
    },
    say(at, actor, count) {
      for (let minute = 0; minute < count; minute++) {
        const when = new Date(Date.parse(at) + minute * 60_000).toISOString()
        const message = `${head.seq}`
        append(
          when,
          actor,
          event(
            'message.posted',
            {
              ...{ room: 'C1', message, thread: null, author: actor, files: [] },
              ...{ recovered: false, asToldLater: false },
            },
            { body: 'said' },
          ),
        )
      }
    },
  }
  told.act(
    at,
    by,
    event(
      'incident.declared',
      {
        ...{ kind, drill, noticedAt: at, platform: 'slack', workspace: 'T1', excluded },
        organisation: { ...organisation, ...(regimes ? { regimes } : {}) },
        roster: {},
      },
      { sentence: sentence ?? 'something happened' },
    ),
  )
  return told
}

export function reportOf({ incident, entries }: Told): Report {
  const collected = collectReport(incident)
  for (const { line, words } of entries) collected.add(line, words)
  return collected.done()
}
