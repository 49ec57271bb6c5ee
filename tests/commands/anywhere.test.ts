import { expect, test } from 'vitest'
import { commands, findCommand } from '../../src/commands/index.ts'
import { desk, organisationFacts } from './desk.ts'

const laptop = () => {
  const here = desk({ declared: 'my laptop was stolen' })
  here.visible = here.state ? [here.state] : []
  return here
}
const firstLine = (text: string) => text.split('\n')[0]

test('help fits a phone: seven lines, one example each', () => {
  const answer = desk().run('USAM', 'help')
  const examples = answer.reply.split('\n').filter((line) => line.startsWith('/incident '))
  expect(examples).toHaveLength(7)
  expect(examples[0]).toContain('declare')
})

test.each(commands.map(({ verb }) => verb))('help %s shows how it is typed and who may', (verb) => {
  const { reply } = desk().run('USAM', `help ${verb}`)
  expect(reply).toContain(verb)
  expect(reply).toContain('Who may')
})

test('help finds a command by its alias', () => {
  expect(desk().run('USAM', 'help deadlines').reply).toContain('late')
})

test.each([
  ['help delcare', 'Did you mean declare?'],
  ['help xylophone', '/incident help shows'],
])('"%s" says what to do', (line, words) => {
  const answer = desk().run('USAM', line)
  expect(answer.refusal?.reason).toBe('no-such-verb')
  expect(answer.reply).toContain(words)
})

test.each(commands.filter(({ reads }) => reads === true).map(({ verb }) => verb))(
  '%s passes over no word it does not know',
  (verb) => {
    for (const words of ['garbage', 'all garbage'])
      expect(laptop().run('USAM', `${verb} ${words}`)).not.toHaveProperty('card')
  },
)

test('list takes "all" and "mine", as its aliases do', () => {
  const shown = (line: string) => laptop().run('USAM', line).card !== undefined
  expect(['list', 'list mine', 'list ALL ', 'ls every', 'list alls', 'mine yours'].map(shown)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('every verb and alias belongs to one command', () => {
  const words = commands.flatMap(({ verb, aliases }) => [verb, ...aliases])
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
})

test('every example of every command is read by that command without a refusal', () => {
  const here = desk({ declared: 'ransomware on ward 3' })
  for (const { examples } of commands) {
    for (const example of examples) {
      const [word = '', ...rest] = example.split(' ')
      expect(findCommand(word), example).toBeDefined()
      const row = findCommand(word)!
      const context = {
        ...here,
        actor: 'USAM',
        text: () => ({}),
        word: '/incident',
        settings: { organisation: organisationFacts },
      }
      const words = rest
        .join(' ')
        .replace(/^inc-\d{4}-\d{4}\s?/, '')
        .replace(/@[a-z]+/gi, '<@UKIM>')
      const raw = row.parse(words, context as never)
      expect(raw === undefined || !('refusal' in (raw as object)), example).toBe(true)
      if (raw !== undefined) expect(row.args.safeParse(raw).success, example).toBe(true)
    }
  }
})

test('late: nothing is late a minute after declaring', () => {
  const { reply, events } = laptop().run('UDANA', 'late')
  expect(firstLine(reply)).toBe('No, nothing is late.')
  expect(reply).toContain('Tue 19 Jan 2027')
  expect(reply).toContain('@UDANA')
  expect(events).toEqual([])
})

test('late: at risk when the last day is near, yes when it has passed', () => {
  const here = laptop()
  here.at = new Date('2027-01-17T15:00:00Z')
  expect(firstLine(here.run('UDANA', 'late').reply)).toBe('At risk — 2 days left.')
  here.at = new Date('2027-01-21T15:00:00Z')
  expect(firstLine(here.run('UDANA', 'deadlines').reply)).toBe('Yes — 2 days.')
})

test('late shows nobody an incident they have no part in or are kept out of', () => {
  const here = laptop()
  here.at = new Date('2027-01-21T15:00:00Z')
  expect(firstLine(here.run('UEVE', 'late').reply)).toBe('No, nothing is late.')
  here.visible = here.state ? [{ ...here.state, excluded: ['UDANA'] }] : []
  expect(firstLine(here.run('UDANA', 'late').reply)).toBe('No, nothing is late.')
})

test('list shows mine, and whoever the roster names what they may see', () => {
  const here = laptop()
  expect(here.run('USAM', 'list').reply).toContain('inc-2026-0001')
  expect(here.run('ULEE', 'list').reply).toContain('inc-2026-0001')
  expect(here.run('UEVE', 'list').reply).toContain('No open incidents.')
})

test('list all has closed incidents too', () => {
  const here = laptop()
  here.run('UDANA', 'close false-alarm because it was in the drawer')
  here.visible = here.state ? [here.state] : []
  expect(here.run('UDANA', 'list all').reply).toContain('inc-2026-0001')
})

test('the empty home teaches how to start', () => {
  const { reply } = desk().run('UEVE', 'home')
  expect(reply).toContain('No open incidents.')
  expect(reply).toContain('Declare')
  expect(reply).toContain('drill')
})

test('status in a room is that incident, elsewhere mine', () => {
  const here = laptop()
  expect(here.run('UKIM', 'status').reply).toContain('inc-2026-0001 · lost or stolen device')
  const elsewhere = { ...desk(), visible: here.visible }
  expect(elsewhere.run('UEVE', 'status').reply).toContain('No open incidents.')
})

test('status tells nothing to somebody who is no participant', () => {
  expect(laptop().run('UEVE', 'status').refusal?.reason).toBe('not-a-participant')
})
