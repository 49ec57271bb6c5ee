/** How watchful Wardroom is follows from the configuration; a chat under no agreement is strict, and it is said. */
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { phiModeOn } from '../src/domain/phi-mode.ts'
import { hygieneFindings, hygieneLines } from '../src/operate/doctor/hygiene.ts'

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', ORG_ZONE: 'America/New_York' }

test.each<readonly [string, Record<string, string>, string, string]>([
  ['practice nudges', {}, 'slack', 'nudge'],
  ['practice as it is set', { PHI_NUDGE: 'strict' }, 'slack', 'strict'],
  ['no agreement is strict', slack, 'slack', 'strict'],
  ['no agreement is strict, whatever is wanted', { ...slack, PHI_NUDGE: 'off' }, 'slack', 'strict'],
  ['an agreement nudges', { ...slack, SLACK_BAA: 'yes' }, 'slack', 'nudge'],
  ['an agreement, and as it is set', { ...slack, SLACK_BAA: 'yes', PHI_NUDGE: 'off' }, 'slack', 'off'],
  ['an agreement of the other platform is none', { ...slack, SLACK_BAA: 'yes' }, 'teams', 'strict'],
  ['an agreement for Teams', { ...slack, TEAMS_BAA: 'yes' }, 'teams', 'nudge'],
])('%s', (_, env, platform, mode) => {
  expect(phiModeOn(readConfig(env).hygiene, platform)).toBe(mode)
})

test.each(['PHI_NUDGE', 'SLACK_BAA', 'TEAMS_BAA'])(
  '%s is one of its words, or the start is refused',
  (name) => {
    expect(() => readConfig({ [name]: 'perhaps' })).toThrow(name)
  },
)

test('doctor and the start say of each platform that is under no agreement', () => {
  const config = readConfig({ ...slack, SLACK_BAA: 'yes' })
  const [one, two] = hygieneFindings(config, ['slack', 'teams'])
  expect(one).toEqual({
    level: 'good',
    what: 'Slack is declared to be under a business associate agreement; PHI_NUDGE is nudge',
  })
  expect(two).toMatchObject({ level: 'warn', fix: expect.stringContaining('TEAMS_BAA=yes') })
  const lines = hygieneLines(config, ['slack', 'teams'])
  expect(lines).toEqual([
    'Teams is not declared to be under a business associate agreement: PHI_NUDGE is strict there. Once the agreement is signed set TEAMS_BAA=yes; until then no patient information may stand in that chat.',
  ])
})

test('doctor says where nobody watches, and nothing in practice', () => {
  const off = readConfig({ ...slack, SLACK_BAA: 'yes', PHI_NUDGE: 'off' })
  expect(hygieneFindings(off, ['slack'])).toMatchObject([{ level: 'warn' }])
  expect(hygieneFindings(readConfig({}), ['slack'])).toEqual([])
  expect(hygieneLines(readConfig({}), ['slack'])).toEqual([])
})
