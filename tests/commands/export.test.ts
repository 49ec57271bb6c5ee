/** Who may ask for the bundle, for what of it, and what they are told would leave. */
import { describe, expect, test } from 'vitest'
import type { Context } from '../../src/commands/command.ts'
import { exportForm } from '../../src/commands/export-form.ts'
import { event } from '../../src/domain/events.ts'
import { leavingOf } from '../../src/domain/leaving.ts'
import { applyOrganisationEvent } from '../../src/domain/organisation.ts'
import type { EntryLine } from '../../src/domain/record.ts'
import { plain } from '../../src/views/card.ts'
import { sizeWords } from '../../src/views/exports.ts'
import { bench } from './bench.ts'

const OFFICER = 'UDANA'
const requested = (scope: string, from: string | null = null, to: string | null = null) => [
  { kind: 'export.requested', data: { scope, from, to } },
]

describe('asked for', () => {
  test.each([
    ['export full', requested('full')],
    ['export everything', requested('full')],
    ['export decision file', requested('decision-file')],
    ['export decision-file', requested('decision-file')],
    ['export 2026-11-20 to 2026-11-21', requested('dates', '2026-11-20', '2026-11-21')],
    ['export from yesterday to today', requested('dates', '2026-11-19', '2026-11-20')],
  ])('as "%s"', (line, events) => expect(bench().run(OFFICER, line).events).toEqual(events))

  test.each([
    ['a bare word', 'export pdf', 'export-scope'],
    ['days in the wrong order', 'export 2026-11-21 to 2026-11-20', 'export-days'],
    ['a day that is none', 'export 2026-11-20 to whenever', 'time-not_understood'],
  ])('as %s it is refused', (_, line, reason) =>
    expect(bench().run(OFFICER, line).refusal?.reason).toBe(reason),
  )

  test('without a scope it is asked in a form, the decision file first', () => {
    const form = bench().run(OFFICER, 'export').form
    expect(form?.fields.map(({ name }) => name)).toEqual(['scope', 'from', 'to'])
    expect(form?.fields[0]).toMatchObject({ initial: 'decision-file' })
    expect(bench().submit(OFFICER, 'export', {}).events).toEqual(requested('decision-file'))
    const days = { scope: 'dates', from: '2026-11-20', to: '2026-11-21' }
    expect(bench().submit(OFFICER, 'export', days).events).toEqual(
      requested('dates', '2026-11-20', '2026-11-21'),
    )
    expect(bench().submit(OFFICER, 'export', { scope: 'dates' }).refusal?.reason).toBe('export-days')
  })
})

describe('by', () => {
  const may = (here: ReturnType<typeof bench>, who: string) =>
    here.run(who, 'export full').refusal === undefined

  test('whoever holds the office today, not by whoever held it in the incident', () => {
    const here = bench()
    here.give({ 'privacy-officer': 'UOLD' })
    expect([may(here, 'UDANA'), may(here, 'UDREW'), may(here, 'ULEE'), may(here, 'UOLD')]).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect(here.run('UOLD', 'export full').said).toContain('<@UDANA> is named privacy officer')
    const named = event('roster.named', { role: 'privacy-officer', holder: 'UNEW', deputy: null })
    here.organisation = applyOrganisationEvent(here.organisation, {
      ...named,
      seq: 9,
      at: '',
      actor: 'UADMIN',
    })
    expect([may(here, 'UDANA'), may(here, 'UNEW')]).toEqual([false, true])
  })

  test('the holder in the incident only while the roster names nobody', () => {
    const here = bench({ roster: false })
    here.give({ 'privacy-officer': 'UKIM' })
    expect([may(here, 'UKIM'), may(here, 'USAM')]).toEqual([true, false])
  })

  test('nobody else, with a reason or without, and nobody kept out', () => {
    const here = bench()
    here.give({ commander: 'UKIM', counsel: 'UEVE' })
    expect(['UKIM', 'USAM', 'UEVE'].map((who) => may(here, who))).toEqual([false, false, false])
  })
})

describe('the form', () => {
  const entry = (kind: string, data: object, commit: string | null = 'x') =>
    ({
      kind,
      data,
      commit,
      ref: null,
      at: '2026-11-21T03:41:00.000Z',
      actor: { id: 'U', kind: 'human' },
      source: null,
    }) as unknown as EntryLine
  const lines = [
    entry('incident.declared', { organisation: { zone: 'UTC' } }),
    entry('message.posted', { room: 'C1', message: '1.0', thread: null }),
    entry('message.posted', { room: 'C1', message: '2.0', thread: null }),
    entry('file.added', { message: '1.0', bytes: 'x', chunks: 1, size: 1_234_567 }),
    entry('clocks.changed', { moves: [] }, null),
    entry('privilege.marked', { target: 'message', room: 'C1', message: '2.0' }),
  ].map((line, at) => ({ ...line, seq: at + 1 }))
  const leaving = leavingOf(lines)
  const context = (more: Partial<Context>) =>
    ({
      state: bench().state,
      organisation: bench().organisation,
      actor: OFFICER,
      at: new Date(),
      platform: 'slack',
      settings: {},
      leaving,
      ...more,
    }) as Context
  const drawn = (given: Partial<Context>) => {
    const form = exportForm(context(given))
    const [scope] = form.fields
    const hints = scope?.kind === 'choice' ? scope.options.map(({ hint }) => hint) : []
    return [...(form.intro ?? []).map((line) => plain(line)), ...hints]
  }

  test('says what would leave with each scope, what is withheld and where it goes', () =>
    expect(drawn({})).toEqual([
      'All 6 entries of the chain leave, without words; the scope says whose words leave with them.',
      'It comes to you alone, as a file here, and is deleted from the chat after 24 hours. A bundle too large for that stays on the server.',
      'Who exported is put on the record.',
      '2 texts · 1 withheld as privileged',
      '4 texts · 1 file, 1.2 MB · 1 withheld as privileged',
      'Say which below',
    ]))

  test('says where the platform cannot bring it', () =>
    expect(drawn({ platform: 'teams' }).join()).toContain(
      'It stays on the server, and you alone are told where.',
    ))

  test('tells somebody who takes no part in it nothing of how much there is', () =>
    expect(drawn({ actor: 'UOZ' }).join()).not.toMatch(/\d texts|entries/))
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1.0 kB'],
  [34_400_000, '34 MB'],
  [1_240_000_000, '1.2 GB'],
])('%s bytes are said as %s', (bytes, words) => expect(sizeWords(bytes)).toBe(words))
