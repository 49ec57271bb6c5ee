/** The built program as a process of its own, with nothing of this machine's environment but the PATH. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Binary {
  readonly process: ChildProcess
  readonly out: () => string
  readonly err: () => string
  /** The first match in what it printed, waited for. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>
  readonly signal: (signal: NodeJS.Signals) => Promise<Ran>
  readonly ended: Promise<Ran>
}

/** Removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wardroom-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function runBinary(args: readonly string[], env: Record<string, string> = {}, input?: string): Binary {
  if (!existsSync(main)) throw new Error('Build first: npm run build.')
  const child = spawn(process.execPath, [main, ...args], {
    cwd: temporaryFolder(),
    env: { PATH: process.env.PATH, PRACTICE_PORT: '0', HEALTH_PORT: '0', ...env },
    stdio: 'pipe',
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    err += String(chunk)
  })
  child.stdin.end(input)
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, out, err }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    process: child,
    out: () => out,
    err: () => err,
    ended,
    async says(pattern) {
      const until = performance.now() + 120_000
      for (;;) {
        const found = pattern.exec(out)
        if (found) return found
        if (child.exitCode !== null || performance.now() > until)
          throw new Error(`Never said ${pattern}. Said:\n${out}\n${err}`)
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
    async signal(signal) {
      child.kill(signal)
      return ended
    },
  }
}
