/** What a refused start tells the operator, by whoever refused it. */
import { expect, test } from 'vitest'
import { ChatError } from '../src/chat/port.ts'
import { whyNot } from '../src/operate/why-not.ts'

const rows: [string, string, RegExp][] = [
  [
    'Slack and its token',
    'invalid_auth',
    /^Slack refused the connection \(invalid_auth\): copy SLACK_BOT_TOKEN/,
  ],
  ['Microsoft and the secret', 'token_refused', /^Microsoft refused .*TEAMS_APP_PASSWORD/],
  ['Microsoft and the team', 'team_not_found', /^Microsoft refused .*TEAMS_TEAM_ID/],
]
test.each(rows)('%s', (_, code, wanted) => {
  const [line, ...more] = whyNot(new ChatError('refused', code))
  expect(line).toMatch(wanted)
  expect(more).toEqual([])
})
