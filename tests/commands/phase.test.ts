import { expect, test } from 'vitest'
import { event } from '../../src/domain/events.ts'
import { bench, buttonLines, kinds, only } from './bench.ts'

const led = () => {
  const here = bench()
  here.give({ commander: 'USAM', deputy: 'UNED' })
  return here
}

/** Everything required in detection of a lost device is done. */
const ready = () => {
  const here = led()
  for (const item of ['D1', 'D6', 'D7', 'D8', 'D11'])
    here.record('USAM', event('item.completed', { item, by: 'person' }))
  return here
}

test.each([
  ['the next phase', 'phase next', 'containment'],
  ['a phase by name', 'phase containment', 'containment'],
  ['a phase by another word', 'phase to contain', 'containment'],
])('%s is entered', (_, line, phase) => {
  const here = ready()
  const outcome = here.run('USAM', line)
  expect(outcome.events).toEqual([
    { kind: 'phase.entered', data: { phase, from: 'detection', openRequired: [] } },
  ])
  expect(outcome.said).toContain('Now in Containment; it was Detection & analysis.')
  expect(outcome.said).toContain('○ C1')
})

test('required items left open ask for a reason in a form that lists them', () => {
  const here = led()
  const { form, events } = here.run('USAM', 'phase next')
  expect(events).toEqual([])
  expect(form?.intro?.join('\n')).toMatch(/D1 .*\n.*D6 [\s\S]*D11/)
  expect(form?.fields[1]).toMatchObject({ name: 'reason', optional: false })
  const bare = here.submit('USAM', 'phase', { phase: 'containment' })
  expect(bare.refusal).toMatchObject({ reason: 'phase-reason', field: 'reason' })
  expect(bare.said).toContain('required items D1, D6, D7, D8, D11 open')
})

test('the reason given is recorded with the move and as a decision', () => {
  const here = led()
  const outcome = here.run('USAM', 'phase next because it is still spreading')
  expect(outcome.events).toEqual([
    {
      kind: 'phase.entered',
      data: { phase: 'containment', from: 'detection', openRequired: ['D1', 'D6', 'D7', 'D8', 'D11'] },
      text: { reason: 'it is still spreading' },
    },
    {
      kind: 'decision.recorded',
      data: { number: 1, message: null },
      text: {
        what: 'Move from Detection & analysis to Containment with required items D1, D6, D7, D8, D11 open.',
        why: 'it is still spreading',
      },
    },
  ])
  expect(here.state.phase).toBe('containment')
})

test('phases jumped over count as left behind', () => {
  const outcome = ready().run('USAM', 'phase recovery because it was over before we began')
  expect(only(outcome, 'phase.entered')[0]?.data.openRequired).toEqual(['C1', 'C2', 'E1'])
})

test('going back needs no reason and is recorded', () => {
  const here = ready()
  here.run('USAM', 'phase next')
  const outcome = here.run('USAM', 'phase back')
  expect(outcome.events).toEqual([
    { kind: 'phase.entered', data: { phase: 'detection', from: 'containment', openRequired: [] } },
  ])
  expect(outcome.said).toContain('Back in Detection & analysis')
})

test.each([
  ['the phase it is in', 'phase detection', 'phase-same', ['check']],
  ['preparation', 'phase preparation', 'phase-preparation', ['check preparation']],
  ['back from the first', 'phase back', 'phase-first', []],
  ['a misspelt phase', 'phase containmnet', 'unknown-phase', ['phase containment']],
  ['a phase nobody knows', 'phase wibble', 'unknown-phase', ['phase']],
])('%s is refused', (_, line, reason, lines) => {
  const outcome = ready().run('USAM', line)
  expect(outcome.events).toEqual([])
  expect(outcome.refusal?.reason).toBe(reason)
  expect(buttonLines(outcome)).toEqual(lines)
})

test('after the last phase comes closing', () => {
  const here = ready()
  here.record('USAM', event('phase.entered', { phase: 'post-incident', from: 'recovery', openRequired: [] }))
  const outcome = here.run('USAM', 'phase next')
  expect(outcome.said).toContain('Post-incident is the last phase')
  expect(buttonLines(outcome)).toEqual(['close'])
})

test('without words a form shows where it is and what comes next', () => {
  const { form } = ready().run('USAM', 'phase')
  expect(form?.intro).toEqual(['Now in Detection & analysis.'])
  expect(form?.fields[0]).toMatchObject({ name: 'phase', initial: 'containment' })
  const options = form?.fields[0]?.kind === 'choice' ? form.fields[0].options.map(({ value }) => value) : []
  expect(options).toEqual(['containment', 'eradication', 'recovery', 'post-incident'])
})

test('somebody who may not move it is told so before writing a reason', () => {
  const here = led()
  expect(here.run('UKIM', 'phase next').refusal?.reason).toBe('not-permitted')
  expect(here.run('UKIM', 'phase next').said).toContain('<@USAM> holds incident commander')
  expect(kinds(here.run('UNED', 'phase next because Sam sleeps'))).toEqual([
    'phase.entered',
    'decision.recorded',
  ])
})

test('while nobody leads, anyone there moves it with one reason for all', () => {
  const outcome = bench().run('UKIM', 'phase next because nobody else is awake')
  expect(kinds(outcome)).toEqual(['role.acted', 'phase.entered', 'decision.recorded'])
})

test.each(['UOZ', 'UEVE'])('%s is told nothing', (actor) => {
  expect(led().run(actor, 'phase next because x').refusal?.reason).toBe('not-a-participant')
  expect(led().open(actor, 'phase')?.intro).toEqual([])
})
