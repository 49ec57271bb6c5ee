/** The kept manifests are those the command table makes: `wardroom manifest` writes them again. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { manifestFiles } from '../src/chat/slack/manifest.ts'
import { manifestRows } from '../src/commands/manifest-rows.ts'

test.each(Object.entries(manifestFiles(manifestRows(['incident', 'inc']))))(
  'manifest/%s is what the command table makes (else: npm run build && node dist/main.js manifest)',
  (file, made) => {
    expect(readFileSync(new URL(`../manifest/${file}`, import.meta.url), 'utf8')).toBe(made)
  },
)
