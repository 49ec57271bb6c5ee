/** Slack and Teams from one process and one record: an incident lives where it was declared, and is not seen from the other. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { slackManifest } from '../src/chat/slack/manifest.ts'
import { manifestRows } from '../src/commands/manifest-rows.ts'
import { handClock, stageConfig } from '../src/demo/stage.ts'
import { currentRoom, type IncidentState } from '../src/domain/incident.ts'
import { makeLog } from '../src/log.ts'
import { health } from '../src/operate/health.ts'
import { drain } from '../src/operate/loops.ts'
import { seedRoster } from '../src/operate/organisation-setup.ts'
import { defaultPeople } from '../src/practice/people.ts'
import { practiceRoster } from '../src/practice/roster.ts'
import { type Practice, startPractice } from '../src/practice/server.ts'
import { assemble, type Running } from '../src/start.ts'
import { newCheckpointKeyText, readCheckpointKey } from '../src/store/checkpoint-key.ts'
import { loadKeys } from '../src/store/keys.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { tick } from '../src/tick.ts'
import { identityOf, seamsOf } from './chat/teams/connected.ts'
import { testDatabase } from './support/database.ts'
import { type LocalTeams, startLocalTeams } from './support/teams/local.ts'
import { FRIDAY_NIGHT, newRecordKey } from './support/wardroom.ts'

let practice: Practice
let local: LocalTeams
let running: Running
let store: Store
const managers = { slack: 'C0GENERAL01', teams: '' }
const clock = handClock(FRIDAY_NIGHT)
const errors: string[] = []

beforeAll(async () => {
  const config = stageConfig({ env: {} })
  practice = await startPractice({
    now: clock.now,
    manifest: slackManifest({ name: 'Wardroom', commands: manifestRows(config.commands), mode: 'socket' }),
    delivery: { mode: 'socket' },
    ackMs: 15_000,
    triggerMs: 15_000,
  })
  local = await startLocalTeams({ now: clock.now, retryScale: 0.001 })
  const keys = loadKeys({ recordKey: newRecordKey() })
  store = await openStore(await testDatabase(), keys, () => null)
  const log = makeLog('error', { write: (line) => errors.push(line) })
  const teams = {
    ...{ identity: identityOf(local), team: local.teamId, teams: [local.hospitalTeamId] },
    ...{ httpHost: '127.0.0.1', httpPort: 0, anonymous: false, seams: seamsOf(local) },
  }
  const times = { now: clock.now, realNow: () => new Date(), isPractice: true }
  const checkpointKey = readCheckpointKey(newCheckpointKeyText(), 'the test')
  const opened = { store, fingerprint: keys.fingerprint, checkpointKey }
  const told = { ...config, managersChannels: managers }
  running = await assemble(told, log, opened, { slack: practice, teams }, times)
  const chat = running.chats.find(({ platform }) => platform === 'teams')
  local.setBot(`http://127.0.0.1:${chat?.current()?.httpPort}/api/messages`)
  await practice.as(slackId('priya')).invite(managers.slack, practice.botUserId)
  managers.teams = local.admin.createChannel('Incidents', 'managers')
  await seedRoster(store, practiceRoster, clock.now())
  // Teams has a roster of its own: the commander alone.
  const priya = local.as('priya').id
  await store.write(async (unit) => {
    const named = { role: 'commander', holder: priya, deputy: null, platform: 'teams' } as const
    const stamp = { actor: { id: '', kind: 'system' }, at: clock.now(), source: null } as const
    await unit.appendOrganisation([{ kind: 'roster.named', data: named }], stamp)
  })
})
afterAll(async () => {
  await running.stop()
  await practice.close()
  await local.close()
})

const slackId = (name: string) => defaultPeople.find((each) => each.name === name)!.id

async function settle(): Promise<void> {
  for (let still = 0; still < 3; still++) {
    while ((await tick(running.delivering)) > 0);
    await store.outbox.hurry()
    await drain(running.delivering)
    await practice.idle()
    await local.idle()
    if ((await store.outbox.underWay(500)) > 0) still = 0
    // Sockets are read between turns.
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const found = async (platform: string): Promise<IncidentState> =>
  (await store.incidents()).find((state) => state.platform === platform)!

const chatOf = (name: string) => {
  const person = local.as(name)
  return JSON.stringify(person.everything(person.chat).filter(({ isBot }) => isBot))
}

test('each platform’s incident has its number from one row, its room there, and asks whom that platform’s roster names', async () => {
  const desk = practice
    .as(slackId('sam'))
    .channels()
    .find(({ name }) => name === 'it-helpdesk')!
  await practice.as(slackId('sam')).command(desk.id, '/incident declare my laptop was stolen')
  const channel = local
    .as('sam')
    .channels()
    .find(({ name }) => name === 'it-helpdesk')!
  await local.as('sam').command(channel.id, 'declare a fax went to the wrong clinic')
  await settle()
  const [slack, teams] = [await found('slack'), await found('teams')]
  expect([slack.incident, teams.incident]).toEqual(['inc-2026-0001', 'inc-2026-0002'])
  expect(currentRoom(slack)?.room).toMatch(/^C/)
  expect(currentRoom(teams)?.room).toMatch(/^19:/)
  expect(slack.roster['privacy-officer']?.holder).toBe(slackId('dana'))
  expect(teams.roster).toEqual({ commander: { holder: local.as('priya').id, deputy: null } })
  expect(chatOf('priya')).toContain('inc-2026-0002')
  expect(chatOf('priya')).not.toContain('inc-2026-0001')
  // The whole team sees the room, and is on the record as being in it.
  expect(teams.members).toContain(local.as('dana').id)
  expect(teams.members).not.toContain(local.as('victor').id)
})

test('from one platform nobody finds the incident of the other, whatever office they hold', async () => {
  await local.as('priya').direct('status inc-2026-0001')
  await local.as('priya').direct('list all')
  await settle()
  await expect.poll(() => chatOf('priya')).toContain('inc-2026-0002')
  expect(chatOf('priya')).not.toContain('lost or stolen device')
  const dana = practice.as(slackId('dana'))
  const room = currentRoom(await found('slack'))!.room
  await expect
    .poll(() => dana.channels().some(({ id, isMember }) => id === room && isMember), { timeout: 20_000 })
    .toBe(true)
  await dana.command(room, '/incident status inc-2026-0002')
  const seen = dana.everything(room).filter(({ isEphemeral }) => isEphemeral)
  expect(JSON.stringify(seen)).not.toContain('misdirected')
})

test('words are the platform’s own: a slash there, a mention here', async () => {
  await local.as('priya').direct('help')
  await settle()
  await expect.poll(() => chatOf('priya')).toContain('@Wardroom')
  expect(chatOf('priya')).not.toContain('/incident')
})

test('whoever is in the team that sees every room cannot be kept out, and is told to nobody', async () => {
  const before = (await store.incidents()).length
  await local.as('priya').direct('declare somebody read a chart keep out @dana')
  await settle()
  await expect.poll(() => chatOf('priya')).toContain('Take them out of that team first')
  expect((await store.incidents()).length).toBe(before)
  await local.as('priya').direct('declare somebody read a chart keep out @victor')
  await settle()
  const third = (await store.incidents()).find(({ incident }) => incident === 'inc-2026-0003')
  expect(third?.excluded).toEqual([local.as('victor').id])
  expect(third && currentRoom(third)).toBeTruthy()
})

test('somebody kept out who comes into the team is told of to whoever leads, for that incident alone', async () => {
  await local.as('priya').addToTeam(local.teamId, local.as('victor').id)
  await settle()
  const kinds = async (incident: string) => await store.kinds(incident)
  expect(await kinds('inc-2026-0003')).toContain('room.alarmed')
  expect(await kinds('inc-2026-0002')).not.toContain('room.alarmed')
  expect(chatOf('victor')).toBe('[]')
})

test('a home asked for in the chat on Teams is kept up to date where it stands', async () => {
  const priya = local.as('priya')
  const homes = () =>
    priya
      .everything(priya.chat)
      .filter(({ card }) => JSON.stringify(card ?? {}).includes('keeps itself up to date'))
  await priya.direct('home')
  await settle()
  await expect.poll(() => store.homes.opened('teams')).toHaveLength(1)
  expect(homes()).toHaveLength(1)
  expect(JSON.stringify(homes())).not.toContain('You hold')
  await priya.direct('claim inc-2026-0002 commander')
  await settle()
  await expect.poll(() => JSON.stringify(homes())).toContain('You hold incident commander')
  expect(homes()).toHaveLength(1)
})

test('managers of each platform have the digest of their incidents, each in their own channel', async () => {
  clock.moveTo('2026-11-23T13:00:05Z')
  await settle()
  const onSlack = practice.as(slackId('priya')).everything(managers.slack)
  const onTeams = local.as('priya').everything(managers.teams)
  const digestIn = (rows: readonly object[]) =>
    rows.map((row) => JSON.stringify(row)).filter((row) => row.includes('Incidents on Mon 23 Nov 2026'))
  expect(digestIn(onSlack)).toEqual([expect.stringContaining('inc-2026-0001')])
  expect(digestIn(onTeams)).toEqual([expect.stringContaining('inc-2026-0002')])
  expect(digestIn(onSlack)[0]).not.toContain('inc-2026-0002')
  // Somebody is kept out of it.
  expect(digestIn(onTeams)[0]).not.toContain('inc-2026-0003')
})

test('health names both, and every log is whole', async () => {
  expect(await health(running)).toMatchObject({ ok: true, slack: { ok: true }, teams: { ok: true } })
  const faults = []
  for await (const { fault } of store.verify()) if (fault) faults.push(fault)
  expect([...faults, ...errors]).toEqual([])
})
