/**
 * The picture of an incident's clocks: as it was drawn before, with no words over others, and with nothing that the text
 * beside it does not say. `WRITE_GOLDEN=1 npx vitest run --config tests/vitest.config.ts tests/views/clocks-picture` draws
 * the files anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cardText, plain } from '../../../src/views/card.ts'
import { clocksPictureCard } from '../../../src/views/clocks-picture/card.ts'
import { clocksPictureOf } from '../../../src/views/clocks-picture/drawing.ts'
import { told } from '../../../src/views/clocks-picture/told.ts'
import { svg } from '../../../src/views/report/svg.ts'
import type { Scene } from '../../../src/views/scene.ts'
import { type Desk, desk } from '../../commands/desk.ts'
import { overlaps } from '../../support/pictures.ts'

const names: Readonly<Record<string, string>> = {
  UDANA: 'Dana Reyes',
  UKIM: 'Anneliese Wilhelmina von Hohenstaufen-Übelacker, JD, CIPP/US, CHPC (Interim)',
  UNED: '張偉 שלום Ñandú & <Søn>',
}
const name = (id: string) => names[id] ?? id
const because = 'because Jane Roe, MRN 00482913, counted'

const scene = ({ state, organisation, at }: Desk): Scene => ({
  ...{ state: state!, organisation, now: at, word: '/incident' },
})
const pictureOf = (here: Desk) => clocksPictureOf(scene(here), name)

function declared(acts: readonly string[], now?: string, regimes?: readonly string[]): Desk {
  const here = desk({
    declared: 'the laptop of Jane Roe, MRN 00482913, was stolen',
    ...(regimes ? { facts: { regimes: [...regimes] } } : {}),
  })
  if (now) here.at = new Date(now)
  for (const act of acts) expect(here.run('UDANA', act).refusal, act).toBeUndefined()
  return here
}

const told6: readonly (readonly [string, () => Desk])[] = [
  ['nobody-knows-the-count', () => declared([])],
  [
    'one-open-one-met',
    () =>
      declared(
        [`fact affected 12 ${because}`, 'fact notified individuals 11 Jan 2027'],
        '2027-01-11T15:00:00Z',
      ),
  ],
  [
    'late',
    () =>
      declared(
        [`fact affected 900 TX 501 CA 200 ${because}`, 'fact notified individuals 2 Feb 2027'],
        '2027-02-03T15:00:00Z',
      ),
  ],
  [
    'delayed-by-law-enforcement',
    () =>
      declared(
        [
          `fact affected 900 TX 501 CA 200 ${because}`,
          `fact delay written 10 Dec 2026 until 15 Feb 2027 by "Agent Ruiz, FBI" ${because}`,
          'notify individuals own <@UKIM>',
          'notify media own <@UNED>',
        ],
        '2026-12-11T15:00:00Z',
      ),
  ],
  [
    'many-states',
    () =>
      declared(
        [`fact affected 9000 TX 2001 CA 2000 NY 2000 CO 700 FL 800 WA 700 ${because}`],
        '2026-12-11T15:00:00Z',
        ['HIPAA', 'state', 'part2'],
      ),
  ],
  [
    'hours',
    () =>
      declared(
        ['fact started ny-hospital 20 Nov 2026 22:00 because the ward is down'],
        '2026-11-22T15:00:00Z',
        ['HIPAA', 'state.ny'],
      ),
  ],
]

test.each(told6)('%s is drawn as before', (file, here) => {
  const at = new URL(`golden/${file}.svg`, import.meta.url)
  const drawn = `${svg(pictureOf(here()))}\n`
  if (process.env.WRITE_GOLDEN === '1') writeFileSync(at, drawn)
  expect(drawn).toBe(readFileSync(at, 'utf8'))
})

test.each(told6)('%s: no words cover others or stick out', (_, here) => {
  expect(overlaps(pictureOf(here()))).toEqual([])
})

/** Days of the axis and the words of the legend name nothing of the incident. */
const isFrame = (words: string) =>
  /^\w{3} \d{1,2} \w{3}$|^\d{1,2} \w{3} \d{4}$|^today|^(counts from here|our target|last day(, if a fact says so)?|sent in time|sent late|late|law-enforcement delay)$/.test(
    words,
  )

test.each(told6)('%s: what the picture says, the text beside it and the description say', (_, here) => {
  const desk = here()
  const picture = pictureOf(desk)
  const said = (text: string) => text.replace(/\s+/g, ' ')
  const beside = said(cardText(clocksPictureCard(scene(desk)), name))
  const read = said(picture.description)
  for (const shape of picture.shapes) {
    if (shape.kind !== 'text' || isFrame(shape.text)) continue
    // What was cut to fit is whole in the text.
    const words = said(shape.text).replace(/…$/, '')
    expect(beside, words).toContain(words)
    expect(read, words).toContain(words)
  }
})

test.each(told6)('%s holds nothing that a person typed, and no id', (_, here) => {
  const desk = here()
  const all = [svg(pictureOf(desk)), cardText(clocksPictureCard(scene(desk)), name)].join('\n')
  expect(all).not.toMatch(/Jane|Roe|00482913|laptop|Ruiz|@U|UDANA|UKIM/)
})

test('every kind of state is said by a word, and by a sign of its own', () => {
  const marks = told6.flatMap(([, here]) =>
    told(scene(here())).rows.map(({ mark, days }) => [mark, days.split(/ · |,/)[0]]),
  )
  expect(new Map(marks as [string, string][])).toEqual(
    new Map([
      ['open', 'Open'],
      ['depends', 'Depends on a fact'],
      ['met', 'Met'],
      ['late', 'Late'],
      ['met-late', 'Met late'],
    ]),
  )
  const signs = clocksPictureCard(scene(declared([]))).blocks.flatMap((block) =>
    block.kind === 'lines' ? block.lines : [],
  )
  expect(signs.map((line) => plain(line)[0]).filter((sign) => /[○?▲✓✗]/.test(sign ?? ''))).toEqual([
    '○',
    '○',
    '○',
    '?',
  ])
})

test('the most urgent come first, and what finds no place is counted', () => {
  const many = told6[4]![1]()
  const all = told(scene(many), 99).rows
  const days = all.map(({ to }) => to ?? '9999')
  expect(days).toEqual([...days].sort())
  expect(told(scene(many), 4)).toMatchObject({
    left: `${all.length - 4} more, less urgent: /incident clocks`,
  })
  expect(clocksPictureOf(scene(many), name, 4).shapes.length).toBeLessThan(pictureOf(many).shapes.length)
})

test('a clock that counts from a moment of its own begins there', () => {
  const at = told(scene(told6[5]![1]())).rows.find(({ label }) => label.startsWith('NY: report'))
  expect(at).toMatchObject({
    from: '2026-11-20',
    to: '2026-11-23',
    days: expect.stringContaining('Mon 23 Nov 2026 22:00 · 1 day left'),
  })
  const chained = declared([`fact affected 900 TX 501 CA 300 ${because}`])
  expect(told(scene(chained)).rows.every(({ from }) => from === '2026-11-20')).toBe(true)
})
