/** The canonical form is recognised without making it; what is not canonical is not, in whatever way it is not. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBytes } from '../../src/domain/record.ts'
import { isCanonical } from '../../src/domain/verify/canonical.ts'

const read = (bytes: Buffer) => isCanonical(JSON.parse(bytes.toString('utf8')), bytes)

test.each([
  ['an object in order', '{"a":1,"b":{"c":[null,"é"]}}', true],
  ['names that look like numbers, which JSON.parse puts in another order', '{"10":1,"9":2}', true],
  ['the same in the order of numbers', '{"9":2,"10":1}', false],
  ['names out of order', '{"b":1,"a":2}', false],
  ['names out of order further in', '{"a":[{"c":1,"b":2}]}', false],
  ['a space', '{"a": 1}', false],
  ['a line feed at the end', '{"a":1}\n', false],
  ['a name twice', '{"a":1,"a":1}', false],
  ['a number written otherwise', '{"a":1.0}', false],
  ['a zero below zero', '{"a":-0}', false],
  ['a letter as an escape', '{"a":"\\u0061"}', false],
  ['a surrogate alone', '{"a":"\\ud800"}', false],
  ['words that look like a surrogate’s escape', '{"a":"\\\\ud800"}', true],
  ['a name of every object', '{"__proto__":{"b":1},"a":1}', true],
])('%s', (_, text, is) => {
  expect(read(Buffer.from(text))).toBe(is)
})

test('bytes that are no UTF-8', () => {
  expect(read(Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]))).toBe(false)
})

test('whatever JSON can say is recognised in its canonical form', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => read(canonicalBytes(value))))
})
