/** The kept manifests are those the command table makes: `wardroom manifest` writes them again. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { manifestFiles } from '../src/chat/slack/manifest.ts'
import { manifestText, NO_APP_ID } from '../src/chat/teams/app/manifest.ts'
import { manifestRows, verbRows } from '../src/commands/manifest-rows.ts'

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const { version } = JSON.parse(read('../package.json')) as { version: string }

test.each([
  ...Object.entries(manifestFiles(manifestRows(['incident', 'inc']))),
  ['teams/manifest.json', manifestText({ appId: NO_APP_ID, version, verbs: verbRows() })] as const,
])(
  'manifest/%s is what the command table makes (else: npm run build && node dist/main.js manifest)',
  (file, made) => {
    expect(read(`../manifest/${file}`)).toBe(made)
  },
)
