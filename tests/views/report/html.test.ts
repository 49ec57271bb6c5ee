/** The report as a page: whole by itself, in order for a screen reader, and deaf to what people typed into it. */
import { parseDocument } from 'htmlparser2'
import { expect, test } from 'vitest'
import { event } from '../../../src/domain/events.ts'
import { reportHtml } from '../../../src/views/report/html.ts'
import { named, reportOf, tell } from '../../support/told-log.ts'
import { ninetyDays, threeHours } from '../../support/told-reports.ts'

interface Element {
  readonly type: string
  readonly name?: string
  readonly attribs?: Readonly<Record<string, string>>
  readonly children?: readonly Element[]
  readonly data?: string
}

const elements = (node: Element): readonly Element[] => [
  ...(node.name ? [node] : []),
  ...(node.children ?? []).flatMap(elements),
]
const textOf = (node: Element): string => node.data ?? (node.children ?? []).map(textOf).join('')
const parsed = (html: string) => elements(parseDocument(html) as unknown as Element)
const long = reportHtml(reportOf(ninetyDays()))
const page = parsed(long)
const all = (name: string) => page.filter((element) => element.name === name)

test('it runs nothing and fetches nothing', () => {
  const policy = all('meta').find(({ attribs }) => attribs?.['http-equiv'] === 'Content-Security-Policy')
  expect(policy?.attribs?.content).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/)
  expect(page.filter(({ name }) => /^(script|link|img|iframe|object|base|form)$/.test(name ?? ''))).toEqual(
    [],
  )
  const attributes = page.flatMap(({ attribs }) => Object.entries(attribs ?? {}))
  expect(attributes.filter(([name]) => /^(on|src|srcset)/.test(name))).toEqual([])
  expect(attributes.filter(([name, value]) => name === 'href' && !value.startsWith('#'))).toEqual([])
  expect(long).not.toMatch(/url\(|@import/)
})

test('what people typed is text, and what would turn it around is shown', () => {
  const told = tell('inc-2026-0009', {
    ...{ at: '2026-11-21T03:41:00Z', by: 'U1', kind: 'other' },
    sentence: '</title></style><script>alert(1)</script><img src=x onerror=alert(1)>',
  })
  const text = { what: '"><svg onload=alert(1)>', why: 'safe\u202egpj.exe\u0007' }
  told.act(
    '2026-11-21T03:42:00Z',
    'U1',
    named('U1', '<b>Eve</b>'),
    event('decision.recorded', { number: 1, message: null }, text),
  )
  const hostile = reportHtml(reportOf(told))
  const found = parsed(hostile)
  expect(found.filter(({ name }) => /^(script|img|b)$/.test(name ?? ''))).toEqual([])
  expect(found.filter(({ name }) => name === 'svg')).toHaveLength(1)
  expect(hostile).toContain('safe[U+202E]gpj.exe[U+0007]')
  expect(textOf({ type: 'root', children: found.filter(({ name }) => name === 'main') })).toContain(
    '<b>Eve</b>',
  )
})

test('headings go down one step at a time from the one title', () => {
  const levels = page.flatMap(({ name }) => (/^h[1-6]$/.test(name ?? '') ? [Number(name![1])] : []))
  expect(levels.filter((level) => level === 1)).toEqual([1])
  expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([])
})

test('every table has a caption, heads of columns and of rows; the picture has words and a table in its stead', () => {
  for (const table of all('table')) {
    const inside = elements(table)
    expect(textOf(inside.find(({ name }) => name === 'caption')!)).not.toBe('')
    const scopes = inside.filter(({ name }) => name === 'th').map(({ attribs }) => attribs?.scope)
    expect(new Set(scopes)).toEqual(new Set(['col', 'row']))
  }
  const [svg] = all('svg')
  expect(svg?.attribs).toMatchObject({ role: 'img', 'aria-labelledby': 'picture-title picture-description' })
  expect(
    elements(svg!)
      .filter(({ name }) => name === 'title' || name === 'desc')
      .map(textOf),
  ).toEqual([
    'inc-2026-0012 in one picture',
    expect.stringContaining('letters to individuals: last day Fri 5 Feb 2027, sent Mon 1 Feb 2027.'),
  ])
})

test('ids are given once and every link of the contents leads somewhere', () => {
  const ids = page.flatMap(({ attribs }) => attribs?.id ?? [])
  expect(ids).toEqual([...new Set(ids)])
  const targets = all('a').map(({ attribs }) => attribs?.href?.slice(1))
  expect(targets.length).toBeGreaterThan(8)
  expect(targets.filter((id) => !ids.includes(id!))).toEqual([])
})

test('an exercise says so, and nobody is a bare id', () => {
  const drill = reportHtml(reportOf(threeHours()))
  expect(drill).toContain('DRILL. An exercise; nothing in this report really happened.')
  expect(long).not.toMatch(/&lt;@/)
  expect(long).toContain('@מקס באואר')
})
