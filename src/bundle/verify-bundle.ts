/**
 * Checks a bundle with nothing but itself: sums, chain, checkpoints, time stamps, what was opened, and what the folded
 * record comes to. The checks do not stop at each other's findings, so that what each of them catches can be told apart.
 */
import { files } from '../domain/bundle.ts'
import type { Damage } from '../domain/damaged.ts'
import { EMPTY_HEAD, type EntryLine, type Head, sha256Hex } from '../domain/record.ts'
import { falseClaims, falseOutcome } from '../domain/verify/claims.ts'
import { disposalFaults } from '../domain/verify/disposal.ts'
import { type Finding, findings } from '../domain/verify/finding.ts'
import { incidentFolder } from '../domain/verify/fold.ts'
import { brokenLink, isOfKnownKind } from '../domain/verify/line.ts'
import type { Witness } from '../domain/verify/note.ts'
import { witnessFault } from '../domain/verify/witness.ts'
import { readManifest } from './bundle-manifest.ts'
import type { Parts } from './read-parts.ts'
import { reading } from './reading.ts'
import { checkpointsOf, type Signed, type Stamped } from './verify-checkpoints.ts'
import { contentsOf } from './verify-contents.ts'
import { readKeys } from './verify-keys.ts'
import { eachLine, selected } from './verify-lines.ts'

export interface Verified {
  readonly incident: string
  readonly entries: number
  readonly opened: number
  readonly files: number
  readonly checkpoints: number
  readonly stamps: number
  readonly practice: boolean
  readonly signed: Signed | undefined
  readonly stamped: Stamped | undefined
  /** The first entry of a kind this version does not know: what it means cannot be checked. */
  readonly unknownKind: number | undefined
  /** What the bundle says it lacks; each of it is among the findings. */
  readonly damaged: { readonly count: number; readonly said: readonly Damage[] }
  readonly findings: readonly Finding[]
}

export async function verifyBundle(parts: Parts, witnesses: readonly Witness[] = []): Promise<Verified> {
  const found = findings()
  const read = await reading(parts, found)
  const { manifest, isCanonical } = await readManifest(read)
  const { incident } = manifest
  if (!isCanonical) found.add('outcome', null, `${files.manifest} is not written as Wardroom writes it`)
  const keys = await readKeys(read, found)
  const checkpoints = checkpointsOf(read, keys, found)
  const contents = contentsOf(read, found, await selected(read, found, manifest))
  const fold = incidentFolder(incident)
  const disposalFault = disposalFaults()
  const hashes = new Map(witnesses.map(({ note }) => [note.seq, '']))
  let head: Head = EMPTY_HEAD
  let last: EntryLine | undefined
  let entries = 0
  let unknownKind: number | undefined
  let isFolded = true

  await eachLine(read, found, async (line, record) => {
    const broken = brokenLink(head, line, record, incident)
    if (broken) found.add('chain', head.seq + 1, broken)
    const undue = disposalFault(line, record)
    if (undue) found.add('chain', line.seq, undue)
    await checkpoints.see(line, head)
    await contents.see(line)
    if (!isOfKnownKind(line)) unknownKind ??= line.seq
    if (isFolded && unknownKind === undefined && !fold.add(line)) {
      isFolded = false
      found.add('outcome', line.seq, 'it cannot be applied to the entries before it')
    }
    head = { seq: line.seq, hash: sha256Hex(record) }
    if (hashes.has(head.seq)) hashes.set(head.seq, head.hash)
    last = line
    entries += 1
  })
  await contents.done()
  const signed = await checkpoints.done(incident, head)
  for (const [seq, what] of falseClaims(manifest, last, head)) found.add('chain', seq, what)
  if (signed && signed.practice !== manifest.practice)
    found.add('signature', null, 'the bundle and its last checkpoint differ in whether this was practice')
  if (isFolded && unknownKind === undefined)
    for (const what of falseOutcome(manifest, fold.state())) found.add('outcome', null, what)
  for (const witness of witnesses) {
    const record = { incident, head, ring: keys.ring, hashAt: (seq: number) => hashes.get(seq) }
    const why = witnessFault(witness, record)
    if (why) found.add('witness', witness.note.seq, why)
  }
  await read.rest()
  return {
    ...{ incident, entries, opened: contents.opened(), files: contents.files(), practice: manifest.practice },
    ...{ checkpoints: checkpoints.count(), stamps: checkpoints.stamps(), stamped: checkpoints.newest() },
    ...{ signed, unknownKind, damaged: contents.damaged() },
    findings: found.list(),
  }
}
