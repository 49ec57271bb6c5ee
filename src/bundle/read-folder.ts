/** An unpacked bundle. Links, pipes and devices are refused before they are opened: reading them could hang or lead elsewhere. */
import { closeSync, constants, existsSync, fstatSync, opendirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { files } from '../domain/bundle.ts'
import { assertSafe, MAX_PARTS, type Parts, range, Unreadable } from './read-parts.ts'

/** content/files/12 is as deep as a bundle goes. */
const DEPTH = 3
/** A pipe put in place of a file after it was listed must not hang the reader. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

export function readFolder(root: string): Parts {
  const sizes = new Map<string, number>()

  function list(under: string, depth: number): void {
    const folder = opendirSync(join(root, under))
    try {
      for (let found = folder.readSync(); found; found = folder.readSync()) {
        const name = under + found.name
        assertSafe(name)
        if (found.isDirectory()) {
          if (depth === DEPTH) throw new Unreadable('it holds folders no bundle has: it is no bundle.')
          list(`${name}/`, depth + 1)
        } else if (!found.isFile())
          throw new Unreadable('it holds something that is no file (a link, a pipe or a device).')
        else sizes.set(name, sizeOf(name))
        if (sizes.size > MAX_PARTS) throw new Unreadable(`it holds more than ${MAX_PARTS} files.`)
      }
    } finally {
      folder.closeSync()
    }
  }

  function opened<T>(name: string, use: (fd: number) => T): T {
    const fd = openSync(join(root, name), FLAGS)
    try {
      if (!fstatSync(fd).isFile()) throw new Unreadable('it holds something that is no file.')
      return use(fd)
    } finally {
      closeSync(fd)
    }
  }
  const sizeOf = (name: string) => opened(name, (fd) => fstatSync(fd).size)

  function* pieces(name: string): Generator<Buffer> {
    const fd = openSync(join(root, name), FLAGS)
    try {
      if (!fstatSync(fd).isFile()) throw new Unreadable('it holds something that is no file.')
      yield* range(fd, 0, sizes.get(name) ?? 0)
    } finally {
      closeSync(fd)
    }
  }

  // Whatever else a folder holds is none of ours to look through.
  if (!existsSync(join(root, files.manifest)))
    throw new Unreadable(`it is no bundle of Wardroom: ${files.manifest} is not in it.`)
  list('', 1)
  return { sizes, pieces, close: () => {} }
}
