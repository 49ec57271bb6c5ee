// The pure parts of the practice page: what mrkdwn, Markdown, dates and completion make of what people type.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// The page is browser JavaScript outside the compiled program; a path in a variable keeps it so.
const page = (file: string) => import(new URL(`../../src/practice/page/${file}`, import.meta.url).href)
const { parse, parseInline, plainOf, encode, decode } = await page('mrkdwn.js')
const { parseMarkdown } = await page('markdown.js')
const { slackDate, dateOf, dayLabel, instantOf, timeOf } = await page('dates.js')
const { completeAt, verbsOf } = await page('complete.js')
const { makeForm, initialOf, isEmpty } = await page('form.js')
const { emojiOf } = await page('emoji.js')

type Node = {
  type: string
  text?: string
  id?: string
  name?: string
  seconds?: string
  children?: Node[]
  items?: Node[][]
}

/** A tree as short text: `bold(a)`, so that rows of the table can be read. */
const short = (nodes: Node[]): string =>
  nodes
    .map((node) => {
      if (node.type === 'text') return node.text
      if (node.type === 'break') return '⏎'
      const inside = node.children ?? null
      const items = node.items ?? null
      const own = node.text ?? node.id ?? node.name ?? node.seconds ?? ''
      return `${node.type}(${inside ? short(inside) : items ? items.map(short).join('|') : own})`
    })
    .join('')

it('the page draws its own signs: without a font of pictures their characters are empty boxes', () => {
  const folder = new URL('../../src/practice/page/', import.meta.url)
  const files = readdirSync(folder).filter((name) => /\.(js|html|css)$/.test(name) && name !== 'emoji.js')
  expect(files.length).toBeGreaterThan(20)
  for (const name of files)
    expect(readFileSync(new URL(name, folder), 'utf8').match(/[\u{10000}-\u{10ffff}]/gu), name).toBeNull()
})

describe('mrkdwn of one line', () => {
  const rows: [string, string, string][] = [
    ['bold, italic and strike', '*a* _b_ ~c~', 'bold(a) italic(b) strike(c)'],
    ['marks inside marks', '*a _b_*', 'bold(a italic(b))'],
    ['a star in arithmetic is a star', '2*3*4', '2*3*4'],
    ['a star beside a space is a star', '* a *', '* a *'],
    ['snake_case_words stay whole', 'snake_case_words', 'snake_case_words'],
    ['code keeps its marks', '`*a*`', 'code(*a*)'],
    ['an unclosed mark is text', '*a', '*a'],
    ['a person', 'hi <@U0SAM|sam>', 'hi user(U0SAM)'],
    ['a channel', '<#C0GEN|general>', 'channel(C0GEN)'],
    ['a broadcast', '<!here> now', 'broadcast(@here) now'],
    ['a link with words', '<https://hhs.gov|HHS>', 'link(HHS)'],
    ['a bare link', '<https://hhs.gov?a=1&amp;b=2>', 'link(https://hhs.gov?a=1&b=2)'],
    ['a script address is not a link', '<javascript:alert(1)|x>', '<javascript:alert(1)|x>'],
    ['an HTML tag is text', '&lt;img src=x onerror=alert(1)&gt;', '<img src=x onerror=alert(1)>'],
    ['a tag that nobody escaped is text', '<img src=x>', '<img src=x>'],
    ['entities are decoded once', '&amp;lt;', '&lt;'],
    ['a shortcode', ':pushpin: x', 'emoji(pushpin) x'],
    ['a time is not a shortcode', 'at 10:30:00', 'at 10:30:00'],
    ['a date', '<!date^1800000000^{date}|later>', 'date(1800000000)'],
    ['right-to-left text is left alone', '*مرحبا*', 'bold(مرحبا)'],
  ]
  for (const [name, source, expected] of rows)
    it(name, () => {
      expect(short(parseInline(source))).toBe(expected)
    })
})

describe('mrkdwn of several lines', () => {
  const rows: [string, string, string][] = [
    ['lines are kept', 'a\nb', 'line(a⏎b)'],
    ['bullets become a list', 'x\n• a\n• b\ny', 'line(x)list(a|b)line(y)'],
    ['numbers become a list', '1. a\n2. b', 'list(a|b)'],
    ['escaped and plain quote signs quote', '&gt; a\n> b', 'quote(a⏎b)'],
    ['a fence keeps everything', 'a\n```\n*x* &lt;b&gt;\n```\nb', 'line(a)pre(*x* <b>)line(b)'],
    ['an unclosed fence is text', 'a ```b', 'line(a ```b)'],
    ['nothing is nothing', '', 'line()'],
  ]
  for (const [name, source, expected] of rows)
    it(name, () => {
      expect(short(parse(source))).toBe(expected)
    })
  it('a hundred thousand open marks do not hang the page', () => {
    const started = performance.now()
    parse('*_~'.repeat(13_000))
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('text without marks', () => {
  it('names people by handle and unwraps links and dates', () => {
    const source = '<@U1> &lt;b&gt; <https://a.b|A> <https://c.d> <!date^1^{date}|1 Jan>'
    expect(plainOf(source, { U1: 'dana' })).toBe('@dana <b> A https://c.d 1 Jan')
  })
  it('encoding and decoding undo each other', () => {
    expect(decode(encode('a < b & c > d &amp;'))).toBe('a < b & c > d &amp;')
  })
})

describe('Markdown blocks', () => {
  const rows: [string, string, string][] = [
    ['a heading and a paragraph', '# A\n\nb **c**', 'heading(A)paragraph(b bold(c))'],
    ['a task list says its state', '- [x] a\n- [ ] b', 'list(✓ a|○ b)'],
    ['an unsafe link is still only a node', '[a](javascript:x)', 'paragraph(link(a))'],
    ['HTML is text', '<b>x</b>', 'paragraph(<b>x</b>)'],
    ['a rule', '---', 'rule()'],
    ['a fence', '```\na\n```', 'pre(a)'],
  ]
  for (const [name, source, expected] of rows)
    it(name, () => {
      expect(short(parseMarkdown(source))).toBe(expected)
    })
  it('a table', () => {
    const [table] = parseMarkdown('| a | b |\n|---|---|\n| 1 | 2 |')
    expect(table.rows.map((row: Node[][]) => row.map(short))).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
  })
})

describe('dates', () => {
  const zone = 'America/New_York'
  const now = Date.parse('2026-11-20T22:41:00-05:00')
  it('are written the way the product writes them, in the zone', () => {
    expect(dateOf(Date.parse('2027-01-20T02:00:00Z'), zone)).toBe('Tue 19 Jan 2027')
    expect(timeOf(Date.parse('2026-07-01T00:05:00Z'), zone)).toBe('20:05')
  })
  it('near days are named', () => {
    expect(dayLabel(now, now, zone)).toBe('Today · Fri 20 Nov 2026')
    expect(dayLabel(now - 86_400_000, now, zone)).toBe('Yesterday · Thu 19 Nov 2026')
  })
  const rows: [string, string, string | null][] = [
    ['long', '{date_long}', 'Tuesday, January 19th, 2027'],
    ['short with time', '{date_short} at {time}', 'Jan 19, 2027 at 12:00'],
    ['numbers', '{date_num}', '2027-01-19'],
    ['from now', '{ago}', 'in 60 days'],
    ['an unknown token takes the fallback', '{nonsense}', null],
    ['a name every object has takes the fallback', '{constructor}', null],
  ]
  for (const [name, format, expected] of rows)
    it(name, () => {
      expect(slackDate(String(Date.parse('2027-01-19T17:00:00Z') / 1000), format, zone, now)).toBe(expected)
    })
  it('an impossible instant takes the fallback', () => {
    expect(slackDate('1e40', '{date}', zone, now)).toBeNull()
    expect(slackDate('x', '{date}', zone, now)).toBeNull()
  })
  it('a wall-clock time is read in the zone, on both sides of a change', () => {
    expect(instantOf('2026-11-20T22:41', zone)).toBe(now)
    expect(instantOf('2026-07-01T08:00', zone)).toBe(Date.parse('2026-07-01T12:00:00Z'))
    expect(instantOf('2026-03-08T03:30', zone)).toBe(Date.parse('2026-03-08T07:30:00Z'))
    expect(instantOf('never', zone)).toBeNull()
  })
})

describe('completion', () => {
  const known = {
    commands: [
      {
        command: '/incident',
        description: 'Run an incident',
        usageHint: 'declare · status · assign <role> @who',
      },
      { command: '/inc', description: 'The same', usageHint: '' },
    ],
    people: [{ name: 'sam', realName: 'Sam Okafor', title: 'Help desk' }],
    channels: [{ name: 'general', kind: 'public' }],
  }
  const rows: [string, string, string[]][] = [
    ['a slash lists the commands', '/', ['/incident ', '/inc ']],
    ['a command lists its verbs', '/incident ', ['declare ', 'status ', 'assign ']],
    ['a verb is completed', '/incident st', ['status ']],
    ['a finished verb is left alone', '/incident status', []],
    ['a person by last name', 'ask @oka', ['@sam ']],
    ['a person after a verb', '/incident assign commander @s', ['@sam ']],
    ['a whole handle is left alone, so that Enter sends', 'ask @sam', []],
    ['an e-mail address is no mention', 'a@sam', []],
    ['a channel', '#gen', ['#general ']],
    ['a slash inside a sentence is no command', 'and /inc', []],
  ]
  for (const [name, text, expected] of rows)
    it(name, () => {
      const found = completeAt(text, text.length, known)
      expect(found.options.map((option: { insert: string }) => option.insert)).toEqual(expected)
    })
  it('verbs come from brackets and bars as well, placeholders do not', () => {
    expect(verbsOf('[declare|list|note <what and why>|help]')).toEqual(['declare', 'list', 'note', 'help'])
  })
})

describe('a form', () => {
  it('keeps values by block and action, and forgets what is no longer drawn', () => {
    const form = makeForm()
    form.set('a', 'x', 'one')
    form.set('b', 'x', ['two'])
    form.keep(new Set(['b\nx']))
    expect(form.all()).toEqual({ b: { x: ['two'] } })
  })
  it('starts from the initial values of every kind', () => {
    expect(initialOf({ type: 'plain_text_input' })).toBe('')
    expect(initialOf({ type: 'static_select', initial_option: { value: 'v' } })).toBe('v')
    expect(initialOf({ type: 'checkboxes', initial_options: [{ value: 'v' }] })).toEqual(['v'])
    expect(initialOf({ type: 'datetimepicker', initial_date_time: 5 })).toBe(5)
    expect(initialOf({ type: 'button' })).toBeUndefined()
  })
  it('knows an empty answer', () => {
    expect([null, '', '  ', []].map(isEmpty)).toEqual([true, true, true, true])
    expect(['a', 0, ['a']].map(isEmpty)).toEqual([false, false, false])
  })
})

it('an unknown shortcode is no character, a skin tone is kept', () => {
  expect(emojiOf('nope')).toBeNull()
  expect(emojiOf('constructor')).toBeNull()
  expect(emojiOf('wave::skin-tone-3')).toBe('👋🏼')
})

describe('joins', async () => {
  const { joined } = await page('joins.js')
  const join = (user: string) => ({
    ts: user,
    user,
    text: `<@${user}> has joined the channel`,
    subtype: 'channel_join',
    reactions: [],
    replyCount: 0,
  })
  const said = { ts: 'x', user: 'A', text: 'hello', reactions: [], replyCount: 0 }
  const texts = (messages: object[]) => joined(messages).map((message: { text: string }) => message.text)

  it('one after another are one line', () =>
    expect(texts([join('A'), join('B'), join('C'), said, join('D')])).toEqual([
      '<@A> has joined the channel. Also <@B> and <@C> joined',
      'hello',
      '<@D> has joined the channel',
    ]))

  it('one somebody reacted to stays by itself', () =>
    expect(texts([join('A'), { ...join('B'), reactions: [{}] }])).toHaveLength(2))
})
