/** What a bundle's first page claims, against the record in it. */
import { isDeepStrictEqual } from 'node:util'
import { type Manifest, reportedOf } from '../bundle.ts'
import type { IncidentState } from '../incident.ts'
import type { EntryLine, Head } from '../record.ts'

/** Every bundle ends with the entry that asks for it. */
const REQUEST = 'export.requested'

/** Each claim that does not hold, with the entry it is about. */
export function* falseClaims(
  manifest: Manifest,
  last: EntryLine | undefined,
  head: Head,
): Generator<readonly [number, string]> {
  if (!last || manifest.through !== head.seq)
    yield [
      head.seq + 1,
      `the bundle says it goes through entry ${manifest.through}, and ends after ${head.seq}`,
    ]
  else if (manifest.head !== head.hash) yield [head.seq, 'it is not the last entry the bundle names']
  if (!last) return
  if (last.kind !== REQUEST) yield [head.seq, 'the last entry does not ask for an export']
  const { scope, from, to } = last.data as { scope?: string; from?: string | null; to?: string | null }
  const asked = { kind: scope, from: from ?? null, to: to ?? null }
  if (last.kind === REQUEST && !isDeepStrictEqual(asked, { ...manifest.scope }))
    yield [head.seq, 'another scope was asked for than the bundle says']
  if (last.at !== manifest.at) yield [head.seq, 'it was recorded at another time than the bundle says']
}

/** Of the folded record, undefined where it could not be folded. */
export function* falseOutcome(manifest: Manifest, state: IncidentState | null): Generator<string> {
  if (!state) return yield 'the record does not make an incident'
  if (!isDeepStrictEqual(reportedOf(state), manifest.reported))
    yield 'what the bundle reports is not what its record comes to'
  if (state.platform !== manifest.platform || state.organisation.zone !== manifest.zone)
    yield 'the bundle names another platform or zone than its record'
}
