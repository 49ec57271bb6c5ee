/** An entry as a row is made of it: people as they stood at that moment, their names looked up when all are known. */
import type { EventText } from '../events.ts'
import type { IncidentState } from '../incident.ts'
import type { Late } from '../late-entry.ts'
import type { EntryLine } from '../record.ts'
import { mention, outside, type People, type Who } from './people.ts'
import type { Act, LateAct } from './report.ts'

export interface Read<D = unknown> {
  readonly seq: number
  readonly at: string
  readonly data: D
  /** What was said, name by name; empty where it is not told. */
  readonly text: EventText
  /** The state with this entry in it. */
  readonly state: IncidentState
  /** Resolved when the report is finished. */
  readonly who: (person: string) => () => Who
  readonly act: () => () => Act
  readonly late: () => () => LateAct
  /** The first of these words that was said. */
  readonly say: (...names: readonly string[]) => () => string | null
}

export function readEntry(
  line: EntryLine,
  words: EventText | undefined,
  state: IncidentState,
  people: People,
): Read {
  const { seq, at, data, actor } = line
  const who = (person: string) => {
    const named = mention(person, seq, state)
    return () => people.who(named)
  }
  const act = () => {
    const by = who(actor.id)
    return () => ({ seq, at, by: by() })
  }
  return {
    ...{ seq, at, data, state, who, act, text: words ?? {} },
    late() {
      const { byPerson, occurredAt = null } = data as Late
      const stranger = words?.by
      const wrote = who(actor.id)
      const did = stranger ? () => outside(stranger) : who(byPerson ?? actor.id)
      const isAnother = stranger !== undefined || (byPerson !== undefined && byPerson !== actor.id)
      return () => ({ seq, at, by: did(), recordedBy: isAnother ? wrote() : null, occurredAt })
    },
    say(...names) {
      const found = names.map((name) => words?.[name]).find((text) => text?.trim())
      return () => (found === undefined ? null : people.words(found, seq))
    },
  }
}
