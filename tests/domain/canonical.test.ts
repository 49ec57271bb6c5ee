/** The canonical form is the library's, to the byte, however it was made; and what has none is refused like there. */
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBytes } from '../../src/domain/record.ts'

/** Undefined: it has none. */
function of(make: () => string | undefined): string | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
const ours = (value: unknown) => of(() => canonicalBytes(value).toString('utf8'))
const theirs = (value: unknown) => of(() => canonicalize(value))

const around: unknown[] = []
around.push(around)

test.each<[string, unknown]>([
  ['names out of order, further in too', { b: [{ d: 1, c: 2 }], a: null }],
  ['names that are numbers', { 9: 1, 10: 2, a: 3, 1: { 2: 1, 10: 1 } }],
  ['names that begin like one', { '1a': 1, '-1': 2, '': 3 }],
  ['a name of every object', JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}')],
  ['names beyond the first plane, which sort by halves', { '\u{1f6cf}': 1, '\ufb33': 2 }],
  ['something left out', { a: undefined, b: [undefined, Symbol('x')], c: Symbol('x') }],
  ['a time', { at: new Date(0) }],
  ['numbers of every size', [0, -0, 1e21, 1e-7, 5e-324, 0.1, -1.5e300]],
  ['a surrogate alone', { a: '\ud800' }],
  ['a surrogate alone in a name', { '\udc00': 1 }],
  ['words that look like one', { a: '\\ud800 \\\\udc00' }],
  ['both halves', { a: '\u{1f6cf}\ufe0f' }],
  ['no number', [Number.NaN]],
  ['a number without end', { a: Number.POSITIVE_INFINITY }],
  ['a large whole number of its own kind', { a: 1n }],
  ['itself within', around],
  ['nothing', undefined],
  ['very deep', JSON.parse(`${'[{"b":1,"a":'.repeat(40)}1${'}]'.repeat(40)}`)],
])('%s', (_, value) => {
  expect(ours(value)).toBe(theirs(value))
})

test('whatever a value is', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.nat().map(String),
    fc.constantFrom('__proto__', 'toJSON'),
  )
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined, '\ud800'),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(name, tie('value'), { maxKeys: 5, noNullPrototype: false }),
    ),
  }))
  fc.assert(
    fc.property(value, (any) => ours(any) === theirs(any)),
    { numRuns: 60 },
  )
})
