/** What goes wrong between Wardroom and Teams: whatever it is, a room is opened once, a post stands once, a fact is recorded once. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliveryOf } from '../src/chat/teams/cards/delivery.ts'
import { handClock } from '../src/demo/stage.ts'
import { sha256Hex } from '../src/domain/record.ts'
import { testDatabase } from './support/database.ts'
import { failing } from './support/failing.ts'
import { faults, linesOf } from './support/record.ts'
import type { CallFault } from './support/teams/faults.ts'
import type { LocalTeams } from './support/teams/local.ts'
import { localPerson } from './support/teams/people.ts'
import {
  declareOnTeams,
  type TeamsRoom,
  type TeamsWardroom,
  teamsWardroom,
  toldOn,
} from './support/teams/wardroom.ts'
import { FRIDAY_NIGHT } from './support/wardroom.ts'

const clock = handClock(FRIDAY_NIGHT)
let wardroom: TeamsWardroom
beforeAll(async () => {
  wardroom = await teamsWardroom({ clock })
})
afterAll(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  expect(wardroom.errors).toEqual([])
  await wardroom.close()
})

const lines = ({ incident }: TeamsRoom, prefix = '') =>
  linesOf(wardroom, incident).then((all) => all.filter(({ kind }) => kind.startsWith(prefix)))
const kinds = async (war: TeamsRoom, prefix: string) => (await lines(war, prefix)).map(({ kind }) => kind)

/** The bot's posts in a room, by delivery. */
const postsIn = (local: LocalTeams, { room }: TeamsRoom) =>
  local
    .as('dana')
    .everything(room)
    .flatMap(({ isBot, isDeleted, card }) => (isBot && !isDeleted && card ? [deliveryOf(card)] : []))
const posts = (war: TeamsRoom) => postsIn(wardroom.local, war)

const channels = ({ incident }: TeamsRoom) =>
  wardroom.local
    .as('dana')
    .channels()
    .filter(({ name }) => name.startsWith(incident))

/** How often the decision stands in the room; it is on the record once. */
async function decisions(war: TeamsRoom): Promise<number> {
  const sent = (await lines(war, 'post.sent')).filter(({ data }) => data.view === 'decision')
  expect(sent).toHaveLength(1)
  return posts(war).filter((delivery) => delivery === sent[0]?.data.delivery).length
}

const opening = ['notice', 'status', 'clocks', 'checklist']

async function expectWhole(war: TeamsRoom): Promise<void> {
  expect(channels(war).map(({ name }) => name)).toEqual([war.incident])
  expect(await kinds(war, 'room.opened')).toHaveLength(1)
  const sent = (await lines(war, 'post.sent')).filter(({ data }) => data.to === null)
  expect(sent.map(({ data }) => data.view)).toEqual(opening)
  expect(posts(war)).toEqual(sent.map(({ data }) => data.delivery))
  expect(await kinds(war, 'post.failed')).toEqual([])
  expect(await kinds(war, 'room.nicety_failed')).toEqual([])
  expect(await kinds(war, 'coverage.gap')).toEqual([])
}

describe('a room opens once and every post stands in it once, where every kind of call first meets', () => {
  const calls = [
    ...['graph.team', 'graph.members', 'graph.createChannel', 'graph.channels', 'graph.channel'],
    ...['graph.patchChannel', 'graph.delta', 'connector.create', 'connector.member'],
  ]
  const status = (status: number, more: object = {}): CallFault => ({ kind: 'status', status, ...more })
  const table: [string, CallFault][] = [
    ['429 and a time to wait', status(429, { retryAfterSeconds: 5 })],
    ['412', status(412)],
    ['502, with nothing done', status(502)],
    ['504, with all of it done', status(504, { done: true })],
    ['a cut connection, with nothing done', { kind: 'cut', done: false }],
    ['a cut connection, with all of it done', { kind: 'cut', done: true }],
    ['a page of a gateway where data was asked for', { kind: 'page' }],
    ['401 with a token that was good until now', status(401)],
  ]
  test.each(table)('%s', async (_, fault) => {
    for (const call of calls) wardroom.local.faults.failCalls(call, fault)
    const war = await declareOnTeams(wardroom)
    wardroom.local.faults.clear()
    await wardroom.settleAll()
    await expectWhole(war)

    // One for the private answer, which is not sent again.
    wardroom.local.faults.failCalls('connector.create', fault, 3)
    await wardroom.local.as('dana').command(war.room, 'decide we wipe it because it is not encrypted')
    await wardroom.settleAll()
    wardroom.local.faults.clear()
    expect(await decisions(war)).toBe(1)
  })

  test('a channel that Graph does not know yet', async () => {
    wardroom.local.faults.hideNewChannels(5)
    const war = await declareOnTeams(wardroom)
    wardroom.local.faults.hideNewChannels(0)
    await wardroom.settleAll()
    await expectWhole(war)
  })
})

test('a card too large for Teams is drawn again at half, and stands once', async () => {
  const war = await declareOnTeams(wardroom)
  wardroom.local.faults.failCalls('connector.create', {
    kind: 'status',
    status: 413,
    code: 'MessageSizeTooBig',
  })
  const long = 'We wipe it. '.repeat(300)
  await wardroom.local.as('dana').command(war.room, `decide ${long}because it is encrypted nowhere`)
  await wardroom.settleAll()
  const [sent] = (await lines(war, 'post.sent')).filter(({ data }) => data.view === 'decision')
  expect(posts(war).filter((delivery) => delivery === sent?.data.delivery).length).toBeGreaterThan(0)
  expect(await kinds(war, 'post.failed')).toEqual([])
  expect(JSON.stringify(wardroom.local.as('dana').everything(war.room))).toContain('encrypted nowhere')
})

test('somebody kept out who is in the team: no room, said privately to whoever leads, clocks run; it opens when they are out', async () => {
  const { local, store } = wardroom
  local.faults.failCalls('graph.createChannel', { kind: 'status', status: 502 }, 99)
  await local.as('priya').direct('declare somebody read a chart keep out @victor')
  await local.idle()
  // Before Graph makes the room, whoever owns the team lets him in.
  await local.as('dana').addToTeam(local.teamId, local.as('victor').id)
  local.faults.clear()
  await wardroom.settleAll()
  const state = (await store.incidents()).find(({ excluded }) => excluded.length > 0)!
  const war = { incident: state.incident, room: '' }
  expect((await lines(war, 'room.')).map(({ kind, data }) => `${kind} ${data.code}`)).toEqual([
    'room.not_opened kept_out_in_audience',
  ])
  expect(channels(war)).toEqual([])
  expect(await kinds(war, 'clocks.changed')).not.toEqual([])
  expect(JSON.stringify(toldOn(wardroom, 'priya'))).toContain('Take them out of that team')
  expect(JSON.stringify(toldOn(wardroom, 'victor'))).not.toContain(war.incident)
  await local.as('victor').leaveTeam(local.teamId)
  await wardroom.settleAll()
  expect(channels(war)).toHaveLength(1)
  expect(JSON.stringify(toldOn(wardroom, 'victor'))).not.toContain(war.incident)
})

test('whoever declares and is outside the team is told so privately, and has a place to write', async () => {
  const { local } = wardroom
  await local.as('victor').direct('declare my badge reader was opened')
  await wardroom.settleAll()
  const told = JSON.stringify(toldOn(wardroom, 'victor'))
  expect(told).toContain('you are not in the team that sees it')
  const [, incident = ''] = /note (inc-2026-\d+)/.exec(told) ?? []
  await local.as('victor').direct(`note ${incident} the lid was loose`)
  await wardroom.settleAll()
  const notes = (await lines({ incident, room: '' }, 'note.recorded')).map(({ text }) => text.body)
  expect(notes).toEqual(['the lid was loose'])
})

test('a press told twice is one act, answered with the card as it now reads, which everybody and the next day reads too', async () => {
  const { local } = wardroom
  const war = await declareOnTeams(wardroom)
  const read = (card: unknown) => JSON.stringify(card)
  const [ask] = toldOn(wardroom, 'priya')
    .filter(({ card }) => read(card).includes('"l":"claim commander"'))
    .slice(-1)
  const place = { room: local.as('priya').chat, message: ask!.id }
  expect(read(ask!.card)).toContain(war.incident)
  local.faults.loseAnswers(1, ({ type }) => type === 'invoke')
  const pressed = await local.as('priya').click(place, 'I take it')
  expect(pressed.ok).toBe(true)
  expect(read(pressed.answer)).toContain('holds incident commander')
  await wardroom.settleAll()
  expect(await kinds(war, 'role.assigned')).toHaveLength(1)
  expect(read(local.admin.message(place.room, place.message)?.card)).toContain('holds incident commander')

  const status = local
    .as('dana')
    .everything(war.room)
    .find(({ card }) => read(card).includes('Open items'))!
  await local.as('dana').click({ room: war.room, message: status.id }, 'Checklist')
  await local.as('lee').command(war.room, 'claim scribe')
  await wardroom.settleAll()
  const stored = read(local.admin.message(war.room, status.id)?.card)
  expect(
    read(
      local
        .as('dana')
        .everything(war.room)
        .find(({ id }) => id === status.id)?.card,
    ),
  ).toBe(stored)
  expect(stored).toContain('Priya Nair')
})

test('counsel can have no room of their own where everybody sees every room: refused privately, and nothing is opened', async () => {
  const { local } = wardroom
  const war = await declareOnTeams(wardroom)
  const maria = local.as('maria')
  const channels = JSON.stringify(maria.channels())
  await maria.command(war.room, 'privilege room @dana because legal advice')
  await wardroom.settleAll()
  expect(JSON.stringify(toldOn(wardroom, 'maria'))).toContain('mark what is said instead')
  expect(JSON.stringify(maria.channels())).toBe(channels)
  expect(await kinds(war, 'privilege.room_requested')).toEqual([])
  expect((await lines(war, 'command.refused')).at(-1)?.data.reason).toBe('companion-impossible')
})

test('somebody who blocked the app is not told, which is told to whoever leads with a number to call', async () => {
  const { local } = wardroom
  const war = await declareOnTeams(wardroom)
  local.admin.block('jo')
  await local.as('dana').command(war.room, 'assign clinical-lead @jo')
  await wardroom.settleAll()
  const failed = (await lines(war, 'post.failed')).map(({ data }) => [data.code, data.to, data.view])
  expect(failed).toContainEqual(['blocked', local.as('jo').id, 'brief'])
  const told = toldOn(wardroom, 'priya').map(({ card }) => JSON.stringify(card))
  expect(told.at(-1)).toContain('they blocked the app')
  expect(told.at(-1)).toContain('555-0115')
  local.admin.unblock('jo')
})

test('the app taken out of the team and put back: lost, a gap, restored, and what was said meanwhile is read', async () => {
  const { local } = wardroom
  const war = await declareOnTeams(wardroom)
  local.admin.uninstall(local.teamId)
  await wardroom.settleAll()
  expect(await kinds(war, 'room.lost')).toHaveLength(1)
  expect((await lines(war, 'coverage.gap')).map(({ data }) => data.to)).toEqual([null])
  await local.as('sam').post(war.room, 'while it was out')
  local.admin.install(local.teamId)
  await wardroom.settleAll()
  expect(await kinds(war, 'room.restored')).toHaveLength(1)
  const [said] = (await lines(war, 'message.posted')).filter(({ text }) => text.body === 'while it was out')
  expect(said?.data.recovered).toBe(true)
  expect((await lines(war, 'coverage.gap')).at(-1)?.data.to).not.toBeNull()
})

test('a guest nobody has met comes into the team: alarmed though Teams does not say that they are one', async () => {
  const { local } = wardroom
  const war = await declareOnTeams(wardroom)
  const guest = localPerson('olaf', 'Olaf Berg', 'Consultant', true)
  local.admin.addPerson(guest)
  await local.as('dana').addToTeam(local.teamId, guest.id)
  await wardroom.settleAll()
  const alarms = (await lines(war, 'room.alarmed')).map(({ data }) => ({
    why: data.why,
    person: data.person,
  }))
  expect(alarms).toEqual([{ why: 'guest', person: guest.id }])
  local.admin.removeFromTeam(local.teamId, guest.id)
  await wardroom.settleAll()
})

describe('everything told twice, and the last first', () => {
  const script = async ({ room }: TeamsRoom) => {
    const sam = wardroom.local.as('sam')
    const first = await sam.post(room, 'the laptop is gone')
    await wardroom.local.as('dana').reply(room, first, 'since when?')
    await sam.edit(room, first, 'the laptop is gone since noon')
    const second = await sam.post(room, 'wrong room')
    await sam.remove(room, second)
    await sam.undelete(room, second)
    await sam.remove(room, second)
    const notice = sam.everything(room).find(({ isBot }) => isBot)!
    await sam.react(room, notice.id, 'like')
    await sam.unreact(room, notice.id, 'like')
    await sam.upload(room, { name: 'log.txt', bytes: 'x', mime: 'text/plain' }, { text: 'the log' })
  }
  const said = async (war: TeamsRoom) =>
    (await lines(war))
      .filter(({ kind }) => /^(message|file)\./.test(kind))
      .map(({ kind, text }) => `${kind} ${text.body ?? text.name ?? ''}`)
      .sort()

  test('leaves the same entries as told once and in order', async () => {
    const { faults: twist } = wardroom.local
    const straight = await declareOnTeams(wardroom)
    await script(straight)
    await wardroom.settleAll()
    const twisted = await declareOnTeams(wardroom)
    twist.holdActivities()
    await script(twisted)
    twist.releaseActivities('reversed')
    await wardroom.settleAll()
    for (const activity of wardroom.local.sent.slice(-40).toReversed())
      if (activity.type !== 'invoke') await wardroom.local.deliver(activity)
    await wardroom.settleAll()
    expect(await said(twisted)).toEqual(await said(straight))
    expect(await said(straight)).toHaveLength(11)
  })
})

test('a process that ends between a post and its commit: the next one finds the post, and reads what nobody heard', async () => {
  const real = await testDatabase()
  const fault = failing(real)
  const { recordKey } = wardroom
  const first = await teamsWardroom({ clock, database: fault.database, recordKey })
  const { local } = first
  const war = await declareOnTeams(first)
  const posted = () => postsIn(local, war)
  // Done, and not answered while the process lives; then it can write nothing more.
  local.faults.failCalls('connector.create', { kind: 'hang', done: true }, 99)
  await local.as('dana').command(war.room, 'decide we wipe it because it is not encrypted')
  await expect.poll(posted).toHaveLength(5)
  fault.arm({ at: 1, when: 'before', stays: true })
  local.faults.clear()
  await local.faults.goDown()
  await local.faults.comeBack()
  await first.loops.stop()
  await Promise.all(first.chats.map((chat) => chat.stop()))
  await local.as('sam').post(war.room, 'nobody hears this')
  await local.idle()
  fault.mend()

  await real.transaction((tx) => tx.execute(sql`update outbox set leased_until = null where done_at is null`))
  const second = await teamsWardroom({ clock, database: real, recordKey, local })
  await second.settleAll()
  const all = await linesOf(second, war.incident)
  const sent = all.filter(({ kind, data }) => kind === 'post.sent' && !data.to)
  expect(sent.map(({ data }) => data.view)).toEqual([...opening, 'decision', 'gap'])
  // A card that was drawn anew in place has its first delivery no more.
  expect(posted()).toHaveLength(sent.length)
  const [decision] = sent.filter(({ data }) => data.view === 'decision')
  expect(posted().filter((delivery) => delivery === decision?.data.delivery)).toHaveLength(1)
  const heard = all.filter(({ kind, text }) => kind === 'message.posted' && text.body === 'nobody hears this')
  expect(heard.map(({ data }) => data.recovered)).toEqual([true])
  expect(await faults(second.store)).toEqual([])
  await second.close()
  await local.close()
})

test('proof is posted in the room, for a dialog takes no file: with the line itself, or named by its entry', async () => {
  const war = await declareOnTeams(wardroom)
  const dana = wardroom.local.as('dana')
  const says = async (line: string) => {
    await dana.mention(war.room, line)
    await wardroom.settleAll()
  }
  await says('claim privacy officer')
  await says('notify individuals sent today to 612 by mail')
  const upload = (name: string, text: string) =>
    dana.upload(war.room, { name, bytes: name, mime: 'image/png' }, { text })
  await upload('first.png', '@Wardroom notify individuals proof')
  await wardroom.settleAll()
  await upload('second.png', 'the second page')
  await wardroom.settleAll()
  const posted = (await lines(war, 'message.posted')).at(-1)!
  await says(`notify individuals proof entry ${posted.seq}`)
  const proofs = await lines(war, 'notification.proved')
  expect(proofs.map(({ text }) => Object.values(text).filter((words) => !words.startsWith('entry')))).toEqual(
    [
      ['first.png', sha256Hex(Buffer.from('first.png'))],
      ['second.png', sha256Hex(Buffer.from('second.png'))],
    ],
  )
})
