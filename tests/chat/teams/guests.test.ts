/** A guest asks nothing of Wardroom, whatever they did before it knew that they are one. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Inbound } from '../../../src/chat/port.ts'
import { type RunningTeams, startTeams } from '../../../src/chat/teams/start.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { identityOf, keptLog, seamsOf } from './connected.ts'

let teams: LocalTeams
let running: RunningTeams
let seen: Inbound[]

beforeEach(async () => {
  const now = () => new Date('2026-11-20T14:05:00.000Z')
  teams = await startLocalTeams({ now })
  seen = []
  running = await startTeams({
    identity: identityOf(teams),
    team: teams.teamId,
    teams: [teams.hospitalTeamId],
    zone: 'America/New_York',
    sign: String,
    seams: seamsOf(teams),
    httpHost: '127.0.0.1',
    httpPort: 0,
    handle: async (inbound) => {
      seen.push(inbound)
      return { kind: 'none' }
    },
    now,
    log: keptLog(),
  })
  teams.setBot(`http://127.0.0.1:${running.httpPort}/api/messages`)
})
afterEach(async () => {
  await running.stop()
  await teams.close()
})

const lines = () => seen.flatMap((each) => ('line' in each && each.line !== undefined ? [each.line] : []))

test('who spoke to others first is a guest all the same when they turn to it', async () => {
  await teams.as('gus').post('it-helpdesk', 'good morning')
  await teams.idle()
  await teams.as('gus').mention('it-helpdesk', 'list')
  await teams.as('gus').command('it-helpdesk', 'list')
  await teams.as('gus').direct('list')
  await teams.idle()
  expect(lines()).toEqual([])
  expect(seen.filter(({ type }) => type === 'message')).toHaveLength(2)
})

test('whom others mentioned first is one too', async () => {
  await teams.as('dana').mention('it-helpdesk', 'ask @gus')
  await teams.idle()
  await teams.as('gus').mention('it-helpdesk', 'list')
  await teams.idle()
  expect(lines()).toEqual([expect.stringContaining('ask')])
})

test('who is no guest is heard, and not looked up again', async () => {
  await teams.as('victor').post('it-helpdesk', 'good morning')
  await teams.as('victor').mention('it-helpdesk', 'list')
  await teams.as('victor').mention('it-helpdesk', 'status')
  await teams.idle()
  expect(lines().sort()).toEqual(['list', 'status'])
  const looked = teams.calls.filter(({ op }) => op === 'connector.member').length
  await teams.as('victor').mention('it-helpdesk', 'help')
  await teams.idle()
  expect(teams.calls.filter(({ op }) => op === 'connector.member')).toHaveLength(looked)
})
