/** The app package: what Microsoft's schema accepts, what we ask for and no more, and the same bytes every time. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { extensions, manifestText, permissions, teamsManifest } from '../../../src/chat/teams/app/manifest.ts'
import { writePackage } from '../../../src/chat/teams/app/package.ts'
import { commands } from '../../../src/commands/index.ts'
import { verbRows } from '../../../src/commands/manifest-rows.ts'

const schema = new URL('../../../../shared/schemas/teams/manifest-1.29.json', import.meta.url)
const appId = '11111111-2222-3333-4444-555555555555'
const input = { appId, version: '0.1.0', verbs: verbRows() }
const manifest = teamsManifest(input) as {
  bots: { botId: string; commandLists: { triggers: string[]; commands: { title: string }[] }[] }[]
  composeExtensions: { commands: { id: string; title: string; description: string; fetchTask: boolean }[] }[]
  authorization: { permissions: { resourceSpecific: { name: string; type: string }[] } }
}

test.skipIf(!existsSync(schema))('Microsoft’s own schema accepts it', () => {
  const Ajv = AjvDraft04 as unknown as new (options: object) => import('ajv').default
  const ajv = new Ajv({ strict: false, allErrors: true })
  ;(addFormats as unknown as (ajv: unknown) => void)(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')))
  expect(validate(manifest) ? [] : validate.errors).toEqual([])
  expect(validate({ ...manifest, id: 'wardroom' })).toBe(false)
})

test('every verb of the table that no other verb does is listed once, by mention and by slash, what people type most first', () => {
  const lists = manifest.bots[0]!.commandLists
  const listed = lists.flatMap((list) => list.commands.map(({ title }) => title))
  expect([...listed].sort()).toEqual(
    commands
      .filter(({ within }) => !within)
      .map(({ verb }) => verb)
      .sort(),
  )
  expect(listed.slice(0, 3)).toEqual(['declare', 'status', 'assign'])
  for (const { triggers, commands: list } of lists) {
    expect(triggers).toEqual(['mention', 'slash'])
    expect(list.length).toBeLessThanOrEqual(12)
  }
})

test('it asks for these permissions of one team, and nothing of the tenant', () => {
  const asked = manifest.authorization.permissions.resourceSpecific
  expect(asked.map(({ name }) => name)).toEqual([
    'Channel.Create.Group',
    'ChannelMessage.Read.Group',
    'ChannelSettings.ReadWrite.Group',
    'TeamMember.Read.Group',
    'TeamSettings.Read.Group',
    'TeamsAppInstallation.Read.Group',
  ])
  expect(asked.every(({ name, type }) => type === 'Application' && name.endsWith('.Group'))).toBe(true)
  expect(Object.values(permissions).every((why) => why.length > 10)).toBe(true)
})

test('each form of the compose box and of a message opens by a call, within the lengths Teams shows', () => {
  expect(extensions.map(({ id }) => id)).toEqual([
    'declare',
    'declare_from_message',
    'record_decision',
    'record_evidence',
    'mark_privileged',
  ])
  for (const { title, description, fetchTask } of manifest.composeExtensions[0]!.commands) {
    expect(fetchTask).toBe(true)
    expect(title.length).toBeLessThanOrEqual(32)
    expect(description.length).toBeLessThanOrEqual(128)
  }
})

test('the package holds the manifest with the app’s id and both icons in their sizes, the same bytes every time', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wardroom-package-'))
  try {
    const icons = new URL('../../../manifest/teams/', import.meta.url)
    for (const name of ['a.zip', 'b.zip']) await writePackage(input, icons, join(folder, name))
    const [first, second] = await Promise.all(['a.zip', 'b.zip'].map((name) => readFile(join(folder, name))))
    expect(first!.equals(second!)).toBe(true)
    const files = unzipped(first!)
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png'])
    expect(files.get('manifest.json')!.toString()).toBe(manifestText(input))
    expect(sizeOf(files.get('color.png')!)).toEqual([192, 192])
    expect(sizeOf(files.get('outline.png')!)).toEqual([32, 32])
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** By the central directory, as a reader of ZIP files goes. */
function unzipped(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const packed = zip.readUInt32LE(at + 20)
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28))
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = zip.subarray(start, start + packed)
    files.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(bytes) : bytes)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return files
}

const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]
