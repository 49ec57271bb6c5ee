/** A checkpoint copied out of a chat, however the client gave it, against a record that has it, lacks it or says otherwise. */
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Note, noteText, signatureLine, signText } from '../../src/domain/checkpoint.ts'
import { fingerprintOfCheckpointKey } from '../../src/domain/fingerprint.ts'
import { keyring } from '../../src/domain/verify/keyring.ts'
import { parseNote, readWitness } from '../../src/domain/verify/note.ts'
import { witnessFault } from '../../src/domain/verify/witness.ts'

const pair = generateKeyPairSync('ed25519')
const spki = pair.publicKey.export({ format: 'der', type: 'spki' })
const key = fingerprintOfCheckpointKey(spki)
const ring = keyring()
ring.begin(key, spki.toString('base64'), null)

const head = 'ab'.repeat(32)
const note: Note = {
  ...{ incident: 'inc-2026-0007', seq: 12, head, at: '2026-11-21T03:41:00.000Z', key, practice: false },
}
const signature = signText(pair.privateKey, noteText(note))
const lines = [...noteText(note).trimEnd().split('\n'), signatureLine({ key, signature })]
const post = lines.join('\n')

test.each<readonly [string, string]>([
  ['as it stands', post],
  [
    'with what stands around it',
    `Checkpoint inc-2026-0007: the record up to entry 12, signed.\nWhile this stands here, a change to those entries shows.\n${post}\n1 reply`,
  ],
  ['with Windows line ends and spaces at the end', lines.join('  \r\n')],
  ['quoted', lines.map((line) => `> ${line}`).join('\n')],
  ['as code, line by line', lines.map((line) => `\`${line}\``).join('\n')],
  ['in bullets and bold', lines.map((line) => `• *${line}*`).join('\n')],
  ['on one line', lines.join(' ')],
  ['with spaces that do not break', post.replaceAll(' ', '\u00a0')],
  ['with other dashes', post.replaceAll('-', '\u2011').replace('\u2014', '\u2013')],
  ['with a hyphen for the dash', post.replace('\u2014', '-')],
  ['with what nobody sees between', lines.map((line) => `\u200b${line}\u200d`).join('\u2028')],
  ['with a tab before each line', lines.map((line) => `\t${line}`).join('\n\n')],
])('copied %s', (_, copied) => {
  expect(readWitness(copied)).toEqual([{ note, signature }])
})

test('a whole thread is read post by post, and one whose last line is missing says so', () => {
  const other = { ...note, seq: 9 }
  const found = readWitness(`${noteText(other)}\n09:12\n${post}`)
  expect(found).toEqual([
    { note: other, signature: null },
    { note, signature },
  ])
})

test('a signature under another key’s name is none of this note', () => {
  const [found] = readWitness(post.replace(`— ${key}`, '— 0000-0000-0000-0000'))
  expect(found?.signature).toBeNull()
})

test.each(['', 'wardroom checkpoint', post.replace(head, head.slice(1)), post.replace('12', 'twelve')])(
  'nothing is made of what holds no checkpoint',
  (copied) => {
    expect(readWitness(copied)).toEqual([])
  },
)

test('practice is part of what was signed', () => {
  const practice = { ...note, practice: true }
  const signed = signText(pair.privateKey, noteText(practice))
  const copied = `${noteText(practice)}${signatureLine({ key, signature: signed })}`
  expect(readWitness(copied)).toEqual([{ note: practice, signature: signed }])
})

test('the file of a checkpoint is read only as the very bytes that are signed', () => {
  expect(parseNote(noteText(note))).toEqual(note)
  for (const other of [
    post,
    `${noteText(note)}\n`,
    noteText(note).replaceAll('\n', '\r\n'),
    noteText({ ...note, seq: 0 }),
  ])
    expect(parseNote(other)).toBeUndefined()
})

const record = (more: object = {}) => ({
  ...{ incident: note.incident, head: { seq: 20, hash: '' }, ring, hashAt: () => head },
  ...more,
})
test.each<readonly [string, Parameters<typeof witnessFault>, RegExp | undefined]>([
  ['a record that has it', [{ note, signature }, record()], undefined],
  ['… and a post without its last line', [{ note, signature: null }, record()], undefined],
  [
    'a record that was rewritten',
    [{ note, signature }, record({ hashAt: () => 'cd'.repeat(32) })],
    /rewritten/,
  ],
  [
    'a record that ends before it',
    [{ note, signature }, record({ head: { seq: 11, hash: '' } })],
    /ends at 11: it was cut off, or is older/,
  ],
  ['another incident', [{ note, signature }, record({ incident: 'inc-2026-0008' })], /about inc-2026-0007/],
  ['a record signed by another key', [{ note, signature }, record({ ring: keyring() })], /does not know/],
  [
    '… and a post without its last line, by another key',
    [{ note, signature: null }, record({ ring: keyring() })],
    /does not know/,
  ],
  [
    'a forged signature',
    [{ note: { ...note, at: '2026-11-21T03:42:00.000Z' }, signature }, record()],
    /signature is not its key's/,
  ],
])('against %s', (_, given, what) => {
  const fault = witnessFault(...given)
  if (what) expect(fault).toMatch(what)
  else expect(fault).toBeUndefined()
})
