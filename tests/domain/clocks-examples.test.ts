// The worked cases of the clocks contract, read from the shared folder where it is present.
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runClocks } from '../../src/domain/clocks-command.ts'

type Clocks = Record<string, Record<string, unknown>>
type Example = { title: string; facts: unknown; expected: Record<string, unknown> & { clocks: Clocks } }

const path = fileURLToPath(new URL('../../../shared/clocks/examples.json', import.meta.url))
const examples: Example[] = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : []

const run = (facts: unknown) => {
  const { exit, out, err } = runClocks(JSON.stringify(facts))
  expect(err).toBe('')
  expect(exit).toBe(0)
  return JSON.parse(out)
}

describe.skipIf(examples.length === 0)('the examples of the clocks contract', () => {
  it.each(examples)('$title', ({ facts, expected }) => {
    expect(run(facts)).toMatchObject(expected)
  })

  it('a list of facts gives a list of results, in order', () => {
    const results = run(examples.map(({ facts }) => facts))
    expect(results).toHaveLength(examples.length)
    expect(results[0].discoveryDate).toBe('2013-10-22')
  })
})
