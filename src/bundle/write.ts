/**
 * Writes a bundle: several passes over the log, each of them bounded by a page, instead of words lying in temporary
 * files. The same request gives the same bytes, whenever and wherever it is written.
 */
import { readFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { checkpointPath, files } from '../domain/bundle.ts'
import { noteText } from '../domain/checkpoint.ts'
import { damageLine } from '../domain/damaged.ts'
import { canonicalBytes } from '../domain/record.ts'
import { collectReport } from '../domain/report/collect.ts'
import { reportHtml } from '../views/report/html.ts'
import { readmeText } from './readme.ts'
import { reportPdf } from './report-pdf.ts'
import type { BundleSource } from './source.ts'
import { leaving, type Survey, survey } from './survey.ts'
import { addFile, type Captured, textLines } from './write-content.ts'
import { keyFiles } from './write-keys.ts'
import { addTables } from './write-tables.ts'
import { type Written, type ZipWriter, zipWriter } from './write-zip.ts'

/** A script beside this file, in the sources as in a build. */
const VERIFY = new URL('../../src/bundle/verify.sh', import.meta.url)

const LINE_FEED = Buffer.from('\n')

export async function writeBundle(source: BundleSource, out: Writable): Promise<Written> {
  const found = await survey(source)
  const zip = zipWriter(out, found.manifest.at)
  const sums: string[] = []
  const add: ZipWriter['add'] = async (path, content) => {
    const sha256 = await zip.add(path, content)
    sums.push(`${path}\n${sha256}`)
    return sha256
  }
  try {
    await addAll(source, found, add)
    await zip.add(files.sums, Buffer.from(sumsText(sums)))
    return await zip.end()
  } catch (error) {
    await zip.fail(error)
    throw error
  }
}

async function addAll(source: BundleSource, found: Survey, add: ZipWriter['add']): Promise<void> {
  const { manifest, checkpoints, stamps } = found
  const { damaged = [] } = source
  await add(files.readme, Buffer.from(readmeText(manifest, checkpoints.at(-1), damaged)))
  await add(files.manifest, Buffer.concat([canonicalBytes(manifest), LINE_FEED]))
  if (damaged.length > 0) await add(files.damaged, Buffer.from(damaged.map(damageLine).join('')))
  await add(files.events, eventLines(source))
  const captured: Captured[] = []
  await add(
    files.text,
    textLines(source, found, (file) => captured.push(file)),
  )
  for (const file of captured) await addFile(source, file, add)
  for (const note of checkpoints) {
    await add(checkpointPath(note.entry, 'txt'), Buffer.from(noteText(note)))
    await add(checkpointPath(note.entry, 'sig'), Buffer.from(note.signature, 'base64'))
    const stamp = stamps.get(note.entry)
    if (stamp) await add(checkpointPath(note.entry, 'tsr'), stamp)
  }
  for await (const [path, bytes] of keyFiles(source, checkpoints)) await add(path, bytes)
  if (source.tsaCa) await add(files.tsaCa, source.tsaCa)
  const report = collectReport(source.incident)
  for await (const { line, words } of leaving(source, found)) report.add(line, words)
  // The checkpoint over the request may be the only one, and stands after the last entry the report was gathered from.
  const reported = { ...report.done(), practice: manifest.practice, damaged }
  await add(files.reportHtml, Buffer.from(reportHtml(reported)))
  await add(files.reportPdf, reportPdf(reported))
  await addTables(source, found, reported, add)
  await add(files.verify, await readFile(VERIFY))
}

async function* eventLines(source: BundleSource): AsyncGenerator<Buffer> {
  for await (const { record } of source.log({ text: () => false })) {
    yield record
    yield LINE_FEED
  }
}

/** As `sha256sum -c` takes it. Sorted by path as bytes are, so that it is the same list in every locale. */
const sumsText = (sums: readonly string[]): string =>
  [...sums]
    .sort()
    .map((row) => {
      const [path, sha256] = row.split('\n')
      return `${sha256}  ${path}\n`
    })
    .join('')
