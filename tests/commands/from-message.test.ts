import { expect, test } from 'vitest'
import { bench, only } from './bench.ts'

const about = {
  about_message: '1700000000.000100',
  about_author: 'UNED',
  about_at: '2026-11-21T02:10:30Z',
  about_text: 'We wipe it now',
}

test('a decision from a message starts from its text, author and time, and keeps its id', () => {
  const here = bench()
  const form = here.open('UKIM', 'decide', about)
  expect(form?.fields.map((field) => ('initial' in field ? field.initial : undefined))).toEqual([
    'We wipe it now',
    undefined,
    'UNED',
    undefined,
    'Fri 20 Nov 2026 21:10',
  ])
  const outcome = here.submit('UKIM', 'decide', {
    ...form?.carry,
    what: 'We wipe it now',
    why: 'lost',
    byPerson: 'UNED',
    at: 'Fri 20 Nov 2026 21:10',
  })
  expect(only(outcome, 'decision.recorded')[0]?.data).toEqual({
    number: 1,
    message: '1700000000.000100',
    byPerson: 'UNED',
    occurredAt: '2026-11-21T02:10:00.000Z',
  })
})

test('a message longer than the form says that the record has it whole', () => {
  const form = bench().open('UKIM', 'decide', { ...about, about_text: 'x'.repeat(4000) })
  expect(form?.intro?.join()).toContain('the record keeps the message itself whole')
})

test('a typed decision longer than the form says that the rest is not recorded', () => {
  const form = bench().run('UKIM', `decide ${'x'.repeat(4000)}`).form
  expect(form?.intro?.join()).toContain('What does not fit is not recorded')
})

test('in the hour that came twice the form shows the time with its offset', () => {
  const form = bench().open('UKIM', 'decide', { ...about, about_at: '2026-11-01T05:30:00Z' })
  expect(form?.fields.find(({ name }) => name === 'at')).toMatchObject({
    initial: '2026-11-01T01:30:00-04:00',
  })
})

test('evidence typed keeps its words, time and source', () => {
  const outcome = bench().run('UKIM', 'evidence badge log of door 3 at 21:30 by "Officer Ruiz"')
  expect(outcome.events).toEqual([
    {
      kind: 'evidence.recorded',
      data: { message: null, occurredAt: '2026-11-21T02:30:00.000Z' },
      text: { body: 'badge log of door 3', by: 'Officer Ruiz' },
    },
  ])
})

test('evidence from a message keeps its id, author, exact time and text', () => {
  const here = bench()
  const form = here.open('UKIM', 'evidence', about)
  expect(form?.fields.map(({ name }) => name)).toEqual(['note'])
  const outcome = here.submit('UKIM', 'evidence', { ...form?.carry, note: 'shows who knew' })
  expect(outcome.events).toEqual([
    {
      kind: 'evidence.recorded',
      data: { message: '1700000000.000100', occurredAt: '2026-11-21T02:10:30.000Z', byPerson: 'UNED' },
      text: { body: 'We wipe it now', note: 'shows who knew' },
    },
  ])
})

test('a message of any length is evidence whole, and the form says what stands in it', () => {
  const here = bench()
  const long = { ...about, about_text: `  ${'so it went '.repeat(3600)}\n` }
  const form = here.open('UKIM', 'evidence', long)
  expect(form?.carryTitle).toBe('The message, as it will be recorded:')
  const outcome = here.submit('UKIM', 'evidence', { ...form?.carry })
  expect(only(outcome, 'evidence.recorded')[0]).toMatchObject({ data: { message: about.about_message } })
  expect(only(outcome, 'evidence.recorded')[0]?.text).toEqual({ body: long.about_text })
})

test('evidence of nothing is asked for', () => {
  expect(bench().run('UKIM', 'evidence').form?.fields[0]?.name).toBe('body')
  expect(bench().submit('UKIM', 'evidence', { note: 'x' }).refusal?.reason).toBe('evidence-empty')
})
