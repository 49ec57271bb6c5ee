/** The report as a PDF: the same bytes each time, and no sign of a name silently dropped. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { piecesOf } from '../../src/bundle/fonts.ts'
import { inkOf } from '../../src/bundle/ink.ts'
import { reportPdf } from '../../src/bundle/report-pdf.ts'
import { event } from '../../src/domain/events.ts'
import type { Report } from '../../src/domain/report/report.ts'
import { named, reportOf, tell } from '../support/told-log.ts'
import { pdfWords } from './pdf-words.ts'

const names = ['Lee Chan 李成', 'José Núñez', 'Чарна Вебб', 'Ångström Ωλένη', '🚑 ward 4']
/** From right to left. */
const others = ['מקס באואר', 'نور الهاشمي']

function small(): Report {
  const at = '2026-11-21T03:41:00Z'
  const told = tell('inc-2026-0007', { at, by: 'U0', kind: 'other', sentence: '<script>alert("x")</script>' })
  const all = [...names, ...others]
  told.act(at, 'U0', ...all.map((name, index) => named(`U${index}`, name)))
  for (const index of all.keys())
    told.act(at, `U${index}`, event('decision.recorded', { number: index + 1, message: null }))
  return reportOf(told)
}

async function bytesOf(report: Report): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of reportPdf(report)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('it is the same file whenever it is made, and people are in it as they write themselves', async () => {
  const [one, other] = [await bytesOf(small()), await bytesOf(small())]
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
  expect(sha256(one)).toBe(sha256(other))
  const words = pdfWords(one)
  for (const part of [
    'Report on inc-2026-0007',
    '<script>alert("x")</script>',
    ...names.flatMap((name) => name.split(' ')),
  ])
    expect(words).toContain(part)
  // Drawn as the eye finds them: the last letter first.
  for (const word of others.flatMap((name) => name.split(' ')))
    expect(words).toContain([...word].reverse().join(''))
  expect(words).not.toContain('\ufffd')
})

const latin = (_: string, code: number) => code < 0x250
const nearly = (face: string, code: number) =>
  face.startsWith('noto') ? code < 0x250 : face.startsWith('dejavu') ? code < 0x3000 : code < 0x20000

test.each([
  ['plain letters stay in one face', 'Dana Reyes', ['noto-regular Dana Reyes']],
  ['a symbol is of the second face', 'done ✓', ['noto-regular done ', 'dejavu-regular ✓']],
  ['what only the last face has is of that', 'Lee 李成', ['noto-regular Lee ', 'unifont-regular 李成']],
  ['a mark goes with the letter before it', 'e\u0301', ['noto-regular e', 'dejavu-regular \u0301']],
  ['a sign no face has is told by its code point', 'a\u{20bb7}b', ['noto-regular a[U+20BB7]b']],
])('%s', (_, words, expected) => {
  expect(piecesOf(words, 'regular', nearly).map(({ face, text }) => `${face} ${text}`)).toEqual(expected)
})

test('a joiner that no face draws is no sign anybody misses', () => {
  expect(piecesOf('a\u200db\ufe0f', 'regular', latin)).toEqual([{ face: 'noto-regular', text: 'ab' }])
})

test('lines end between words, a long hash where it must, and right-to-left words stand in their order', async () => {
  const { default: PDFDocument } = await import('pdfkit')
  const pdf = new PDFDocument()
  const ink = inkOf(pdf)
  const style = { size: 10 }
  const texts = (words: string, width: number) =>
    ink.lines(words, width, style).map((line) => line.map(({ text }) => text).join('|'))
  expect(texts('one two three', ink.width('one two', style) + 1)).toEqual(['one two', 'three'])
  expect(texts('a\n\nb', 100)).toEqual(['a', '', 'b'])
  const hash = 'ab'.repeat(32)
  const broken = texts(hash, 100)
  expect([broken.length > 2, broken.join('')]).toEqual([true, hash])
  const pasted = 'Zm9v'.repeat(10_000)
  expect(texts(pasted, 100).join('')).toBe(pasted)
  expect(
    texts('see שלום עולם (a)', 500)[0]!
      .split('|')
      .filter((text) => /[\u0590-\u05ff]/.test(text)),
  ).toEqual(['עולם', 'שלום'])
  pdf.end()
})
