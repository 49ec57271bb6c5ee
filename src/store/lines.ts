/** A few lines of a log, found without folding it: custody's newest, a message's versions, the last thing created. */
import { and, asc, desc, eq, gt, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { custodyKinds } from '../domain/custody.ts'
import type { LinesWanted } from '../domain/lines-wanted.ts'
import { type EntryLine, ORGANISATION, parseLine } from '../domain/record.ts'
import { lastCreated } from '../domain/retention.ts'
import type { Handle } from './database.ts'
import { entry } from './schema.ts'

const PAGE = 200

export async function linesOf(
  on: Handle,
  incident: string,
  wanted: LinesWanted,
): Promise<readonly EntryLine[]> {
  if (wanted.of === 'custody') return custody(on, incident, wanted)
  if (wanted.of === 'digests')
    return select(
      on,
      and(eq(entry.incident, incident), ofKinds(['digest.sent'])),
      desc(entry.seq),
      wanted.limit,
    )
  if (wanted.of === 'retention') return sinceLastCreated(on, incident)
  if (wanted.of === 'files') return filesOf(on, incident, wanted)
  return aboutMessage(on, incident, wanted)
}

/** A line in canonical form says its kind in these bytes, and inside a string a quote never stands bare. */
const says = (bytes: string): SQL => sql`position(${Buffer.from(bytes)}::bytea in ${entry.record}) > 0`

async function select(on: Handle, where: SQL | undefined, order: SQL, limit: number): Promise<EntryLine[]> {
  const rows = await on.select({ record: entry.record }).from(entry).where(where).orderBy(order).limit(limit)
  return rows.map(({ record }) => parseLine(record))
}

/** With the newest page comes what was done to the whole record: checks of it and changes of its keys. */
async function custody(
  on: Handle,
  incident: string,
  { before, limit }: Extract<LinesWanted, { of: 'custody' }>,
): Promise<EntryLine[]> {
  const earlier = before === undefined ? undefined : lt(entry.seq, before)
  const own = and(eq(entry.incident, incident), earlier, ofKinds(custodyKinds))
  const lines = await select(on, own, desc(entry.seq), limit)
  if (before !== undefined || incident === ORGANISATION) return lines
  const kinds = custodyKinds.filter((kind) => kind !== 'access.')
  const whole = and(eq(entry.incident, ORGANISATION), ofKinds(kinds))
  return [...lines, ...(await select(on, whole, desc(entry.seq), WHOLE_RECORD))]
}

const WHOLE_RECORD = 5

/** Entries of these kinds; a kind that ends with a dot means all that begin so. A few too many, never one too few. */
export const ofKinds = (kinds: readonly string[]): SQL | undefined =>
  or(...kinds.map((kind) => says(`"kind":"${kind}${kind.endsWith('.') ? '' : '"'}`)))

async function sinceLastCreated(on: Handle, incident: string): Promise<EntryLine[]> {
  const found: EntryLine[] = []
  const last = lastCreated()
  for (let before = 2_147_483_647; ; before = found.at(-1)!.seq) {
    const of = and(eq(entry.incident, incident), lt(entry.seq, before))
    const page = await select(on, of, desc(entry.seq), PAGE)
    for (const line of page) {
      found.push(line)
      if (last.add(line) !== 'more') return found
    }
    if (page.length < PAGE) return found
  }
}

/** More than these entries about one message are read in another decision. */
const ABOUT = 500

async function aboutMessage(
  on: Handle,
  incident: string,
  wanted: Extract<LinesWanted, { of: 'message' }>,
): Promise<EntryLine[]> {
  const own = eq(entry.incident, incident)
  const [named] =
    'seq' in wanted ? await select(on, and(own, eq(entry.seq, wanted.seq)), asc(entry.seq), 1) : [undefined]
  const message = 'message' in wanted ? wanted.message : named && messageOf(named)
  if (message === undefined) return named ? [named] : []
  const about = and(own, gt(entry.seq, 0), says(`:${JSON.stringify(message)}`))
  const lines = await select(on, about, asc(entry.seq), ABOUT)
  return named && !lines.some(({ seq }) => seq === named.seq) ? [named, ...lines] : lines
}

/** The platform's id of the message that an entry holds or was typed in. */
const messageOf = (line: EntryLine): string | undefined =>
  (line.data as { message?: string | null }).message ?? line.source?.message ?? undefined

/** What may hold files: a message, or a form's answer. */
const HOLDS_FILES = /^(?:message\.|notification\.file_given$)/

async function filesOf(
  on: Handle,
  incident: string,
  wanted: Extract<LinesWanted, { of: 'files' }>,
): Promise<EntryLine[]> {
  const own = eq(entry.incident, incident)
  const numbered = async (seqs: readonly number[]) =>
    seqs.length === 0 ? [] : select(on, and(own, inArray(entry.seq, [...seqs])), asc(entry.seq), PAGE)
  const about = (message: string) => aboutMessage(on, incident, { of: 'message', message })
  const named = 'seqs' in wanted ? await numbered(wanted.seqs) : await about(wanted.message)
  const isFile = ({ kind }: EntryLine) => kind.startsWith('file.')
  // Of a file that is named itself only that one is meant: what it came in says whose it is.
  const carriers = await numbered(named.flatMap((line) => (isFile(line) && line.ref ? [line.ref] : [])))
  const messages = [...new Set(named.flatMap((line) => (isFile(line) ? [] : (messageOf(line) ?? []))))]
  const versions = (await Promise.all(messages.map(about))).flat()
  const holders = [...named, ...versions].filter(({ kind }) => HOLDS_FILES.test(kind))
  const refs = [...new Set(holders.map(({ seq }) => seq))]
  const isAbout = and(own, ofKinds(['file.']), or(...refs.map((seq) => says(`"ref":${seq},`))))
  const files = refs.length === 0 ? [] : await select(on, isAbout, asc(entry.seq), PAGE)
  const all = new Map([...named, ...carriers, ...holders, ...files].map((line) => [line.seq, line]))
  return [...all.values()].sort((one, other) => one.seq - other.seq)
}
