/** Words out of a chat, as a report has them. */
import { expect, test } from 'vitest'
import { readable } from '../../../src/domain/report/markup.ts'

const nameOf = (person: string) => ({ U1: 'Dana Reyes' })[person] ?? 'somebody'

test.each([
  ['a mention is a name', 'ask <@U1> and <@U2|sam>', 'ask @Dana Reyes and @somebody'],
  ['of a person on Teams too', 'ask <@00000000-0000-4000-8000-000000000001>', 'ask @somebody'],
  ['a channel is its name', 'in <#C012|ward-4>, not <#C013>', 'in #ward-4, not a channel'],
  ['a group is its name', '<!here> and <!subteam^S1|@nurses>', '@here and @nurses'],
  [
    'a link is its address, with its words',
    'see <https://a.example/x|the log>',
    'see the log (https://a.example/x)',
  ],
  [
    'once where both are the same',
    '<https://a.example> <mailto:a@b.example|a@b.example>',
    'https://a.example a@b.example',
  ],
  ['what only looks alike stays', 'if a <b> c < d && <script>', 'if a <b> c < d && <script>'],
])('%s', (_, words, expected) => {
  expect(readable(words, nameOf)).toBe(expected)
})
