/** Forms on Teams: what a dialog asks, that it brings back what was filled in, and that every dialog is one Teams takes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Drawing } from '../../../src/chat/teams/cards/adaptive.ts'
import { type Dialog, dialog, readDialog, type Values } from '../../../src/chat/teams/cards/dialog.ts'
import { instantOf, wallTime } from '../../../src/chat/teams/cards/wall-time.ts'
import type { Field, Form } from '../../../src/views/card.ts'
import { cardProblems } from './card-schema.ts'
import { asOpened, type Filled, submitted } from './dialog-filling.ts'

const zone = 'America/New_York'
const dana = '0a1b2c3d-0000-4000-8000-00000000000d'
const lee = '0a1b2c3d-0000-4000-8000-00000000000e'
const people = [
  { id: dana, name: 'Dana Reyes' },
  { id: lee, name: 'Lee Chan' },
]
const drawing: Drawing = {
  name: (id) => people.find((one) => one.id === id)?.name ?? 'Max Bauer',
  room: () => undefined,
}

const fields: Field[] = [
  { kind: 'text', name: 'what', label: 'What', initial: 'x'.repeat(5000), maxLength: 9000 },
  { kind: 'long-text', name: 'why', label: 'Why', optional: true, hint: 'A sentence' },
  { kind: 'number', name: 'count', label: 'How many', initial: 3 },
  {
    kind: 'choice',
    name: 'kind',
    label: 'Kind',
    options: [
      { value: 'lost', label: 'Lost' },
      { value: 'other', label: 'Other', hint: 'Not sure' },
    ],
    initial: 'lost',
  },
  {
    kind: 'switches',
    name: 'how',
    label: 'How',
    options: [
      { value: 'drill', label: 'Drill' },
      { value: 'a,b', label: 'Both' },
    ],
    initial: ['drill', 'a,b'],
  },
  { kind: 'person', name: 'who', label: 'Who', initial: dana, optional: true },
  { kind: 'people', name: 'out', label: 'Keep out', optional: true },
  { kind: 'date', name: 'on', label: 'On', initial: '2026-11-20' },
  { kind: 'instant', name: 'at', label: 'At', initial: '2026-11-20T22:41:30Z' },
]
const form: Form = {
  verb: 'declare',
  incident: 'inc-2026-0007',
  title: 'Declare an incident',
  submit: 'Declare',
  intro: ['Declaring admits nothing.', [{ person: dana }, ' is told.']],
  fields,
  nonce: 'nonce-0001',
  carry: { about: 'C1:1.2' },
}

type Json = Record<string, unknown>
const body = ({ card }: Dialog): Json[] => card.body as Json[]
const input = (drawn: Dialog, id: string) => body(drawn).find((element) => element.id === id)
const said = (drawn: Dialog): string[] =>
  body(drawn).flatMap(({ inlines }) => ((inlines ?? []) as Json[]).map(({ text }) => String(text)))

const sign = () => 'signed'
const open = (what: Form = form, more: Partial<Parameters<typeof dialog>[2]> = {}): Dialog => {
  const options = { people, zone, asked: { room: '19:abc' }, person: dana, sign, ...more }
  const drawn = dialog(what, drawing, options as Parameters<typeof dialog>[2])
  expect(cardProblems(drawn.card, 25_000)).toEqual([])
  return drawn
}
const back = (drawn: Dialog, filled: Filled = {}) => readDialog(submitted(drawn, filled), zone)!

describe('a form on Teams', () => {
  test('draws every kind of field with its label, and says what must be filled in', () => {
    const drawn = open()
    expect(drawn).toMatchObject({ title: 'Declare an incident', width: 'medium', height: 'large' })
    expect(body(drawn).flatMap(({ type, id }) => (id ? [[type, id]] : []))).toEqual([
      ['Input.Text', 'f:what'],
      ['Input.Text', 'f:why'],
      ['Input.Number', 'f:count'],
      ['Input.ChoiceSet', 'f:kind'],
      ['Input.ChoiceSet', 'f:how'],
      ['Input.ChoiceSet', 'f:who'],
      ['Input.ChoiceSet', 'f:out'],
      ['Input.Date', 'f:on'],
      ['Input.Date', 'f:at:date'],
      ['Input.Time', 'f:at:time'],
    ])
    expect(input(drawn, 'f:what')).toMatchObject({
      label: 'What',
      isRequired: true,
      errorMessage: 'This is needed.',
    })
    for (const id of ['f:why', 'f:how', 'f:who', 'f:out'])
      expect(input(drawn, id)).not.toHaveProperty('isRequired')
    expect(String(input(drawn, 'f:what')?.value)).toHaveLength(3000)
    expect(input(drawn, 'f:kind')).toMatchObject({
      style: 'expanded',
      value: 'lost',
      choices: [{ title: 'Lost' }, { title: 'Other — Not sure' }],
    })
    expect(said(drawn)).toEqual(['Declaring admits nothing.', 'Dana Reyes', ' is told.', 'A sentence'])
  })

  test('asks for an instant as a date and a time in the zone it names', () => {
    const drawn = open()
    expect(input(drawn, 'f:at:date')).toMatchObject({ label: 'At', value: '2026-11-20' })
    expect(input(drawn, 'f:at:time')).toMatchObject({ label: 'Time (America/New_York)', value: '17:41' })
  })

  test('lets a person be found by typing a name, and nobody be chosen where that may be', () => {
    expect(input(open(), 'f:who')).toMatchObject({
      style: 'filtered',
      value: dana,
      choices: [
        { title: 'Nobody', value: '-' },
        { title: 'Dana Reyes', value: dana },
        { title: 'Lee Chan', value: lee },
      ],
    })
    expect(back(open(), { who: '-' }).values).not.toHaveProperty('who')
  })

  test('keeps whoever is filled in already, also where they are not on the list', () => {
    const max = '0a1b2c3d-0000-4000-8000-00000000000f'
    const drawn = open({ ...form, fields: [{ kind: 'person', name: 'who', label: 'Who', initial: max }] })
    expect(input(drawn, 'f:who')).toMatchObject({ value: max, choices: [{ title: 'Max Bauer' }, {}, {}] })
  })

  test('brings back the verb, incident, nonce, room, context and zone', () => {
    expect(back(open()).metadata).toEqual({
      verb: 'declare',
      incident: 'inc-2026-0007',
      nonce: 'nonce-0001',
      room: '19:abc',
      carry: { about: 'C1:1.2' },
      zone,
      sign: 'signed',
    })
  })

  test('sent as it opened brings back what it showed, instants to the second', () => {
    expect(back(open()).values).toEqual({
      what: `${'x'.repeat(2999)}…`,
      count: '3',
      kind: 'lost',
      how: ['drill', 'a,b'],
      who: dana,
      out: [],
      on: '2026-11-20',
      at: '2026-11-20T22:41:30.000Z',
    })
  })

  test('brings back what was changed', () => {
    const changed = {
      what: 'lost',
      why: 'left',
      count: '7',
      kind: 'other',
      how: [],
      who: lee,
      out: [dana, lee],
    }
    const at = { 'at:date': '2026-11-21', 'at:time': '08:05' }
    expect(back(open(), { ...changed, on: '2026-11-22', ...at }).values).toEqual({
      ...changed,
      on: '2026-11-22',
      at: '2026-11-21T13:05:00.000Z',
    })
  })

  test('brings back half an instant as it was given, for its command to judge', () => {
    const half: Form = { ...form, fields: [{ kind: 'instant', name: 'at', label: 'At', optional: true }] }
    expect(back(open(half), { 'at:date': '2026-11-21' }).values).toEqual({ at: '2026-11-21' })
    expect(back(open(half), { 'at:time': '08:05' }).values).toEqual({ at: '08:05' })
    expect(back(open(half)).values).toEqual({})
    expect(back(open(half), { 'at:date': '2026-02-30', 'at:time': '08:05' }).values).toEqual({
      at: '2026-02-30 08:05',
    })
    const again = open(half, { filled: { at: '2026-11-21' }, errors: { at: 'Add the time.' } })
    expect(input(again, 'f:at:date')).toMatchObject({ value: '2026-11-21' })
    expect(input(again, 'f:at:time')).not.toHaveProperty('value')
  })

  test('comes back with a sentence beside each wrong field, and with what was typed', () => {
    const first = back(open(), { what: 'lost [x](y)', who: '-', how: ['a,b'], 'at:time': '01:02' })
    const errors = { at: 'That is still to come.', nope: 'Too late.' }
    const again = open(first.form, { filled: first.values, errors })
    expect(back(again)).toEqual(first)
    const at = (text: string) =>
      body(again).findIndex(({ inlines }) => JSON.stringify(inlines)?.includes(text))
    expect(body(again)[at('▲ That is still to come.') + 1]).toMatchObject({ id: 'f:at:date' })
    expect(body(again)[at('▲ Too late.') + 1]).toMatchObject({ id: 'f:what', value: 'lost [x](y)' })
    expect(body(again)[at('▲ Too late.')]).toMatchObject({
      inlines: [{ color: 'attention', weight: 'bolder' }],
    })
    expect(said(again)[0]).toBe('▲ Look at the marked answers. Nothing was recorded.')
    const none = open(first.form, { filled: first.values, errors: { '': 'Wardroom is busy.' } })
    expect(said(none).filter((text) => text.includes('▲'))).toEqual(['▲ Wardroom is busy.'])
  })

  test('is opened again from what came back, with nothing kept in between', () => {
    const first = back(open())
    const again = open(first.form, { filled: first.values, asked: { room: first.metadata.room! } })
    const asJson = (drawn: Dialog) => JSON.parse(JSON.stringify(drawn))
    expect(asJson(again)).toEqual(
      asJson(open({ ...form, fields: first.form.fields }, { filled: first.values })),
    )
  })

  test('reads nothing from what no dialog of ours sent', () => {
    const good = submitted(open(), {}) as Json
    const w = good.w as Json
    const q = good.q as Json
    for (const bad of [
      ...[undefined, null, '', 7, [], {}, { ...good, w: undefined }, { ...good, q: undefined }],
      ...[
        { ...good, w: { ...w, nonce: 'short' } },
        { ...good, w: { ...w, carry: { a: 1 } } },
      ],
      ...[
        { ...good, w: { ...w, zone: 'No/Where' } },
        { ...good, q: { ...q, fields: [{ kind: 'odd' }] } },
      ],
    ])
      expect(readDialog(bad, zone)).toBeUndefined()
  })

  test('takes no value for a field it did not ask', () => {
    const answer = readDialog(
      { ...(submitted(open(), {}) as Json), 'f:role': 'commander', 'f:__proto__': 'x' },
      zone,
    )
    expect(answer?.values).not.toHaveProperty('role')
  })
})

describe('a form with much to carry', () => {
  test('carries a long message whole', () => {
    const text = 'å'.repeat(6900)
    const drawn = open({ ...form, carry: { text, about: 'C1:1.2' } })
    expect(back(drawn).metadata.carry).toEqual({ text, about: 'C1:1.2' })
    expect(input(drawn, 'f:out')?.choices).toHaveLength(2)
  })

  test('cuts what no dialog holds, the longest first, and says how long it was', () => {
    const text = '🚑'.repeat(20_000)
    const drawn = open({ ...form, carry: { text, about: 'C1:1.2' } })
    const { carry } = back(drawn).metadata
    expect(carry?.about).toBe('C1:1.2')
    expect(carry?.text).toMatch(/… \[cut here; the message has 40000 characters\]$/)
    expect(Buffer.byteLength(carry?.text ?? '')).toBeGreaterThan(12_000)
  })
})

describe('a list of people longer than a dialog holds', () => {
  const many = Array.from({ length: 500 }, (_, at) => ({
    id: dana.replace(/^0a1b/, `${1000 + at}`),
    name: `Person ${at}`,
  }))
  const missing =
    'Somebody missing from the list? Close this and type it, naming them with @: @Wardroom declare …'

  test('ends where the card is full, says so, and names the way to type it', () => {
    const drawn = open(form, { people: many })
    expect(cardProblems(drawn.card)).toEqual([])
    const choices = input(drawn, 'f:out')?.choices as { title: string }[]
    expect(choices.length).toBeGreaterThan(60)
    expect(choices.length).toBeLessThan(500)
    expect(choices[1]?.title).toBe('Person 0')
    expect(said(drawn).filter((text) => text === missing)).toHaveLength(2)
    expect(said(open())).not.toContain(missing)
  })

  test('is not sent to a form that asks for nobody', () => {
    const asked = open({ ...form, fields: [fields[0]!] }, { people: many })
    expect(JSON.stringify(asked.card)).not.toContain('Person')
    expect(asked.height).toBe('medium')
  })
})

describe('times in a zone whose clocks change', () => {
  const rows: [string, string, string, string, string][] = [
    ['an ordinary time', zone, '2026-11-20', '17:41', '2026-11-20T22:41:00.000Z'],
    [
      'a time that clocks skip is the moment they went forward',
      zone,
      '2026-03-08',
      '02:30',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'the first minute they skip is that moment too',
      zone,
      '2026-03-08',
      '02:00',
      '2026-03-08T07:00:00.000Z',
    ],
    [
      'a time that clocks show twice is the first of the two',
      zone,
      '2026-11-01',
      '01:30',
      '2026-11-01T05:30:00.000Z',
    ],
    [
      'half an hour is skipped at Lord Howe',
      'Australia/Lord_Howe',
      '2026-10-04',
      '02:15',
      '2026-10-03T15:30:00.000Z',
    ],
    ['midnight is skipped in Beirut', 'Asia/Beirut', '2026-03-29', '00:20', '2026-03-28T22:00:00.000Z'],
    ['a whole day is skipped in Samoa', 'Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T10:00:00.000Z'],
    ['UTC has no changes', 'UTC', '2026-03-08', '02:30', '2026-03-08T02:30:00.000Z'],
  ]
  test.each(rows)('%s', (_, where, date, time, wanted) => {
    expect(instantOf(where, { date, time })).toBe(wanted)
  })

  test('no date or time that a calendar lacks is an instant', () => {
    for (const [date, time] of [
      ['2026-02-30', '10:00'],
      ['2026-13-01', '10:00'],
      ['2026-01-01', '24:61'],
      ['', ''],
      ['x', 'y'],
    ])
      expect(instantOf(zone, { date: date!, time: time! })).toBeUndefined()
  })

  const zones = fc.constantFrom(
    zone,
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'Pacific/Apia',
    'Europe/Dublin',
    'UTC',
  )
  const minutes = fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })

  test('every instant shown and sent back unchanged is itself, also where its time came twice', () => {
    fc.assert(
      fc.property(zones, minutes, fc.integer({ min: 0, max: 59_999 }), (where, minute, ms) => {
        const initial = new Date(minute * 60_000 + ms).toISOString()
        const asked: Form = { ...form, fields: [{ kind: 'instant', name: 'at', label: 'At', initial }] }
        const data = submitted(
          dialog(asked, drawing, { people: [], zone: where, asked: {}, person: dana, sign }),
          {},
        )
        expect(readDialog(data, 'UTC')?.values).toEqual({ at: initial })
      }),
      { numRuns: 300 },
    )
  })

  test('a time read is the earliest that shows it, and what is skipped comes after everything before it', () => {
    fc.assert(
      fc.property(zones, minutes, (where, minute) => {
        const typed = new Date(minute * 60_000).toISOString()
        const wanted = { date: typed.slice(0, 10), time: typed.slice(11, 16) }
        const read = instantOf(where, wanted)!
        const shown = wallTime(where, read)!
        const before = wallTime(where, new Date(Date.parse(read) - 60_000).toISOString())!
        const order = (wall: { date: string; time: string }) => `${wall.date} ${wall.time}`
        if (order(shown) === order(wanted)) return
        expect(order(shown) > order(wanted)).toBe(true)
        expect(order(before) < order(wanted)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('any form on Teams', () => {
  const words = fc.string({ unit: 'binary', maxLength: 80 }).map((text) => text.toWellFormed())
  const options = fc.uniqueArray(
    fc.record(
      { value: words.filter((text) => text !== ''), label: words, hint: words },
      { requiredKeys: ['value', 'label'] },
    ),
    {
      selector: ({ value }) => value,
      minLength: 1,
      maxLength: 8,
    },
  )
  const named = { label: words, hint: words, optional: fc.boolean() }
  const instant = fc
    .date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString())
  const kinds: fc.Arbitrary<Omit<Field, 'name'>> = fc.oneof(
    fc.record(
      {
        ...named,
        kind: fc.constantFrom('text' as const, 'long-text' as const),
        initial: words,
        maxLength: fc.integer({ min: 80, max: 9000 }),
      },
      { requiredKeys: ['kind', 'label'] },
    ),
    fc.record(
      { ...named, kind: fc.constant('number' as const), initial: fc.maxSafeInteger() },
      { requiredKeys: ['kind', 'label'] },
    ),
    options.chain((all) =>
      fc.record(
        {
          ...named,
          kind: fc.constant('choice' as const),
          options: fc.constant(all),
          initial: fc.constantFrom(...all.map(({ value }) => value)),
        },
        { requiredKeys: ['kind', 'label', 'options'] },
      ),
    ),
    options.chain((all) =>
      fc.record(
        {
          ...named,
          kind: fc.constant('switches' as const),
          options: fc.constant(all),
          initial: fc.subarray(all.map(({ value }) => value)),
        },
        { requiredKeys: ['kind', 'label', 'options'] },
      ),
    ),
    fc.record(
      { ...named, kind: fc.constant('person' as const), initial: fc.constantFrom(dana, lee) },
      { requiredKeys: ['kind', 'label'] },
    ),
    fc.record(
      { ...named, kind: fc.constant('people' as const), initial: fc.subarray([dana, lee]) },
      { requiredKeys: ['kind', 'label'] },
    ),
    fc.record(
      { ...named, kind: fc.constant('date' as const), initial: instant.map((at) => at.slice(0, 10)) },
      { requiredKeys: ['kind', 'label'] },
    ),
    fc.record(
      { ...named, kind: fc.constant('instant' as const), initial: instant },
      { requiredKeys: ['kind', 'label'] },
    ),
  ) as fc.Arbitrary<Omit<Field, 'name'>>
  const anyFields = fc
    .array(kinds, { maxLength: 8 })
    .map((all) => all.map((field, at) => ({ ...field, name: `n${at}` }) as Field))

  /** What a form's initial values are once sent: empty texts absent, lists always there. */
  const expected = (all: readonly Field[]): Values =>
    Object.fromEntries(
      all.flatMap((field): [string, string | readonly string[]][] => {
        const { name, initial } = field
        if (field.kind === 'switches' || field.kind === 'people')
          return [[name, (initial as string[] | undefined)?.filter(Boolean) ?? []]]
        return initial === undefined || initial === '' ? [] : [[name, `${initial}`]]
      }),
    )

  /** What an object has of its own accord is no name of ours, and is not read back as one. */
  const names = fc.string().filter((name) => name !== '__proto__')

  test('is a dialog Teams takes, and sent as it opened brings back what it showed', () => {
    fc.assert(
      fc.property(anyFields, fc.dictionary(names, words, { maxKeys: 4 }), (all, carry) => {
        const asked: Form = { ...form, fields: all, carry }
        const drawn = open(asked)
        const answer = back(drawn)
        expect(answer.values).toEqual(expected(all))
        expect(answer.metadata.carry ?? {}).toEqual(carry)
        expect(asOpened(drawn)).toEqual(asOpened(open(answer.form, { filled: answer.values })))
      }),
      { numRuns: 200 },
    )
  })
})
