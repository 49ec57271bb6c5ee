/** The app package Teams takes for upload: a ZIP of the manifest and both icons, the same bytes every time. */
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { manifestText, type TeamsManifestInput } from './manifest.ts'

const icons = ['color.png', 'outline.png'] as const

/** ZIP knows no earlier day. */
const mtime = new Date(1980, 0, 1)

/** `folder`: where the icons are. */
export async function writePackage(input: TeamsManifestInput, folder: URL, file: string): Promise<void> {
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from(manifestText(input)), 'manifest.json', { mtime })
  for (const icon of icons) zip.addBuffer(await readFile(new URL(icon, folder)), icon, { mtime })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(file))
}
