/** Key files: readable by their owner alone, on disk before they are used, whole or absent after a crash. */
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { syncDirectory } from './durable-fs.ts'

export function makeKeyFolder(dataDir: string): string {
  const folder = join(dataDir, 'keys')
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncDirectory(dataDir)
  assertPrivate(folder, '700')
  return folder
}

/** Made aside and linked: of two processes starting together one key wins and both read it; a crash leaves no half a key. */
export function makeKeyFile(file: string, text: string): void {
  const aside = `${file}.${randomUUID()}`
  const descriptor = openSync(aside, 'wx', 0o600)
  try {
    writeFileSync(descriptor, `${text}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    linkSync(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(aside)
  }
  syncDirectory(dirname(file))
}

export function readKeyFile(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat?.isFile()) throw new Error(`There is no key file at ${file}.`)
  assertPrivate(file, '600')
  return readFileSync(file, 'utf8')
}

function assertPrivate(path: string, mode: string): void {
  const { mode: actual } = statSync(path)
  if (process.platform !== 'win32' && (actual & 0o077) !== 0)
    throw new Error(
      `${path} can be read by others (mode ${(actual & 0o777).toString(8)}): run chmod ${mode} on it.`,
    )
}
