import { expect, test } from 'vitest'
import { declaredReply, findCommand, nearestVerb } from '../../src/commands/index.ts'
import { cardText } from '../../src/views/card.ts'
import { dataOf, desk, fridayNight, kindsOf } from './desk.ts'

const declared = (line: string, options = {}) => {
  const here = desk(options)
  const answer = here.run('USAM', `declare ${line}`)
  return { here, answer, data: dataOf(answer, 'incident.declared')[0] }
}

test.each([
  ['my laptop was stolen', 'lost-device'],
  ['faxed to the wrong clinic', 'misdirected-disclosure'],
  ['a nurse looked at the chart of her neighbour', 'snooping'],
  ['ransom note on every screen of ward 3', 'malware'],
  ['our billing company sent a letter', 'vendor'],
  ['something odd happened 🛏 שלום', 'other'],
])('"%s" is declared as %s', (sentence, kind) => {
  const { answer, data } = declared(sentence)
  expect(data).toMatchObject({ kind, drill: false, noticedAt: fridayNight.toISOString(), excluded: [] })
  expect(answer.events[0]?.text).toEqual({ sentence })
})

test('a declaration carries the organisation, the roster and the platform as they stand', () => {
  expect(declared('my laptop was stolen').data).toMatchObject({
    platform: 'slack',
    workspace: 'T1',
    organisation: { zone: 'America/New_York', table: '2026-11' },
    roster: {
      'privacy-officer': { holder: 'UDANA', deputy: null },
      counsel: { holder: 'ULEE', deputy: null },
    },
  })
})

test('declaring ticks its own items', () => {
  const { answer } = declared('my laptop was stolen')
  expect(dataOf(answer, 'item.completed')).toEqual([
    { item: 'D3', by: 'command' },
    { item: 'D4', by: 'command' },
  ])
})

test.each([
  ['drill fax to the wrong clinic', 'fax to the wrong clinic'],
  ['drill: fax to the wrong clinic', 'fax to the wrong clinic'],
  ['a drill, fax to the wrong clinic', 'fax to the wrong clinic'],
])('"%s" makes a drill', (line, sentence) => {
  const { answer, data } = declared(line)
  expect(data?.drill).toBe(true)
  expect(answer.events[0]?.text).toEqual({ sentence })
})

test('"drills are missing from the cart" is no drill', () => {
  expect(declared('drills are missing from the cart').data?.drill).toBe(false)
})

test.each([
  ['laptop stolen at yesterday 22:10', '2026-11-20T03:10:00.000Z'],
  ['laptop stolen at 18 Nov 2026', '2026-11-18'],
  ['laptop stolen at 20:15', '2026-11-21T01:15:00.000Z'],
  ['laptop stolen at 5th Street clinic', fridayNight.toISOString()],
  ['laptop stolen at the front desk', fridayNight.toISOString()],
])('"%s" was first noticed %s', (line, noticedAt) => {
  const { answer, data } = declared(line)
  expect(data?.noticedAt).toBe(noticedAt)
  expect(answer.events[0]?.text?.sentence).toBe(line)
})

test.each([
  ['laptop stolen at tomorrow 10:00', 'noticed-in-the-future'],
  ['laptop stolen at 12 Mar 1990', 'noticed-before-1996'],
  ['laptop stolen at 12 Mar 2010', 'noticed-too-old'],
  ['laptop stolen at 31 Feb 2026', 'noticed-no-such-date'],
])('"%s" is refused with what to do', (line, reason) => {
  const { answer } = declared(line)
  expect(answer.refusal).toMatchObject({ reason, field: 'noticed' })
  expect(answer.events).toEqual([])
})

test('ten years ago to the day is still accepted', () => {
  expect(declared('laptop stolen at 20 Nov 2016').data?.noticedAt).toBe('2016-11-20')
  expect(declared('laptop stolen at 19 Nov 2016').answer.refusal?.reason).toBe('noticed-too-old')
})

test.each([
  ['chart opened without reason keep out <@UKIM>', ['UKIM']],
  ['chart opened without reason, keep <@UKIM> and <@UNED> out', ['UKIM', 'UNED']],
  ['laptop stolen, keep <@UKIM> informed', []],
])('"%s" keeps out %j', (line, excluded) => {
  expect(declared(line).data?.excluded).toEqual(excluded)
})

test.each([
  ['chart opened keep out @ned', '@ned'],
  ['chart opened keep out @Victor Hale', '@Victor Hale'],
  ['chart opened, keep @ned out', '@ned'],
  ['chart opened keep out <@UKIM> and @ned', '@ned'],
  ['chart opened keep @ned, <@UKIM> out', '@ned'],
])('"%s" is not declared: whoever %s is would not be kept out', (line, name) => {
  const { answer } = declared(line)
  expect(answer.events).toEqual([])
  expect(answer.refusal).toMatchObject({ reason: 'excluded-unknown' })
  expect(answer.refusal?.refusal).toContain(name)
})

test.each(['keep the door out of reach', 'laptop stolen, keep @sam informed', 'mail to keep@out.example'])(
  '"%s" keeps nobody out',
  (line) => expect(declared(line).data?.excluded).toEqual([]),
)

test('who is kept out is not asked for a role', () => {
  expect(declared('chart opened keep out <@UDANA>').data?.roster['privacy-officer']).toEqual({
    holder: null,
    deputy: null,
  })
})

test('nobody keeps themselves out', () => {
  const { answer } = declared('chart opened keep out <@USAM>')
  expect(answer.refusal).toMatchObject({ reason: 'excluded-self', field: 'excluded' })
})

test('whoever the form names is kept out, switch or no switch; the switch alone asks for a name', () => {
  const here = desk()
  const values = { sentence: 'chart opened', kind: 'snooping' }
  const named = here.submit('USAM', 'declare', { ...values, switches: [], excluded: ['UKIM'] })
  expect(dataOf(named, 'incident.declared')[0]?.excluded).toEqual(['UKIM'])
  const nobody = here.submit('USAM', 'declare', { ...values, switches: ['keep-out'], excluded: [] })
  expect(nobody.refusal).toMatchObject({ reason: 'excluded-nobody', field: 'excluded' })
})

test('a sentence of 40,000 characters is kept whole', () => {
  const sentence = `laptop stolen ${'x'.repeat(39_000)}`
  expect(declared(sentence).answer.events[0]?.text?.sentence).toBe(sentence)
})

test('no words open the form, and it says what declaring does not do', () => {
  const form = desk().run('USAM', 'declare').form
  expect(form?.intro?.slice(0, 2)).toEqual([
    'Declaring admits nothing.',
    'The clock started when someone first knew.',
  ])
  expect(form?.fields.map(({ name }) => name)).toEqual([
    'kind',
    'sentence',
    'noticed',
    'switches',
    'excluded',
  ])
})

test('"declare drill" opens the form with the drill switch on', () => {
  const form = desk().run('USAM', 'declare drill').form
  expect(form?.fields.find(({ name }) => name === 'switches')).toMatchObject({ initial: ['drill'] })
})

test('the form starts from the words typed, their kind and their time', () => {
  const form = desk().form('USAM', 'declare', { words: 'laptop stolen at yesterday 22:10' })
  const initial = Object.fromEntries((form?.fields ?? []).map((field) => [field.name, field.initial]))
  expect(initial).toMatchObject({
    kind: 'lost-device',
    sentence: 'laptop stolen at yesterday 22:10',
    noticed: '2026-11-20T03:10:00.000Z',
  })
})

test('typed words longer than the sentence are the first entry whole, beside the sentence', () => {
  const words = `drill ${'it was in the car and then it was not '.repeat(200)}at last`
  const form = desk().form('USAM', 'declare', { words })
  const { initial: sentence = '' } = form?.fields.find(({ name }) => name === 'sentence') ?? {}
  expect(sentence).toMatch(/^it was in the car .* was not it$/)
  expect(form?.intro).toContain('All that you typed is recorded beside it, sealed too.')
  const answer = desk().submit('USAM', 'declare', { ...form?.carry, sentence, kind: 'other' })
  expect(kindsOf(answer).slice(0, 2)).toEqual(['incident.declared', 'evidence.recorded'])
  expect(answer.events[1]).toMatchObject({ text: { body: words.slice('drill '.length) } })
  expect(desk().form('USAM', 'declare', { words: words.slice(0, 400) })?.carry).toEqual({})
})

test.each([
  ['sentences', 'The car was open. '.repeat(40), 485],
  ['words where sentences end too early', `Hi all. ${'word '.repeat(200)}`, 497],
  ['nothing that ends', 'x'.repeat(900), 500],
])('the sentence of a long message is cut between %s', (_, about_text, length) => {
  const form = desk().form('USAM', 'declare', { about_text })
  expect(form?.fields.find(({ name }) => name === 'sentence')?.initial).toHaveLength(length)
})

const about = {
  about_author: 'UNED',
  about_at: '2026-11-20T15:00:00.000Z',
  about_text: 'I left the laptop on the train',
  about_message: '1795.001',
}

test('the form about a message starts from its words and its time, and carries it along', () => {
  const form = desk().form('USAM', 'declare', about)
  const initial = Object.fromEntries((form?.fields ?? []).map((field) => [field.name, field.initial]))
  expect(initial).toMatchObject({ sentence: about.about_text, noticed: about.about_at, kind: 'lost-device' })
  expect(form?.carry).toEqual(about)
})

test('a message of any length is the first entry whole, and the form says what stands in it', () => {
  const long = { ...about, about_text: `  ${'so it went '.repeat(3600)}\n` }
  const form = desk().form('USAM', 'declare', long)
  expect(form?.intro?.join()).not.toMatch(/left out|long/)
  expect(form?.carryTitle).toBe('The message, as it will be recorded:')
  const answer = desk().submit('USAM', 'declare', { ...form?.carry, sentence: 'a laptop', kind: 'other' })
  expect(answer.events[1]?.text).toEqual({ body: long.about_text })
})

test("the message's author, time and words are the first entry after the declaration", () => {
  const answer = desk().submit('USAM', 'declare', {
    ...about,
    sentence: 'laptop left on a train',
    kind: 'other',
  })
  expect(kindsOf(answer).slice(0, 2)).toEqual(['incident.declared', 'evidence.recorded'])
  expect(answer.events[1]).toMatchObject({
    data: { message: '1795.001', occurredAt: about.about_at, byPerson: 'UNED' },
    text: { body: about.about_text },
  })
})

test('a form without a sentence is refused beside its field', () => {
  const answer = desk().submit('USAM', 'declare', { kind: 'other', sentence: '  ' })
  expect(answer.refusal).toMatchObject({ reason: 'no-sentence', field: 'sentence' })
})

test('the answer names the number, from when it counts and the last day, and nothing that was typed', () => {
  const here = desk({ declared: 'drill the laptop of bed 4 was stolen' })
  const text = cardText(declaredReply('inc-2026-0001', here.state!))
  expect(text).toContain('inc-2026-0001')
  expect(text).toContain('DRILL')
  expect(text).toContain('Fri 20 Nov 2026 22:41')
  expect(text).toContain('Tue 19 Jan 2027')
  expect(text).not.toContain('bed 4')
})

test.each(['new', 'open', 'create', 'start'])('%s is another word for declare', (word) => {
  expect(findCommand(word)?.verb).toBe('declare')
})

test('a typo finds its verb', () => {
  expect(nearestVerb('delcare')).toBe('declare')
  expect(nearestVerb('asign')).toBe('assign')
  expect(nearestVerb('xylophone')).toBeUndefined()
  for (const little of ['is', 'us', 'as', 'it', 'my']) expect(nearestVerb(little)).toBeUndefined()
})
