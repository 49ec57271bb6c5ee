/** The public keys a bundle's checkpoints are signed with, and the statements by which each handed on to the next. */
import { files, keyPath, rotationPath } from '../domain/bundle.ts'
import { publicKeyOf, rotationText, type SignedNote } from '../domain/checkpoint.ts'
import type { EventOf } from '../domain/events.ts'
import type { BundleSource } from './source.ts'

type Rotated = EventOf<'checkpoint.key_rotated'>['data'] & { readonly at: string; readonly turn: number }

export const pemOf = (spki: string): Buffer =>
  Buffer.from(publicKeyOf(spki).export({ format: 'pem', type: 'spki' }))

/** Only keys up to the last one a checkpoint names: one that came later is not this bundle's. */
export async function* keyFiles(
  source: Pick<BundleSource, 'organisation'>,
  checkpoints: readonly SignedNote[],
): AsyncGenerator<readonly [path: string, bytes: Buffer]> {
  const keys: { readonly fingerprint: string; readonly publicKey: string }[] = []
  const rotations: Rotated[] = []
  for await (const { line } of source.organisation()) {
    if (line.kind === 'checkpoint.key_set') {
      const { key, publicKey } = line.data as EventOf<'checkpoint.key_set'>['data']
      keys.push({ fingerprint: key, publicKey })
    } else if (line.kind === 'checkpoint.key_rotated') {
      const data = line.data as EventOf<'checkpoint.key_rotated'>['data']
      keys.push({ fingerprint: data.to, publicKey: data.publicKey })
      rotations.push({ ...data, at: line.at, turn: rotations.length + 1 })
    }
  }
  const named = new Set(checkpoints.map(({ key }) => key))
  const turns = keys.flatMap(({ fingerprint }, turn) => (named.has(fingerprint) ? [turn] : []))
  const [first, last] = [turns.at(0) ?? 0, turns.at(-1) ?? -1]
  const current = keys.find(({ fingerprint }) => fingerprint === checkpoints.at(-1)?.key)
  if (current) yield [files.key, pemOf(current.publicKey)]
  for (const { fingerprint, publicKey } of keys.slice(first, last + 1))
    yield [keyPath(fingerprint), pemOf(publicKey)]
  for (const rotation of rotations.slice(first, Math.max(first, last))) {
    const { turn, signature, accepted } = rotation
    yield [rotationPath(turn, 'txt'), Buffer.from(rotationText(rotation))]
    yield [rotationPath(turn, 'from.sig'), Buffer.from(signature, 'base64')]
    yield [rotationPath(turn, 'accepted.sig'), Buffer.from(accepted, 'base64')]
  }
}
