/** The text of a checkpoint to the byte, its signature, and when one is due: the parts without a database. */
import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  isSignedBy,
  noteOf,
  noteText,
  publicKeyOf,
  rotationText,
  signedNote,
  signText,
} from '../../src/domain/checkpoint.ts'
import { isPostDue, type Standing, whySign } from '../../src/domain/checkpoint-cadence.ts'
import { newCheckpointKeyText, readCheckpointKey } from '../../src/store/checkpoint-key.ts'

const key = readCheckpointKey(newCheckpointKeyText(), 'the test')
const note = {
  ...{ incident: 'inc-2026-0007', entry: 213, seq: 212, head: 'ab'.repeat(32) },
  ...{ at: '2026-11-22T14:30:00.000Z', key: '77B0-1D2C-93AA-41E2', practice: false, signature: 'c2ln' },
}

test('the text is five lines, and says practice on a sixth', () => {
  const text = `wardroom checkpoint inc-2026-0007\n212\n${'ab'.repeat(32)}\n2026-11-22T14:30:00.000Z\n77B0-1D2C-93AA-41E2\n`
  expect(noteText(note)).toBe(text)
  expect(noteText({ ...note, practice: true })).toBe(`${text}practice\n`)
  expect(signedNote(note)).toBe(`${text}\n— 77B0-1D2C-93AA-41E2 c2ln\n`)
})

test('what an entry says was signed, with the time of the entry', () => {
  const { incident, at, seq, head, signature } = note
  const data = { seq, head, key: note.key, signature, why: 'minute' }
  expect(noteOf({ incident, seq: 213, at, data })).toEqual(note)
  expect(noteOf({ incident, seq: 213, at, data: { ...data, practice: true } }).practice).toBe(true)
})

test.each<readonly [string, Partial<typeof note>]>([
  ['another incident', { incident: 'inc-2026-0008' }],
  ['another entry', { seq: 211 }],
  ['another head', { head: 'cd'.repeat(32) }],
  ['another time', { at: '2026-11-22T14:30:00.001Z' }],
  ['another key', { key: '0000-0000-0000-0000' }],
  ['practice', { practice: true }],
])('a signature is not one over %s', (_, other) => {
  const signature = signText(key.secret, noteText(note))
  const publicKey = createPublicKey(key.secret)
  expect(isSignedBy(publicKey, noteText(note), signature)).toBe(true)
  expect(isSignedBy(publicKey, noteText({ ...note, ...other }), signature)).toBe(false)
})

test.each(['', 'nonsense', '====', 'A'.repeat(88)])('%j is no signature', (signature) => {
  expect(isSignedBy(createPublicKey(key.secret), noteText(note), signature)).toBe(false)
})

test('what both keys sign names them, the new key itself and the time', () => {
  const text = rotationText({ from: 'A', to: 'B', publicKey: key.publicKey, at: note.at })
  expect(text).toBe(`wardroom checkpoint key\nA\nB\n${key.publicKey}\n${note.at}\n`)
})

test('a public key is read from what the record keeps, and nothing else is', () => {
  expect(publicKeyOf(key.publicKey).asymmetricKeyType).toBe('ed25519')
  expect(() => publicKeyOf('bm8ga2V5')).toThrow()
})

const start = new Date('2026-11-22T14:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
const standing: Standing = {
  ...{ head: 20, looked: 10, lookedAt: start, signed: 10, posted: 10, postedAt: start },
  ...{ decided: 0, phased: 0, closed: 0 },
}

test.each<readonly [string, Partial<Standing>, number, ReturnType<typeof whySign>]>([
  ['nothing new, however long', { head: 10 }, 90_000, undefined],
  ['something new, within the minute', {}, 59, undefined],
  ['something new, at the minute', {}, 60, 'minute'],
  ['499 entries', { head: 509 }, 1, undefined],
  ['500 entries', { head: 510 }, 1, 'entries'],
  ['a decision', { decided: 11 }, 0, 'decision'],
  ['a decision covered already', { decided: 10 }, 0, undefined],
  ['a phase, with a decision', { decided: 12, phased: 11 }, 0, 'phase'],
  ['the close, with everything', { decided: 12, phased: 11, closed: 13, head: 900 }, 0, 'closed'],
])('a look after %s', (_, more, seconds, why) => {
  expect(whySign({ ...standing, ...more }, later(seconds))).toBe(why)
})

test.each<readonly [string, Partial<Standing>, number, ReturnType<typeof whySign>, boolean]>([
  ['nothing new', {}, 90_000, undefined, false],
  ['within the hour', { signed: 20 }, 3599, 'minute', false],
  ['within the hour, for a decision', { signed: 20 }, 3599, 'decision', false],
  ['at the hour', { signed: 20 }, 3600, undefined, true],
  ['at once for a phase', { signed: 20 }, 0, 'phase', true],
  ['at once for the close', { signed: 20 }, 0, 'closed', true],
  ['at once for an export', { signed: 20 }, 0, 'export', true],
])('a post: %s', (_, more, seconds, why, isDue) => {
  expect(isPostDue({ ...standing, ...more }, later(seconds), why)).toBe(isDue)
})
