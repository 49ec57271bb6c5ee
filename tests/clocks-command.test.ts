/** `wardroom clocks` by the built program itself: the shared examples as they are written, and bad facts line by line. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { runBinary, temporaryFolder } from './support/binary.ts'

type Example = { title: string; facts: unknown; expected: object }

const examples = fileURLToPath(new URL('../../shared/clocks/examples.json', import.meta.url))
const shared: readonly Example[] = existsSync(examples) ? JSON.parse(readFileSync(examples, 'utf8')) : []

test.skipIf(shared.length === 0)(
  'wardroom clocks answers every shared example as it is written there, from a file and from standard input',
  async () => {
    const input = JSON.stringify(shared.map(({ facts }) => facts))
    const file = join(temporaryFolder(), 'facts.json')
    writeFileSync(file, input)
    const [piped, read] = await Promise.all([
      runBinary(['clocks', '-'], {}, input).ended,
      runBinary(['clocks', file]).ended,
    ])
    expect(piped).toMatchObject({ code: 0, err: '' })
    expect(read).toEqual(piped)
    const answers: unknown[] = JSON.parse(piped.out)
    expect(answers).toHaveLength(shared.length)
    for (const [index, { title, expected }] of shared.entries())
      expect(answers[index], title).toMatchObject(expected)
  },
)

test('wardroom clocks says one line a mistake, for every facts object of a list, and prints no clock', async () => {
  const right = { entityType: 'covered_entity', orgTimezone: 'America/New_York', discoveredAt: '2026-05-01' }
  const wrong = {
    ...right,
    orgTimezone: 'America/Gotham',
    discoveredAt: '2026-02-30',
    affectedCount: 1,
    residentsByState: { TX: 2, XX: 0, OH: 0.5 },
    lawEnforcementDelays: [{ kind: 'written', statementDate: '2026-05-10', until: '2026-05-09' }],
  }
  const input = JSON.stringify([right, wrong, { ...right, affectedCount: -1 }])
  const { code, out, err } = await runBinary(['clocks', '-'], {}, input).ended
  expect({ code, out }).toEqual({ code: 2, out: '' })
  const lines = err.trimEnd().split('\n')
  expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
    '[1].discoveredAt',
    '[1].lawEnforcementDelays[0].until',
    '[1].orgTimezone',
    '[1].residentsByState',
    '[1].residentsByState.OH',
    '[1].residentsByState.XX',
    '[2].affectedCount',
  ])
  for (const line of lines) expect(line).toMatch(/^\S+: .+; accepted: .+$/)
})

test.each([
  ['no file named', ['clocks'], undefined, /^Usage: wardroom clocks/],
  ['a file that is not there', ['clocks', 'no-such.json'], undefined, /^no-such\.json cannot be read/],
  ['no JSON', ['clocks', '-'], '{', /^facts: is not JSON/],
])('wardroom clocks with %s says so and ends with 2', async (_, args, input, line) => {
  const { code, out, err } = await runBinary(args, {}, input).ended
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toMatch(line)
})
