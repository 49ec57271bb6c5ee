/** `wardroom doctor --canary` against a local Teams: what arrives of a message, by push and in Graph, and what is told of it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { startTeams } from '../src/chat/teams/start.ts'
import { graphFindings, personFindings } from '../src/operate/doctor/canary-findings.ts'
import { findingLine } from '../src/operate/doctor/finding.ts'
import { serveHealth } from '../src/operate/health.ts'
import { testDatabase } from './support/database.ts'
import {
  type Arranged,
  doctoring,
  entra,
  examined,
  log,
  NOBODY,
  notWell,
  now,
  on,
  port,
  start,
  teams,
} from './support/teams/doctoring.ts'

doctoring()

const canary = (more: Arranged = {}) => examined({ args: ['--canary', '--key-backed-up'], ...more })
const general = () => teams.admin.team('Incidents').internalId
const left = () =>
  teams
    .as('dana')
    .everything(general())
    .filter(({ isDeleted }) => !isDeleted)
const sam = () => teams.as('sam')

async function aMessage(): Promise<void> {
  const id = await sam().post(general(), 'Canary, says Sam')
  await sam().edit(general(), id, 'Canary, says Sam again')
  await sam().remove(general(), id)
}

const OWN = [
  /^✓ The canary was posted in General, edited and deleted$/,
  /^✓ Graph shows the canary, its edit and its deletion$/,
  /^✓ Graph returns the canary’s hidden mark/,
]
const said = (lines: readonly string[], wanted: readonly RegExp[]) => {
  for (const each of wanted) expect(lines).toContainEqual(expect.stringMatching(each))
}

test('everything arrives, what the bot itself did too', async () => {
  await teams.close()
  await start({ echoes: true })
  const { code, lines } = await canary({ person: aMessage })
  expect(notWell(lines)).toEqual([])
  expect(code).toBe(0)
  said(lines, [
    ...OWN,
    /^✓ Teams pushed the canary, its edit and its deletion$/,
    /^Now you: in General of the incidents team, post .* begins with the word canary, edit it, then delete it\. You have 60 seconds\.$/,
    /^✓ Your message was pushed, with the time that Graph has, [\d:.]+ UTC$/,
    /^✓ Your edit was pushed, with a time 38 ms after Graph’s, [\d:.]+ UTC$/,
    /^✓ Your deletion was pushed, with a time 38 ms after Graph’s, [\d:.]+ UTC$/,
  ])
  expect(left()).toEqual([])
})

test('what a bot does itself need not be pushed, which is said and is nothing to mend', async () => {
  const { code, lines } = await canary({ person: aMessage })
  expect(code).toBe(0)
  said(lines, [
    ...OWN,
    /^▲ Teams did not push the canary, its edit and its deletion — .* need not .* a person’s message, which is next, is the better test$/,
    /^✓ Your message was pushed/,
  ])
})

test('without the permission nothing is pushed and nothing can be read back', async () => {
  teams.admin.grant('Incidents', 'ChannelMessage.Read.Group', false)
  const { code, lines } = await canary({ person: aMessage })
  expect(code).toBe(1)
  said(lines, [
    /^✗ Permission ChannelMessage\.Read\.Group is not granted/,
    /^✓ The canary was posted in General, edited and deleted$/,
    /^✗ Graph does not tell the channel’s messages \(no_permission\) — /,
    /^▲ Teams did not push the canary, its edit and its deletion/,
    /^▲ Nothing that begins with “canary” was pushed within 60 seconds, and Graph cannot be asked \(no_permission\) — if you wrote one: ChannelMessage\.Read\.Group is not granted/,
  ])
  expect(left()).toEqual([])
})

test('an endpoint that nothing reaches: Graph shows what was not pushed', async () => {
  teams.setBot(undefined)
  const { code, lines } = await canary({ person: aMessage })
  expect(code).toBe(1)
  said(lines, [
    ...OWN,
    /^✗ Graph shows your message, your edit and your deletion, and Teams did not push them — see that the bot’s messaging endpoint .* reaches 127\.0\.0\.1:\d+/,
  ])
})

test('edits alone that are not pushed', async () => {
  teams.faults.dropActivities(9, ({ type }) => type === 'messageUpdate')
  const { code, lines } = await canary({ person: aMessage })
  expect(code).toBe(0)
  said(lines, [
    /^✓ Your message was pushed/,
    /^▲ Graph shows your edit, and Teams did not push it — .*recorded when it is read back, once an hour/,
    /^✓ Your deletion was pushed/,
  ])
})

test('one look into Graph that fails is looked again', async () => {
  teams.faults.failCalls('graph.delta', { kind: 'status', status: 503 }, 2)
  const { code, lines } = await canary({ person: aMessage })
  expect(code).toBe(0)
  said(lines, OWN)
})

test('what overtakes one another on its way is told all the same', async () => {
  const { code, lines } = await canary({
    async person() {
      teams.faults.holdActivities()
      await aMessage()
      teams.faults.releaseActivities('reversed')
    },
  })
  expect(code).toBe(0)
  said(lines, [/^✓ Your message was pushed/, /^✓ Your edit was pushed/, /^✓ Your deletion was pushed/])
})

test('a person who does half of it, and one who does nothing', async () => {
  const half = await canary({
    args: ['--canary', '--canary-seconds=5'],
    person: () => sam().post(general(), 'canary'),
  })
  said(half.lines, [
    /You have 5 seconds\.$/,
    /^✓ Your message was pushed/,
    /^▲ Within 5 seconds neither Teams nor Graph told of your edit and your deletion — /,
  ])
  const nothing = await canary({ person: () => sam().post(general(), 'hello there') })
  expect(nothing.code).toBe(0)
  said(nothing.lines, [/^▲ No message that begins with “canary” came within 60 seconds.* — /])
  expect(nothing.lines.join('\n')).not.toMatch(/hello there/)
})

test('whoever is turned away meanwhile is told of, and what is not the canary’s is not acknowledged', async () => {
  const statuses: number[] = []
  const { lines } = await canary({
    async person() {
      await sam().post(general(), 'canary')
      const activity = teams.sent.at(-1)!
      const foreign = {
        ...activity,
        conversation: { ...(activity.conversation as object), tenantId: NOBODY },
        channelData: { ...(activity.channelData as object), tenant: { id: NOBODY } },
      }
      const elsewhere = {
        ...activity,
        conversation: { ...(activity.conversation as object), id: '19:other@thread.tacv2' },
      }
      for (const [sent, wrong] of [
        [activity, { key: 'other' }],
        [activity, null],
        [foreign, {}],
        [elsewhere, {}],
      ] as const)
        statuses.push((await teams.deliver(sent, wrong)).status)
      teams.faults.clear()
    },
  })
  expect(statuses).toEqual([401, 401, 401, 500])
  said(lines, [/^✓ Your message was pushed/])
})

test('an edit the bot API refuses, and the canary is deleted all the same', async () => {
  teams.faults.failCalls('connector.update', { kind: 'status', status: 403, code: 'Forbidden' })
  const { code, lines } = await canary({ person: aMessage })
  expect(code).toBe(1)
  said(lines, [
    /^✗ The canary could not be edited in General \(no_permission\) — /,
    /^✓ Graph shows the canary and its deletion$/,
  ])
  expect(left()).toEqual([])
})

test('a channel that is an incident’s room, by the record or by its name, gets none', async () => {
  const named = teams.admin.createChannel('Incidents', 'inc-2026-0001')
  const byName = await canary({ args: [`--canary-channel=${named}`] })
  said(byName.lines, [/^✗ No canary: inc-2026-0001 is an incident’s room — /])
  const other = await testDatabase()
  onTestFinished(() => other.close())
  await other.db.execute(
    sql`insert into room values ('teams', ${teams.tenant}, ${general()}, 'inc-2026-0001', true)`,
  )
  const byRecord = await canary(on(other))
  said(byRecord.lines, [/^✗ No canary: General is an incident’s room — /])
  expect(teams.as('dana').everything(general())).toEqual([])
})

test('a channel of one’s own choice', async () => {
  const channel = teams.admin.createChannel('Incidents', 'rehearsal')
  const { lines } = await canary({
    args: ['--canary-channel', channel, '--canary-seconds=10'],
    person: () => sam().post(channel, 'canary'),
  })
  said(lines, [
    /^✓ The canary was posted in rehearsal, edited and deleted$/,
    /^Now you: in rehearsal /,
    /^✓ Your message was pushed/,
  ])
})

test('no canary where there is no Teams, no token or no identity', async () => {
  const unset = { TEAMS_APP_ID: '', TEAMS_APP_PASSWORD: '', TEAMS_TENANT_ID: '', TEAMS_TEAM_ID: '' }
  const none = await canary({ env: { NODE_ENV: '', ...unset, TEAMS_OTHER_TEAMS: '' } })
  said(none.lines, [/^✗ No canary: Wardroom is not on Teams — set TEAMS_APP_ID/])
  const refused = await canary({ env: { TEAMS_APP_PASSWORD: 'wrong' } })
  said(refused.lines, [/^✗ No canary: Microsoft gives no tokens — /])
})

test('a running Wardroom has the port: what it was pushed is asked of its health page', async () => {
  await teams.close()
  await start({ echoes: true })
  const running = await startTeams({
    identity: {
      appId: teams.appId,
      appType: 'SingleTenant',
      appPassword: teams.appPassword,
      tenant: teams.tenant,
    },
    team: teams.teamId,
    zone: 'UTC',
    sign: (words) => words,
    seams: {
      openIdUrl: teams.urls.openId,
      graphUrl: teams.urls.graph,
      serviceUrl: teams.urls.connector,
      token: entra({
        TEAMS_TENANT_ID: teams.tenant,
        TEAMS_APP_ID: teams.appId,
        TEAMS_APP_PASSWORD: teams.appPassword,
      }),
    },
    httpHost: '127.0.0.1',
    httpPort: port,
    handle: async () => ({ kind: 'none' }),
    now,
    log,
  })
  onTestFinished(() => running.stop())
  const health = await serveHealth(
    0,
    () =>
      ({
        chats: [{ platform: 'teams', current: () => running, stop: async () => {} }],
        loops: { tick: { lastPass: () => null }, deliver: { lastPass: () => null } },
        delivering: { store: { outbox: { waiting: async () => 0 } } },
      }) as never,
  )
  onTestFinished(() => health.close())
  const { code, lines } = await canary({ env: { HEALTH_PORT: String(health.port) }, person: aMessage })
  expect(notWell(lines)).toEqual([])
  expect(code).toBe(0)
  said(lines, [
    ...OWN,
    /^✓ Activities come to 127\.0\.0\.1:\d+, where a Wardroom listens/,
    /^✓ Teams pushed the canary, its edit and its deletion$/,
    /^✓ Your edit was pushed, with a time 38 ms after Graph’s/,
  ])
  const page = (await (await fetch(`http://127.0.0.1:${health.port}/healthz`)).json()) as { teams: object }
  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(page.teams).toEqual({
    ok: true,
    mode: 'http',
    lastEventAt: instant,
    seen: {
      message: expect.stringMatching(/^\d{13}$/),
      posted: instant,
      edited: instant,
      deleted: instant,
    },
  })
})

test('another program has the port: what was pushed cannot be told, and nobody is asked to try', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  expect((other.address() as AddressInfo).port).toBe(port)
  const { lines } = await canary({ person: aMessage })
  said(lines, [...OWN, /^▲ What Teams pushed cannot be told: doctor cannot listen \(EADDRINUSE\)/])
  expect(lines.join('\n')).not.toMatch(/Now you/)
})

const instant = new Date('2026-11-20T14:05:00.000Z')
const later = new Date(instant.getTime() + 1500)
const whole = { posted: instant, edited: instant, deleted: instant }
const around = { seconds: 60, isGranted: true, refused: [], isOfRunning: false, at: '127.0.0.1:3980' }

test.each([
  [
    'Graph is behind',
    { pushed: whole, graph: { posted: instant }, graphCode: undefined },
    around,
    [
      /^✓ Your message was pushed, with the time that Graph has, 14:05:00\.000 UTC$/,
      /^▲ Your edit and your deletion: pushed, and not in Graph yet — /,
    ],
  ],
  [
    'Graph may not be asked',
    { pushed: whole, graph: {}, graphCode: 'no_permission' },
    around,
    [/^▲ Your message, your edit and your deletion: pushed, and not in Graph \(no_permission\) — /],
  ],
  [
    'the permission is missing, and Graph is read by another',
    { pushed: {}, graph: whole, graphCode: undefined },
    { ...around, isGranted: false },
    [/^✗ Graph shows your message, .* — ChannelMessage\.Read\.Group is not granted/],
  ],
  [
    'callers are turned away',
    { pushed: {}, graph: { posted: instant }, graphCode: undefined },
    { ...around, refused: ['wrong_tenant'] },
    [
      /^✗ Graph shows your message, and Teams did not push it — callers were turned away \(wrong_tenant\)/,
      /^▲ Within 60 seconds neither Teams nor Graph told of your edit and your deletion — /,
    ],
  ],
  [
    'one of several Wardrooms was asked',
    { pushed: {}, graph: whole, graphCode: undefined },
    { ...around, isOfRunning: true },
    [
      /^✗ Graph shows your message, .* — see that the bot’s messaging endpoint .*of several Wardrooms only this machine’s was asked$/,
    ],
  ],
  [
    'nothing was written, and callers are turned away',
    { pushed: {}, graph: {}, graphCode: undefined },
    { ...around, refused: ['token_not_valid'] },
    [/^▲ No message .*; callers were turned away meanwhile \(token_not_valid\) — /],
  ],
  [
    'Graph stamps later than Teams pushes',
    { pushed: whole, graph: { ...whole, edited: later }, graphCode: undefined },
    around,
    [
      /^✓ Your message/,
      /^✓ Your edit was pushed, with a time 1500 ms before Graph’s, 14:05:01\.500 UTC$/,
      /^✓ Your deletion/,
    ],
  ],
])('of a person’s message: %s', (_, person, what, wanted) => {
  const lines = personFindings(person, what).map(findingLine)
  expect(lines).toEqual(wanted.map((each) => expect.stringMatching(each)))
})

test('of the bot’s own: what Graph does not show, and a hidden mark it does not return', () => {
  const own = { message: '1', refused: {}, graphCode: undefined, isFound: false, pushed: {} }
  expect(graphFindings({ ...own, graph: { posted: instant } }).map(findingLine)).toEqual([
    expect.stringMatching(/^✗ Graph did not show its edit and its deletion within 20 seconds — /),
    expect.stringMatching(/^✗ Graph does not return the canary’s hidden mark — report it/),
  ])
})
