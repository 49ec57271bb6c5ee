/** What a whole bundle says of itself when it is checked, and what is no alteration: another version's, a disposal, other keys. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { noteOf, signedNote } from '../../src/domain/checkpoint.ts'
import { event } from '../../src/domain/events.ts'
import { parseLine } from '../../src/domain/record.ts'
import { temporaryFolder } from '../support/binary.ts'
import { anyEvent, bundleOf, DECISION_FILE, FULL, type MemoryLog, memoryLog } from '../support/bundle.ts'
import { checked, someLog } from '../support/handed-over.ts'
import { declaredEvent, postedEvent } from '../support/record.ts'

vi.mock('../../src/bundle/report-pdf.ts', () => ({ reportPdf: () => [Buffer.from('%PDF-1.7')] }))

async function told(log: MemoryLog, scope = DECISION_FILE, witness?: string) {
  const folder = temporaryFolder()
  const [bundle, post] = [join(folder, 'bundle.zip'), join(folder, 'post.txt')]
  writeFileSync(bundle, (await bundleOf(log.source(scope))).bytes)
  if (witness === undefined) return checked(bundle)
  writeFileSync(post, witness)
  return checked(bundle, post)
}
const declared = (): MemoryLog => {
  const log = memoryLog()
  log.add(declaredEvent())
  return log
}

test('a decision file is whole though the chatter stays at home', async () => {
  const { code, lines } = await told(someLog())
  expect(lines[0]).toMatch(/^inc-2026-0007: \d+ entries, 3 texts and 0 files opened, 4 checkpoints — whole$/)
  expect(lines[1]).toMatch(/^Signed up to entry \d+ at 2026-.*Z by the key [0-9A-F-]{19}: compare it with/)
  expect(code).toBe(0)
})

test('posts that agree are said to; one that came later is asked for again', async () => {
  const log = someLog()
  const note = noteOf(parseLine(log.rows.entries[4]!.record))
  const copied = signedNote(note)
  expect((await told(log, DECISION_FILE, copied)).lines).toContain(`The post over entry ${note.seq} agrees.`)
  const [unsigned] = copied.split('\n\n')
  expect((await told(log, DECISION_FILE, unsigned)).lines.join()).toContain('its signature was not copied')
  const late = await told(log, DECISION_FILE, signedNote({ ...note, seq: 900 }))
  expect(late.lines[0]).toMatch(/entry 900 — the post covers entry 900, and the record ends at \d+/)
  expect(late.code).toBe(1)
})

test('a copied post that is none is refused in one line, and nothing is checked', async () => {
  const { code, lines } = await told(someLog(), DECISION_FILE, 'Checkpoint inc-2026-0007')
  expect(lines).toEqual([expect.stringMatching(/^post.txt cannot be checked: there is no checkpoint in it/)])
  expect(code).toBe(2)
})

test('a kind of a newer version: what can be checked is, and that it is not all is said', async () => {
  const log = declared()
  log.add(anyEvent('incident.teleported', { to: 'ward 5' }))
  const { code, lines } = await told(log)
  expect(lines).toEqual([
    expect.stringMatching(
      /: entry 2 is of a kind this version does not know: a newer Wardroom made it. Update/,
    ),
    'Whether the bundle is whole cannot be told.',
  ])
  expect(code).toBe(2)
})

/** The second message's words are gone; `approvals` people said they may be, beside whoever asked. */
function disposedOf(approvals: number): MemoryLog {
  const log = declared()
  for (const n of [1, 2]) log.add(postedEvent('C1', `${n}.0`, `words ${n}`), { message: `${n}.0` })
  const of = { what: 'entry', seqs: [3] } as const
  const request = log.add(
    event('disposal.requested', { ...of, keptUntilOn: '2026-11-20', signer: null }, { reason: 'redaction' }),
  )
  for (const actor of ['U0DANAREYES', 'U0MARAVOSS0'].slice(0, approvals))
    log.add(event('disposal.approved', { ...of, request, by: 'person' }, undefined, request), { actor })
  log.add(event('content.disposed', { ...of, request }, undefined, request), { actor: '' })
  log.forget('3/0')
  return log
}

test.each([
  [1, /— whole$/, 0],
  [0, /entry 5 — content was disposed of without two people’s approval \[chain\]/, 1],
])('words disposed of, approved by %i beside whoever asked', async (approvals, what, exit) => {
  const { code, lines } = await told(disposedOf(approvals), FULL)
  expect(lines[0]).toMatch(what)
  expect(code).toBe(exit)
})
