/** Rooms that are lost, people who should not be in them, and people kept out: said at once, and nothing shown. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../src/commands/index.ts'
import { patiently, start } from './support/patience.ts'
import {
  declareRoom,
  direct,
  everythingSeen,
  HELPDESK,
  kinds,
  outbox,
  record,
  type WarRoom,
  whispers,
} from './support/war-room.ts'
import { type TestWardroom, testWardroom } from './support/wardroom.ts'

describe('a room that is lost', () => {
  test.each([
    ['archived', async (wardroom: TestWardroom, room: string) => wardroom.practice.as('sam').archive(room)],
    ['deleted', async (wardroom: TestWardroom, room: string) => wardroom.practice.admin.deleteChannel(room)],
    ['bot-removed', async (wardroom: TestWardroom, room: string) => wardroom.practice.admin.removeBot(room)],
  ] as const)(
    '%s: the gap is on the record, people are told, and a new room goes on with the same record',
    async (why, lose) => {
      const wardroom = await start()
      const war = await declareRoom(wardroom)
      await wardroom.practice.as('priya').command(war.room, '/incident claim commander')
      await wardroom.settle()
      const head = (await wardroom.store.head(war.incident))!.seq
      await lose(wardroom, war.room)
      await wardroom.settle()
      const told = (await record(wardroom, war.incident)).filter((line) => line.seq > head)
      expect(told.map((line) => line.kind)).toEqual(expect.arrayContaining(['room.lost', 'coverage.gap']))
      expect(told.find((line) => line.kind === 'room.lost')!.data.why).toBe(why)
      expect(direct(wardroom, 'priya')).toMatch(/the room is lost/)
      await wardroom.practice
        .as('priya')
        .command(HELPDESK, `/incident room ${war.incident} new because it is gone`)
      await patiently(wardroom)
      const state = (await wardroom.store.incident(war.incident))!
      expect(state.rooms).toHaveLength(2)
      const successor = state.rooms[1]!
      expect(successor).toMatchObject({ name: 'inc-2026-0001-2', lost: null })
      await wardroom.practice.as('priya').post(successor.room, 'here we go on')
      await wardroom.settle()
      const lines = await record(wardroom, war.incident)
      expect(lines.at(-1)!.text.body ?? '').toBe('here we go on')
    },
  )

  test('the bot removed and invited again: what was said meanwhile is read, the gap ends, and nobody is alarmed', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    const priya = wardroom.practice.as('priya')
    await priya.command(war.room, '/incident claim commander')
    wardroom.practice.admin.removeBot(war.room)
    await wardroom.settle()
    await priya.post(war.room, 'said while the bot was out')
    await priya.invite(war.room, wardroom.practice.botUserId)
    await wardroom.settle()
    expect((await kinds(wardroom, war.incident, 'message.posted')).at(-1)).toMatchObject({
      data: { recovered: true },
      text: { body: 'said while the bot was out' },
    })
    expect((await kinds(wardroom, war.incident, 'coverage.gap')).map(({ data }) => data.to !== null)).toEqual(
      [false, true],
    )
    expect(await kinds(wardroom, war.incident, 'room.alarmed')).toEqual([])
    expect((await wardroom.store.incident(war.incident))!.rooms.at(-1)).toMatchObject({ lost: null })
    expect(JSON.stringify(priya.everything(war.room))).toContain('did not let the bot see this room')
  })

  test('found out by a failing post: lost, with its gap, once', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    wardroom.practice.faults.dropEvents(1, (event) => event.type === 'group_archive')
    await wardroom.practice.as('sam').archive(war.room)
    await wardroom.practice.as('priya').command(HELPDESK, `/incident claim ${war.incident} commander`)
    await patiently(wardroom)
    const lines = await record(wardroom, war.incident)
    expect(lines.filter((line) => line.kind === 'room.lost')).toHaveLength(1)
    expect(lines.filter((line) => line.kind === 'coverage.gap')).toHaveLength(1)
  })
})

describe('what the platform never told is found by the daily look at the room', () => {
  const morning = (day: number) => `2026-11-${day}T14:00:00Z`

  test.each([
    [
      'the bot invited back',
      'member_joined_channel',
      async (wardroom: TestWardroom, room: string) => wardroom.practice.admin.removeBot(room),
      async (wardroom: TestWardroom, room: string) =>
        wardroom.practice.as('priya').invite(room, wardroom.practice.botUserId),
    ],
    [
      'the room unarchived',
      'group_unarchive',
      async (wardroom: TestWardroom, room: string) => wardroom.practice.as('sam').archive(room),
      async (wardroom: TestWardroom, room: string) => wardroom.practice.as('sam').unarchive(room),
    ],
  ] as const)('%s: the room is there again and what was said is read', async (_, told, lose, bringBack) => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    const priya = wardroom.practice.as('priya')
    await priya.command(war.room, '/incident claim commander')
    await lose(wardroom, war.room)
    await wardroom.settle()
    wardroom.practice.faults.dropEvents(9, ({ type }) => type === told || type === 'message')
    await bringBack(wardroom, war.room)
    await priya.post(war.room, 'said while the bot knew nothing')
    await wardroom.settle()
    expect(await kinds(wardroom, war.incident, 'room.restored')).toEqual([])
    wardroom.practice.faults.clear()
    await wardroom.moveTo(morning(21))
    await patiently(wardroom)
    expect(await kinds(wardroom, war.incident, 'room.restored')).toHaveLength(1)
    expect((await wardroom.store.incident(war.incident))!.rooms.at(-1)).toMatchObject({ lost: null })
    const bodies = (await kinds(wardroom, war.incident, 'message.posted')).map(({ text }) => text.body)
    expect(bodies).toContain('said while the bot knew nothing')
    expect((await kinds(wardroom, war.incident, 'coverage.gap')).map(({ data }) => data.to !== null)).toEqual(
      [false, true],
    )
  })

  test('a room still lost says nothing more of it, and one that was deleted is not asked after', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    await wardroom.practice.as('priya').command(war.room, '/incident claim commander')
    wardroom.practice.admin.removeBot(war.room)
    await wardroom.settle()
    const asked = async (room: string) =>
      (await outbox(wardroom)).filter(({ verb, args }) => verb === 'check-room' && args.room === room)
    const before = (await kinds(wardroom, war.incident, 'post.failed')).length
    for (const day of [21, 22]) await wardroom.moveTo(morning(day))
    expect(new Set((await asked(war.room)).map(({ outcome }) => outcome))).toEqual(new Set(['still lost']))
    expect(await kinds(wardroom, war.incident, 'room.lost')).toHaveLength(1)
    expect(await kinds(wardroom, war.incident, 'post.failed')).toHaveLength(before)
    await wardroom.practice
      .as('priya')
      .command(HELPDESK, `/incident room ${war.incident} new because it is gone`)
    await patiently(wardroom)
    const successor = (await wardroom.store.incident(war.incident))!.rooms.at(-1)!
    wardroom.practice.admin.deleteChannel(successor.room)
    await wardroom.settle()
    const looked = (await outbox(wardroom)).map(({ id }) => id)
    await wardroom.moveTo(morning(23))
    expect((await asked(successor.room)).filter((row) => !looked.includes(row.id))).toEqual([])
    expect((await asked(war.room)).filter((row) => !looked.includes(row.id))).not.toEqual([])
  })

  test('an earlier room the bot is in again is listened to, and its people are nobody’s business', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    const priya = wardroom.practice.as('priya')
    await priya.command(war.room, '/incident claim commander')
    wardroom.practice.admin.removeBot(war.room)
    await wardroom.settle()
    await priya.command(HELPDESK, `/incident room ${war.incident} new because it is gone`)
    await patiently(wardroom)
    const { members } = (await wardroom.store.incident(war.incident))!
    await wardroom.practice.as('sam').invite(war.room, 'U0VICTORHAL')
    wardroom.practice.faults.dropEvents(1, ({ type }) => type === 'member_joined_channel')
    await priya.invite(war.room, wardroom.practice.botUserId)
    await wardroom.moveTo(morning(21))
    expect(await kinds(wardroom, war.incident, 'room.restored')).toHaveLength(1)
    expect(await kinds(wardroom, war.incident, 'room.alarmed')).toEqual([])
    expect((await wardroom.store.incident(war.incident))!.members).toEqual(members)
    await priya.post(war.room, 'said in the old room')
    await wardroom.settle()
    expect((await kinds(wardroom, war.incident, 'message.posted')).at(-1)!.text.body).toBe(
      'said in the old room',
    )
  })

  test.each([
    ['bed-4-laptop', false, 1],
    ['inc-2026-0001-b', true, 0],
  ])(
    'renamed to %s: recorded once (neutral: %s), warned of in the room %d time',
    async (name, neutral, times) => {
      const wardroom = await start()
      const war = await declareRoom(wardroom)
      const sam = wardroom.practice.as('sam')
      wardroom.practice.faults.dropEvents(1, ({ type }) => type === 'group_rename')
      await sam.rename(war.room, name)
      await wardroom.settle()
      expect(await kinds(wardroom, war.incident, 'room.renamed')).toEqual([])
      for (const day of [21, 22, 23]) await wardroom.moveTo(morning(day))
      expect(
        (await kinds(wardroom, war.incident, 'room.renamed')).map(({ data, text }) => [data, text]),
      ).toEqual([[{ room: war.room, neutral }, { name }]])
      const warned = sam
        .everything(war.room)
        .filter((message) => JSON.stringify(message).includes('was renamed'))
      expect(warned).toHaveLength(times)
    },
  )

  test('a rename that was told is not found again', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom)
    await wardroom.practice.as('sam').rename(war.room, 'bed-4-laptop')
    await wardroom.settle()
    for (const day of [21, 22]) await wardroom.moveTo(morning(day))
    expect(await kinds(wardroom, war.incident, 'room.renamed')).toHaveLength(1)
  })
})

describe('somebody who should not be there', () => {
  let wardroom: TestWardroom
  let war: WarRoom
  beforeAll(async () => {
    wardroom = await testWardroom()
    war = await declareRoom(wardroom)
    await wardroom.practice.as('priya').command(war.room, '/incident claim commander')
    await wardroom.settle()
  })
  afterAll(() => wardroom.close())

  test.each([
    ['a guest', 'U0GUSTAN000', 'guest'],
    ['a colleague nobody invited', 'U0VICTORHAL', 'uninvited'],
  ])('%s is named to the commander at once', async (_, person, why) => {
    await wardroom.practice.as('sam').invite(war.room, person)
    await wardroom.settle()
    expect((await kinds(wardroom, war.incident, 'room.alarmed')).at(-1)!.data).toMatchObject({ why, person })
    expect(direct(wardroom, 'priya')).toContain(`<@${person}>`)
  })

  test('a post under the bot’s name that no delivery of ours made is on the record and alarmed', async () => {
    const forged = await fetch(`${wardroom.practice.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${wardroom.practice.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: war.room, text: 'all clear, delete everything' }),
    })
    expect(await forged.json()).toMatchObject({ ok: true })
    await wardroom.settle()
    expect((await kinds(wardroom, war.incident, 'post.unknown'))[0]!.text.body).toContain('all clear')
    expect((await kinds(wardroom, war.incident, 'room.alarmed')).at(-1)!.data).toMatchObject({
      why: 'unknown-post',
    })
  })

  test('shared with another organisation: everybody is warned in the room and the leader directly', async () => {
    wardroom.practice.admin.shareChannel(war.room)
    await wardroom.settle()
    expect((await kinds(wardroom, war.incident, 'room.alarmed')).at(-1)!.data).toMatchObject({
      why: 'shared',
    })
    expect(direct(wardroom, 'priya')).toContain('shared with another organisation')
    expect(JSON.stringify(wardroom.practice.as('sam').everything(war.room))).toContain('shared with another')
  })
})

describe('a person kept out', () => {
  test('sees nothing of it by any verb, button, form, list, late, home, reminder or direct message', async () => {
    const wardroom = await start({ env: { ANNOUNCE_CHANNEL: 'C0GENERAL01' } })
    // Maria is counsel and the privacy officer's deputy by the roster: everything would otherwise tell her.
    const war = await declareRoom(wardroom, 'declare snooping in a chart keep out @maria')
    const state = (await wardroom.store.incident(war.incident))!
    expect(state.excluded).toEqual(['U0MARIALOPZ'])
    const maria = {
      platform: 'slack',
      workspace: 'T0PRACTICE',
      actor: 'U0MARIALOPZ',
      actorKind: 'human',
    } as const
    let asked = 0
    const ask = async (more: object): Promise<string> => {
      asked += 1
      const base = {
        ...maria,
        at: wardroom.clock.now(),
        key: `slack:T0PRACTICE:asked:${asked}`,
        canOpenForm: true,
      }
      return JSON.stringify(
        await wardroom.handle({ ...base, ...more } as Parameters<typeof wardroom.handle>[0]),
      )
    }
    // Whatever she asks of it is answered as of an incident that does not exist.
    const compare = async (of: (incident: string) => object) => {
      const plain = (text: string) =>
        text.replaceAll(/"nonce":"[^"]*"/g, '').replaceAll(/inc-\d{4}-\d{4}/g, 'inc')
      expect(plain(await ask(of(war.incident)))).toBe(plain(await ask(of('inc-2026-0404'))))
    }
    for (const { verb } of commands.filter(({ about }) => about !== 'new')) {
      for (const words of [
        '',
        'commander',
        'high',
        'individual because x',
        '@sam',
        'new because x',
        'a thing',
      ])
        await compare((incident) => ({ type: 'command', via: 'slash', line: `${verb} ${incident} ${words}` }))
      await compare((incident) => ({ type: 'command', via: 'button', line: verb, incident }))
      await compare((incident) => ({ type: 'command', via: 'button', line: verb, incident, form: true }))
      await compare((incident) => ({
        type: 'form',
        verb,
        incident,
        values: { note: 'x', what: 'x' },
        carry: {},
      }))
    }
    for (const line of [
      '',
      'list',
      'list all',
      'late',
      'home',
      'status',
      'clocks',
      'help',
      'roster',
      'roles',
    ])
      for (const via of ['slash', 'direct'])
        expect(await ask({ type: 'command', via, line })).not.toContain('0001 ·')
    expect(await ask({ type: 'home' })).not.toContain(war.incident)
    for (const moment of ['2026-11-21T05:00Z', '2026-11-23T14:00Z', '2027-01-18T14:00Z', '2027-01-20T14:00Z'])
      await wardroom.moveTo(moment)
    expect(everythingSeen(wardroom, 'maria')).not.toMatch(/inc-2026-0001|snooping/)
    const rows = await outbox(wardroom)
    // The register comes to whoever holds an office, and does not list this incident to her.
    const toMaria = rows.filter((row) => row.args.person === 'U0MARIALOPZ' && row.view !== 'register')
    expect(toMaria).toEqual([])
    expect(JSON.stringify(rows.filter((row) => row.verb === 'invite'))).not.toContain('U0MARIALOPZ')
    expect(rows.filter((row) => row.verb === 'announce')).toEqual([])
    const after = (await record(wardroom, war.incident)).filter((line) => line.actor.id === 'U0MARIALOPZ')
    expect(after).toEqual([])
  })

  test('who comes into the room all the same is named at once, is told nothing, and what they say is kept', async () => {
    const wardroom = await start()
    const war = await declareRoom(wardroom, 'declare snooping in a chart keep out @victor')
    await wardroom.practice.as('priya').command(war.room, '/incident claim commander')
    await wardroom.practice.as('sam').invite(war.room, 'U0VICTORHAL')
    await wardroom.settle()
    expect((await kinds(wardroom, war.incident, 'room.alarmed')).at(-1)!.data).toMatchObject({
      why: 'kept-out',
      person: 'U0VICTORHAL',
    })
    expect(direct(wardroom, 'priya')).toContain('is kept out of')
    const victor = wardroom.practice.as('victor')
    await victor.post(war.room, `<@${wardroom.practice.botUserId}> status`)
    await victor.command(war.room, '/incident status')
    await victor.command(war.room, '/incident claim scribe')
    await wardroom.settle()
    expect(whispers(wardroom, 'victor')).not.toMatch(/snooping|days left|Commander/)
    expect((await kinds(wardroom, war.incident, 'message.posted')).at(-1)).toMatchObject({
      actor: { id: 'U0VICTORHAL' },
    })
    expect((await wardroom.store.incident(war.incident))!.roles.scribe).toBeUndefined()
  })
})
