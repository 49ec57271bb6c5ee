/** The key that signs checkpoints: where it comes from, what is refused, and how one follows another on the record. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotationText, signText } from '../../src/domain/checkpoint.ts'
import type { EventOf } from '../../src/domain/events.ts'
import { type EntryLine, ORGANISATION, ZERO_HASH } from '../../src/domain/record.ts'
import { keyring } from '../../src/domain/verify/keyring.ts'
import { SYSTEM } from '../../src/pipeline/commit.ts'
import {
  checkpointKeyFileIn,
  loadCheckpointKey,
  newCheckpointKeyText,
  readCheckpointKey,
} from '../../src/store/checkpoint-key.ts'
import { checkpointKeys, rotateCheckpointKey, useCheckpointKey } from '../../src/store/checkpoint-keyring.ts'
import { temporaryFolder } from '../support/binary.ts'
import { AT, faults, linesOf, type TestRecord, testRecord } from '../support/record.ts'

const text = newCheckpointKeyText()
const newKey = () => readCheckpointKey(newCheckpointKeyText(), 'the test')

test('embedded, it is made once, readable by its owner alone', () => {
  const dataDir = temporaryFolder()
  const first = loadCheckpointKey({ dataDir })
  expect(statSync(checkpointKeyFileIn(dataDir)).mode & 0o777).toBe(0o600)
  expect(loadCheckpointKey({ dataDir }).fingerprint).toBe(first.fingerprint)
  expect(readdirSync(join(dataDir, 'keys'))).toEqual(['checkpoint.key'])
  expect(first.fingerprint).toMatch(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/)
})

test('given as PEM, as base64 and in a file it is the same key', () => {
  const der = createPrivateKey(text).export({ format: 'der', type: 'pkcs8' }).toString('base64')
  const checkpointKeyFile = join(temporaryFolder(), 'checkpoint.key')
  writeFileSync(checkpointKeyFile, text, { mode: 0o600 })
  const ways = [{ checkpointKey: text }, { checkpointKey: der }, { checkpointKeyFile }]
  expect(new Set(ways.map((way) => loadCheckpointKey(way).fingerprint)).size).toBe(1)
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
test.each([
  ['neither, with a server', {}, /With DATABASE_URL the checkpoint key must be given/],
  ['both', { checkpointKey: text, checkpointKeyFile: 'x' }, /both set: keep one/],
  ['words', { checkpointKey: 'secret' }, /CHECKPOINT_KEY is no Ed25519 private key/],
  [
    'another kind of key',
    { checkpointKey: rsa.export({ format: 'pem', type: 'pkcs8' }).toString() },
    /no Ed25519/,
  ],
])('%s is refused', (_, options, why) => {
  expect(() => loadCheckpointKey(options)).toThrow(why)
})

let record: TestRecord
const stamp = (seconds = 0) => ({ actor: SYSTEM, at: new Date(AT.getTime() + seconds * 1000), source: null })
const use = (key = newKey()) => record.store.write((unit) => useCheckpointKey(unit, key, stamp()))
const rotate = (from: ReturnType<typeof newKey>, to: ReturnType<typeof newKey>, seconds: number) =>
  record.store.write((unit) => rotateCheckpointKey(unit, from, to, stamp(seconds)))

beforeAll(async () => {
  record = await testRecord()
})
afterAll(() => record.close())

test('the record knows its keys; each hands on to the next, and any other refuses', async () => {
  const [one, two, three] = [newKey(), newKey(), newKey()]
  await use(one)
  await use(one)
  await expect(use(two)).rejects.toThrow(`this database was signed with ${one.fingerprint}`)
  await rotate(one, two, 60)
  await expect(use(one)).rejects.toThrow(`was replaced by ${two.fingerprint}`)
  await expect(rotate(one, three, 90)).rejects.toThrow('nothing was changed')
  await expect(rotate(two, one, 90)).rejects.toThrow('was in use before')
  await rotate(two, three, 120)
  await use(three)
  expect(await checkpointKeys(record.database.db)).toEqual([one, two, three].map((key) => key.fingerprint))
  const kinds = (await linesOf(record, ORGANISATION)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind.startsWith('checkpoint.'))).toEqual([
    'checkpoint.key_set',
    'checkpoint.key_rotated',
    'checkpoint.key_rotated',
  ])
  expect(await faults(record.store)).toEqual([])
  for await (const { fault } of record.store.verify({ checkpointKey: three.fingerprint }))
    expect(fault).toBeNull()
  const found: (string | undefined)[] = []
  for await (const { fault } of record.store.verify({ checkpointKey: one.fingerprint }))
    found.push(fault?.what)
  expect(found[0]).toContain(`end in ${three.fingerprint}, and the key given is ${one.fingerprint}`)
})

type Rotated = EventOf<'checkpoint.key_rotated'>['data']
const line = (kind: EntryLine['kind'], seconds: number, data: EntryLine['data']): EntryLine => ({
  ...{ v: 1, id: 'x', incident: ORGANISATION, seq: 1, prev: ZERO_HASH, actor: SYSTEM },
  ...{ source: null, ref: null, commit: null, kind, data, at: stamp(seconds).at.toISOString() },
})
const [first, second, stranger] = [newKey(), newKey(), newKey()]
const set = line('checkpoint.key_set', 0, { key: first.fingerprint, publicKey: first.publicKey })
const rotated = (by = first, accepted = second): EntryLine => {
  const change = { from: first.fingerprint, to: second.fingerprint, publicKey: second.publicKey }
  const said = rotationText({ ...change, at: stamp(60).at.toISOString() })
  const signatures = { signature: signText(by.secret, said), accepted: signText(accepted.secret, said) }
  return line('checkpoint.key_rotated', 60, { ...change, ...signatures } satisfies Rotated)
}

test.each<readonly [string, readonly EntryLine[], string | undefined]>([
  ['the first key', [set], undefined],
  ['a change that both signed', [set, rotated()], undefined],
  ['a second first key', [set, set], 'checkpoint keys do not follow each other'],
  ['a change with nothing before it', [rotated()], 'checkpoint keys do not follow each other'],
  [
    'a change the old key did not sign',
    [set, rotated(stranger)],
    'checkpoint key was not handed on by the key before it',
  ],
  [
    'a change the new key did not sign',
    [set, rotated(first, stranger)],
    'checkpoint key did not sign its own taking over',
  ],
  [
    'a key under another’s fingerprint',
    [line('checkpoint.key_set', 0, { key: first.fingerprint, publicKey: stranger.publicKey })],
    'checkpoint key is not the one its fingerprint names',
  ],
  [
    'no key at all',
    [line('checkpoint.key_set', 0, { key: 'A', publicKey: 'bm8=' })],
    'checkpoint key is no key',
  ],
])('%s', (_, lines, what) => {
  const ring = keyring()
  expect(lines.map((each) => ring.add(each)).at(-1)).toBe(what)
})

test('each key speaks for its own time alone', () => {
  const ring = keyring()
  ring.add(set)
  ring.add(rotated())
  const by = (key: typeof first, seconds: number) => {
    const at = stamp(seconds).at.toISOString()
    return ring.fault({ key: key.fingerprint, at, signature: signText(key.secret, 'text') }, 'text')
  }
  expect([by(first, 0), by(first, 59), by(second, 61)]).toEqual([undefined, undefined, undefined])
  expect(by(first, 61)).toBe('checkpoint is signed by a key that was not in use then')
  expect(by(second, 59)).toBe('checkpoint is signed by a key that was not in use then')
  expect(by(stranger, 61)).toBe('checkpoint is signed by a key this record does not know')
})
