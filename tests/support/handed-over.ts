/** A bundle in somebody else's hands: its files one by one, put together again as a folder or a ZIP, and checked. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ZipFile } from 'yazl'
import { event } from '../../src/domain/events.ts'
import { sha256Hex } from '../../src/domain/record.ts'
import { verifyBundleFile } from '../../src/operate/verify-bundle-command.ts'
import { bundleOf, type MemoryLog, memoryLog, unzipped } from './bundle.ts'
import { declaredEvent, postedEvent } from './record.ts'

export type Files = Map<string, Buffer>

/** An incident with messages, a decision, a file, something privileged, a change of keys and five checkpoints. */
export function someLog(): MemoryLog {
  const log = memoryLog()
  const say = (n: number) => log.add(postedEvent('C1', `${n}.0`, `words ${n}`), { message: `${n}.0` })
  log.add(declaredEvent())
  for (const n of [1, 2, 3]) say(n)
  log.sign()
  const decided = { number: 1, message: null, occurredAt: undefined, byPerson: undefined }
  log.add(event('decision.recorded', decided as never, { what: 'wipe the laptop', why: 'stolen' }))
  log.addFile(3, 'device list.csv', Buffer.from('serial,place\n1,bed 4\n'))
  log.sign()
  log.add(event('privilege.marked', { target: 'message', room: 'C1', message: '2.0' }, { basis: 'advice' }), {
    actor: 'U0MARAVOSS0',
  })
  log.rotate()
  for (const n of [4, 5]) say(n)
  log.sign()
  say(6)
  return log
}

export async function someBundle(log = someLog()): Promise<{ zip: Buffer; files: Files }> {
  const { bytes } = await bundleOf(log.source())
  return { zip: bytes, files: await unzipped(bytes) }
}

/** As an attacker would, or `sha256sum` of whoever packed it anew. */
export function withSums(files: Files): Files {
  const { SHA256SUMS: _, ...others } = Object.fromEntries(files)
  const sums = Object.entries(others).map(([name, bytes]) => `${sha256Hex(bytes)}  ${name}\n`)
  return new Map([...Object.entries(others), ['SHA256SUMS', Buffer.from(sums.join(''))]])
}

export function asFolder(files: Files, folder: string): string {
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

export async function zipOf(
  files: Iterable<readonly [string, Buffer]>,
  options: { compress?: boolean; mode?: number } = {},
): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, bytes] of files) zip.addBuffer(bytes, name, { compress: false, ...options })
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

export interface Told {
  readonly code: 0 | 1 | 2
  readonly lines: readonly string[]
}

export async function checked(path: string, witness?: string): Promise<Told> {
  const lines: string[] = []
  const say = (line: string): void => void lines.push(line)
  const code = await verifyBundleFile(path, witness, { out: say, fail: say })
  return { code, lines }
}

/** Which checks found something. */
export const caughtBy = ({ lines }: Told): string[] =>
  lines.flatMap((line) => /\[(.+)\]$/.exec(line)?.[1] ?? []).sort()
