import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By size, as vitest orders them, the longest would begin last: these are a few lines, or wait for processes. */
const longest = ['scenarios', 'scenarios-third', 'crash', 'start', 'scenarios-second', 'store/embedded']
const rank = ({ moduleId }: TestSpecification): number => {
  const at = longest.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`))
  return at < 0 ? longest.length : at
}
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/left-out.ts',
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Tests wait for sockets, processes and back-off about as long as they compute: on two cores a third keeps both busy.
    maxWorkers: 3,
    pool: 'forks',
  },
})
