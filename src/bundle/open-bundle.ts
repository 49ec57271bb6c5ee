/** Opens what somebody handed over, and turns whatever is wrong with it as a file into one line. */
import { readFolder } from './read-folder.ts'
import { asUnreadable, isFolder, type Parts } from './read-parts.ts'
import { readZip } from './read-zip.ts'

/** Throws `Unreadable`, and closes whatever happens. */
export async function withBundle<T>(path: string, use: (parts: Parts) => Promise<T>): Promise<T> {
  try {
    const parts = isFolder(path) ? readFolder(path) : await readZip(path)
    try {
      return await use(parts)
    } finally {
      parts.close()
    }
  } catch (error) {
    throw asUnreadable(error) ?? error
  }
}
