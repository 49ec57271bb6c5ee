/** What a bundle is made of, as its writer reads it: a log that ends with the request, and where the log is kept. */
import type { Scope } from '../domain/bundle-scope.ts'
import type { Damage } from '../domain/damaged.ts'
import { type EntryLine, ORGANISATION } from '../domain/record.ts'
import type { Opened } from '../domain/seal.ts'
import type { LogEntry, Reading } from '../store/read-log.ts'
import type { Store } from '../store/store.ts'

export interface BundleSource {
  readonly incident: string
  readonly scope: Scope
  /** The entry that asked for the bundle, and the last one in it. */
  readonly through: number
  readonly log: (which: Reading) => AsyncIterable<LogEntry>
  readonly file: (file: { readonly seq: number; readonly parts: number }) => AsyncIterable<Opened>
  /** The organisation's log, which says which keys sign checkpoints. */
  readonly organisation: () => AsyncIterable<{ readonly line: EntryLine }>
  /** The certificate of whoever stamps time, as PEM. */
  readonly tsaCa?: Uint8Array | undefined
  /** What is known not to be as it was recorded: it is left out, and named. Sorted by entry. */
  readonly damaged?: readonly Damage[]
}

/** Read anew on every pass: every bundle of the same request is the same bytes. */
export const storeSource = (
  store: Pick<Store, 'reading'>,
  { incident, scope, through, tsaCa }: Pick<BundleSource, 'incident' | 'scope' | 'through' | 'tsaCa'>,
): BundleSource => ({
  ...{ incident, scope, through, tsaCa },
  log: (which) => store.reading.log(incident, { upTo: through, ...which }),
  file: (file) => store.reading.file(incident, file),
  organisation: () => store.reading.log(ORGANISATION, { text: () => false }),
})
