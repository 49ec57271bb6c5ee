/** The checklist as it stands at the end: every item with who settled it, when, and the proof they gave. */
import type { EventText } from '../events.ts'
import type { IncidentState } from '../incident.ts'
import { itemsOf } from '../incident-items.ts'
import type { EntryLine } from '../record.ts'
import type { People } from './people.ts'
import { readEntry } from './read.ts'
import type { ItemRow, LateAct } from './report.ts'

interface Settled {
  readonly seq: number
  readonly by: () => LateAct
  readonly proof: () => string | null
}

export function gatherItems(people: People) {
  /** The last entry about each item: an item settled again and again is held once. */
  const settled = new Map<string, Settled>()
  const labels = new Map<string, () => string | null>()
  return {
    add(line: EntryLine, words: EventText | undefined, state: IncidentState): void {
      if (!line.kind.startsWith('item.')) return
      const { item } = line.data as { readonly item: string }
      const read = readEntry(line, words, state, people)
      if (line.kind === 'item.added') labels.set(item, read.say('title', 'label'))
      else settled.set(item, { seq: line.seq, by: read.late(), proof: read.say('note', 'reason') })
    },
    done: (state: IncidentState): readonly ItemRow[] =>
      itemsOf(state).map((item) => {
        const last = settled.get(item.id)
        return {
          ...item,
          label: labels.get(item.id)?.() ?? null,
          settledBy: last?.by() ?? null,
          proof: last?.proof() ?? null,
        }
      }),
  }
}
