/**
 * Keys live outside the database: whoever holds only the database reads nothing. Embedded, they are files made at the first
 * start, in `dataDir/keys`; call this before opening the database, so that a cluster without its key is known to have lost it.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprintOf } from '../domain/fingerprint.ts'
import { makeKeyFile, makeKeyFolder, readKeyFile } from './key-files.ts'

export type KeyOptions = {
  /** Embedded only: where keys are made when none is given. */
  dataDir?: string | undefined
  /** Base64 of 32 bytes, from the environment or from a file. */
  recordKey?: string | undefined
  recordKeyFile?: string | undefined
}

/** Wraps the data key of each log. A key object, so that it cannot be printed by mistake. */
export type RecordKey = KeyObject

export type Keys = {
  kek: RecordKey
  fingerprint: string
  /** Where further keys (checkpoint.key) belong; undefined when the key was given. */
  folder: string | undefined
}

const nonceBytes = 12
const tagBytes = 16

export function loadKeys({ dataDir, recordKey, recordKeyFile }: KeyOptions): Keys {
  if (recordKey !== undefined && recordKeyFile !== undefined)
    throw new Error('RECORD_KEY and RECORD_KEY_FILE are both set: keep one.')
  if (recordKey !== undefined) return keys(decode(recordKey, 'RECORD_KEY'), undefined)
  if (recordKeyFile !== undefined) return keys(decode(readKeyFile(recordKeyFile), recordKeyFile), undefined)
  if (dataDir === undefined)
    throw new Error(
      'With DATABASE_URL the record key must be given: set RECORD_KEY (openssl rand -base64 32) or RECORD_KEY_FILE.',
    )
  const folder = makeKeyFolder(dataDir)
  const file = join(folder, 'kek.key')
  if (!existsSync(file)) {
    if (existsSync(join(dataDir, 'pg')))
      throw new Error(
        `The record's key is missing: restore ${file} from its backup. A new key cannot open the record.`,
      )
    makeKeyFile(file, randomBytes(32).toString('base64'))
  }
  return keys(decode(readKeyFile(file), file), folder)
}

function keys(kek: Buffer, folder: string | undefined): Keys {
  return { kek: createSecretKey(kek), fingerprint: fingerprintOf('wardroom record key', kek), folder }
}

function decode(text: string, from: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32 || key.toString('base64') !== text.trim())
    throw new Error(`${from} is not a key: it must be the base64 of 32 bytes (openssl rand -base64 32).`)
  return key
}

export function newDataKey(): Buffer {
  return randomBytes(32)
}

/** nonce ‖ ciphertext ‖ tag, bound to its incident: a wrapped key moved to another row does not unwrap. */
export function wrapKey(kek: RecordKey, incident: string, dek: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', kek, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(incident))
  return Buffer.concat([nonce, cipher.update(dek), cipher.final(), cipher.getAuthTag()])
}

export class KeyBroken extends Error {
  override readonly name = 'KeyBroken'
}

export function unwrapKey(kek: RecordKey, incident: string, wrapped: Uint8Array): Buffer {
  const bytes = Buffer.from(wrapped)
  if (bytes.length !== nonceBytes + 32 + tagBytes)
    throw new KeyBroken(`The data key of ${incident} is damaged.`)
  const decipher = createDecipheriv('aes-256-gcm', kek, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(incident))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    throw new KeyBroken(
      `The data key of ${incident} does not unwrap: it was changed, or wrapped by another key.`,
    )
  }
}
