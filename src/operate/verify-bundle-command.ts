/**
 * `wardroom verify <bundle>`: on any machine, with no database, network or configuration. A few lines; exit 0 whole,
 * 1 altered, 2 when it cannot be told.
 */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { withBundle } from '../bundle/open-bundle.ts'
import { asUnreadable, Unreadable } from '../bundle/read-parts.ts'
import { type Verified, verifyBundle } from '../bundle/verify-bundle.ts'
import { entriesOf } from '../domain/damaged.ts'
import { readWitness, type Witness } from '../domain/verify/note.ts'

interface Tools {
  readonly out: (line: string) => void
  readonly fail: (line: string) => void
}

export async function verifyBundleFile(
  path: string,
  witnessFile: string | undefined,
  { out, fail }: Tools,
): Promise<0 | 1 | 2> {
  const witnesses = await witnessesIn(witnessFile, fail)
  if (!witnesses) return 2
  try {
    const verified = await withBundle(path, (parts) => verifyBundle(parts, witnesses))
    for (const line of report(verified, witnesses)) out(plain(line))
    if (verified.findings.length > 0) return 1
    return verified.unknownKind === undefined ? 0 : 2
  } catch (error) {
    fail(cannot(path, error))
    return 2
  }
}

function cannot(file: string, error: unknown): string {
  const unreadable = asUnreadable(error)
  if (!unreadable) throw error
  return plain(`${basename(file)} cannot be checked: ${unreadable.message}`)
}

function* report(verified: Verified, witnesses: readonly Witness[]): Generator<string> {
  const { incident, entries, opened, files, checkpoints, stamps, findings, unknownKind, signed, stamped } =
    verified
  const { damaged } = verified
  for (const { check, seq, what } of findings)
    yield `${incident}: ${seq === null ? '' : `entry ${seq} — `}${what} [${check}]`
  if (unknownKind !== undefined)
    yield `${incident}: entry ${unknownKind} is of a kind this version does not know: a newer Wardroom made it. Update, and check again.`
  if (damaged.count > 0)
    yield `${incident}: ${damaged.count === 1 ? 'one text or file was' : `${damaged.count} texts and files were`} damaged on the server when this was exported, of ${entriesOf(damaged.said)}${damaged.count > damaged.said.length ? ' and more' : ''}: damaged.txt names them.`
  if (findings.length > 0) return yield 'The bundle is NOT whole.'
  if (unknownKind !== undefined) return yield 'Whether the bundle is whole cannot be told.'
  const counts = [
    `${entries} entries`,
    `${opened} texts and ${files} files opened`,
    `${checkpoints} checkpoints`,
    ...(stamps > 0 ? [`${stamps} time stamps`] : []),
  ]
  yield `${incident}: ${counts.join(', ')} — whole`
  if (signed)
    yield `Signed up to entry ${entries} at ${signed.at} by the key ${signed.key}: compare it with the one the room was shown when it opened.`
  if (stamped)
    yield `Time-stamped through entry ${stamped.entry} at ${stamped.at} by ${stamped.signer}${stamped.isTrusted ? '' : ', whose certificates are not among the files'}.`
  for (const { note, signature } of witnesses)
    yield `The post over entry ${note.seq} agrees${signature === null ? '; its signature was not copied' : ''}.`
  if (verified.practice) yield 'Made in practice, where time is moved by hand: it proves nothing.'
  yield 'The bundle is whole.'
}

/** What a chat's copy may weigh; a whole thread of checkpoints is far below it. */
const WITNESS_BYTES = 1024 * 1024

/** Undefined: the file cannot be used, and why was said. */
export async function witnessesIn(
  file: string | undefined,
  fail: (line: string) => void,
): Promise<readonly Witness[] | undefined> {
  if (file === undefined) return []
  try {
    const { size } = await stat(file)
    if (size > WITNESS_BYTES) throw new Unreadable('it is too long for a copied post.')
    const found = readWitness(decoded(await readFile(file)))
    if (found.length > 0) return found
    throw new Unreadable(
      'there is no checkpoint in it. Copy the post whole, from "wardroom checkpoint" to its last line.',
    )
  } catch (error) {
    fail(cannot(file, error))
    return undefined
  }
}

/** Some editors save in sixteen bits. */
const decoded = (bytes: Buffer): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')

/** Names and numbers in a bundle are somebody else's words: nothing in them may move the cursor or fill the screen. */
const plain = (line: string): string => line.replace(/[\p{C}\u2028\u2029]/gu, '?').slice(0, 400)

/** Undefined: not what the command takes. */
export function readVerifyArguments(
  args: readonly string[],
): { readonly bundle?: string; readonly witness?: string } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { witness: { type: 'string' } },
      allowPositionals: true,
    })
    const [bundle, ...more] = positionals
    if (more.length > 0) return undefined
    return {
      ...(bundle === undefined ? {} : { bundle }),
      ...(values.witness === undefined ? {} : { witness: values.witness }),
    }
  } catch {
    return undefined
  }
}
