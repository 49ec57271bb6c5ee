/**
 * The first pass over a log that becomes a bundle: what leaves, what the log folds to, and which checkpoints and time
 * stamps it has. All that is kept of it is bounded by people's acts, by checkpoints and by files.
 */
import type { Manifest } from '../domain/bundle.ts'
import { FORMAT, reportedOf } from '../domain/bundle.ts'
import { type Selecting, selecting } from '../domain/bundle-scope.ts'
import { noteOf, type SignedNote } from '../domain/checkpoint.ts'
import { type Part, whyWords } from '../domain/damaged.ts'
import type { EventText } from '../domain/events.ts'
import { type EntryLine, sha256Hex } from '../domain/record.ts'
import type { Opened } from '../domain/seal.ts'
import { incidentFolder } from '../domain/verify/fold.ts'
import { ContentDamaged } from './damage.ts'
import type { BundleSource } from './source.ts'

export interface Survey {
  readonly manifest: Manifest
  readonly selection: Selecting
  /** In order; the last is the one over the bundle's own head, where the request was signed with it. */
  readonly checkpoints: readonly SignedNote[]
  /** Time stamps by the entry of the checkpoint they are over, as DER. */
  readonly stamps: ReadonlyMap<number, Buffer>
  /** Which texts and files are left out because they are damaged. */
  readonly isDamaged: (seq: number, part: Part) => boolean
}

export async function survey(source: BundleSource): Promise<Survey> {
  const { incident, scope, through } = source
  const selection = selecting(scope)
  const fold = incidentFolder(incident)
  const checkpoints: SignedNote[] = []
  const stamps = new Map<number, Buffer>()
  let last: { readonly line: EntryLine; readonly record: Buffer } | undefined
  for await (const { line, record } of source.log({ text: () => false })) {
    selection.note(line)
    if (!fold.add(line)) throw new Error(`entry ${line.seq} cannot be applied to the entries before it`)
    if (line.kind === 'checkpoint.signed') checkpoints.push(noteOf(line))
    const { entry, token } = line.data as { readonly entry?: number; readonly token?: string }
    if ((line.kind as string) === 'checkpoint.timestamped' && entry !== undefined && token !== undefined)
      stamps.set(entry, Buffer.from(token, 'base64'))
    last = { line, record }
  }
  const state = fold.state()
  if (!last || !state || last.line.seq !== through)
    throw new Error(`the log of ${incident} does not reach entry ${through}`)
  for await (const { line } of source.log({ from: through + 1, upTo: through + 1, text: () => false }))
    if (line.kind === 'checkpoint.signed') checkpoints.push(noteOf(line))
  const manifest: Manifest = {
    ...{ format: FORMAT, incident, scope, through },
    head: sha256Hex(last.record),
    at: last.line.at,
    practice: checkpoints.at(-1)?.practice ?? false,
    platform: state.platform,
    zone: state.organisation.zone,
    reported: reportedOf(state),
  }
  const damaged = new Set((source.damaged ?? []).map(({ seq, part }) => `${seq} ${part}`))
  const isDamaged = (seq: number, part: Part) => damaged.has(`${seq} ${part}`)
  return { manifest, selection, checkpoints, stamps, isDamaged }
}

export interface Leaving {
  readonly line: EntryLine
  readonly text: Opened | undefined
  /** Undefined: nothing was sealed, or it stays. */
  readonly words: EventText | undefined
}

/**
 * Every entry again, with what leaves of its text. `which` narrows what is opened. A text that is to leave and cannot
 * be had is a fault, unless it is named as damaged: a bundle that lacks it in silence would be taken for the whole.
 */
export async function* leaving(
  source: BundleSource,
  { selection, isDamaged }: Survey,
  which: (line: EntryLine) => boolean = () => true,
): AsyncGenerator<Leaving> {
  const leaves = (line: EntryLine) =>
    selection.verdict(line) === 'opened' && which(line) && !isDamaged(line.seq, 'text')
  for await (const { line, text, isBroken } of source.log({ text: leaves })) {
    if (!text && line.commit !== null && leaves(line))
      throw new ContentDamaged(line.seq, 'text', whyWords(isBroken ? 'does-not-open' : 'gone'))
    const words = text && (JSON.parse(text.body.toString('utf8')) as EventText)
    yield { line, text, words }
  }
}
