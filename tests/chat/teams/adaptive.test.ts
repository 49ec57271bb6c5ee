/** Cards on Teams: what they say and bring back, that typed words stay words, and that every card is one Teams takes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AdaptiveCard,
  adaptiveCard,
  adaptivePages,
  type Drawing,
  deliveryOf,
  pageOf,
  peopleIn,
} from '../../../src/chat/teams/cards/adaptive.ts'
import type { Block, Button, Card, Line } from '../../../src/views/card.ts'
import { buttonsOf, elementsOf, linesOf } from './card-reading.ts'
import { cardProblems, hasSchema } from './card-schema.ts'

const dana = '0a1b2c3d-0000-4000-8000-00000000000d'
const lee = '0a1b2c3d-0000-4000-8000-00000000000e'
const twin = '1b2c3d4e-0000-4000-8000-00000000000d'
const names: Record<string, string> = { [dana]: 'Dana Reyes', [lee]: 'Lee Chan', [twin]: 'Dana Reyes' }
const room = '19:abc@thread.tacv2'
const drawing: Drawing = {
  name: (person) => names[person] ?? 'somebody',
  room: (id) =>
    id === room ? { name: 'inc-2026-0007', url: 'https://teams.test/l/channel/19%3aabc' } : undefined,
}

const card = (...blocks: Block[]): Card => ({ summary: 'A summary.', blocks })
const lines = (...all: Line[]): Card => card({ kind: 'lines', lines: all })
const only = (drawn: Card, how: Drawing = drawing): AdaptiveCard => {
  const pages = adaptivePages(drawn, how)
  expect(pages).toHaveLength(1)
  expect(cardProblems(pages[0])).toEqual([])
  return pages[0]!
}
const buttons = (...all: Button[]): Block => ({ kind: 'buttons', buttons: all })
const numbered = (count: number, size: number): string[] =>
  Array.from({ length: count }, (_, at) => `${at} ${'x'.repeat(size)}`)

test.skipIf(hasSchema)('the Adaptive Card schema is not here: cards are checked for size alone', () => {
  expect(cardProblems({ type: 'AdaptiveCard' })).toEqual([])
})

test.runIf(hasSchema)('the schema refuses what is no card', () => {
  expect(cardProblems({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock' }] })).not.toEqual(
    [],
  )
})

describe('a card on Teams', () => {
  test('is for old clients, and in a notification, its summary', () => {
    expect(only(card())).toMatchObject({ fallbackText: 'A summary.', msteams: { width: 'Full' } })
    expect(linesOf(only(card()))).toEqual(['A summary.'])
  })

  test('carries a pre-typed line, its incident and its delivery in a button that acts', () => {
    const drawn = only(card(buttons({ label: 'Seen', line: 'ack', incident: 'i1', style: 'primary' })), {
      ...drawing,
      delivery: 'd1',
    })
    expect(buttonsOf(drawn)).toEqual([
      {
        label: 'Seen',
        type: 'Action.Execute',
        style: 'positive',
        data: { w: { l: 'ack', i: 'i1' }, d: 'd1' },
      },
    ])
  })

  test('asks for a dialog with a button that opens a form', () => {
    expect(buttonsOf(only(card(buttons({ label: 'Assign', line: 'assign', form: true }))))).toEqual([
      {
        label: 'Assign',
        type: 'Action.Submit',
        data: { w: { l: 'assign', f: 1 }, msteams: { type: 'task/fetch' } },
      },
    ])
  })

  test('unfolds the consequence before an irreversible act', () => {
    const close: Button = { label: 'Close', line: 'close', style: 'danger', confirm: 'Clocks go on.' }
    expect(buttonsOf(only(card(buttons(close))))).toEqual([
      {
        label: 'Close',
        type: 'Action.Execute',
        style: 'destructive',
        confirm: 'Clocks go on.',
        data: { w: { l: 'close' } },
      },
    ])
  })

  test('never shortens a button’s line into another command: the form is asked for', () => {
    const long = { label: 'Run', line: `note ${'x'.repeat(3000)}`, incident: 'i1' }
    expect(buttonsOf(only(card(buttons(long))))[0]?.data.w).toEqual({ l: 'note', i: 'i1', f: 1 })
  })

  test('shows six buttons a row, and the rest in the next', () => {
    const eight = Array.from({ length: 8 }, (_, at) => ({ label: `${at}`, line: 'ack' }))
    const sets = elementsOf(only(card(buttons(...eight)))).map(({ actions }) => (actions as unknown[]).length)
    expect(sets).toEqual([6, 2])
  })

  test('puts a block’s button right under its lines, and a divider above what follows it', () => {
    const drawn = only(
      card(
        { kind: 'title', text: 'inc-2026-0007' },
        { kind: 'lines', lines: ['one', 'two'], button: { label: 'Go', line: 'ack' } },
        { kind: 'divider' },
        { kind: 'quiet', lines: ['small'] },
      ),
    )
    expect(elementsOf(drawn)).toMatchObject([
      { type: 'TextBlock', style: 'heading', text: 'inc-2026-0007' },
      { type: 'RichTextBlock' },
      { type: 'RichTextBlock', spacing: 'small' },
      { type: 'ActionSet' },
      { type: 'RichTextBlock', separator: true, inlines: [{ isSubtle: true, size: 'small' }] },
    ])
  })

  test('keeps a fact’s label and value on one line', () => {
    const rows = [
      { label: 'Commander', value: [{ person: dana }] as Line },
      { label: 'Next', value: 'Confirm' },
    ]
    expect(linesOf(only(card({ kind: 'facts', rows })))).toEqual([
      '**Commander**\u2002<at>Dana Reyes</at>',
      'Next\u2002Confirm',
    ])
  })

  test('mentions people by their id, each once, and tells two of one name apart', () => {
    const drawn = only(lines(['To ', { person: dana }], [{ person: dana }, ' and ', { person: twin }]))
    expect(linesOf(drawn)).toEqual([
      'To <at>Dana Reyes</at>',
      '<at>Dana Reyes</at> and <at>Dana Reyes (1b2c3d4e)</at>',
    ])
    expect(drawn.msteams).toEqual({
      width: 'Full',
      entities: [
        { type: 'mention', text: '<at>Dana Reyes</at>', mentioned: { id: dana, name: 'Dana Reyes' } },
        {
          type: 'mention',
          text: '<at>Dana Reyes (1b2c3d4e)</at>',
          mentioned: { id: twin, name: 'Dana Reyes' },
        },
      ],
    })
  })

  test('names without a mention whoever has no account id, and everybody where mentions are off', () => {
    expect(linesOf(only(lines([{ person: 'KIM' }])))).toEqual(['somebody'])
    const quiet = only(lines([{ person: dana }, ' holds it']), { ...drawing, mentions: false })
    expect(linesOf(quiet)).toEqual(['Dana Reyes holds it'])
    expect(quiet.msteams).toEqual({ width: 'Full' })
  })

  test('links to a room by its name, in runs and beside a mention', () => {
    const address = 'https://teams.test/l/channel/19%3aabc'
    const [runs, block] = elementsOf(only(lines(['Room ', { room }], [{ person: lee }, ' in ', { room }])))
    expect(runs).toMatchObject({
      inlines: [
        { text: 'Room ' },
        { text: 'inc-2026-0007', selectAction: { type: 'Action.OpenUrl', url: address } },
      ],
    })
    expect(block?.text).toBe(`<at>Lee Chan</at> in [inc-2026-0007](${address})`)
    expect(linesOf(only(lines(['Room ', { room: '19:gone' }])))).toEqual(['Room in its channel'])
  })

  test('names everybody it is about, for names to be looked up', () => {
    const value: Line = [{ person: 'b' }]
    const about = card(
      { kind: 'facts', rows: [{ label: 'x', value }] },
      { kind: 'quiet', lines: [[{ person: 'a' }], value] },
    )
    expect(peopleIn(about)).toEqual(['b', 'a'])
    const form = { verb: 'v', title: 't', submit: 's', nonce: 'nonce-0001', intro: [[{ person: 'c' }]] }
    const fields = [
      { kind: 'person' as const, name: 'p', label: 'p', initial: 'd' },
      { kind: 'people' as const, name: 'q', label: 'q', initial: ['c', 'e'] },
    ]
    expect(peopleIn({ ...form, fields })).toEqual(['c', 'd', 'e'])
  })
})

describe('a card too long for Teams', () => {
  const long = card(
    { kind: 'title', text: 'A long one' },
    { kind: 'lines', lines: numbered(60, 800), button: { label: 'Go', line: 'ack' } },
    buttons({ label: 'All', line: 'check' }),
  )

  test('continues on further pages, each with its number and the delivery’s id', () => {
    const pages = adaptivePages(long, { ...drawing, delivery: '00000000-d' })
    expect(pages.map((page) => cardProblems(page))).toEqual([[], [], []])
    expect(pages.flatMap(linesOf).filter((line) => /^\d+ x/.test(line))).toEqual(numbered(60, 800))
    expect(pages.map((page) => linesOf(page)[0])).toEqual([
      'A long one',
      'Continued, 2 of 3',
      'Continued, 3 of 3',
    ])
    expect(pages.map(pageOf)).toEqual([1, 2, 3].map((page) => ({ delivery: '00000000-d', page, of: 3 })))
    expect(buttonsOf(pages[2]).map(({ label }) => label)).toEqual(['Go', 'All'])
  })

  test('that is updated in place is one card, which keeps its last buttons and counts what it leaves out', () => {
    const drawn = adaptiveCard(long, drawing)
    expect(cardProblems(drawn)).toEqual([])
    const shown = linesOf(drawn).filter((line) => /^\d+ x/.test(line)).length
    expect(shown).toBeGreaterThan(18)
    expect(linesOf(drawn).at(-1)).toBe(`… ${60 - shown} more not shown here`)
    expect(buttonsOf(drawn).map(({ label }) => label)).toEqual(['All'])
  })

  test('keeps a button with the last line of its block', () => {
    const blocks = numbered(40, 700).map((line, at) => ({
      kind: 'lines' as const,
      lines: [line],
      button: { label: `Do ${at}`, line: 'check D1 done' },
    }))
    for (const page of adaptivePages(card(...blocks), drawing)) {
      expect(elementsOf(page).at(-1)?.type).toBe('ActionSet')
      expect(linesOf(page).filter((line) => /^\d/.test(line))).toHaveLength(buttonsOf(page).length)
    }
  })
})

describe('a delivery', () => {
  const drawn = only(lines('x'), { ...drawing, delivery: 'a:b' })
  test('is read from a card and from its text, and from nothing else', () => {
    expect(deliveryOf(drawn)).toBe('a:b')
    expect(deliveryOf(JSON.stringify(drawn))).toBe('a:b')
    for (const none of [
      undefined,
      null,
      '',
      '{',
      '"x"',
      [],
      { body: 'x' },
      { body: [null, 7, { id: 'x' }] },
      only(lines('x')),
    ])
      expect(deliveryOf(none)).toBeUndefined()
  })
})

describe('what people type, on Teams', () => {
  const rows: [string, Line, string][] = [
    [
      'stays as it is where nobody is mentioned',
      'a *b* _c_ [x](http://y) <at>All</at> & &lt; \\d',
      'a *b* _c_ [x](http://y) <at>All</at> & &lt; \\d',
    ],
    ['is no date', 'at {{DATE(2026-01-01T00:00:00Z)}}', 'at {\u200b{DATE(2026-01-01T00:00:00Z)}}'],
    [
      'is no emphasis beside a mention',
      ['a *b* _c_ ~d~ `e` ', { person: lee }],
      'a ∗b∗ ˍcˍ ∼d∼ ˋeˋ <at>Lee Chan</at>',
    ],
    ['is no link beside a mention', ['[x](http://y) ', { person: lee }], '［x］(http://y) <at>Lee Chan</at>'],
    [
      'is no mention beside a mention',
      ['<at>Dana Reyes</at> ', { person: lee }],
      '‹at›Dana Reyes‹/at› <at>Lee Chan</at>',
    ],
    [
      'is no entity, backslash or date beside a mention',
      ['&lt; R&D a\\b {{DATE(x)}} ', { person: lee }],
      '＆lt; R&D a∖b {\u200b{DATE(x)}} <at>Lee Chan</at>',
    ],
    [
      'is no list, heading or rule beside a mention',
      ['- a ', { person: lee }],
      '\u200b- a <at>Lee Chan</at>',
    ],
    ['is no numbered list beside a mention', [' 1. a ', { person: lee }], '\u200b1. a <at>Lee Chan</at>'],
    ['keeps marks within words', ['snake_case ', { person: lee }], 'snake_case <at>Lee Chan</at>'],
    [
      'is bold on its letters, so that the marks always act',
      [{ bold: 'You typed: ' }, 'x*y ', { person: lee }],
      '**You typed**: x∗y <at>Lee Chan</at>',
    ],
    [
      'is a link only to a web address',
      [{ link: 'x', url: 'javascript:1' }, ' ', { person: lee }],
      'x <at>Lee Chan</at>',
    ],
    [
      'cannot break out of a link',
      [{ link: 'a](b', url: 'https://x.test/?a=(1)|2' }, ' ', { person: lee }],
      '[a］(b](https://x.test/?a=%281%29%7C2) <at>Lee Chan</at>',
    ],
  ]
  for (const [name, given, wanted] of rows)
    test(name, () => expect(linesOf(only(lines(given)))).toEqual([wanted]))

  test('keeps its lines and runs: code, struck, bold and links that open', () => {
    const [first, second, third] = elementsOf(
      only(
        lines(
          [{ code: '/x <role>' }, { struck: 'old' }, { bold: 'b' }, '\nnext'],
          [{ link: 'L', url: 'https://x.test' }],
        ),
      ),
    )
    expect(first?.inlines).toEqual([
      { type: 'TextRun', text: '/x <role>', fontType: 'monospace' },
      { type: 'TextRun', text: 'old', strikethrough: true },
      { type: 'TextRun', text: 'b', weight: 'bolder' },
    ])
    expect(second?.inlines).toEqual([{ type: 'TextRun', text: 'next' }])
    expect(third?.inlines).toMatchObject([{ text: 'L', selectAction: { url: 'https://x.test' } }])
  })

  test('in a name makes no mention of anybody else, and no markup', () => {
    const odd: Drawing = { ...drawing, name: () => '</at><at>Lee Chan</at> **x** [y](z)' }
    const drawn = only(lines([{ person: dana }]), odd)
    expect(linesOf(drawn)).toEqual(['<at>‹/at›‹at›Lee Chan‹/at› ∗∗x∗∗ ［y］(z)</at>'])
    expect((drawn.msteams as { entities: { text: string }[] }).entities[0]?.text).toBe(linesOf(drawn)[0])
  })
})

/** Everything that would act in a TextBlock, read by rules of our own making and not by those that prevent it. */
function acts(text: string): string[] {
  const found: string[] = []
  const rest = text.replace(/<at>[^<>]*<\/at>/g, 'NAME')
  if (/[*`~\\<>[\]]/.test(rest)) found.push(`a mark in ${rest}`)
  if (/(^|[^\p{L}\p{N}])_|_($|[^\p{L}\p{N}])/u.test(rest)) found.push(`an underscore in ${rest}`)
  if (/&(#\d+|#x[0-9a-f]+|[a-z]\w*);/i.test(rest)) found.push(`an entity in ${rest}`)
  if (rest.includes('{{')) found.push(`a date in ${rest}`)
  if (/^\s*([-+*=#>]|\d+[.)]|\|)/.test(rest)) found.push(`a block in ${rest}`)
  if (/^(\s{4}|\t)|[\r\n]/.test(rest)) found.push(`a break in ${rest}`)
  return found
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...[
          '*',
          '**',
          '_',
          '__',
          '`',
          '~~',
          '[',
          '](',
          ')',
          '<',
          '>',
          '<at>',
          '</at>',
          '{{',
          '}}',
          'DATE(',
          '\\',
          '&',
          '&amp;',
          '#',
          '- ',
          '+ ',
          '1. ',
          '1) ',
          '|',
          '\n',
          '\t',
          '    ',
          'a',
          'é',
          ' ',
          'http://x',
          '!',
          '=',
          ':',
        ],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

describe('any text on Teams', () => {
  test('is inert beside a mention', () => {
    fc.assert(
      fc.property(hostile, hostile, (before, after) => {
        const drawn = only(lines([before, { person: lee }, after, { struck: before }]))
        for (const element of elementsOf(drawn))
          if (element.type === 'TextBlock') expect(acts(String(element.text))).toEqual([])
        const { entities = [] } = drawn.msteams as { entities?: unknown[] }
        expect(entities).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })

  test('is inert in a heading', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const element of elementsOf(
          only(card({ kind: 'title', text }, { kind: 'lines', lines: ['x'] })),
        ))
          if (element.type === 'TextBlock') expect(acts(String(element.text))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('is unchanged where nobody is mentioned, but for breaks, codes nobody sees and dates', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = text
          .toWellFormed()
          .split(/\r\n|\r|\n/)
          .map((row) => row.replace(/\p{Cc}/gu, ' '))
        const expected = shown.filter((row) => row.trim() !== '')
        const read = linesOf(only(lines(text))).map((row) => row.replaceAll('{\u200b', '{'))
        expect(read).toEqual(expected.length > 0 ? expected : ['A summary.'])
      }),
      { numRuns: 500 },
    )
  })
})

describe('any card on Teams', () => {
  const words = fc.oneof(hostile, fc.string({ unit: 'binary', minLength: 800, maxLength: 4000 }))
  const person = fc.constantFrom(dana, lee, twin, 'KIM')
  const span = fc.oneof(
    words,
    fc.record({ bold: words }),
    fc.record({ code: words }),
    fc.record({ struck: words }),
    fc.record({ person }),
    fc.record({ room: fc.constantFrom(room, 'x') }),
    fc.record({ link: words, url: fc.webUrl() }),
  )
  const line: fc.Arbitrary<Line> = fc.oneof(words, fc.array(span, { maxLength: 5 }))
  const button: fc.Arbitrary<Button> = fc.record(
    {
      label: words,
      line: words,
      incident: fc.uuid(),
      confirm: words,
      form: fc.boolean(),
      style: fc.constantFrom('primary' as const, 'danger' as const),
    },
    { requiredKeys: ['label', 'line'] },
  )
  const some = fc.array(line, { maxLength: 12 })
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant('title' as const), text: words }),
    fc.record(
      { kind: fc.constant('lines' as const), lines: some, button },
      { requiredKeys: ['kind', 'lines'] },
    ),
    fc.record({
      kind: fc.constant('facts' as const),
      rows: fc.array(fc.record({ label: fc.string({ maxLength: 200 }), value: line }), { maxLength: 12 }),
    }),
    fc.record({ kind: fc.constant('quiet' as const), lines: some }),
    fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 20 }) }),
    fc.record({ kind: fc.constant('divider' as const) }),
  )
  const blocks = fc.array(block, { maxLength: 12 })
  const marked = (drawn: readonly Block[]): Card => ({ summary: 'A summary.', blocks: drawn })

  test('of any shape is pages that Teams takes, with every line and every button', () => {
    fc.assert(
      fc.property(blocks, (drawn) => {
        const pages = adaptivePages(marked(drawn), { ...drawing, delivery: 'd1' })
        expect(pages.flatMap((page) => cardProblems(page))).toEqual([])
        const wanted = drawn.flatMap((each) =>
          each.kind === 'buttons' ? each.buttons : each.kind === 'lines' && each.button ? [each.button] : [],
        )
        expect(pages.flatMap(buttonsOf)).toHaveLength(wanted.length)
        expect(pages.every((page) => deliveryOf(page) === 'd1')).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('loses no word over its pages', () => {
    const counted = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5000 })), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(counted, (rows) => {
        const all = rows.map(([isMention, size], at): Line => {
          const text = `${at}:${'é '.repeat(size / 2)}${'y'.repeat(size % 1500)}:${at}`
          return isMention ? [{ person: lee }, text] : text
        })
        const pages = adaptivePages(lines(...all), drawing)
        const shown = pages.flatMap(linesOf).filter((row) => !row.startsWith('Continued'))
        const bare = (text: string) => text.replace(/<at>.*?<\/at>|[\s\u200b]/g, '')
        const typed = all.map((row) => (typeof row === 'string' ? row : String(row[1])))
        expect(bare(shown.join(''))).toBe(bare(typed.join('')))
      }),
      { numRuns: 60 },
    )
  })

  test('updated in place is one card that Teams takes', () => {
    fc.assert(
      fc.property(blocks, (drawn) => {
        expect(cardProblems(adaptiveCard(marked(drawn), { ...drawing, delivery: 'd1' }))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
