/** `wardroom doctor` on Teams, against a local one: each broken set-up has its finding and its fix. */
import { createServer } from 'node:http'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { ChatError, type ChatPort } from '../src/chat/port.ts'
import type { Seams } from '../src/chat/teams/wire/identity.ts'
import { readConfig } from '../src/config.ts'
import { emptyOrganisation } from '../src/domain/organisation.ts'
import { findingLine } from '../src/operate/doctor/finding.ts'
import { reachFindings } from '../src/operate/doctor/people.ts'
import { testDatabase } from './support/database.ts'
import {
  type Arranged,
  doctoring,
  examined,
  guidOf,
  NOBODY,
  notWell,
  on,
  port,
  teams,
} from './support/teams/doctoring.ts'

doctoring()

test('a set-up in which all is well has nothing to mend and nothing to know', async () => {
  const { code, lines } = await examined()
  expect(notWell(lines)).toEqual([])
  expect(code).toBe(0)
  for (const said of [
    /^✓ TEAMS_APP_ID gets its tokens for the bot API and for Graph$/,
    /^✓ The incidents team can be read, and is private$/,
    /^✓ 8 people in the incidents team, who see every room; no guests$/,
    /^✓ The team’s owner granted every permission of the manifest$/,
    /^✓ No announcements on Teams/,
    /^✓ Graph’s clock agrees/,
    /^✓ Activities come to 127\.0\.0\.1:\d+, which is free: a TLS proxy must pass \/api\/messages to it$/,
    /^✓ All \d+ people the roster and WARDROOM_ADMINS name can be reached; who has blocked Wardroom shows only/,
    /^✓ The roster names a privacy officer/,
  ])
    expect(lines).toContainEqual(expect.stringMatching(said))
})

test('doctor posts nothing, makes nothing and changes nothing', async () => {
  await examined({ env: { TEAMS_ANNOUNCE_CHANNEL: teams.admin.channel('General').id } })
  const ops = new Set(teams.calls.map(({ op }) => op))
  expect([...ops].sort()).toEqual([
    'connector.create',
    'connector.pagedMembers',
    'graph.channel',
    'graph.grants',
    'graph.members',
    'graph.team',
    'token',
  ])
  const opened = teams.calls.filter(({ op }) => op === 'connector.create')
  for (const { body } of opened) expect(body).not.toHaveProperty('activity')
  for (const person of teams.people)
    expect(teams.as(person.id).everything(teams.as(person.id).chat)).toEqual([])
})

const refusing = (error: object): Seams => ({
  token: async () => {
    throw error
  },
})

type Row = [name: string, arrange: () => Arranged | Promise<Arranged>, finding: RegExp, code: 0 | 1]

test.each<Row>([
  [
    'a client secret that is not the app’s',
    () => ({ env: { TEAMS_APP_PASSWORD: 'wrong' } }),
    /^✗ TEAMS_APP_ID gets no token for the bot API and for Graph \(AADSTS7000215\) — copy the client secret’s value/,
    1,
  ],
  [
    'an app of another tenant',
    () => ({ env: { TEAMS_APP_ID: NOBODY } }),
    /^✗ TEAMS_APP_ID gets no token .*\(AADSTS700016\) — there is no such app in this tenant/,
    1,
  ],
  [
    'a tenant that does not exist',
    () => ({ env: { TEAMS_TENANT_ID: NOBODY } }),
    /^✗ TEAMS_APP_ID gets no token .*\(AADSTS90002\) — there is no such tenant/,
    1,
  ],
  [
    'a tenant that does not exist, found out by asking for it',
    () => ({
      env: { TEAMS_TENANT_ID: NOBODY },
      seams: refusing({ errorCode: 'openid_config_error', message: 'openid_config_error' }),
    }),
    /^✗ TEAMS_APP_ID gets no token .*\(token_unavailable\) — there is no such tenant/,
    1,
  ],
  [
    'no way to Microsoft’s login',
    () => ({
      seams: { ...refusing({ errorCode: 'network_error' }), loginUrl: 'http://127.0.0.1:1' },
    }),
    /^✗ TEAMS_APP_ID gets no token .*\(token_unavailable\) — see that this machine reaches 127\.0\.0\.1:1 /,
    1,
  ],
  [
    'a token for one of the two alone',
    () => ({
      seams: {
        token: async (scope) => {
          if (scope.includes('graph')) throw { errorCode: 'invalid_client' }
          return 'token'
        },
      },
    }),
    /^✗ TEAMS_APP_ID gets no token for Graph \(token_refused\) — see that TEAMS_APP_ID, TEAMS_APP_PASSWORD/,
    1,
  ],
  [
    'a managed identity that is not there',
    () => ({
      env: { TEAMS_APP_TYPE: 'UserAssignedMSI', TEAMS_APP_PASSWORD: '' },
      seams: refusing({ errorCode: 'managed_identity' }),
    }),
    /^✗ TEAMS_APP_ID gets no token .* — see that the managed identity is assigned/,
    1,
  ],
  [
    'no way to Graph',
    () => ({ env: { TEAMS_GRAPH_URL: 'http://127.0.0.1:1/v1.0' } }),
    /^✗ TEAMS_TEAM_ID \S+ cannot be read \(\w+\) — see that this machine reaches 127\.0\.0\.1:1 /,
    1,
  ],
  [
    'a team that does not exist',
    () => ({ env: { TEAMS_TEAM_ID: NOBODY } }),
    /^✗ TEAMS_TEAM_ID \S+ cannot be read \(channel_not_found\) — give the group id of a team/,
    1,
  ],
  [
    'a team without the app',
    () => {
      teams.admin.uninstall('Incidents')
      return {}
    },
    /^✗ TEAMS_TEAM_ID \S+ cannot be read \(no_permission\) — as an owner of the team, add the app/,
    1,
  ],
  [
    'a team that anybody may join',
    () => {
      teams.admin.openTeam('Incidents')
      return {}
    },
    /^✗ The incidents team is public: anybody of the tenant could join .* — make it private/,
    1,
  ],
  [
    'an archived team',
    () => {
      teams.admin.archiveTeam('Incidents')
      return {}
    },
    /^✗ The incidents team is archived.* — restore it/,
    1,
  ],
  [
    'a bot API that does not let the app in',
    () => {
      teams.faults.failCalls('connector.pagedMembers', {
        kind: 'status',
        status: 403,
        code: 'BotNotInConversationRoster',
      })
      return {}
    },
    /^✗ The app is not let into the incidents team \(app_not_installed\) — as an owner/,
    1,
  ],
  [
    'a guest in the team',
    () => {
      teams.admin.addToTeam('Incidents', 'gus')
      return {}
    },
    /^▲ 9 people in the incidents team, who see every room; 1 of them is a guest — take guests out/,
    0,
  ],
  [
    'a permission nobody granted',
    () => {
      teams.admin.grant('Incidents', 'ChannelMessage.Read.Group', false)
      return {}
    },
    /^✗ Permission ChannelMessage\.Read\.Group is not granted \(hears every message .*\) — as an owner of the team, remove the app/,
    1,
  ],
  [
    'a permission that is not needed',
    () => {
      teams.admin.grant('Incidents', 'ChannelMember.Read.Group', true)
      return {}
    },
    /^▲ The app has permissions it does not need: ChannelMember\.Read\.Group — upload the package/,
    0,
  ],
  [
    'permissions that may not be looked up',
    () => {
      teams.admin.grant('Incidents', 'TeamsAppInstallation.Read.Group', false)
      return {}
    },
    /^✗ What the team’s owner granted cannot be read \(no_permission\) — as an owner/,
    1,
  ],
  [
    'a roster that may not be read',
    () => {
      teams.admin.grant('Incidents', 'TeamMember.Read.Group', false)
      return {}
    },
    /^✗ Who is in the incidents team cannot be read \(no_permission\) — as an owner/,
    1,
  ],
  [
    'another team without the app',
    () => {
      teams.admin.uninstall('Hospital')
      return { env: { TEAMS_OTHER_TEAMS: teams.hospitalTeamId } }
    },
    /^▲ Team \S+ of TEAMS_OTHER_TEAMS cannot be read \(no_permission\) — .*take it out of TEAMS_OTHER_TEAMS/,
    0,
  ],
  [
    'an announce channel that is not there',
    () => ({ env: { TEAMS_ANNOUNCE_CHANNEL: '19:nowhere@thread.tacv2' } }),
    /^✗ TEAMS_ANNOUNCE_CHANNEL cannot be reached \(channel_not_found\) — give the id/,
    1,
  ],
  [
    'an announce channel into which no app gets',
    () => ({
      env: { TEAMS_ANNOUNCE_CHANNEL: teams.admin.createChannel('Incidents', 'quiet', 'private') },
    }),
    /^✗ TEAMS_ANNOUNCE_CHANNEL is private — name a standard channel/,
    1,
  ],
  [
    'an announce channel of another team',
    () => ({
      env: {
        TEAMS_OTHER_TEAMS: teams.hospitalTeamId,
        TEAMS_ANNOUNCE_CHANNEL: teams.admin.channel('it-helpdesk').id,
      },
    }),
    /^✓ TEAMS_ANNOUNCE_CHANNEL can be reached$/,
    0,
  ],
  [
    'a managers’ channel that is not there',
    () => ({ env: { TEAMS_MANAGERS_CHANNEL: '19:nowhere@thread.tacv2' } }),
    /^✗ TEAMS_MANAGERS_CHANNEL cannot be reached \(channel_not_found\) — give the id .* add the app to that team$/,
    1,
  ],
  [
    'a managers’ channel in a private team',
    () => ({ env: { TEAMS_MANAGERS_CHANNEL: teams.admin.createChannel('Incidents', 'managers') } }),
    /^✓ TEAMS_MANAGERS_CHANNEL can be reached; everybody in its team reads it, and that team is private$/,
    0,
  ],
  [
    'a managers’ channel in a team that anybody may join',
    () => {
      teams.admin.openTeam('Hospital')
      return {
        env: {
          TEAMS_OTHER_TEAMS: teams.hospitalTeamId,
          TEAMS_MANAGERS_CHANNEL: teams.admin.channel('it-helpdesk').id,
        },
      }
    },
    /^▲ TEAMS_MANAGERS_CHANNEL can be reached, and its team is public: .* — name a channel of a private team/,
    0,
  ],
  [
    'a managers’ channel in a team the app was taken from',
    () => {
      teams.admin.uninstall('Hospital')
      return {
        env: {
          TEAMS_OTHER_TEAMS: teams.hospitalTeamId,
          TEAMS_MANAGERS_CHANNEL: teams.admin.channel('it-helpdesk').id,
        },
      }
    },
    /^✗ TEAMS_MANAGERS_CHANNEL cannot be reached \(no_permission\) — /,
    1,
  ],
  [
    'a clock a minute and a half fast',
    () => ({ now: () => new Date(Date.now() + 95_000) }),
    /^✗ Graph’s clock is 9\d seconds behind this machine — set this machine by NTP/,
    1,
  ],
  [
    'somebody the app was taken from',
    () => {
      teams.admin.uninstallFor('dana')
      return {}
    },
    /^✗ \S+ \(privacy officer.*administrator\) does not have the app.* — add them to the incidents team, or install/,
    1,
  ],
  [
    'an administrator who is a guest',
    () => {
      teams.admin.addToTeam('Incidents', 'gus')
      return { env: { WARDROOM_ADMINS: guidOf('U0GUSTAN000') } }
    },
    /^✗ \S+ \(administrator\) is a guest.* — take them out of WARDROOM_ADMINS/,
    1,
  ],
  [
    'an administrator nobody knows',
    () => ({ env: { WARDROOM_ADMINS: NOBODY } }),
    /^✗ \S+ \(administrator\) is unknown here \(user_not_found\) — take them out/,
    1,
  ],
  [
    'a port that is not set',
    () => ({ env: { TEAMS_HTTP_PORT: '0' } }),
    /^▲ TEAMS_HTTP_PORT is 0.* — set one/,
    0,
  ],
  [
    'an address that this machine has not',
    () => ({ env: { TEAMS_HTTP_HOST: '203.0.113.7' } }),
    /^✗ Nothing can listen on 203\.0\.113\.7:\d+ \(EADDRNOTAVAIL\) — set TEAMS_HTTP_HOST/,
    1,
  ],
  [
    'a token that would be shown to the network',
    () => ({ env: { TEAMS_GRAPH_URL: 'http://graph.example/v1.0' } }),
    /^✗ TEAMS_GRAPH_URL — https; plain http would show the app’s token/,
    1,
  ],
  [
    'another program on the port',
    async () => {
      const other = createServer()
      await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
      onTestFinished(() => void other.close())
      return {}
    },
    /^▲ 127\.0\.0\.1:\d+ is taken, and no Wardroom on Teams answers at 127\.0\.0\.1:\d+ — if another program has it/,
    0,
  ],
])('%s', async (_, arrange, finding, code) => {
  const { lines, code: ended } = await examined(await arrange())
  expect(lines).toContainEqual(expect.stringMatching(finding))
  expect(ended).toBe(code)
  for (const line of notWell(lines)) expect(line).toMatch(/^[▲✗] .+ — .+/)
})

test('nobody checked who calls: said, and nothing is asked of Microsoft', async () => {
  const { code, lines } = await examined({
    env: { NODE_ENV: 'test', TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: '', TEAMS_ANONYMOUS: 'yes' },
  })
  expect(code).toBe(0)
  expect(lines).toContainEqual(
    expect.stringMatching(/^▲ TEAMS_ANONYMOUS: whoever reaches .* — for development/),
  )
  expect(teams.calls).toEqual([])
})

test('a record of another tenant, whose rooms on Slack are none of its business', async () => {
  const other = await testDatabase()
  onTestFinished(() => other.close())
  await other.db.execute(sql`insert into room values ('teams', ${NOBODY}, '19:a', 'inc-2026-0001', true)`)
  await other.db.execute(sql`insert into room values ('slack', 'T1', 'G1', 'inc-2026-0002', true)`)
  const { lines } = await examined(on(other))
  expect(lines).toContainEqual(
    expect.stringMatching(new RegExp(`^✗ The record has rooms of another tenant \\(${NOBODY}\\) — `)),
  )
})

test('each platform has its roster, its words and its administrators', async () => {
  const slack = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_API_URL: 'http://127.0.0.1:1/api/',
  }
  const { lines } = await examined({ env: slack })
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^✗ The Slack roster is empty and nobody may fill it — set WARDROOM_ADMINS to your own Slack id, restart, then type \/incident roster$/,
    ),
  )
  expect(lines).toContainEqual(expect.stringMatching(/^✓ The Teams roster names a privacy officer/))
  const other = await testDatabase()
  onTestFinished(() => other.close())
  const empty = await examined({ ...on(other), env: { ...slack, WARDROOM_ADMINS: 'U0DANAREYES' } })
  expect(empty.lines).toContainEqual(
    expect.stringMatching(
      /^✗ The Teams roster is empty and nobody may fill it — set WARDROOM_ADMINS to your own Entra object id, restart, then type @Wardroom roster$/,
    ),
  )
  expect(empty.lines).toContainEqual(
    expect.stringMatching(/^✗ No privacy officer on the Slack roster: .* \/incident roster/),
  )
})

test.each([
  [['--canary-seconds', '3'], /^--canary-seconds: a whole number from 5 to 600/],
  [['--canary-channel=general'], /^--canary-channel: a channel’s id/],
  [['now'], /^"now" is not known/],
])('%j is asked about, with the usage, which says that nothing is posted otherwise', async (args, said) => {
  const { code, lines } = await examined({ args })
  expect(code).toBe(2)
  expect(lines[0]).toMatch(said)
  expect(lines.slice(1)).toEqual([
    expect.stringMatching(/^Usage: .*--canary/),
    'Nothing is posted without --canary.',
  ])
})

test.each([
  ['who has blocked the bot', 'blocked', 'refused', /has blocked Wardroom — they unblock it/],
  [
    'whom the bot may not write to',
    'no_permission',
    'refused',
    /cannot be written to \(no_permission\) — name somebody else with @Wardroom roster/,
  ],
  [
    'whom nobody could ask for now',
    'ratelimited',
    'transient',
    /cannot be written to \(ratelimited\) — run doctor again/,
  ],
] as const)('somebody on the roster %s', async (_, code, failure, line) => {
  const roster = { 'privacy-officer': { holder: NOBODY, deputy: null, seq: 1 } }
  const organisation = { ...emptyOrganisation, elsewhere: { teams: roster } }
  const port = {
    platform: 'teams',
    person: async () => ({ kind: 'human', guest: false, deactivated: false }),
    reach: () => Promise.reject(new ChatError(failure, code)),
  } as unknown as ChatPort
  const lines = (await reachFindings(readConfig({}), organisation, port)).map(findingLine)
  expect(lines).toEqual([expect.stringMatching(line)])
})
