/**
 * What a person's client may send and no honest one would: words put into buttons, somebody else's form, the buttons of an
 * incident they are kept out of or of another platform, messages no reader could bear. Nothing is recorded, nothing told.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { begin, faults, linesOf } from './support/record.ts'
import { actionsIn } from './support/teams/cards.ts'
import type { Json } from './support/teams/state.ts'
import {
  declareOnTeams,
  type TeamsRoom,
  type TeamsWardroom,
  teamsWardroom,
  toldOn,
} from './support/teams/wardroom.ts'

const OF_SLACK = 'inc-2026-0099'
let wardroom: TeamsWardroom
let open: TeamsRoom
let closed: TeamsRoom

beforeAll(async () => {
  wardroom = await teamsWardroom()
  const { local, store } = wardroom
  open = await declareOnTeams(wardroom)
  // The roster names him, so he would be heard in any incident that does not keep him out.
  local.admin.removeFromTeam(local.teamId, 'tom')
  await wardroom.settleAll()
  await local.as('priya').direct('declare somebody read a chart keep out @tom')
  await wardroom.settleAll()
  const state = (await store.incidents()).find(({ excluded }) => excluded.length > 0)!
  closed = { incident: state.incident, room: state.rooms[0]!.room }
  await begin(store, OF_SLACK, 'C0OFSLACK00')
  for (const who of ['sam', 'tom', 'dana']) await local.as(who).direct('help')
  await wardroom.settleAll()
})
afterAll(async () => {
  expect(await faults(wardroom.store)).toEqual([])
  expect(wardroom.errors).toEqual([])
  await wardroom.close()
})

const everything = async () => {
  const logs = [open.incident, closed.incident, OF_SLACK].map((incident) => linesOf(wardroom, incident))
  return (await Promise.all(logs))
    .flat()
    .map(({ kind, text, actor, data }) => `${kind} ${actor.id} ${JSON.stringify([data, text])}`)
}
let before: string[]
beforeEach(async () => {
  before = await everything()
})
const news = async () => (await everything()).filter((line) => !before.includes(line))

/** As Teams would bring it: signed, from this person, in their chat with the bot unless `more` says otherwise. */
async function invoke(who: string, name: string, value: unknown, more: Json = {}) {
  const { local } = wardroom
  const { person, chat } = local.as(who)
  const activity = {
    type: 'invoke',
    id: `f:${crypto.randomUUID()}`,
    name,
    value,
    channelId: 'msteams',
    serviceUrl: local.urls.connector,
    timestamp: wardroom.clock.now().toISOString(),
    from: { id: person.member, name: person.realName, aadObjectId: person.id },
    recipient: { id: `28:${local.appId}`, name: 'Wardroom' },
    conversation: { conversationType: 'personal', tenantId: local.tenant, id: chat },
    channelData: { tenant: { id: local.tenant } },
    replyToId: toldOn(wardroom, who).at(-1)?.id ?? '1',
    ...more,
  }
  const answered = await local.deliver(activity)
  await wardroom.settle()
  return answered
}
const press = (who: string, w: unknown, more: Json = {}) =>
  invoke(who, 'adaptiveCard/action', { action: { type: 'Action.Execute', data: { w } } }, more)

/** Everything a person was shown since, in the chat or in place. */
async function shown(who: string, act: () => Promise<{ body: string }>): Promise<string> {
  const count = toldOn(wardroom, who).length
  const { body } = await act()
  const told = toldOn(wardroom, who).slice(count)
  return JSON.stringify([body, told.map(({ card }) => card)])
}

describe('a button that no card of theirs has', () => {
  const acts = [
    'status',
    'clocks',
    'check',
    'roles',
    'note gone',
    'claim scribe',
    'close',
    'decide a because b',
  ]

  test.each(acts)(
    'of an incident they are kept out of: %s is answered as of one that is not there',
    async (line) => {
      const real = await shown('tom', () => press('tom', { l: line, i: closed.incident }))
      const none = await shown('tom', () => press('tom', { l: line, i: 'inc-2026-0042' }))
      const neutral = (words: string) => words.replaceAll(/inc-2026-\d+/g, '…')
      expect(neutral(real)).toBe(neutral(none))
      expect(real).not.toMatch(/chart|Priya|snooping|Dana/)
      expect(await news()).toEqual([])
    },
  )

  test.each(acts)('of an incident of the other platform: %s', async (line) => {
    const real = await shown('priya', () => press('priya', { l: line, i: OF_SLACK }))
    expect(real).not.toMatch(/bed 4|inc-2026-0099/)
    expect(await news()).toEqual([])
  })

  test('pressed “on” a card of a room they are kept out of shows no card', async () => {
    const cards = wardroom.local.as('priya').everything(closed.room)
    const status = cards.find(({ card }) => JSON.stringify(card).includes('Open items'))!
    const id = `${closed.room};messageid=${status.id}`
    const inside = {
      conversation: { id, tenantId: wardroom.local.tenant, conversationType: 'channel' },
      channelData: { team: { aadGroupId: wardroom.local.teamId }, tenant: { id: wardroom.local.tenant } },
      replyToId: status.id,
    }
    for (const line of ['help', 'status']) {
      const words = await shown('tom', () => press('tom', { l: line, i: closed.incident }, inside))
      expect(words).not.toContain('Open items')
    }
    expect(await news()).toEqual([])
    const theirs = await shown('priya', () => press('priya', { l: 'help', i: closed.incident }, inside))
    expect(theirs).toContain('Open items')
  })

  const shapes: [string, unknown][] = [
    ['no line', {}],
    ['a line that is no text', { l: 7 }],
    ['a form that is not one', { l: 'status', f: 'yes' }],
    ['nothing', null],
    ['a list', [1]],
    ['a prototype', JSON.parse('{"__proto__":{"l":"status"},"constructor":{"l":"status"}}')],
  ]
  test.each(shapes)('with %s is answered, and nothing recorded', async (_, w) => {
    const { status, body } = await press('sam', w)
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({
      statusCode: 200,
      value: expect.stringContaining('othing was recorded'),
    })
    expect(await news()).toEqual([])
  })

  test('with a line of half a megabyte, of nulls and of marks is refused like typing', async () => {
    for (const l of [
      `note ${'x'.repeat(500_000)}`,
      'st\u0000atus\u0000',
      '\u202estatus',
      '<at>Wardroom</at> {{DATE(1)}}',
    ]) {
      const { status } = await press('sam', { l, i: open.incident })
      expect(status).toBe(200)
    }
    expect((await news()).filter((line) => !/^(command\.|note\.)/.test(line))).toEqual([])
  })

  test('by nobody Entra knows, or in another tenant’s name', async () => {
    const stranger = { from: { id: '29:unheard', name: 'Priya Nair' } }
    const { body } = await press('sam', { l: 'list all' }, stranger)
    expect(body).toContain('Nothing was recorded')
    const elsewhere = {
      conversation: { conversationType: 'personal', tenantId: crypto.randomUUID(), id: 'a:x' },
    }
    expect(await press('sam', { l: 'list all' }, elsewhere)).toEqual({ status: 401, body: '' })
    expect(await news()).toEqual([])
  })
})

describe('a form', () => {
  /** What the submit button of the dialog that opened for Sam carries. */
  async function opened(): Promise<Json> {
    const { local } = wardroom
    const { dialog } = await local.as('sam').composeAction('declare')
    const [send] = actionsIn(dialog!.card)
    await local.as('sam').close()
    return send!.action.data as Json
  }
  const filled = { 'f:sentence': 'a stick was lost', 'f:what': 'a stick was lost' }
  const submit = (who: string, data: Json) =>
    invoke(who, 'composeExtension/submitAction', { data: { ...data, ...filled } })

  test('handed to somebody else, or changed in what it is about, is refused in a dialog’s shape', async () => {
    const count = async () => (await wardroom.store.incidents()).length
    const incidents = await count()
    const data = await opened()
    const w = data.w as Json
    const forged: [string, Json][] = [
      ['dana', data],
      ['tom', data],
      ['sam', { ...data, w: { ...w, verb: 'close', incident: closed.incident } }],
      ['sam', { ...data, w: { ...w, incident: closed.incident } }],
      ['sam', { ...data, w: { ...w, nonce: 'another-nonce-of-mine' } }],
      ['sam', { ...data, w: { ...w, carry: { acting: 'commander', line: 'close' } } }],
      ['sam', { ...data, w: { ...w, sign: 'mine' } }],
      ['sam', { w: null }],
    ]
    for (const [who, each] of forged) {
      const { status, body } = await submit(who, each)
      expect(status).toBe(200)
      expect(JSON.parse(body)).toEqual({
        task: { type: 'message', value: expect.stringContaining('Nothing was recorded') },
      })
    }
    expect(await count()).toBe(incidents)
    expect(await news()).toEqual([])
  })

  test('of an incident they are kept out of opens as little as one of an incident that is not there', async () => {
    const fetch = (i: string) => invoke('tom', 'task/fetch', { data: { w: { l: 'decide', i, f: 1 } } })
    const neutral = (words: string) => words.replaceAll(/inc-2026-\d+|[0-9a-f-]{36}|[\w+/=-]{43,}/g, '…')
    const real = neutral((await fetch(closed.incident)).body)
    expect(real).toBe(neutral((await fetch('inc-2026-0042')).body))
    expect(await news()).toEqual([])
  })
})

describe('words that are hard to bear are on the record whole', () => {
  const rows: [string, string][] = [
    ['forty thousand characters', `${'All of it is gone. '.repeat(2105)}end`],
    ['right to left', '‏המחשב הנייד נעלם אתמול בשעה 22:10 (BitLocker?)'],
    ['letters of several signs and people of several pictures', '👩🏽‍⚕️👨‍👩‍👧‍👦 🇮🇱 né\u0301e — 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﷽'],
    ['marks of every mark-up', '<b>&amp; **x** [a](b) <@U1> {{DATE(2026)}} <script>alert(1)</script>'],
  ]
  test.each(rows)('%s', async (_, words) => {
    await wardroom.local.as('sam').post(open.room, words)
    await wardroom.settle()
    const said = (await linesOf(wardroom, open.incident)).filter(({ kind }) => kind === 'message.posted')
    expect(said.at(-1)?.text.body).toBe(words)
  })

  test('HTML a hundred thousand deep is read, and the next message too', async () => {
    const deep = `${'<div>'.repeat(9_000)}the core${'</div>'.repeat(9_000)}`
    await wardroom.local.as('sam').post(open.room, 'the core', { html: deep })
    await wardroom.local
      .as('sam')
      .post(open.room, 'the core', { html: `<b>${'<i>'.repeat(300_000)}the core</b>` })
    await wardroom.local.as('sam').post(open.room, 'after it')
    await wardroom.settle()
    const bodies = (await linesOf(wardroom, open.incident)).map(({ text }) => text.body)
    expect(bodies).toContain('after it')
    expect(bodies.filter((body) => body === 'the core')).toHaveLength(2)
  })
})
