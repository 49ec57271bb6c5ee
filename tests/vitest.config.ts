import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/left-out.ts',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Tests wait for sockets, processes and back-off about as long as they compute: on two cores a third keeps both busy.
    maxWorkers: 3,
    pool: 'forks',
  },
})
