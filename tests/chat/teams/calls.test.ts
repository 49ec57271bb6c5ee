/** The two APIs themselves: how often a call is sent, with which token, and what its failures are called. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Api } from '../../../src/chat/teams/api.ts'
import { makeConnector } from '../../../src/chat/teams/wire/connector.ts'
import { makeGraph } from '../../../src/chat/teams/wire/graph.ts'
import { tokenSource } from '../../../src/chat/teams/wire/tokens.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { connected, failureOf, identityOf, keptLog, seamsOf } from './connected.ts'

const at = new Date('2026-11-20T14:05:00.000Z')
const hello = { type: 'message', text: 'hello' }
let teams: LocalTeams
let api: Api
let room: string

beforeEach(async () => {
  teams = await startLocalTeams({ now: () => at, pageSize: 3 })
  api = await connected(teams, () => at)
  room = teams.admin.createChannel('Incidents', 'room')
})
afterEach(() => teams.close())

const called = (op: string) => teams.calls.filter((call) => call.op === op)

describe('the bot API', () => {
  test('starts a thread, replies in it, changes and deletes', async () => {
    const first = await api.connector.start(room, hello)
    const second = await api.connector.reply(room, first, { ...hello, text: 'reply' })
    await api.connector.update(room, first, { ...hello, text: 'changed' })
    await api.connector.remove(room, second)
    expect(teams.admin.message(room, first)).toMatchObject({ text: 'changed', root: undefined })
    expect(teams.admin.message(room, second)).toMatchObject({ root: first, deletedAt: expect.any(Number) })
  })

  test('finds the chat with a person by either id, and posts nothing there', async () => {
    const { id, person } = teams.as('dana')
    const chat = await api.connector.chat(person.member)
    expect(await api.connector.chat(id)).toBe(chat)
    expect(teams.as('dana').everything(chat)).toEqual([])
    const message = await api.connector.send(chat, hello)
    expect(
      teams
        .as('dana')
        .everything(chat)
        .map((each) => each.id),
    ).toEqual([message])
  })

  test('tells the members of a team page by page, and a member by either id', async () => {
    const { members } = teams.admin.team('Incidents')
    const found = await api.connector.members(teams.admin.team('Incidents').internalId)
    expect(found.map((each) => each.objectId).sort()).toEqual([...members].sort())
    const { id, person } = teams.as('dana')
    expect((await api.connector.member(room, id)).name).toBe(person.realName)
    expect((await api.connector.member(room, person.member)).objectId).toBe(id)
  })

  const rows: [string, Parameters<LocalTeams['faults']['failCalls']>[1], object][] = [
    [
      'for its rate says when to try again',
      { kind: 'status', status: 429, retryAfterSeconds: 7 },
      { failure: 'transient', code: 'ratelimited', retryAfterMs: 7000, maybeDone: false },
    ],
    [
      'for others at work is worth another try',
      { kind: 'status', status: 412 },
      { failure: 'transient', code: 'busy' },
    ],
    [
      'with 500 may have happened',
      { kind: 'status', status: 500, done: true },
      { failure: 'transient', maybeDone: true },
    ],
    [
      'with 502 may have happened',
      { kind: 'status', status: 502, retryAfterSeconds: 3 },
      { failure: 'transient', code: 'http_502', retryAfterMs: 3000, maybeDone: true },
    ],
    [
      'with 503 may have happened',
      { kind: 'status', status: 503 },
      { failure: 'transient', maybeDone: true },
    ],
    [
      'with 504 may have happened',
      { kind: 'status', status: 504 },
      { failure: 'transient', maybeDone: true },
    ],
    [
      'with a lost answer may have happened',
      { kind: 'cut', done: true },
      { failure: 'transient', maybeDone: true },
    ],
    [
      'with a page for an answer may have happened',
      { kind: 'page' },
      { failure: 'transient', maybeDone: true },
    ],
    [
      'because the person blocked the bot is refused',
      { kind: 'status', status: 403, code: 'MessageWritesBlocked' },
      { failure: 'refused', code: 'blocked' },
    ],
    [
      'because the conversation was blocked is refused',
      { kind: 'status', status: 403, code: 'ConversationBlockedByUser' },
      { failure: 'refused', code: 'blocked' },
    ],
    [
      'because the app is not there is refused',
      { kind: 'status', status: 403, code: 'BotNotInConversationRoster' },
      { failure: 'refused', code: 'app_not_installed' },
    ],
    [
      'because an administrator turned the app off is refused',
      { kind: 'status', status: 403, code: 'BotDisabledByAdmin' },
      { failure: 'refused', code: 'app_disabled' },
    ],
    [
      'because the room is gone',
      { kind: 'status', status: 404 },
      { failure: 'gone', code: 'channel_not_found' },
    ],
    [
      'because the message is gone',
      { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' },
      { failure: 'gone', code: 'message_not_found' },
    ],
    [
      'because it is too large is refused',
      { kind: 'status', status: 413 },
      { failure: 'refused', code: 'too_large' },
    ],
    [
      'for any other reason is refused',
      { kind: 'status', status: 400 },
      { failure: 'refused', code: 'http_400', maybeDone: false },
    ],
  ]
  for (const [name, fault, wanted] of rows)
    test(`a post that fails ${name}, and is sent once`, async () => {
      teams.faults.failCalls('connector.create', fault)
      expect(await failureOf(api.connector.start(room, hello))).toMatchObject(wanted)
      expect(called('connector.create')).toHaveLength(1)
    })

  test('an update of a message that was deleted is gone, as the service words it when it once was there', async () => {
    teams.faults.failCalls('connector.update', { kind: 'status', status: 403, code: 'ServiceError' })
    expect(await failureOf(api.connector.update(room, '1', hello))).toMatchObject({
      failure: 'gone',
      code: 'message_not_found',
    })
  })

  test('a call that is never answered ends, and may have happened', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const connector = makeConnector({
      self: api.self,
      tokens: async () => 'token',
      limit: async () => {},
      serviceUrl: `http://127.0.0.1:${port}`,
      timeoutMs: 50,
    })
    expect(await failureOf(connector.start(room, hello))).toMatchObject({ code: 'timeout', maybeDone: true })
    silent.closeAllConnections()
    silent.close()
  })

  test('a call to where nobody listens cannot have happened', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    api.connector.learn(`http://127.0.0.1:${port}/amer/`)
    expect(await failureOf(api.connector.start(room, hello))).toMatchObject({
      failure: 'transient',
      code: 'ECONNREFUSED',
      maybeDone: false,
    })
  })

  test('no redirect is followed with our token', async () => {
    const seen: (string | undefined)[] = []
    const elsewhere = createServer((request, response) => {
      seen.push(request.url)
      response.writeHead(307, { location: '/stolen' }).end()
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    api.connector.learn(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/amer/`)
    expect(await failureOf(api.connector.start(room, hello))).toMatchObject({
      failure: 'refused',
      code: 'http_307',
    })
    expect(seen).toEqual(['/amer/v3/conversations'])
    elsewhere.closeAllConnections()
    elsewhere.close()
  })

  test.each(['http://smba.example/', 'https://user@smba.example/', 'ftp://smba.example/', 'not an address'])(
    'is never looked for at %s',
    (url) => {
      expect(() => api.connector.learn(url)).toThrow(expect.objectContaining({ code: 'service_not_allowed' }))
    },
  )

  test('in the development mode is never looked for but on this machine', () => {
    const local = makeConnector({
      self: api.self,
      tokens: async () => '',
      limit: async () => {},
      anonymous: true,
    })
    expect(() => local.learn('https://smba.trafficmanager.net/teams/')).toThrow(
      expect.objectContaining({ code: 'service_not_allowed' }),
    )
    local.learn('http://localhost:56150/_connector')
  })
})

describe('tokens', () => {
  test('one is asked for each service, and then kept', async () => {
    await api.connector.start(room, hello)
    await api.connector.start(room, hello)
    await api.graph.get(`/teams/${teams.teamId}`)
    expect(called('token')).toHaveLength(2)
  })

  test('many who need one at once wait for the same', async () => {
    let asked = 0
    const tokens = tokenSource(identityOf(teams), {
      token: async () => {
        asked++
        return 'token'
      },
    })
    expect(await Promise.all([tokens('a'), tokens('a'), tokens('a')])).toEqual(['token', 'token', 'token'])
    expect(asked).toBe(1)
  })

  test('one that is refused is renewed and the call sent again, on both APIs', async () => {
    teams.faults.expireTokens()
    await api.connector.start(room, hello)
    await api.graph.get(`/teams/${teams.teamId}`)
    expect(called('connector.create').map(({ status }) => status)).toEqual([401, 201])
    // Before it, each team we serve was looked up as we connected.
    expect(called('graph.team').map(({ status }) => status)).toEqual([200, 200, 401, 200])
  })

  test('refused again after that, the call fails and what is to be posted waits', async () => {
    teams.faults.failCalls('*', { kind: 'status', status: 401 }, 10)
    const waiting = { failure: 'transient', code: 'unauthorized', maybeDone: false }
    expect(await failureOf(api.connector.start(room, hello))).toMatchObject(waiting)
    expect(await failureOf(api.graph.get(`/teams/${teams.teamId}`))).toMatchObject(waiting)
    expect(called('connector.create')).toHaveLength(2)
  })
})

describe('Graph', () => {
  test('is asked a next page of nobody but itself', async () => {
    const token: (string | undefined)[] = []
    const thief = createServer((request, response) => {
      token.push(request.headers.authorization)
      response.end('{}')
    })
    await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`
    for (const path of [
      `${url}/v1.0/x`,
      `//127.0.0.1:1/x`,
      '../../login',
      `${teams.urls.graph}.evil.example/x`,
    ]) {
      const failure = await failureOf(api.graph.get(path))
      expect([path, failure]).toMatchObject([path, { failure: expect.stringMatching(/refused|gone/) }])
    }
    expect(token).toEqual([])
    thief.close()
  })

  test('is asked four times a second for a team', async () => {
    const waits: number[] = []
    const graph = makeGraph({
      tokens: tokenSource(identityOf(teams), seamsOf(teams)),
      limit: async (key) => void waits.push(key === teams.teamId ? 1 : 0),
      graphUrl: teams.urls.graph,
    })
    await graph.get(`/teams/${teams.teamId}`)
    await graph.get(`/teams/${teams.teamId}/channels`)
    expect(waits).toEqual([1, 1])
  })

  test('is asked again for what it did not answer, once, and never told twice to act', async () => {
    teams.faults.failCalls('graph.team', { kind: 'cut', done: false })
    expect(await api.graph.get(`/teams/${teams.teamId}`)).toMatchObject({ id: teams.teamId })
    teams.faults.failCalls('graph.team', { kind: 'cut', done: false }, 2)
    expect(await failureOf(api.graph.get(`/teams/${teams.teamId}`))).toMatchObject({ failure: 'transient' })
    teams.faults.failCalls('graph.createChannel', { kind: 'cut', done: true })
    const wanted = { displayName: 'once', membershipType: 'standard' }
    expect(await failureOf(api.graph.post(`/teams/${teams.teamId}/channels`, wanted))).toMatchObject({
      failure: 'transient',
      maybeDone: true,
    })
    expect(called('graph.createChannel')).toHaveLength(1)
  })

  test('refused for want of a permission says so, with no word of the answer', async () => {
    teams.admin.grant('Incidents', 'TeamSettings.Read.Group', false)
    const failure = await failureOf(api.graph.get(`/teams/${teams.teamId}`))
    expect(failure).toMatchObject({
      failure: 'refused',
      code: 'no_permission',
      message: 'chat platform: no_permission',
    })
    expect((failure as Error).cause).toBeUndefined()
  })

  test('with a page for an answer may be right next time', async () => {
    teams.faults.failCalls('graph.team', { kind: 'page' })
    expect(await failureOf(api.graph.get(`/teams/${teams.teamId}`))).toMatchObject({
      failure: 'transient',
      code: 'not_json',
    })
  })
})

describe('a connection', () => {
  const now = () => at

  test('is made when the tokens work and the team can be read; its people are then known', async () => {
    const { id, person } = teams.as('dana')
    expect(api.self).toMatchObject({
      tenant: teams.tenant,
      team: teams.teamId,
      teams: [teams.teamId, teams.hospitalTeamId],
    })
    expect(api.directory.byMember(person.member)).toMatchObject({ id, name: person.realName, guest: false })
  })

  test('waits for Microsoft to be reachable', async () => {
    const log = keptLog()
    teams.faults.failCalls('graph.team', { kind: 'status', status: 503 })
    expect(await failureOf(connected(teams, now, log))).toMatchObject({
      failure: 'transient',
      code: 'http_503',
    })
  })

  test('is refused where the team is not there or the secret is wrong, and waits for the app to be put into the team', async () => {
    const failed = (fault: Parameters<LocalTeams['faults']['failCalls']>[1], times = 1) => {
      teams.faults.failCalls('graph.team', fault, times)
      return failureOf(connected(teams, now))
    }
    expect(await failed({ kind: 'status', status: 404, code: 'NotFound' })).toMatchObject({
      failure: 'refused',
      code: 'team_not_found',
    })
    expect(await failed({ kind: 'status', status: 403, code: 'Forbidden' })).toMatchObject({
      failure: 'transient',
      code: 'team_not_readable',
    })
    expect(await failed({ kind: 'status', status: 401 }, 2)).toMatchObject({
      failure: 'refused',
      code: 'token_refused',
    })
  })

  test('is made though the roster cannot be read, and the log says why in a code', async () => {
    const log = keptLog()
    teams.faults.failCalls('connector.pagedMembers', {
      kind: 'status',
      status: 403,
      code: 'BotNotInConversationRoster',
    })
    await connected(teams, now, log)
    expect(log.lines).toEqual([
      JSON.stringify({ code: 'app_not_installed', message: 'teams roster not read' }),
    ])
  })
})
