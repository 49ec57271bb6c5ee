/** The log again, as tables tell it: with the state as it was, so that people stand with the name and role they had then. */
import type { Verdict } from '../domain/bundle-scope.ts'
import type { EventText } from '../domain/events.ts'
import type { EntryLine } from '../domain/record.ts'
import { mention, type People, peopleOnRecord } from '../domain/report/people.ts'
import { incidentFolder } from '../domain/verify/fold.ts'
import { whoWords } from '../views/report/words.ts'
import type { BundleSource } from './source.ts'
import { leaving, type Survey } from './survey.ts'

/** What is known only when the whole log has been read: people's names, and why something is privileged. */
export interface Known {
  readonly people: People
  readonly marks: ReadonlyMap<
    number,
    { readonly line: EntryLine; readonly basis: string | null; readonly by: string }
  >
}

export interface Told {
  readonly line: EntryLine
  readonly words: EventText | undefined
  readonly verdict: Verdict
  /** `Dana Reyes (privacy officer)`, as of this entry. */
  readonly who: (person: string) => string
}

const MARKING = ['privilege.marked', 'privilege.room_requested']
const KNOWN = ['person.named', ...MARKING]

export async function knownOf(source: BundleSource, found: Survey): Promise<Known> {
  const people = peopleOnRecord()
  const marks = new Map<number, { line: EntryLine; words: EventText | undefined; by: () => string }>()
  const fold = incidentFolder(source.incident)
  for await (const { line, words } of leaving(source, found, ({ kind }) => KNOWN.includes(kind))) {
    fold.add(line)
    const kind: string = line.kind
    const { person } = line.data as { readonly person?: string }
    if (kind === 'person.named' && person && words?.name) people.name(person, line.seq, words.name)
    if (!MARKING.includes(kind)) continue
    const by = mention(line.actor.id, line.seq, fold.state())
    marks.set(line.seq, { line, words, by: () => whoWords(people.who(by)) })
  }
  const settled = [...marks].map(
    ([seq, { line, words, by }]) => [seq, { line, basis: words?.basis ?? null, by: by() }] as const,
  )
  return { people, marks: new Map(settled) }
}

/** `which` narrows whose words are opened, and nothing else. */
export async function* telling(
  source: BundleSource,
  found: Survey,
  { people }: Known,
  which: (line: EntryLine) => boolean = () => true,
): AsyncGenerator<Told> {
  const fold = incidentFolder(source.incident)
  for await (const { line, words } of leaving(source, found, which)) {
    fold.add(line)
    const state = fold.state()
    yield {
      ...{ line, words, verdict: found.selection.verdict(line) },
      who: (person) => whoWords(people.who(mention(person, line.seq, state))),
    }
  }
}
