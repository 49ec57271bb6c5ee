import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { fingerprintOf } from '../../src/domain/fingerprint.ts'
import { assertSameKey } from '../../src/store/key-fingerprint.ts'
import { loadKeys, newDataKey, unwrapKey, wrapKey } from '../../src/store/keys.ts'
import { testDatabase } from '../support/database.ts'

const root = mkdtempSync(join(tmpdir(), 'wardroom-keys-'))
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(root, 'data-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const given = Buffer.alloc(32, 7).toString('base64')
const file = () => join(dataDir, 'keys', 'kek.key')
const modeOf = (path: string) => statSync(path).mode & 0o777

test('embedded, the key is made once, readable by its owner alone', () => {
  const first = loadKeys({ dataDir })
  expect(modeOf(join(dataDir, 'keys'))).toBe(0o700)
  expect(modeOf(file())).toBe(0o600)
  expect(readdirSync(join(dataDir, 'keys'))).toEqual(['kek.key'])
  expect(first.folder).toBe(join(dataDir, 'keys'))
  const again = loadKeys({ dataDir })
  expect(again.kek.equals(first.kek)).toBe(true)
  expect(again.fingerprint).toBe(first.fingerprint)
  expect(first.fingerprint).toMatch(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/)
})

test('two data directories have two keys', () => {
  expect(loadKeys({ dataDir }).fingerprint).not.toBe(
    loadKeys({ dataDir: mkdtempSync(join(root, 'data-')) }).fingerprint,
  )
})

test('a given key wins over the data directory, from the environment or from a file', () => {
  const keyFile = join(dataDir, 'given.key')
  writeFileSync(keyFile, `${given}\n`, { mode: 0o600 })
  const keys = [loadKeys({ dataDir, recordKey: given }), loadKeys({ recordKeyFile: keyFile })]
  for (const { fingerprint, folder } of keys) {
    expect(fingerprint).toBe(fingerprintOf('wardroom record key', Buffer.alloc(32, 7)))
    expect(folder).toBeUndefined()
  }
  expect(readdirSync(dataDir)).toEqual(['given.key'])
})

test.each<[string, () => unknown, RegExp]>([
  ['a server without a key', () => loadKeys({}), /must be given: set RECORD_KEY/],
  ['both ways of giving one', () => loadKeys({ recordKey: given, recordKeyFile: 'x' }), /both set/],
  ['an empty key', () => loadKeys({ recordKey: '' }), /RECORD_KEY is not a key/],
  ['a short key', () => loadKeys({ recordKey: Buffer.alloc(16).toString('base64') }), /base64 of 32 bytes/],
  ['a key in hex', () => loadKeys({ recordKey: 'ab'.repeat(32) }), /base64 of 32 bytes/],
  ['a key file that is not there', () => loadKeys({ recordKeyFile: join(root, 'none') }), /no key file at/],
])('%s is refused in one line that does not repeat the key', (_name, load, message) => {
  expect(load).toThrow(message)
  expect(load).toThrow(/^[^\n]+$/)
  expect(load).not.toThrow(/abab/)
})

test.each([0o640, 0o604, 0o620, 0o660])('a key file of mode %o is refused', (mode) => {
  loadKeys({ dataDir })
  chmodSync(file(), mode)
  expect(() => loadKeys({ dataDir })).toThrow(/can be read by others .+ chmod 600/)
})

test('a key folder open to others is refused', () => {
  mkdirSync(join(dataDir, 'keys'))
  chmodSync(join(dataDir, 'keys'), 0o750)
  expect(() => loadKeys({ dataDir })).toThrow(/mode 750\): run chmod 700/)
})

test('a cluster whose key was lost asks for the backup and makes no new key', () => {
  loadKeys({ dataDir })
  mkdirSync(join(dataDir, 'pg'))
  rmSync(file())
  expect(() => loadKeys({ dataDir })).toThrow(/restore .+kek\.key from its backup/)
  expect(readdirSync(join(dataDir, 'keys'))).toEqual([])
})

test('a data key unwraps for its own incident and key only', () => {
  const { kek } = loadKeys({ recordKey: given })
  const other = loadKeys({ dataDir }).kek
  const dek = newDataKey()
  const wrapped = wrapKey(kek, 'inc-2026-0001', dek)
  expect(unwrapKey(kek, 'inc-2026-0001', wrapped)).toEqual(dek)
  expect(wrapKey(kek, 'inc-2026-0001', dek)).not.toEqual(wrapped)
  expect(() => unwrapKey(kek, 'inc-2026-0002', wrapped)).toThrow(/inc-2026-0002 does not unwrap/)
  expect(() => unwrapKey(other, 'inc-2026-0001', wrapped)).toThrow(/does not unwrap/)
  expect(() => unwrapKey(kek, 'inc-2026-0001', wrapped.subarray(1))).toThrow(/damaged/)
  for (let at = 0; at < wrapped.length; at += 1) {
    const flipped = Buffer.from(wrapped)
    flipped[at]! ^= 1
    expect(() => unwrapKey(kek, 'inc-2026-0001', flipped)).toThrow(/does not unwrap/)
  }
})

test('keys do not print', () => {
  const keys = loadKeys({ dataDir })
  expect(JSON.stringify(keys)).not.toContain(readFileSync(file(), 'utf8').trim())
})

test('a database made with one key refuses another, whoever starts first', async () => {
  const database = await testDatabase()
  const starts = ['A', 'B'].map((key) => assertSameKey(database, 'record', key))
  const results = await Promise.allSettled(starts)
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  const first = results[0]!.status === 'fulfilled' ? 'A' : 'B'
  await assertSameKey(database, 'record', first)
  await expect(assertSameKey(database, 'record', 'C')).rejects.toThrow(
    `is C, but this database was made with ${first}`,
  )
  await database.close()
})
