// The worked cases of the clocks contract, read from the shared folder where it is present.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runClocks } from '../../src/domain/clocks-command.ts'
import { regulations } from '../../src/domain/regulations.ts'
import { otherRegimes } from './other-regimes.ts'

type Clocks = Record<string, Record<string, unknown>>
type Example = { title: string; facts: unknown; expected: Record<string, unknown> & { clocks: Clocks } }

const path = fileURLToPath(new URL('../../../shared/clocks/examples.json', import.meta.url))
const examples: Example[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []

const run = (facts: unknown, table = regulations) => {
  const { exit, out, err } = runClocks(JSON.stringify(facts), table)
  expect(err).toBe('')
  expect(exit).toBe(0)
  return JSON.parse(out)
}

describe.skipIf(examples.length === 0)('the examples of the clocks contract', () => {
  it.each(examples)('$title: the HIPAA clocks come out as expected', ({ facts, expected }) => {
    const shipped = Object.entries(expected.clocks).filter(([id]) => regulations.some((row) => row.id === id))
    expect(run(facts)).toMatchObject({ ...expected, clocks: Object.fromEntries(shipped) })
  })

  it.each(examples)(
    '$title: with the other regimes as rows, the whole case comes out',
    ({ facts, expected }) => {
      expect(run(facts, [...regulations, ...otherRegimes])).toMatchObject(expected)
    },
  )

  it('a list of facts gives a list of results, in order', () => {
    const results = run(examples.map(({ facts }) => facts))
    expect(results).toHaveLength(examples.length)
    expect(results[0].discoveryDate).toBe('2013-10-22')
  })
})
