import { expect, test } from 'vitest'
import { readLine } from '../../src/pipeline/read-line.ts'
import { desk } from './desk.ts'

const ask = (line: string, facts = {}) => desk({ facts }).run('USAM', line)

test.each([
  ['a day alone leaves both reports to HHS open', 'what-if 18 Nov 2026', 'depends on how many'],
  [
    'a day and a count decide the report',
    'what-if 18 Nov 2026 612',
    'last day Sun 17 Jan 2027 · 58 days left',
  ],
  ['more than 500 in one State means the media', 'what-if 18 Nov 2026 612 TX 501 OK 111', '(TX)  last day'],
  ['a range that may lie on either side of 500', 'what-if 18 Nov 2026 400-600', 'depends on how many'],
  ['a day still to come', 'what-if 1 Dec 2026 12', 'If it was discovered on Tue 1 Dec 2026'],
  ['a time of day', 'what-if 18 Nov 2026 22:10 612', 'If it was discovered on Wed 18 Nov 2026'],
  ['a leap day is counted as a day', 'what-if 2028-01-01 600', 'last day Wed 1 Mar 2028'],
  [
    'States that are not switched on are named',
    'what-if 18 Nov 2026 612 TX 612',
    'not switched on here for TX',
  ],
])('%s', (_, line, words) => {
  const answer = ask(line)
  expect(answer.reply).toContain(words)
  expect(answer.reply).toContain('Nothing was recorded')
  expect(answer.events).toEqual([])
})

test('the clocks of a regime that is switched on are counted for the States named', () => {
  const { reply } = ask('what-if 18 Nov 2026 612 TX 612', { regimes: ['HIPAA', 'state.tx'] })
  expect(reply).toContain('TX: notice to the Attorney General  last day Fri 18 Dec 2026')
  expect(reply).not.toContain('not switched on')
})

test.each([
  ['what-if the day before the flood', 'time-not_understood'],
  ['what-if 30 Feb 2026', 'time-no_such_date'],
  ['what-if 18 Nov 2026 10 TX 501', 'affected-states-exceed-total'],
  ['what-if 18 Nov 2026 -3', 'affected-negative'],
  ['what-if 18 Nov 2026 612 ZZ 5', 'affected-unknown-state'],
])('"%s" is refused: %s', (line, reason) => {
  expect(ask(line).refusal?.reason).toBe(reason)
})

test('without words the form asks, and answers the same as the words', () => {
  expect(ask('what-if').form?.fields.map(({ name }) => name)).toEqual(['on', 'value', 'more'])
  const filled = { on: '18 Nov 2026', value: '612', more: 'TX 501 OK 111' }
  expect(desk().submit('USAM', 'what-if', filled).reply).toBe(
    ask('what-if 18 Nov 2026 612 TX 501 OK 111').reply,
  )
  expect(desk().submit('USAM', 'what-if', { ...filled, value: 'many' }).refusal?.field).toBe('more')
})

test('nothing on the answer records a fact of the incident whose room it was asked in', () => {
  const here = desk({ declared: 'my laptop was stolen' })
  const { card } = here.run('USAM', 'what-if 18 Nov 2026')
  const pressed = (card?.blocks ?? []).flatMap((block) =>
    block.kind === 'buttons' ? block.buttons : block.kind === 'lines' && block.button ? [block.button] : [],
  )
  expect(pressed.map(({ line }) => line)).toEqual(['what-if', 'declare'])
})

test.each(['clocks what-if 18 Nov 2026', 'Clocks what if 18 Nov 2026', 'clocks whatif 18 Nov 2026'])(
  '"%s" is the same command',
  (line) => {
    expect(readLine(line, { inRoom: true })).toMatchObject({ row: { verb: 'what-if' }, words: '18 Nov 2026' })
  },
)
