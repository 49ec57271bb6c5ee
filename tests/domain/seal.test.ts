import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chunkBytes,
  commitment,
  newSalt,
  open,
  openFile,
  type Place,
  SealBroken,
  seal,
  sealFile,
} from '../../src/domain/seal.ts'

const dek = Buffer.alloc(32, 1)
const salt = Buffer.alloc(32, 2)
const place: Place = { incident: 'inc-2026-0001', seq: 7, part: 0 }
const body = Buffer.from('the laptop was on bed 4 🛏')
const sealed = seal(dek, place, salt, body)

test('what was sealed opens, whatever its bytes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      (bytes, salted) => {
        const opened = open(dek, place, seal(dek, place, salted, bytes))
        expect(opened.body.equals(bytes)).toBe(true)
        expect(opened.salt.equals(salted)).toBe(true)
      },
    ),
  )
})

test('the commitment is the sha256 of salt and body, and survives sealing again', () => {
  const expected = createHash('sha256')
    .update(Buffer.concat([salt, body]))
    .digest('hex')
  expect(commitment(salt, body)).toBe(expected)
  const again = seal(Buffer.alloc(32, 9), place, salt, body)
  expect(again).not.toEqual(sealed)
  const opened = open(Buffer.alloc(32, 9), place, again)
  expect(commitment(opened.salt, opened.body)).toBe(expected)
})

test('a nonce is never used twice by default, and can be given', () => {
  expect(seal(dek, place, salt, body)).not.toEqual(seal(dek, place, salt, body))
  const nonce = Buffer.alloc(12, 5)
  expect(seal(dek, place, salt, body, nonce)).toEqual(seal(dek, place, salt, body, nonce))
})

test('a salt is never given out twice, however many are asked for', () => {
  const salts = Array.from({ length: 1000 }, () => newSalt().toString('hex'))
  expect(new Set(salts).size).toBe(1000)
  expect(salts.every((each) => each.length === 64)).toBe(true)
})

test.each<[string, Place]>([
  ['another incident', { ...place, incident: 'inc-2026-0002' }],
  ['another entry', { ...place, seq: 8 }],
  ['another part', { ...place, part: 1 }],
  ['digits moved between entry and part', { ...place, seq: 70 }],
])('sealed text does not open as that of %s', (_name, other) => {
  expect(() => open(dek, other, sealed)).toThrow(SealBroken)
})

test('another key does not open it', () => {
  expect(() => open(Buffer.alloc(32, 3), place, sealed)).toThrow(SealBroken)
})

test('no bit can be flipped', () => {
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const flipped = Buffer.from(sealed)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    expect(() => open(dek, place, flipped)).toThrow(SealBroken)
  }
})

test('nothing can be cut off or added', () => {
  for (let length = 0; length < sealed.length; length += 1)
    expect(() => open(dek, place, sealed.subarray(0, length))).toThrow(SealBroken)
  expect(() => open(dek, place, Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow(SealBroken)
})

test('a short salt and an ambiguous incident are refused', () => {
  expect(() => seal(dek, place, salt.subarray(1), body)).toThrow(RangeError)
  expect(() => seal(dek, { ...place, incident: 'inc:1' }, salt, body)).toThrow(RangeError)
})

const of = { incident: 'inc-2026-0001', seq: 9 }

test.each([
  ['empty', 0, 1],
  ['one byte', 1, 1],
  ['exactly one chunk', chunkBytes, 1],
  ['one chunk and a byte', chunkBytes + 1, 2],
  ['three chunks', chunkBytes * 3, 3],
])('a file that is %s goes in chunks and comes back', (_name, size, parts) => {
  const file = Buffer.alloc(size, 'x')
  const chunks = sealFile(dek, of, salt, file)
  expect(chunks).toHaveLength(parts)
  const opened = openFile(dek, of, chunks, commitment(salt, file))
  expect(opened.body.equals(file)).toBe(true)
})

test('chunks cannot be lost, swapped, repeated or mixed with another sealing of the file', () => {
  const file = Buffer.alloc(chunkBytes * 2 + 10, 'y')
  const commit = commitment(salt, file)
  const [one, two, three] = sealFile(dek, of, salt, file) as [Buffer, Buffer, Buffer]
  const other = sealFile(dek, of, newSalt(), file)[2]!
  const broken = [
    [],
    [one, two],
    [two, one, three],
    [one, two, two],
    [one, two, three, three],
    [one, two, other],
  ]
  for (const parts of broken) expect(() => openFile(dek, of, parts, commit)).toThrow(SealBroken)
  expect(() => openFile(dek, of, [one, two, three], commitment(salt, file.subarray(1)))).toThrow(SealBroken)
})
