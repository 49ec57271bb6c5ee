import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { events, manifestFiles, scopes, shortcuts, slackManifest } from '../../../src/chat/slack/manifest.ts'

const schemas = new URL('../../../../shared/schemas/slack/', import.meta.url)
const here = existsSync(schemas)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, schemas), 'utf8'))
const commands = [
  { command: '/incident', description: 'Run an incident', usageHint: 'declare | status | help' },
  { command: '/inc', description: 'Run an incident', usageHint: 'declare | status | help' },
]

/** Every Web API method named in the adapter's source. */
function methodsCalled(): string[] {
  const files = ['api', 'files', 'history', 'interact', 'people', 'posts', 'private', 'rooms', 'send-file']
  const source = files
    .map((name) => readFileSync(new URL(`../../../src/chat/slack/${name}.ts`, import.meta.url), 'utf8'))
    .join('\n')
    .replace(/\s+/g, ' ')
  const found = source.matchAll(/\b(?:read|once)\.([a-z]+)\.([a-zA-Z]+)\(/g)
  return [...new Set([...found].map((match) => `${match[1]}.${match[2]}`))].sort()
}

test('the manifest has one name per command and asks Slack to name people by id', () => {
  const manifest = slackManifest({ name: 'Wardroom', commands, mode: 'socket' })
  expect(manifest).toMatchObject({
    features: { slash_commands: [{ command: '/incident', should_escape: true }, { command: '/inc' }] },
    settings: { socket_mode_enabled: true },
  })
  expect(JSON.stringify(manifest)).not.toContain('request_url')
})

test('HTTP delivery names one address everywhere', () => {
  const manifest = slackManifest({ name: 'Wardroom', commands, mode: 'http', url: 'https://w.example' })
  expect(JSON.stringify(manifest).match(/https:\/\/w\.example\/slack\/events/g)).toHaveLength(4)
})

test('shortcuts are the ones the adapter answers', () => {
  expect(shortcuts.map((each) => each.callback_id)).toEqual([
    'declare',
    'record_decision',
    'record_evidence',
    'mark_privileged',
    'declare_from_message',
  ])
  for (const each of shortcuts) expect(each.name.length).toBeLessThanOrEqual(24)
})

test.skipIf(!here)('Slack’s own schema accepts both manifests', () => {
  const validate = new Ajv({ strict: false, logger: false }).compile(read('manifest-2.0.0.json'))
  for (const text of Object.values(manifestFiles(commands))) {
    validate(JSON.parse(text))
    expect(validate.errors).toBeNull()
  }
})

test.skipIf(!here)('every method called is covered by a scope, and every scope is used', () => {
  const needed = new Set<string>(['commands'])
  expect(methodsCalled().length).toBeGreaterThan(15)
  for (const method of methodsCalled()) {
    const { scope } = read(`slack-api-ref/docs.slack.dev/methods/${method}.json`)
    const any: string[] = scope?.bot ?? []
    const held = any.filter((each) => each in scopes)
    expect(any.length === 0 || held.length > 0, method).toBe(true)
    for (const each of held) needed.add(each)
  }
  const described: { name: string; scopes?: string[] }[] = read(
    'slack-api-ref/docs.slack.dev/events/events.json',
  )
  /** Real events the reference leaves out. */
  const leftOut = new Set(['group_archive', 'group_unarchive'])
  for (const event of events) {
    const row = described.find((each) => each.name === event)
    expect(row !== undefined || leftOut.has(event), event).toBe(true)
    const any = row?.scopes ?? []
    const held = any.filter((each) => each in scopes)
    expect(any.length === 0 || held.length > 0, event).toBe(true)
    for (const each of held) needed.add(each)
  }
  expect([...needed].sort()).toEqual(Object.keys(scopes).sort())
})

const kept = new URL('../../../manifest/', import.meta.url)

test.skipIf(!existsSync(kept))(
  'the kept manifests ask for what the adapter uses, no more and no less',
  () => {
    for (const [file, text] of Object.entries(manifestFiles([]))) {
      const have = JSON.parse(readFileSync(new URL(file, kept), 'utf8'))
      expect({ ...have, features: { ...have.features, slash_commands: [] } }).toEqual(JSON.parse(text))
      expect(have.features.slash_commands.length).toBeGreaterThan(0)
    }
  },
)
