import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Api } from '../../../src/chat/teams/api.ts'
import { pageOf } from '../../../src/chat/teams/cards/adaptive.ts'
import { type Draw, drawings, knownDrawing } from '../../../src/chat/teams/cards/drawing.ts'
import { openRoom } from '../../../src/chat/teams/verbs/open-room.ts'
import { peopleLookup } from '../../../src/chat/teams/verbs/people.ts'
import { findPost, post, update } from '../../../src/chat/teams/verbs/posts.ts'
import type { Card } from '../../../src/views/card.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { cardProblems } from './card-schema.ts'
import { connected, failureOf } from './connected.ts'

let at: Date
let teams: LocalTeams
let api: Api
let draw: Draw
let room: string

beforeEach(async () => {
  at = new Date('2026-11-20T14:05:00.000Z')
  teams = await startLocalTeams({ now: () => at })
  api = await connected(teams, () => at)
  draw = drawings(api, peopleLookup(api))
  room = (await openRoom(api, { name: 'inc-2026-0007', since: at, keptOut: [] })).room
})
afterEach(() => teams.close())

const card = (text: string, ...more: Card['blocks']): Card => ({
  summary: 'Status changed.',
  blocks: [{ kind: 'lines', lines: [text] }, ...more],
})
const long = (marks: number): Card => ({
  summary: 'A long list.',
  blocks: Array.from({ length: marks }, (_, at) => ({
    kind: 'lines' as const,
    lines: [`${String(at).padStart(4, '0')} ${'x'.repeat(60)}`],
  })),
})
const seen = (where = room) => teams.as('dana').everything(where)
const words = (content: unknown) => JSON.stringify(content)
const called = (op: string) => teams.calls.filter((call) => call.op === op)
const whole = (pages: readonly { card: unknown }[]) =>
  [...words(pages.map((each) => each.card)).matchAll(/(\d{4}) x{60}/g)].map(([, mark]) => Number(mark))

describe('a post', () => {
  test('is one card, its delivery inside it, and a summary without a word of what it says', async () => {
    const ref = await post(api, draw, { room }, card('Contained'), 'd1')
    expect(ref).toEqual({ room, message: expect.stringMatching(/^\d+$/) })
    const [message] = seen()
    expect(message).toMatchObject({ id: ref.message, root: undefined, text: '' })
    expect(pageOf(message!.card)).toEqual({ delivery: 'd1', page: 1, of: 1 })
    expect(called('connector.create')[0]!.body).toMatchObject({
      activity: { summary: 'Status changed.', attachments: [{}] },
    })
    expect(words(called('connector.create')[0]!.body)).not.toContain('"text":"Status changed."')
  })

  test('with a picture has it over the words of its first page alone, described, and is a card Teams takes', async () => {
    const png = Buffer.from('a picture, as far as anybody here looks')
    const picture = {
      name: 'inc-2026-0007-clocks',
      title: 'clocks',
      alt: 'Letters: open',
      png,
      width: 2,
      height: 1,
    }
    await post(api, draw, { room }, long(500), 'd1', picture)
    const pages = seen()
    expect(pages.length).toBeGreaterThan(1)
    const images = pages.map(({ card }) =>
      (card as { body: { type: string }[] }).body.filter(({ type }) => type === 'Image'),
    )
    expect(images.map((each) => each.length)).toEqual([1, ...pages.slice(1).map(() => 0)])
    expect(images[0]![0]).toMatchObject({
      url: `data:image/png;base64,${png.toString('base64')}`,
      altText: 'Letters: open',
      msTeams: { allowExpand: true },
    })
    expect(whole(pages)).toHaveLength(500)
    expect(pages.flatMap((each) => cardProblems(each.card))).toEqual([])
  })

  test('in a thread is a reply there', async () => {
    const root = await teams.as('sam').post(room, 'hello')
    const { message } = await post(api, draw, { room, thread: root }, card('Yes'), 'd1')
    expect(seen().find(({ id }) => id === message)).toMatchObject({ root })
  })

  test('to a person is in their chat with the bot, and mentions nobody who is not in it', async () => {
    const { id, person } = teams.as('dana')
    const named = card('', { kind: 'lines', lines: [[{ person: teams.as('sam').id }, ' asks']] })
    const ref = await post(api, draw, { person: id }, named, 'd1')
    expect(seen(ref.room).map((each) => each.id)).toEqual([ref.message])
    expect(words(seen(ref.room)[0]!.card)).toContain(teams.as('sam').person.realName)
    expect(words(seen(ref.room)[0]!.card)).not.toContain('"mention"')
    expect(called('connector.create').at(-1)!.body).toMatchObject({ members: [{ id: person.member }] })
  })

  test('to a channel of another of our teams lands there', async () => {
    const channel = teams.admin.channel('it-helpdesk').id
    expect(await post(api, draw, { channel }, card('Declared'), 'd1')).toMatchObject({ room: channel })
    expect(await findPost(api, { channel }, 'd1', at)).toMatchObject({ room: channel })
  })

  test('names the people it is about, and mentions them in the room', async () => {
    const { id, person } = teams.as('dana')
    await post(api, draw, { room }, card('', { kind: 'lines', lines: [[{ person: id }, ' leads']] }), 'd1')
    const drawn = seen()[0]!.card as { msteams: { entities: unknown } }
    expect(drawn.msteams.entities).toEqual([
      { type: 'mention', text: `<at>${person.realName}</at>`, mentioned: { id, name: person.realName } },
    ])
  })

  test('goes out though a name cannot be had, and shows no identifier for it', async () => {
    const stranger = teams.admin.unknownId()
    const named = card('', { kind: 'facts', rows: [{ label: 'Lead', value: [{ person: stranger }] }] })
    await post(api, draw, { room }, named, 'd1')
    expect(words(seen()[0]!.card)).toContain('somebody no longer here')
  })

  test('links the room it names', async () => {
    const linked = card('', { kind: 'lines', lines: [['Room ', { room }]] })
    const { id } = teams.as('dana')
    const ref = await post(api, draw, { person: id }, linked, 'd1')
    const drawn = words(seen(ref.room)[0]!.card)
    expect(drawn).toContain('inc-2026-0007')
    expect(drawn).toContain(`groupId=${teams.teamId}&tenantId=${teams.tenant}`)
  })
})

test('an answer that must not wait is drawn with what is known, and asks nobody', async () => {
  const asked = teams.calls.length
  const { id, person } = teams.as('dana')
  const known = knownDrawing(api)
  expect(known.name(id)).toBe(person.realName)
  expect(known.name(teams.admin.unknownId())).toBe('somebody no longer here')
  expect(known.room(room)?.url).toContain(encodeURIComponent(room))
  expect(teams.calls).toHaveLength(asked)
})

describe('a post too large for one card', () => {
  test('goes on as replies under its first page, nothing twice and nothing left out', async () => {
    const ref = await post(api, draw, { room }, long(600), 'd1')
    const [first, ...rest] = seen()
    expect(first!.id).toBe(ref.message)
    expect(rest.length).toBeGreaterThan(1)
    expect(rest.every(({ root }) => root === ref.message)).toBe(true)
    expect(whole(seen())).toEqual(Array.from({ length: 600 }, (_, at) => at))
  })

  test('in a thread goes on in that thread', async () => {
    const root = await teams.as('sam').post(room, 'hello')
    await post(api, draw, { room, thread: root }, long(600), 'd1')
    expect(new Set(seen().map((each) => each.root))).toEqual(new Set([undefined, root]))
  })

  test('to a person goes on as further messages', async () => {
    const ref = await post(api, draw, { person: teams.as('dana').id }, long(600), 'd1')
    expect(whole(seen(ref.room))).toHaveLength(600)
  })

  test('interrupted between its pages is not whole, and goes on with the next page', async () => {
    teams.faults.failCalls('connector.send', { kind: 'cut', done: false })
    expect(await failureOf(post(api, draw, { room }, long(600), 'd1'))).toMatchObject({ maybeDone: true })
    expect(seen()).toHaveLength(1)
    expect(await findPost(api, { room }, 'd1', at)).toBeUndefined()
    const ref = await post(api, draw, { room }, long(600), 'd1')
    expect(ref.message).toBe(seen()[0]!.id)
    expect(whole(seen())).toEqual(Array.from({ length: 600 }, (_, at) => at))
    expect(await findPost(api, { room }, 'd1', at)).toEqual(ref)
  })

  test('whose page landed though its answer was lost is not posted again', async () => {
    teams.faults.failCalls('connector.send', { kind: 'cut', done: true })
    await failureOf(post(api, draw, { room }, long(600), 'd1'))
    await post(api, draw, { room }, long(600), 'd1')
    expect(whole(seen())).toEqual(Array.from({ length: 600 }, (_, at) => at))
  })

  test('of a Teams that takes less than it says is drawn again at half, whole', async () => {
    teams.faults.failCalls('connector.create', { kind: 'status', status: 413 })
    await post(api, draw, { room }, long(150), 'd1')
    expect(seen().length).toBeGreaterThan(1)
    expect(whole(seen())).toEqual(Array.from({ length: 150 }, (_, at) => at))
  })

  test('of a Teams that takes nothing is refused', async () => {
    teams.faults.failCalls('connector.create', { kind: 'status', status: 413 }, 9)
    expect(await failureOf(post(api, draw, { room }, long(150), 'd1'))).toMatchObject({
      failure: 'refused',
      code: 'too_large',
    })
    expect(called('connector.create')).toHaveLength(3)
  })

  test('updated in place stays one card, and says that it is not all', async () => {
    const ref = await post(api, draw, { room }, card('Clocks'), 'd1')
    await update(api, draw, ref, long(600))
    expect(seen()).toHaveLength(1)
    expect(words(seen()[0]!.card)).toContain('more not shown here')
  })
})

describe('an update', () => {
  test('replaces the card in place, in a room and in a chat', async () => {
    for (const target of [{ room }, { person: teams.as('dana').id }]) {
      const ref = await post(api, draw, target, card('before'), 'd1')
      await update(api, draw, ref, card('after'))
      expect(words(seen(ref.room).map((each) => each.card))).toContain('after')
      expect(words(seen(ref.room).map((each) => each.card))).not.toContain('before')
    }
  })

  test('of a post that was deleted is gone, but its room is not', async () => {
    const ref = await post(api, draw, { room }, card('before'), 'd1')
    await api.connector.remove(room, ref.message)
    expect(await failureOf(update(api, draw, ref, card('after')))).toMatchObject({
      failure: 'gone',
      code: 'message_not_found',
    })
  })
})

describe('a post is found again', () => {
  test('by its delivery, as a root and as a reply', async () => {
    const root = await post(api, draw, { room }, card('one'), 'd1')
    const reply = await post(api, draw, { room, thread: root.message }, card('two'), 'd2')
    expect(await findPost(api, { room }, 'd1', at)).toEqual(root)
    expect(await findPost(api, { room, thread: root.message }, 'd2', at)).toEqual(reply)
    expect(await findPost(api, { room }, 'd3', at)).toBeUndefined()
    expect(await findPost(api, { room, thread: reply.message }, 'd2', at)).toBeUndefined()
  })

  test('among hundreds of others, over all pages', async () => {
    const ref = await post(api, draw, { room }, card('one'), 'd1')
    for (let n = 0; n < 120; n++) await teams.as('sam').post(room, `note ${n}`)
    expect(await findPost(api, { room }, 'd1', at)).toEqual(ref)
    expect(called('graph.delta').length).toBeGreaterThan(2)
  })

  test('not when somebody deleted it', async () => {
    const ref = await post(api, draw, { room }, card('one'), 'd1')
    await api.connector.remove(room, ref.message)
    expect(await findPost(api, { room }, 'd1', at)).toBeUndefined()
  })

  test('not in what a person wrote, though it claims to be it', async () => {
    await teams.as('sam').post(room, 'x', { html: '<p id="delivery:d1">delivery:d1</p>' })
    expect(await findPost(api, { room }, 'd1', at)).toBeUndefined()
  })

  test('never in a chat: that is not known, which is another thing than not there', async () => {
    expect(await failureOf(findPost(api, { person: teams.as('dana').id }, 'd1', at))).toMatchObject({
      failure: 'unsupported',
    })
  })

  test('not where the bot may not read, which is not known either', async () => {
    teams.admin.grant('Incidents', 'ChannelMessage.Read.Group', false)
    expect(await failureOf(findPost(api, { room }, 'd1', at))).toMatchObject({ failure: 'unsupported' })
  })
})
