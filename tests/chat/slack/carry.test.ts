/** What a form carries comes back whole, through anything Slack may do to white space and entities on the way. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCarried } from '../../../src/chat/slack/carry.ts'
import { cutFormView, formView } from '../../../src/chat/slack/form.ts'
import { join, split } from '../../../src/chat/slack/pieces.ts'
import { checkView } from '../../../src/practice/blocks-check.ts'
import type { Form } from '../../../src/views/card.ts'

interface Echoed {
  readonly private_metadata: string
  readonly blocks: {
    readonly type: string
    readonly block_id?: string
    readonly text?: { readonly text: string }
  }[]
}

const form: Form = {
  verb: 'declare',
  title: 'Declare an incident',
  submit: 'Declare',
  intro: ['Declaring admits nothing.'],
  fields: [{ kind: 'long-text', name: 'sentence', label: 'What happened' }],
  nonce: 'nonce-0001',
  carryTitle: 'The message, as it will be recorded:',
}
const asked = { room: 'C0123456789', responseUrl: `https://hooks.slack.com/commands/${'x'.repeat(80)}` }

const opened = (carry: Form['carry'] = {}): Echoed =>
  JSON.parse(JSON.stringify(formView({ ...form, carry }, asked))) as Echoed

/** The view as it is submitted, each of its texts changed on the way. */
function sent({ blocks, ...view }: Echoed, change: (text: string) => string = (text) => text) {
  const came = blocks.map(({ text, ...block }) => ({
    ...block,
    ...(text ? { text: { ...text, text: change(text.text) } } : {}),
  }))
  return readCarried(view.private_metadata, came)
}

const escaping = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** What a server may call white space: control and format characters too. */
const trimming = (text: string) => text.replace(/^[\s\p{Z}\p{C}]+|(?<![\s\p{Z}\p{C}])[\s\p{Z}\p{C}]+$/gu, '')

const paragraph = 'The laptop was in the car. Nobody saw who took it; the police have a number.\n\n'
const flag = '👩🏽‍⚕️'
const texts: Readonly<Record<string, string>> = {
  'of words in lines': paragraph.repeat(520),
  'without any white space': 'x'.repeat(40_000),
  'of nothing but white space': ' '.repeat(5000),
  'of white space of every kind': '\n\t \u00a0\u2003\u2028\r\n'.repeat(900),
  'with long gaps': `${'a'.repeat(2990)}${' '.repeat(5000)}b${'\n'.repeat(21)}c`.repeat(4),
  'that begins and ends with white space': `  \n${'word '.repeat(3000)}\n `,
  'in Hebrew and Arabic': 'המחשב נגנב מהרכב. سُرق الحاسوب من السيارة. '.repeat(900),
  'in Chinese, without spaces': '电脑在车里被偷了。'.repeat(4400),
  'of emoji': flag.repeat(5700),
  'of flags and joined accents': `🇺🇸${'e\u0301'.repeat(3)}`.repeat(4000),
  'of letters under a thousand accents': `e${'\u0301'.repeat(999)}`.repeat(40),
  'with lone surrogates': `\ud83d x \udc00${'\ud83d'.repeat(3000)}`,
  'with zero bytes and zero-width spaces': '\u0000\u200b\ufeff'.repeat(2000),
  'with entities in it': '&lt;b&gt; &amp;amp; <b> & '.repeat(1600),
  'of ampersands': '&'.repeat(40_000),
  'of bars': '|'.repeat(9000),
}

describe('a long value in a form', () => {
  for (const [name, text] of Object.entries(texts))
    test(`${name} comes back to the character, also trimmed and escaped, in a form Slack takes`, () => {
      const view = opened({ about_author: 'U1', about_text: text })
      expect(checkView(view)).toEqual([])
      expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThanOrEqual(250_000)
      const wanted = { carry: { about_author: 'U1', about_text: text }, altered: [] }
      expect(sent(view)).toMatchObject(wanted)
      expect(sent(view, trimming)).toMatchObject(wanted)
      expect(sent(view, escaping)).toMatchObject(wanted)
      expect(sent(view, (each) => trimming(escaping(each)))).toMatchObject(wanted)
    })

  test('of any kind comes back to the character', () => {
    const some = fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 6000 }) },
      fc.string({ unit: 'grapheme', maxLength: 4000 }),
      fc.constantFrom(' ', '\n', '\n\n', ' '.repeat(30), '&lt;', '<', '|', '\ud83d', flag, paragraph),
      fc
        .tuple(fc.constantFrom(' ', '\n', 'word ', '&', '\ud83d', flag), fc.nat(3100))
        .map(([unit, times]) => unit.repeat(times)),
    )
    const text = fc.array(some, { maxLength: 6 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (about_text, line) => {
        const view = opened({ about_text, line })
        expect(checkView(view)).toEqual([])
        const wanted = { carry: { about_text, line }, altered: [] }
        expect(sent(view)).toMatchObject(wanted)
        expect(sent(view, (each) => trimming(escaping(each)))).toMatchObject(wanted)
      }),
      { numRuns: 150 },
    )
  })

  test('stands below the fields under its title, as plain text whose emoji stay as they are', () => {
    const { blocks } = opened({ about_text: paragraph.repeat(520).trim() })
    const at = blocks.findIndex(({ type }) => type === 'context')
    expect(blocks.slice(0, at).map(({ type }) => type)).toEqual(['section', 'input'])
    expect(blocks[at]).toMatchObject({ elements: [{ type: 'plain_text', text: form.carryTitle }] })
    for (const block of blocks.slice(at + 1))
      expect(block).toMatchObject({ type: 'section', text: { type: 'plain_text', emoji: false } })
  })

  test('says what the bars are, where it has any', () => {
    const title = (about_text: string) =>
      JSON.stringify(opened({ about_text }).blocks.find(({ type }) => type === 'context'))
    expect(title('x'.repeat(5000))).not.toContain('Bars')
    expect(title(`${'x'.repeat(5000)} `)).toContain('Bars show where white space is')
  })

  test('is parted after lines, else after words, and never within a letter', () => {
    const lines = split(texts['of words in lines']!)
    expect(lines.every(({ text }) => text.startsWith('The laptop') && text.endsWith('number.'))).toBe(false)
    expect(
      lines.slice(0, -1).every(({ text }) => text.startsWith('The laptop') && text.endsWith('number.')),
    ).toBe(true)
    const words = split('word '.repeat(2000).trim())
    expect(words.every(({ text }) => text.startsWith('word') && text.endsWith('word'))).toBe(true)
    const emoji = split(flag.repeat(1000))
    expect(emoji.every(({ text }) => text.replaceAll(flag, '') === '')).toBe(true)
    expect(join(emoji)).toBe(flag.repeat(1000))
  })

  test('that fits stays out of sight', () => {
    const view = opened({ about_text: 'x'.repeat(2000) })
    expect(view.blocks.map(({ type }) => type)).toEqual(['section', 'input'])
    expect(sent(view)).toMatchObject({ carry: { about_text: 'x'.repeat(2000) }, altered: [] })
  })
})

describe('a form that comes back otherwise than it went', () => {
  const text = `before ${paragraph.repeat(60)}`.trim()
  const mark = `[as the form gave it back; the message had ${text.length} characters]`

  test('keeps what came, marks it and names it', () => {
    const came = sent(opened({ about_text: text, about_author: 'U1' }), (each) =>
      each.replaceAll('car', ':car:'),
    )
    expect(came?.carry).toEqual({
      about_author: 'U1',
      about_text: `${text.replaceAll('car', ':car:')} ${mark}`,
    })
    expect(came?.altered).toEqual(['about_text'])
  })

  test('keeps what is left when a block is missing, in the order it was sent', () => {
    const view = opened({ about_text: text })
    const [first, ...rest] = view.blocks.filter(({ block_id }) => block_id?.startsWith('c:'))
    const blocks = [...rest.reverse(), { type: 'section', block_id: 'c:7:0:' }]
    const came = readCarried(view.private_metadata, blocks)
    expect(came?.carry.about_text).toBe(`${text.slice(first!.text!.text.length)} ${mark}`)
    expect(readCarried(view.private_metadata, [])?.carry.about_text).toBe(mark)
  })

  test('takes no block of anybody else’s for its own', () => {
    const view = opened({ about_text: 'short' })
    const came = readCarried(view.private_metadata, [{ block_id: 'c:0:0:', text: { text: 'more' } }])
    expect(came?.carry).toEqual({ about_text: 'short' })
  })
})

describe('a form that would be larger than Slack takes', () => {
  const long = '🚑'.repeat(70_000)

  test('carries its longest values cut, says so, and names them when it comes back', () => {
    const view = opened({ about_author: 'U1', about_text: long })
    expect(checkView(view)).toEqual([])
    expect(view.blocks[0]?.text?.text).toContain('Too long for a form')
    const came = sent(view)
    expect(came).toMatchObject({ carry: { about_author: 'U1' }, altered: ['about_text'] })
    const [words, note] = came!.carry.about_text!.split('… [cut here; ')
    expect(words!.length).toBeGreaterThan(2000)
    expect(note).toBe('the message has 70000 characters]')
  })

  test('keeps as much of a text with a stray mark in it', () => {
    const came = sent(
      cutFormView({ ...form, carry: { about_text: `a < b ${'x'.repeat(9000)}` } }, asked) as never,
    )
    expect(came?.carry.about_text?.length).toBeGreaterThan(2000)
  })

  test('keeps within the limits whatever it carries', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 6000 }), {
          maxKeys: 5,
        }),
        (carry) => {
          const view = cutFormView({ ...form, carry }, asked) as unknown as Echoed
          expect(checkView(view)).toEqual([])
          expect(sent(view)).toMatchObject({ verb: 'declare', nonce: 'nonce-0001', room: asked.room })
        },
      ),
      { numRuns: 200 },
    )
  })
})
