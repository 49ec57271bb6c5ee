import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cardBlocks, cardMessage } from '../../../src/chat/slack/blocks.ts'
import { readCarried } from '../../../src/chat/slack/carry.ts'
import { formFiles, formValues, formView, viewErrors } from '../../../src/chat/slack/form.ts'
import { mrkdwn } from '../../../src/chat/slack/mrkdwn.ts'
import type { Button, Card, Field, Form, Line } from '../../../src/views/card.ts'
import { type Json, problems } from './limits.ts'

const card = (...blocks: Card['blocks']): Card => ({ summary: 'A summary.', blocks })
const texts = (blocks: readonly unknown[]) => JSON.stringify(blocks)

describe('a card on Slack', () => {
  test('shows its summary, and nothing else, in a push notification', () => {
    expect(cardMessage({ summary: 'Status <changed> & more', blocks: [] }).text).toBe(
      'Status &lt;changed&gt; &amp; more',
    )
  })

  test('carries a pre-typed line, the incident and the wish for a form in a button', () => {
    const buttons: Button[] = [
      { label: 'Close', line: 'close', incident: 'i1', style: 'danger', confirm: 'Clocks go on.' },
      { label: 'Assign', line: 'assign', form: true },
    ]
    const [row] = cardBlocks(card({ kind: 'buttons', buttons })) as Json[]
    const [close, assign] = row!.elements as Json[]
    expect(JSON.parse(String(close!.value))).toEqual({ l: 'close', i: 'i1' })
    expect(JSON.parse(String(assign!.value))).toEqual({ l: 'assign', f: 1 })
    expect(close).toMatchObject({
      style: 'danger',
      confirm: { text: { text: 'Clocks go on.' }, style: 'danger' },
    })
  })

  test('never shortens a button’s line into another command: the form is asked for', () => {
    const line = `note ${'x'.repeat(3000)}`
    const [row] = cardBlocks(
      card({ kind: 'buttons', buttons: [{ label: 'Run', line, incident: 'i1' }] }),
    ) as Json[]
    const [button] = row!.elements as Json[]
    expect(JSON.parse(String(button!.value))).toEqual({ l: 'note', i: 'i1', f: 1 })
  })

  test('keeps a fact’s label and value on one line', () => {
    const rows = [
      { label: 'Commander', value: [{ person: 'U1' }] as Line },
      { label: 'Next', value: 'Confirm' },
    ]
    const [block] = cardBlocks(card({ kind: 'facts', rows })) as Json[]
    expect((block!.text as Json).text).toBe('*Commander*  <@U1>\n*Next*  Confirm')
  })

  test('splits long lines between sections, with the button at the last', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `${at} ${'x'.repeat(200)}`)
    const blocks = cardBlocks(card({ kind: 'lines', lines, button: { label: 'Go', line: 'go' } })) as Json[]
    expect(blocks.length).toBe(3)
    expect(blocks.map((block) => 'accessory' in block)).toEqual([false, false, true])
    expect(problems(blocks, 50)).toEqual([])
  })

  test('joins lines before it drops any, says how many it dropped, and keeps the last buttons', () => {
    const line = (at: number) => ({ kind: 'lines' as const, lines: [`line ${at}`] })
    const many = cardBlocks(card(...Array.from({ length: 80 }, (_, at) => line(at))))
    expect(texts(many)).toContain('line 79')
    const withButtons = Array.from({ length: 80 }, (_, at) => ({
      ...line(at),
      button: { label: 'Done', line: `check D${at} done` },
    }))
    const blocks = cardBlocks(
      card(...withButtons, { kind: 'buttons', buttons: [{ label: 'All', line: 'check' }] }),
    )
    expect(blocks).toHaveLength(50)
    expect(texts(blocks.slice(-2))).toContain('… 32 more not shown here')
    expect(blocks.at(-1)?.type).toBe('actions')
    expect(problems(blocks, 50)).toEqual([])
  })

  test('stays under what Slack takes as one message’s text', () => {
    const lines = Array.from({ length: 30 }, () => 'y'.repeat(2900))
    const blocks = cardBlocks(card({ kind: 'lines', lines }))
    expect(texts(blocks).length).toBeLessThan(13_000)
    expect(texts(blocks)).toContain('more not shown here')
  })

  const span = fc.oneof(
    fc.string({ maxLength: 4000 }),
    fc.record({ bold: fc.string() }),
    fc.record({ code: fc.string() }),
    fc.record({ struck: fc.string() }),
    fc.record({ person: fc.string() }),
    fc.record({ room: fc.string() }),
    fc.record({ link: fc.string(), url: fc.webUrl() }),
  )
  const line = fc.oneof(fc.string(), fc.array(span, { maxLength: 4 }))
  const button = fc.record(
    { label: fc.string(), line: fc.string({ maxLength: 3000 }), incident: fc.uuid(), confirm: fc.string() },
    { requiredKeys: ['label', 'line'] },
  )
  const lines = fc.array(line, { maxLength: 20 })
  const block = fc.oneof(
    fc.record({ kind: fc.constant('title' as const), text: fc.string({ maxLength: 300 }) }),
    fc.record({ kind: fc.constant('lines' as const), lines, button }, { requiredKeys: ['kind', 'lines'] }),
    fc.record({
      kind: fc.constant('facts' as const),
      rows: fc.array(fc.record({ label: fc.string(), value: line })),
    }),
    fc.record({ kind: fc.constant('quiet' as const), lines }),
    fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 60 }) }),
    fc.record({ kind: fc.constant('divider' as const) }),
  )

  test('of any shape keeps every limit of Slack', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 70 }), (blocks) => {
        expect(problems(cardBlocks({ summary: 's', blocks } as Card), 50)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

describe('plain text on Slack', () => {
  const rows: [string, Line, string][] = [
    ['cannot ping a channel', 'see <!here> & <@U1>', 'see &lt;!here&gt; &amp; &lt;@U1&gt;'],
    ['cannot become bold, struck or code', 'a *b* ~c~ `d` _e_', 'a ∗b∗ ∼c∼ ˋdˋ ˍeˍ'],
    ['keeps marks inside words', 'snake_case 2*3', 'snake_case 2*3'],
    [
      'keeps a command readable as code',
      [{ code: '/incident assign <role> @who' }],
      '`/incident assign &lt;role&gt; @who`',
    ],
    ['in bold stays bold', [{ bold: ' a*b ' }], ' *ab* '],
    ['of nothing but spaces gets no marks', [{ bold: '  ' }], '  '],
    ['links only to web addresses', [{ link: 'x', url: 'javascript:1' }], 'x'],
    [
      'links with a label that cannot break out',
      [{ link: 'a|b>c', url: 'https://x.test/?a=1|2' }],
      '<https://x.test/?a=1%7C2|a¦b&gt;c>',
    ],
    ['names a person only by an id', [{ person: 'U1' }, { person: 'Dr. <X>' }], '<@U1>Dr. &lt;X&gt;'],
    ['keeps emoji and right-to-left words', 'שלום 🚑', 'שלום 🚑'],
  ]
  for (const [name, given, wanted] of rows) test(name, () => expect(mrkdwn(given)).toBe(wanted))
})

describe('a form on Slack', () => {
  const fields: Field[] = [
    { kind: 'text', name: 'what', label: 'What', initial: 'x'.repeat(5000), maxLength: 9000 },
    { kind: 'long-text', name: 'why', label: 'Why', optional: true, hint: 'A sentence' },
    { kind: 'number', name: 'count', label: 'How many', initial: 3 },
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      options: [{ value: 'lost', label: 'Lost', hint: 'h'.repeat(90) }],
      initial: 'lost',
    },
    {
      kind: 'switches',
      name: 'how',
      label: 'How',
      options: [{ value: 'drill', label: 'Drill' }],
      initial: ['drill'],
    },
    { kind: 'person', name: 'who', label: 'Who', initial: 'U1' },
    { kind: 'people', name: 'out', label: 'Keep out' },
    { kind: 'date', name: 'on', label: 'On', initial: '2026-11-20' },
    { kind: 'instant', name: 'at', label: 'At', initial: '2026-11-20T22:41:30Z' },
    { kind: 'files', name: 'files', label: 'Proof', max: 99, instead: 'Post it.', optional: true },
  ]
  const form: Form = {
    verb: 'declare',
    title: 'Declare an incident, with a long title',
    submit: 'Declare',
    intro: ['Declaring admits nothing.'],
    fields,
    nonce: 'nonce-0001',
    carry: { about: 'C1:1.2' },
  }

  test('draws every kind of field within the limits', () => {
    const view = formView(form, { room: 'C1' }) as Json
    const blocks = view.blocks as Json[]
    expect((view.title as Json).text).toHaveLength(24)
    expect(blocks.map((block) => (block.element as Json | undefined)?.type)).toEqual([
      undefined,
      'plain_text_input',
      'plain_text_input',
      'number_input',
      'static_select',
      'checkboxes',
      'users_select',
      'multi_users_select',
      'datepicker',
      'datetimepicker',
      'file_input',
    ])
    expect(blocks[10]).toMatchObject({ element: { max_files: 10 }, optional: true })
    expect(blocks[1]).toMatchObject({ element: { max_length: 3000 } })
    expect(String((blocks[1]!.element as Json).initial_value)).toHaveLength(3000)
    expect(blocks[9]).toMatchObject({ element: { initial_date_time: 1_795_214_490 } })
    expect(blocks[5]).toMatchObject({ optional: true })
    expect(JSON.stringify(blocks[4]).match(/h{5,}/)![0].length).toBeLessThan(75)
  })

  test('brings the verb, nonce, room and context back', () => {
    const view = formView(form, { room: 'C1' }) as Json
    expect(readCarried(String(view.private_metadata), [])).toEqual({
      verb: 'declare',
      nonce: 'nonce-0001',
      room: 'C1',
      carry: { about: 'C1:1.2' },
      altered: [],
    })
    for (const bad of ['', '{', '[]', '{"verb":"x"}']) expect(readCarried(bad, [])).toBeUndefined()
  })

  test('gives back what was filled in, by field', () => {
    const values = formValues({
      'f:what': { v: { type: 'plain_text_input', value: 'lost' } },
      'f:why': { v: { type: 'plain_text_input', value: null } },
      'f:count': { v: { type: 'number_input', value: '7' } },
      'f:kind': { v: { type: 'static_select', selected_option: { value: 'lost' } } },
      'f:how': { v: { type: 'checkboxes', selected_options: [{ value: 'drill' }] } },
      'f:who': { v: { type: 'users_select', selected_user: 'U1' } },
      'f:out': { v: { type: 'multi_users_select', selected_users: [] } },
      'f:on': { v: { type: 'datepicker', selected_date: '2026-11-20' } },
      'f:at': { v: { type: 'datetimepicker', selected_date_time: 1_795_214_490 } },
      other: { v: { type: 'plain_text_input', value: 'not ours' } },
    })
    expect(values).toEqual({
      what: 'lost',
      count: '7',
      kind: 'lost',
      how: ['drill'],
      who: 'U1',
      out: [],
      on: '2026-11-20',
      at: '2026-11-20T22:41:30.000Z',
    })
  })

  const pdf = { id: 'F1', name: 'a.pdf', mimetype: 'application/pdf', size: 9 }
  const whole = { id: 'F1', name: 'a.pdf', mime: 'application/pdf', size: 9 }
  const unread = { id: '', name: '', mime: '', size: 0 }
  test.each([
    ['nothing chosen', null, undefined],
    ['an empty list', [], undefined],
    ['a file, its addresses left where they are', [{ ...pdf, url_private: 'https://evil.test/x' }], [whole]],
    ['one without any address', [pdf], [whole]],
    ['one that only names itself', [{ id: 'F1' }], [{ ...unread, id: 'F1' }]],
    ['one without an id', [{ name: 'a.pdf' }, pdf], [unread, whole]],
    ['one that was deleted', [{ ...pdf, mode: 'tombstone' }], [unread]],
    ['a size that is no number', [{ ...pdf, size: 'big' }], [unread]],
    ['no list at all', 'F1', [unread]],
  ])('files of a form: %s', (_, files, told) => {
    const state = { 'f:files': { v: { type: 'file_input', files } } }
    expect(formFiles(state)).toEqual(told ? { files: told } : {})
    expect(formValues(state)).toEqual({})
  })

  test('shows an error at its field, and one of no field at the first', () => {
    const blocks = formView(form).blocks as { type: string; block_id?: string }[]
    expect(viewErrors({ who: 'Nobody by that name.', nope: 'Too late.' }, blocks)).toEqual({
      'f:who': 'Nobody by that name.',
      'f:what': 'Too late.',
    })
  })
})
