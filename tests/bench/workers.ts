/** The processes of the benchmark, told what to do by lines and ended by closing their input. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Place, Task } from './worker.ts'

export interface Worker {
  readonly run: <T>(task: Task) => Promise<T>
  readonly end: () => Promise<void>
}

const program = fileURLToPath(new URL('worker.js', import.meta.url))
const alive = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})

export async function startWorker(place: Place): Promise<Worker> {
  const child = spawn(process.execPath, [program, JSON.stringify(place)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  alive.add(child)
  const exit = once(child, 'exit').then(() => alive.delete(child))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const said = async () => {
    const { done, value } = await lines.next()
    if (done) throw new Error('a process of the benchmark ended early')
    return JSON.parse(value) as unknown
  }
  await said()
  return {
    async run<T>(task: Task) {
      child.stdin.write(`${JSON.stringify(task)}\n`)
      return (await said()) as T
    },
    async end() {
      child.stdin.end()
      await exit
    },
  }
}
