/** The bundle's tables: decisions, everything in order, custody, and what counsel keeps back. */
import { files } from '../domain/bundle.ts'
import type { Verdict } from '../domain/bundle-scope.ts'
import { isCustody } from '../domain/custody.ts'
import type { EventText } from '../domain/events.ts'
import type { Late } from '../domain/late-entry.ts'
import type { EntryLine } from '../domain/record.ts'
import type { People } from '../domain/report/people.ts'
import type { Report } from '../domain/report/report.ts'
import { localIso } from '../domain/zone.ts'
import { detailsOf, kindWords } from '../views/report/details.ts'
import { whoWords, wordsOr } from '../views/report/words.ts'
import { csv, type Row } from './csv.ts'
import type { BundleSource } from './source.ts'
import type { Survey } from './survey.ts'
import { type Known, knownOf, type Told, telling } from './told.ts'
import type { ZipWriter } from './write-zip.ts'

const WITHHELD: Readonly<Record<Verdict, string>> = {
  opened: '',
  none: '',
  privileged: 'privileged',
  disposed: 'disposed of',
  'out-of-scope': 'outside the scope of this export',
}

const withheldWords = ({ isDamaged }: Survey, seq: number, verdict: Verdict): string =>
  verdict === 'opened' && (isDamaged(seq, 'text') || isDamaged(seq, 'file'))
    ? 'damaged: damaged.txt'
    : WITHHELD[verdict]

export async function addTables(
  source: BundleSource,
  found: Survey,
  report: Report,
  add: ZipWriter['add'],
): Promise<void> {
  const { zone } = found.manifest
  const known = await knownOf(source, found)
  const moments = ['recorded at (UTC)', `recorded at (${zone})`]
  const decided = ['decision', 'entry', ...moments, 'happened at', 'decided by', 'recorded by', 'what', 'why']
  await add(files.decisions, csv(decided, decisionRows(report, zone)))
  const told = [
    'entry',
    ...moments,
    'happened at',
    'what',
    'by',
    'details',
    'words',
    'withheld',
    'room',
    'message',
  ]
  await add(files.timeline, csv(told, entryRows(source, found, known, found.selection.belongs)))
  await add(
    files.custody,
    csv(
      told,
      entryRows(source, found, known, ({ kind }) => isCustody(kind)),
    ),
  )
  const withheld = [
    'entry',
    ...moments,
    'what',
    'author',
    'basis',
    'marked by',
    'marked at (UTC)',
    'marked in entry',
  ]
  await add(files.privilegeLog, csv(withheld, privilegedRows(source, found, known)))
}

const both = (zone: string, at: string) => [at, localIso(zone, at)] as const

function* decisionRows({ decisions }: Report, zone: string): Generator<Row> {
  for (const { number, seq, at, occurredAt, by, recordedBy, what, why } of decisions)
    yield [
      number,
      seq,
      ...both(zone, at),
      occurredAt,
      whoWords(by),
      recordedBy && whoWords(recordedBy),
      wordsOr(what),
      why,
    ]
}

async function* entryRows(
  source: BundleSource,
  found: Survey,
  known: Known,
  which: (line: EntryLine) => boolean,
): AsyncGenerator<Row> {
  for await (const told of telling(source, found, known, which)) {
    const { line, verdict, who } = told
    if (!which(line)) continue
    const { seq, at, kind, actor, source: place } = line
    const data = line.data as Late & { readonly room?: string | null; readonly message?: string | null }
    yield [
      ...[seq, ...both(found.manifest.zone, at), data.occurredAt ?? null, kindWords(kind), who(actor.id)],
      ...[detailsOf(kind, data, who), wordsOf(told, known.people), withheldWords(found, seq, verdict)],
      ...[data.room ?? place?.room ?? null, data.message ?? place?.message ?? null],
    ]
  }
}

async function* privilegedRows(source: BundleSource, found: Survey, known: Known): AsyncGenerator<Row> {
  const { selection, manifest } = found
  for await (const { line, verdict, who } of telling(source, found, known, () => false)) {
    const mark = verdict === 'privileged' ? known.marks.get(selection.privilegedBy(line) ?? 0) : undefined
    if (!mark) continue
    const { author = line.actor.id } = line.data as { readonly author?: string }
    yield [
      ...[line.seq, ...both(manifest.zone, line.at), kindWords(line.kind), who(author)],
      ...[mark.basis, mark.by, mark.line.at, mark.line.seq],
    ]
  }
}

/** A salt is no word, and stands in `content/`. */
function wordsOf({ line, words }: Told, people: People): string | null {
  if (!words) return null
  const said = Object.entries(words as EventText).filter(([name, each]) => name !== 'salt' && each !== '')
  const [only] = said
  if (said.length === 1 && only?.[0] === 'body') return people.words(only[1], line.seq)
  return said.map(([name, each]) => `${name}: ${people.words(each, line.seq)}`).join('\n')
}
