/**
 * The key that signs checkpoints: Ed25519, outside the database, made at the first embedded start or given. The
 * database knows its keys by fingerprint, the organisation's log their public halves and how each followed the other.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprintOfCheckpointKey } from '../domain/fingerprint.ts'
import { makeKeyFile, makeKeyFolder, readKeyFile } from './key-files.ts'

export interface CheckpointKey {
  readonly secret: KeyObject
  /** Base64 of the public key's SPKI: what `openssl pkey -pubin -inform DER` reads. */
  readonly publicKey: string
  readonly fingerprint: string
}

export interface CheckpointKeyOptions {
  /** Embedded only: where the key is made when none is given. */
  readonly dataDir?: string | undefined
  /** PKCS8, as PEM or as the base64 of its DER. */
  readonly checkpointKey?: string | undefined
  readonly checkpointKeyFile?: string | undefined
}

export const checkpointKeyFileIn = (dataDir: string): string => join(dataDir, 'keys', 'checkpoint.key')

export function loadCheckpointKey(options: CheckpointKeyOptions): CheckpointKey {
  const { dataDir, checkpointKey, checkpointKeyFile } = options
  if (checkpointKey !== undefined && checkpointKeyFile !== undefined)
    throw new Error('CHECKPOINT_KEY and CHECKPOINT_KEY_FILE are both set: keep one.')
  if (checkpointKey !== undefined) return readCheckpointKey(checkpointKey, 'CHECKPOINT_KEY')
  if (checkpointKeyFile !== undefined)
    return readCheckpointKey(readKeyFile(checkpointKeyFile), checkpointKeyFile)
  if (dataDir === undefined)
    throw new Error(
      'With DATABASE_URL the checkpoint key must be given: set CHECKPOINT_KEY_FILE (openssl genpkey -algorithm ed25519 -out checkpoint.key) or CHECKPOINT_KEY.',
    )
  const file = checkpointKeyFileIn(dataDir)
  makeKeyFolder(dataDir)
  if (!existsSync(file)) makeKeyFile(file, newCheckpointKeyText())
  return readCheckpointKey(readKeyFile(file), file)
}

export const newCheckpointKeyText = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString().trim()

export function readCheckpointKey(text: string, from: string): CheckpointKey {
  const secret = privateKey(text.trim())
  if (secret?.asymmetricKeyType !== 'ed25519')
    throw new Error(
      `${from} is no Ed25519 private key in PKCS8, PEM or base64 (openssl genpkey -algorithm ed25519).`,
    )
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  return { secret, publicKey: spki.toString('base64'), fingerprint: fingerprintOfCheckpointKey(spki) }
}

function privateKey(text: string): KeyObject | undefined {
  try {
    return text.startsWith('-----BEGIN')
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    return undefined
  }
}
