/**
 * Reads a log once, entry by entry, and keeps what people did: what it holds is bounded by their acts and by the hours
 * an incident lasted, never by its messages. Names may come later on the log than what their bearers did.
 */
import { isKnownKind } from '../event-kinds.ts'
import type { EventText, Recorded } from '../events.ts'
import { applyEvent, type IncidentState } from '../incident.ts'
import { incidentClocks } from '../incident-clocks.ts'
import { canonicalBytes, type EntryLine, sha256Hex } from '../record.ts'
import { gatherItems } from './items.ts'
import { peopleOnRecord } from './people.ts'
import type { Report } from './report.ts'
import { gatherRows } from './rows.ts'
import { tally } from './tally.ts'

export function collectReport(incident: string) {
  const people = peopleOnRecord()
  const rows = gatherRows(people)
  const items = gatherItems(people)
  const counts = tally()
  let state: IncidentState | null = null
  let last: EntryLine | undefined
  return {
    /** `words`: the opened text; undefined where it is privileged, out of scope or disposed of. */
    add(line: EntryLine, words: EventText | undefined): void {
      const kind: string = line.kind
      const { person } = line.data as { readonly person?: string }
      if (kind === 'person.named' && person && words?.name) people.name(person, line.seq, words.name)
      if (isKnownKind(line.kind)) state = applyEvent(state, recordedOf(line), incident)
      if (state) {
        rows.add(line, words, state)
        items.add(line, words, state)
      }
      counts.add(line)
      last = line
    },
    done(): Report {
      if (!state || !last) throw new Error(`${incident} has no declaration to report on`)
      const through = { seq: last.seq, at: last.at, head: sha256Hex(canonicalBytes(last)) }
      return {
        state,
        through,
        ...rows.done(state, through.at),
        items: items.done(state),
        clocks: incidentClocks(state, new Date(through.at)),
        ...counts.done(),
      }
    },
  }
}

const recordedOf = (line: EntryLine): Recorded =>
  ({ kind: line.kind, data: line.data, seq: line.seq, at: line.at, actor: line.actor.id }) as Recorded
