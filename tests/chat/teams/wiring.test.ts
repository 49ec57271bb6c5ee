/** The bot's address as Teams reaches it: who is let in, what is committed before it is answered, and what each invoke is answered. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Answer, Inbound } from '../../../src/chat/port.ts'
import { type RunningTeams, startTeams } from '../../../src/chat/teams/start.ts'
import type { Card, Form } from '../../../src/views/card.ts'
import { type LocalTeams, startLocalTeams, type Wrong } from '../../support/teams/local.ts'
import { localPerson } from '../../support/teams/people.ts'
import { identityOf, type Kept, keptLog, seamsOf } from './connected.ts'

const NOW = new Date('2026-11-20T22:41:00Z')
const card = (text: string, ...more: Card['blocks']): Card => ({
  summary: text,
  blocks: [{ kind: 'lines', lines: [text] }, ...more],
})
const form: Form = {
  verb: 'declare',
  title: 'Declare an incident',
  submit: 'Declare',
  nonce: 'nonce-0001',
  fields: [{ kind: 'text', name: 'what', label: 'What happened' }],
  carry: { about_author: 'dana' },
}

let teams: LocalTeams
let running: RunningTeams
let log: Kept
let seen: Inbound[]
let answer: (inbound: Inbound) => Answer | Promise<Answer>
let helpdesk: string

async function raise(
  options: { namesGroups?: boolean; anonymous?: boolean; answerMs?: number } = {},
): Promise<void> {
  seen = []
  answer = () => ({ kind: 'none' })
  log = keptLog()
  const { anonymous, ...local } = options
  teams = await startLocalTeams({ now: () => NOW, retryScale: 0.001, ...local })
  running = await startTeams({
    identity: identityOf(teams),
    team: teams.teamId,
    teams: [teams.hospitalTeamId],
    zone: 'America/New_York',
    sign: (words) => `mark of ${words.length}`,
    seams: seamsOf(teams),
    ...(anonymous ? { anonymous } : {}),
    httpHost: '127.0.0.1',
    httpPort: 0,
    handle: async (inbound) => {
      const given = await answer(inbound)
      seen.push(inbound)
      return given
    },
    now: () => NOW,
    log,
  })
  teams.setBot(`http://127.0.0.1:${running.httpPort}/api/messages`)
  helpdesk = teams
    .as('sam')
    .channels()
    .find(({ name }) => name === 'it-helpdesk')!.id
}

beforeEach(() => raise())
afterEach(async () => {
  await running.stop()
  await teams.close()
})

/** What Sam's message looks like on its way to the bot. */
async function posted(): Promise<Record<string, unknown>> {
  await teams.as('sam').post(helpdesk, 'anything')
  await teams.idle()
  return teams.sent.at(-1) as Record<string, unknown>
}

describe('who is let in', () => {
  const table: [string, Wrong | null, object?][] = [
    ['no token', null],
    ['a token for another bot', { audience: '99999999-2222-3333-4444-555555555555' }],
    ['a token of another issuer', { issuer: 'https://sts.example' }],
    ['a signature by another key', { key: 'other' }],
    ['a key the service does not publish', { key: 'unpublished' }],
    ['a key not endorsed for Teams', { key: 'unendorsed' }],
    ['a token that expired', { expiredFor: 3600 }],
    ['a token that is not valid yet', { notBeforeIn: 7200 }],
    ['a token for another service address', { serviceUrl: 'https://smba.example/' }],
    ['a token for no service address', { serviceUrl: null }],
    ['alg none', { algorithm: 'none' }],
    ['a signature made with a shared secret', { algorithm: 'HS256' }],
    ['another channel than Teams', {}, { channelId: 'emulator' }],
    ['another tenant', {}, { conversation: { tenantId: '99999999-2222-3333-4444-555555555555', id: 'x' } }],
    ['no tenant at all', {}, { conversation: { id: 'x' }, channelData: {} }],
  ]
  test.each(table)('%s: 401 with an empty body, and nothing recorded', async (_, wrong, more = {}) => {
    const activity = await posted()
    seen.length = 0
    expect(await teams.deliver({ ...activity, ...more, id: '1' }, wrong)).toEqual({ status: 401, body: '' })
    expect(seen).toEqual([])
    expect(log.lines.join()).not.toMatch(/anything|eyJ/)
  })

  test('what is signed and ours is', async () => {
    const activity = await posted()
    expect(await teams.deliver({ ...activity, id: '2' })).toEqual({ status: 200, body: '' })
    expect(seen).toHaveLength(2)
  })

  test('what is no JSON is 401, what is too long 413, another path 404, another method 405', async () => {
    const url = `http://127.0.0.1:${running.httpPort}/api/messages`
    const post = (body: string, to = url, method = 'POST') =>
      fetch(to, { method, ...(method === 'POST' ? { body } : {}) }).then(async (response) => [
        response.status,
        await response.text(),
      ])
    expect(await post('{')).toEqual([401, ''])
    expect(await post('null')).toEqual([401, ''])
    expect(await post(`"${'x'.repeat(2_000_000)}"`)).toEqual([413, ''])
    expect(await post('{}', `${url}/x`)).toEqual([404, ''])
    expect(await post('', url, 'GET')).toEqual([405, ''])
  })

  test('a team that is not on the list is not heard, and its invoke is told so', async () => {
    const activity = await posted()
    seen.length = 0
    const other = {
      team: { id: '19:other@thread.tacv2', aadGroupId: '99999999-2222-3333-4444-555555555555' },
    }
    const elsewhere = { ...activity, id: '3', channelData: { tenant: { id: teams.tenant }, ...other } }
    expect(await teams.deliver(elsewhere)).toEqual({ status: 200, body: '' })
    const invoke = await teams.deliver({ ...elsewhere, type: 'invoke', name: 'adaptiveCard/action' })
    expect(JSON.parse(invoke.body)).toMatchObject({
      value: expect.stringContaining('does not serve this team'),
    })
    const dialogs = [
      'task/fetch',
      'task/submit',
      'composeExtension/fetchTask',
      'composeExtension/submitAction',
    ]
    for (const name of dialogs) {
      const { body } = await teams.deliver({ ...elsewhere, type: 'invoke', name })
      expect(JSON.parse(body)).toEqual({
        task: { type: 'message', value: expect.stringContaining('does not serve this team') },
      })
    }
    expect(seen).toEqual([])
  })

  test('a team that activities name by its other id is known all the same', async () => {
    await running.stop()
    await teams.close()
    await raise({ namesGroups: false })
    await posted()
    expect(seen).toMatchObject([{ type: 'message', body: { text: 'anything' } }])
  })

  test('without an identity that keeps others out nothing starts', async () => {
    const start = (identity: object) =>
      startTeams({
        ...{ identity: { ...identityOf(teams), ...identity }, team: teams.teamId, zone: 'UTC', sign: String },
        ...{ httpHost: '127.0.0.1', httpPort: 0, now: () => NOW, log, seams: seamsOf(teams) },
        handle: async () => ({ kind: 'none' }),
      } as Parameters<typeof startTeams>[0])
    await expect(start({ appId: '' })).rejects.toMatchObject({ code: 'no_app_id' })
    await expect(start({ appType: 'MultiTenant' })).rejects.toMatchObject({ code: 'app_type_not_supported' })
    await expect(start({ tenant: '' })).rejects.toMatchObject({ code: 'no_tenant' })
  })
})

describe('the development mode', () => {
  test('lets anybody on this machine in, says so at the start, and calls nobody elsewhere', async () => {
    await running.stop()
    await teams.close()
    await raise({ anonymous: true })
    expect(log.lines.join()).toMatch(/anybody on this machine/)
    const activity = await posted()
    seen.length = 0
    expect(await teams.deliver({ ...activity, id: '4' }, null)).toEqual({ status: 200, body: '' })
    expect(seen).toHaveLength(1)
    const away = { ...activity, id: '5', serviceUrl: 'https://smba.example/' }
    expect(await teams.deliver(away, null)).toEqual({ status: 401, body: '' })
  })
})

describe('commit before answering', () => {
  test('what was not recorded is not acknowledged, and Teams brings it again under the same key', async () => {
    let tries = 0
    answer = () => {
      tries += 1
      if (tries === 1) throw new Error('the disk is full')
      return { kind: 'none' }
    }
    await teams.as('sam').post(helpdesk, 'the laptop is gone')
    await teams.idle()
    expect(tries).toBe(2)
    expect(seen).toMatchObject([{ type: 'message', body: { text: 'the laptop is gone' } }])
    expect(log.lines.join()).not.toContain('laptop')
  })

  test('an answer that cannot be told undoes nothing', async () => {
    answer = () => ({ kind: 'reply', card: card('Recorded.') })
    teams.admin.block('sam')
    await teams.as('sam').mention(helpdesk, 'note it is gone')
    await teams.idle()
    expect(seen).toMatchObject([{ type: 'message', line: 'note it is gone' }])
  })
})

const saidTo = (who: string) =>
  JSON.stringify(
    teams
      .as(who)
      .everything(teams.as(who).chat)
      .filter(({ isBot }) => isBot),
  )

/** What Sam reads in the chat with Wardroom. */
const told = () =>
  teams
    .as('sam')
    .everything(teams.as('sam').chat)
    .filter(({ isBot }) => isBot)

describe('what is asked is answered', () => {
  test('a command in a channel, in the chat with the person', async () => {
    answer = () => ({ kind: 'reply', card: card('You hold scribe.') })
    await teams.as('sam').command(helpdesk, 'claim scribe')
    await teams.idle()
    await expect.poll(() => JSON.stringify(told())).toContain('You hold scribe.')
    expect(seen).toMatchObject([{ type: 'command', via: 'slash', line: 'claim scribe', room: helpdesk }])
    expect(JSON.stringify(teams.as('dana').everything(helpdesk))).not.toContain('You hold scribe.')
  })

  test('a command in an incident’s room says in the chat which one it was', async () => {
    answer = () => ({ kind: 'reply', card: card('Note recorded.') })
    const room = teams.admin.createChannel(teams.teamId, 'inc-2026-0007')
    await teams.as('sam').mention(room, 'note it is gone')
    await teams.as('sam').mention(helpdesk, 'note it is gone')
    await teams.idle()
    await expect.poll(() => told().length).toBe(2)
    const texts = told().map((each) => JSON.stringify(each.card))
    expect(texts.filter((text) => text.includes('Asked in '))).toEqual([
      expect.stringContaining('inc-2026-0007'),
    ])
  })

  test('an answer that Teams turned away for now is sent again', async () => {
    answer = () => ({ kind: 'reply', card: card('You hold scribe.') })
    teams.faults.failCalls('connector.send', { kind: 'status', status: 429, retryAfterSeconds: 2 })
    teams.faults.failCalls('connector.create', { kind: 'status', status: 502 })
    await teams.as('sam').command(helpdesk, 'claim scribe')
    await teams.idle()
    await expect.poll(() => JSON.stringify(told())).toContain('You hold scribe.')
    expect(told()).toHaveLength(1)
  })

  test('people named by @ are named by their Entra ids, whether we met them or not', async () => {
    const dana = teams.as('dana').id
    await teams.as('sam').command(helpdesk, 'assign scribe @dana')
    await teams.idle()
    expect(seen).toMatchObject([{ line: `assign scribe <@${dana}>` }])
  })

  test('a guest asks nothing, and what they say in a channel is evidence all the same', async () => {
    await teams.as('sam').addToTeam(teams.hospitalTeamId, teams.as('gus').id)
    await teams.idle()
    seen.length = 0
    await teams.as('gus').mention(helpdesk, 'list all')
    await teams.idle()
    expect(seen).toMatchObject([{ type: 'message', body: { text: expect.stringContaining('list all') } }])
    expect(seen[0]).not.toHaveProperty('line')
    // It is evidence, so they are not told that nothing was recorded.
    await expect.poll(() => saidTo('gus')).toContain('you are a guest here')
    expect(saidTo('gus')).not.toContain('othing was recorded')
  })

  test('who cannot be told from a guest asks nothing until they can', async () => {
    const ines = localPerson('ines', 'Ines Novak', 'New today')
    teams.admin.addPerson(ines)
    await teams.as('sam').addToTeam(teams.hospitalTeamId, ines.id)
    await teams.idle()
    seen.length = 0
    teams.faults.failCalls('connector.member', { kind: 'status', status: 502 }, 99)
    await teams.as(ines.id).mention(helpdesk, 'list all')
    await teams.as(ines.id).command(helpdesk, 'list all')
    await teams.idle()
    expect(seen).toMatchObject([{ type: 'message' }])
    expect(seen[0]).not.toHaveProperty('line')
    await expect.poll(() => saidTo(ines.id)).toContain('Ask again in a minute')
    teams.faults.clear()
    await teams.as(ines.id).command(helpdesk, 'list all')
    await teams.idle()
    expect(seen.at(-1)).toMatchObject({ type: 'command', line: 'list all' })
  })
})

/** A card of ours in the chat with Sam, with one button. */
async function withButton(line: string, isForm = false) {
  const button = { label: 'Press', line, incident: 'inc-2026-0001', ...(isForm ? { form: true } : {}) }
  answer = () => ({ kind: 'reply', card: card('Here.', { kind: 'buttons', buttons: [button] }) })
  await teams.as('sam').direct('hello')
  await teams.idle()
  await expect.poll(() => told().length).toBe(1)
  seen.length = 0
  return { room: teams.as('sam').chat, message: told()[0]!.id }
}

describe('an invoke is answered at once', () => {
  test('a pressed button with its card as it now reads, and privately in the chat', async () => {
    const place = await withButton('status')
    answer = () => ({ kind: 'reply', card: card('Done.'), pressed: card('Now it reads so.') })
    await teams.as('sam').click(place, 'Press')
    expect(seen).toMatchObject([
      { type: 'command', via: 'button', line: 'status', incident: 'inc-2026-0001', pressed: place },
    ])
    await expect.poll(() => JSON.stringify(told())).toContain('Done.')
    expect(JSON.stringify(told())).toContain('Now it reads so.')
  })

  test('a button that opens a form with the dialog, and the dialog sent with what it carried', async () => {
    const place = await withButton('declare', true)
    answer = (inbound) =>
      inbound.type === 'form' ? { kind: 'reply', card: card('Declared.') } : { kind: 'form', form }
    await teams.as('sam').click(place, 'Press')
    expect(teams.as('sam').dialog()?.title).toBe('Declare an incident')
    await teams.as('sam').submit({ 'f:what': 'gone' })
    expect(seen.at(-1)).toMatchObject({
      type: 'form',
      verb: 'declare',
      values: { what: 'gone' },
      carry: { about_author: 'dana' },
    })
    expect(teams.as('sam').dialog()).toBeUndefined()
    await expect.poll(() => JSON.stringify(told())).toContain('Declared.')
  })

  test('a refused form stays open with what was typed and a sentence beside its field', async () => {
    const place = await withButton('declare', true)
    answer = (inbound) =>
      inbound.type === 'form' ? { kind: 'errors', errors: { what: 'Say more.' } } : { kind: 'form', form }
    await teams.as('sam').click(place, 'Press')
    await teams.as('sam').submit({ 'f:what': 'g' })
    const open = JSON.stringify(teams.as('sam').dialog())
    expect(open).toContain('Say more.')
    expect(open).toContain('"value":"g"')
    // And may be sent again.
    answer = () => ({ kind: 'reply', card: card('Declared.') })
    await teams.as('sam').submit({ 'f:what': 'gone' })
    expect(seen.at(-1)).toMatchObject({ values: { what: 'gone' }, carry: { about_author: 'dana' } })
  })

  test('a fault with one neutral sentence', async () => {
    const place = await withButton('status')
    answer = () => {
      throw new Error('secret')
    }
    await teams.as('sam').click(place, 'Press')
    await expect.poll(() => JSON.stringify(told())).toContain('Something went wrong on our side.')
    expect(JSON.stringify(told())).not.toContain('secret')
  })

  test('a pressed button whose answer the chat does not take with both in the place itself', async () => {
    const place = await withButton('claim scribe')
    answer = () => ({ kind: 'reply', card: card('Dana holds it.'), pressed: card('Roles: scribe Dana') })
    teams.admin.block('sam')
    const { answer: shown } = await teams.as('sam').click(place, 'Press')
    expect(JSON.stringify(shown)).toMatch(/Dana holds it\..*Roles: scribe Dana/)
  })

  test('before its client gives up, though the chat never answers', async () => {
    await running.stop()
    await teams.close()
    await raise({ answerMs: 6000 })
    const place = await withButton('status')
    answer = () => ({ kind: 'reply', card: card('Done.'), pressed: card('Now it reads so.') })
    teams.faults.failCalls('connector.create', { kind: 'hang', done: true })
    const shown = await teams.as('sam').click(place, 'Press')
    expect(shown).toMatchObject({ ok: true, status: 200 })
    expect(JSON.stringify(shown.answer)).toContain('Done.')
    expect(seen).toHaveLength(1)
  })

  test('where the chat does not take the answer, in the place itself', async () => {
    const place = await withButton('declare', true)
    answer = (inbound) =>
      inbound.type === 'form' ? { kind: 'reply', card: card('Declared.') } : { kind: 'form', form }
    await teams.as('sam').click(place, 'Press')
    teams.admin.block('sam')
    await teams.as('sam').submit({ 'f:what': 'gone' })
    expect(JSON.stringify(teams.as('sam').dialog())).toContain('Declared.')
  })
})

test('a stop lets what is under way finish, takes nothing new in, and frees the address', async () => {
  let go: () => void = () => {}
  const held = new Promise<void>((resolve) => {
    go = resolve
  })
  answer = async () => {
    await held
    return { kind: 'none' }
  }
  await teams.as('sam').post(helpdesk, 'last words')
  await expect.poll(() => teams.sent.length).toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const stopped = running.stop()
  go()
  await stopped
  await teams.idle()
  expect(seen.length).toBe(1)
  expect(running.health().ok).toBe(false)
})

test('the development mode reads the ids of the Agents Playground, which have a digit too many', async () => {
  await running.stop()
  await teams.close()
  await raise({ anonymous: true })
  const tenantId = '00000000-0000-0000-0000-0000000000001'
  const activity = {
    type: 'message',
    id: 'a5a5',
    channelId: 'msteams',
    serviceUrl: teams.urls.connector,
    from: { id: 'user-id-0', name: 'Alex Wilber', aadObjectId: '00000000-0000-0000-0000-0000000000020' },
    recipient: { id: '28:bot', name: 'Wardroom' },
    conversation: { conversationType: 'personal', tenantId, id: 'personal-chat-id' },
    channelData: { tenant: { id: tenantId } },
    text: 'late',
  }
  expect(await teams.deliver(activity, null)).toEqual({ status: 200, body: '' })
  expect(seen).toMatchObject([
    { type: 'command', via: 'direct', line: 'late', actor: '00000000-0000-0000-0000-000000000020' },
  ])
})
