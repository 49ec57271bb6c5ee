/** A process of its own that runs what was built, to be killed at will. It talks by lines on stdout. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type TestChild = {
  process: ChildProcess
  /** The next line, or undefined when the process has ended. */
  line: () => Promise<string | undefined>
  errors: () => string
  kill: (signal: NodeJS.Signals) => Promise<void>
  ended: () => Promise<number | null>
}

const built = new URL('../../dist/main.js', import.meta.url)

export function startChild(file: URL, args: readonly string[]): TestChild {
  if (!existsSync(built)) throw new Error('Build first: npm run build.')
  const child = spawn(process.execPath, [fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  const exit = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = async (): Promise<number | null> => {
    await exit
    return child.exitCode
  }
  return {
    process: child,
    line: async () => {
      const next = await lines.next()
      return next.done ? undefined : next.value
    },
    errors: () => errors,
    async kill(signal) {
      child.kill(signal)
      await exit
    },
    ended,
  }
}
