/** What custody is made of, and what may stand outside the seal about an exhibit. */
import { expect, test } from 'vitest'
import { isCustody } from '../../src/domain/custody.ts'
import { exhibitNumber, sealFrom, sha256From } from '../../src/domain/exhibits.ts'

test.each([
  ['a reading', 'access.viewed', true],
  ['an export', 'export.created', true],
  ['an exhibit handed on', 'evidence.transferred', true],
  ['a disposal', 'content.disposed', true],
  ['a check of the record', 'verification.recorded', true],
  ['another checkpoint key', 'checkpoint.key_rotated', true],
  ['a checkpoint is no act of custody', 'checkpoint.signed', false],
  ['a message is evidence, not custody of it', 'message.posted', false],
  ['a kind that only begins alike', 'accessory.viewed', false],
])('%s', (_, kind, expected) => {
  expect(isCustody(kind)).toBe(expected)
})

const digest = 'a3'.repeat(32)

test.each([
  ['as sha256sum prints it', digest, digest],
  ['in capitals', digest.toUpperCase(), digest],
  ['in groups', digest.match(/.{8}/g)!.join(' '), digest],
  ['with colons', digest.match(/.{2}/g)!.join(':'), digest],
  ['a digit short', digest.slice(1), undefined],
  ['a digit long', `${digest}0`, undefined],
  ['another letter', `g${digest.slice(1)}`, undefined],
  ['a name before it', `sha256 ${digest}`, undefined],
])('a SHA-256 %s', (_, typed, expected) => {
  expect(sha256From(typed)).toBe(expected)
})

test.each([
  ['S-104423', 'S-104423'],
  [' 2026/17 ', '2026/17'],
  ['bag of Mary Smith', undefined],
  ['Smith', undefined],
  ['1'.repeat(41), undefined],
  ['<@U01> 4', undefined],
])('a seal number %s', (typed, expected) => {
  expect(sealFrom(typed)).toBe(expected)
})

test.each([
  ['E3', 3],
  ['e12', 12],
  ['7', 7],
  ['E0', undefined],
  ['E', undefined],
  ['E3x', undefined],
])('exhibit %s', (typed, expected) => {
  expect(exhibitNumber(typed)).toBe(expected)
})
