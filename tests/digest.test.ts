/** The managers' digest: on which days, what it says, and that a day has one. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChatError, type ChatPort } from '../src/chat/port.ts'
import { cardMessage } from '../src/chat/slack/blocks.ts'
import { adaptivePages } from '../src/chat/teams/cards/adaptive.ts'
import { deliverPass } from '../src/deliver.ts'
import type { Delivering } from '../src/delivery/delivering.ts'
import { digests } from '../src/digest.ts'
import type { CalendarDate } from '../src/domain/calendar.ts'
import { sayDay, sayDayShort } from '../src/domain/dates-in-words.ts'
import { digestDay, newSince } from '../src/domain/digest.ts'
import { event } from '../src/domain/events.ts'
import type { IncidentState } from '../src/domain/incident.ts'
import { ORGANISATION } from '../src/domain/record.ts'
import { dateIn } from '../src/domain/zone.ts'
import { cardText } from '../src/views/card.ts'
import { digestCard } from '../src/views/digest.ts'
import { mentioned, unmentioned } from '../src/views/unmentioned.ts'
import { desk, organisationFacts } from './commands/desk.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { begin, linesOf, write } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'

test.each([
  ['at eight on a working day', '2026-11-24T13:00:00Z', '2026-11-24'],
  ['a second before eight', '2026-11-24T12:59:59Z', null],
  ['later that day, where nobody was up', '2026-11-25T04:30:00Z', '2026-11-24'],
  ['on a Saturday', '2026-11-28T15:00:00Z', null],
  ['on a holiday of the organisation', '2026-11-26T15:00:00Z', null],
  ['on the Monday after the clocks went forward', '2027-03-15T12:00:00Z', '2027-03-15'],
  ['a second before that', '2027-03-15T11:59:59Z', null],
  ['on the Monday after they went back', '2026-11-02T13:00:00Z', '2026-11-02'],
  ['a second before that one', '2026-11-02T12:59:59Z', null],
])('%s', (_, at, on) => {
  expect(digestDay(organisationFacts, new Date(at))).toBe(on)
})

test('after a holiday it tells of all that changed since the working day before', () => {
  expect(newSince(organisationFacts, '2026-11-27' as never).toISOString()).toBe('2026-11-25T13:00:00.000Z')
})

test('across a change of the clocks it tells of all since Friday at eight, by the wall', () => {
  expect(newSince(organisationFacts, '2027-03-15' as never).toISOString()).toBe('2027-03-12T13:00:00.000Z')
  expect(newSince(organisationFacts, '2026-11-02' as never).toISOString()).toBe('2026-10-30T12:00:00.000Z')
})

const told = (now: string, since: string, ...typed: readonly string[]) => {
  const here = desk({ declared: 'the laptop of Jane Roe was stolen' })
  for (const line of typed) here.run('UDANA', line)
  const { organisation } = here
  const of = { incidents: [here.state!], organisation, word: '/incident', on: '2026-11-23' as never }
  const zone = organisationFacts.zone
  return cardText(digestCard({ ...of, zone, now: new Date(now), since: new Date(since) }))
}

test('it names incident, kind, clock, last day, owner and how far it is, the nearest first, and nobody’s words', () => {
  const text = told(
    '2026-11-23T13:00:00Z',
    '2026-11-20T13:00:00Z',
    'fact affected 12 because Jane Roe counted',
  )
  expect(text.split('\n').filter(Boolean).slice(0, 7)).toEqual([
    'Incidents on Mon 23 Nov 2026',
    'Nothing is late.',
    '1 incident, 2 clocks running.',
    'Clocks, the nearest first',
    'inc-2026-0001 · lost or stolen device',
    'Letters to individuals: last day Tue 19 Jan 2027 · 57 days left. Owner @UDANA, not sent.',
    'Annual report to HHS, fewer than 500: last day Mon 1 Mar 2027 · 98 days left. Owner @UDANA, not sent.',
  ])
  expect(text).toContain('lost or stolen device: declared.')
  expect(text).not.toMatch(/Jane|laptop/)
})

test('drawn without mentions, no platform reads one in it, whatever people are called', () => {
  const here = desk({ declared: 'the laptop was stolen' })
  const { organisation } = here
  const of = { incidents: [here.state!], organisation, word: '/incident', on: '2026-11-23' as never }
  const [zone, at] = [organisationFacts.zone, new Date('2026-11-23T13:00:00Z')]
  const card = digestCard({ ...of, zone, now: at, since: at })
  expect(mentioned(card)).toEqual(['UDANA'])
  const named = unmentioned(card, () => '<@UDANA> <!here> <at>Dana</at>')
  const slack = JSON.stringify(cardMessage(named))
  expect(slack).toContain('&lt;@UDANA&gt; &lt;!here&gt;')
  expect(slack).not.toMatch(/<[@!]/)
  const room = () => undefined
  const teams = JSON.stringify(adaptivePages(named, { name: (id) => id, room }))
  expect(teams).not.toContain('"mention"')
})

test('what is late or near stands first, and the first line says how much of it there is', () => {
  const late = told('2027-01-21T13:00:00Z', '2027-01-20T13:00:00Z', 'fact affected 12 because we counted')
  expect(late).toMatch(/^Incidents on .*\n1 late\.\n/)
  expect(late).toMatch(
    /▲ Act on these first\n.*\nLetters to individuals: last day was Tue 19 Jan 2027 · 2 days late/,
  )
  const near = told('2027-01-17T13:00:00Z', '2027-01-15T13:00:00Z', 'fact affected 12 because we counted')
  expect(near).toMatch(/\nNothing is late; 1 with 3 days or less\.\n/)
})

test('a notice owed at once stands first, though no law names its day', () => {
  const line = 'fact started urgent now'
  const text = told('2026-11-23T13:00:00Z', '2026-11-20T13:00:00Z', line)
  expect(text).toContain('Nothing is late; 1 owed at once.')
  expect(text).toMatch(
    /▲ Act on these first\n.*\nUrgent telephone notice: without delay, owed for \d+ (hours|days) \(since .*\)\. Owner @UDANA/,
  )
})

test('a last day that moved is told with what it was; where nothing changed it says so', () => {
  const line = 'fact discovered 18 Nov 2026 because the ticket is of that day'
  expect(told('2026-11-23T13:00:00Z', '2026-11-21T03:41:00.000Z', line)).toContain('declared.')
  expect(told('2026-11-24T13:00:00Z', '2026-11-23T13:00:00Z', line)).toContain('Nothing changed.')
})

test('while the count is not known, HHS is counted once and says what it depends on', () => {
  const text = told('2026-11-23T13:00:00Z', '2026-11-20T13:00:00Z')
  expect(text.match(/HHS/g)).toHaveLength(1)
  expect(text).toContain('(depends on how many)')
})

const many = (count: number, more: Partial<IncidentState> = {}) => {
  const here = desk({ declared: 'a fax went astray' })
  const incidents = Array.from({ length: count }, (_, at) => ({
    ...here.state!,
    ...more,
    incident: `inc-2026-${String(at + 1).padStart(4, '0')}`,
  }))
  const of = { incidents, organisation: here.organisation, word: '/incident', on: '2026-11-23' as never }
  const when = { now: new Date('2026-11-23T13:00:00Z'), since: new Date('2026-11-20T13:00:00Z') }
  return digestCard({ ...of, ...when, zone: organisationFacts.zone })
}

test('with no incident it says so in three lines, and is posted all the same: silence would look like it', () => {
  const text = cardText(many(0))
  expect(text).toContain('Nothing is late.\nNo open incidents, and no clock is running.\n')
  expect(text).toContain('Nothing changed.')
  expect(text).not.toContain('Clocks, the nearest first')
})

test('sixty incidents fit one post of every platform, and what is left out is counted', () => {
  const card = many(60)
  const text = cardText(card)
  expect(text).toMatch(/\d+ more clocks of \d+ incidents not shown, the next on /)
  expect(text).toMatch(/\d+ more changes\./)
  expect(text.match(/Owner/g)).toHaveLength(20)
  expect(JSON.stringify(cardMessage(card))).not.toContain('more not shown here')
  expect(adaptivePages(card, { name: (id) => id, room: () => undefined })).toHaveLength(1)
})

const CHANNEL = 'C0MANAGERS1'
const ADMIN = 'U0ADMIN0001'
const OFFICER = 'U0DANAREYES'

/** Each test has a morning of its own; nothing moves but by these calls. */
describe('delivered', () => {
  let still: StillWardroom
  let database: TestDatabase
  let morning = new Date('2026-11-23T13:00:00Z').getTime()
  const platform = stillPlatform()
  let broken: Partial<ChatPort> = {}
  let delivering: Delivering

  beforeAll(async () => {
    database = await testDatabase()
    still = await stillWardroom(database, platform)
    await begin(still.store, 'inc-2026-0001', 'C0ROOM')
    const port = new Proxy(platform.port, {
      get: (all, verb: keyof ChatPort) => broken[verb] ?? all[verb],
    })
    delivering = {
      ...still.delivering,
      settings: { ...still.delivering.settings, admins: [ADMIN, '0a1b2c3d-0000-4000-8000-00000000000d'] },
      telling: { ...still.delivering.telling, managersChannels: { slack: CHANNEL } },
      portOf: () => port,
    }
    await database.transaction((tx) => tx.execute(sql`delete from outbox`))
  })
  afterAll(() => database.close())

  /** Wednesday, Thursday …: the day of this test, at eight. */
  async function day(): Promise<string> {
    do morning += 86_400_000
    while (!digestDay(still.delivering.settings.organisation, new Date(morning)))
    still.moveTo(new Date(morning))
    broken = {}
    platform.posts.length = 0
    await digests(delivering)
    return dateIn(still.delivering.settings.organisation.zone, new Date(morning))
  }

  async function pass(): Promise<void> {
    await database.transaction((tx) =>
      tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
        where done_at is null`),
    )
    await deliverPass(delivering)
  }

  /** What stands in the channel: the digest, where nothing else was for it. */
  const digestsIn = () => platform.posts.filter(({ room }) => room === CHANNEL)
  const toldOf = (what: string) =>
    platform.posts.filter(({ text }) => text.includes(what)).map(({ room }) => room)
  const logged = async (on: string) =>
    (await linesOf(still, ORGANISATION)).flatMap(({ kind, data }) =>
      (kind === 'digest.sent' && data.on === on) || kind === 'post.failed' ? [data.code ?? 'sent'] : [],
    )
  const refusing =
    (...error: ConstructorParameters<typeof ChatError>) =>
    async () => {
      throw new ChatError(...error)
    }
  /** The channel alone: people can still be told. */
  const refusesChannel =
    (...error: ConstructorParameters<typeof ChatError>): ChatPort['post'] =>
    async (target, card, delivery) => {
      if ('channel' in target) throw new ChatError(...error)
      return platform.port.post(target, card, delivery)
    }

  test('many processes that reach eight together post one', async () => {
    const on = await day()
    await Promise.all([1, 2, 3].map(() => digests({ ...delivering })))
    for (const _ of [1, 2, 3]) await pass()
    expect(digestsIn()).toHaveLength(1)
    expect(await logged(on)).toEqual(['sent'])
  })

  test('owners are named in it and not called: it comes every day', async () => {
    await day()
    broken = { person: async (id) => ({ ...(await platform.port.person(id)), name: `${id} by name` }) }
    await pass()
    expect(digestsIn()[0]?.text).toMatch(/Owner U\w+ by name, not sent/)
    expect(digestsIn()[0]?.text).not.toContain('@')
    await day()
    broken = { person: refusing('gone', 'user_not_found') }
    await pass()
    expect(digestsIn()[0]?.text).toContain('Owner somebody whose name is not known here, not sent')
  })

  test('a channel without the bot is told of once to those who can invite it, and has its digest once they did', async () => {
    const on = await day()
    broken = { post: refusesChannel('gone', 'not_in_channel') }
    for (const _ of [1, 2, 3]) await pass()
    expect(toldOf('Wardroom is not in it')).toEqual([`D-${ADMIN}`, `D-${OFFICER}`])
    expect(digestsIn()).toEqual([])
    broken = {}
    for (const _ of [1, 2]) await pass()
    expect(digestsIn()).toHaveLength(1)
    expect(platform.posts).toHaveLength(3)
    expect(await logged(on)).toEqual(['not_in_channel', 'sent'])
  })

  test('asked to wait, it waits and posts, where it may not read back too: nothing can have landed', async () => {
    await day()
    const unread = { findPost: refusing('unsupported', 'missing_scope') }
    broken = { ...unread, post: refusing('transient', 'ratelimited', { retryAfterMs: 5 }) }
    for (const _ of [1, 2]) await pass()
    broken = unread
    await pass()
    expect(digestsIn()).toHaveLength(1)
  })

  test('an answer that was lost is looked for, and found', async () => {
    await day()
    platform.fail('post', 'after')
    for (const _ of [1, 2, 3]) await pass()
    expect(digestsIn()).toHaveLength(1)
  })

  test('an answer that was lost where nobody may look is told, and not repeated', async () => {
    await day()
    platform.fail('post', 'after')
    broken = { findPost: refusing('unsupported', 'missing_scope') }
    for (const _ of [1, 2, 3]) await pass()
    expect(digestsIn()).toHaveLength(1)
    expect(toldOf('Look there for it')).toEqual([`D-${ADMIN}`, `D-${OFFICER}`])
  })

  /** One last day that moved in each of these incidents, in the same moment. */
  const moved = async (...ids: readonly string[]) => {
    await day()
    await pass()
    platform.posts.length = 0
    const [clock] = Object.keys((await still.store.incident(ids[0]!))!.clocks)
    const wishes = { lane: 'managers:slack', verb: 'managers', view: 'managers', card: 'managers/slack' }
    for (const incident of ids)
      await still.store.write((unit) =>
        unit.enqueue([{ ...wishes, incident, args: { with: [`moved|${clock}`] } }]),
      )
  }
  const other = 'inc-2026-0002'
  const postsOf = async (incident: string) =>
    (await linesOf(still, incident)).filter(
      ({ kind, data }) => kind.startsWith('post.') && data.view === 'managers',
    )

  test('what cannot wait is one post over the incidents of a moment; the record of each has its own part', async () => {
    await begin(still.store, other, 'C0OTHER')
    await moved('inc-2026-0001', other)
    await pass()
    const [post, ...more] = digestsIn()
    expect(more).toEqual([])
    expect(post?.text).toMatch(/^inc-2026-0001.*\n.*now owed.*\n(.*\n)*inc-2026-0002.*\n.*now owed/)
    const [own] = await postsOf(other)
    expect(own?.text.body).toContain(other)
    expect(own?.text.body).not.toContain('inc-2026-0001')
  })

  test('an incident that somebody has since been kept out of is left out of it', async () => {
    await write(still.store, other, [event('person.excluded', { person: 'U0SAMOKAFOR' })])
    await moved('inc-2026-0001', other)
    await pass()
    expect(digestsIn().map(({ text }) => text.includes(other))).toEqual([false])
  })

  test('where it is refused, the record of each incident has that, whoever leads is told, and once a day those who can mend it', async () => {
    await begin(still.store, 'inc-2026-0003', 'C0THIRD')
    await moved('inc-2026-0001', 'inc-2026-0003')
    broken = { post: refusesChannel('refused', 'restricted_action') }
    await database.transaction((tx) => tx.execute(sql`delete from outbox where verb = 'digest'`))
    for (const _ of [1, 2, 3]) await pass()
    for (const incident of ['inc-2026-0001', 'inc-2026-0003'])
      expect((await postsOf(incident)).at(-1)?.data).toMatchObject({ code: 'restricted_action', to: null })
    expect(toldOf('Tell the managers yourself')).toHaveLength(2)
    expect(toldOf('Slack refused it (restricted_action)')).toContain(`D-${ADMIN}`)
  })

  test('after an outage only the newest day has one, which tells of all since the last that was posted', async () => {
    const last = await day()
    await pass()
    expect(digestsIn()).toHaveLength(1)
    const missed = await day()
    broken = { post: refusing('transient', 'http_503') }
    await pass()
    await day()
    broken = { post: refusing('transient', 'http_503') }
    for (const _ of [1, 2, 3]) await pass()
    const today = await day()
    for (const _ of [1, 2, 3, 4]) await pass()
    expect(digestsIn().map(({ text }) => text.split('\n')[0])).toEqual([
      `Incidents on ${sayDay(today as CalendarDate)}`,
    ])
    const since = sayDayShort(missed as CalendarDate)
    expect(digestsIn()[0]?.text).toContain(`2 earlier messages could not be delivered since ${since} 08:00`)
    expect(digestsIn()[0]?.text).toContain(`New since ${sayDayShort(last as CalendarDate)} 08:00`)
    const gaveWay = (await linesOf(still, ORGANISATION)).filter(({ kind }) => kind === 'post.superseded')
    expect(gaveWay.map(({ data }) => [data.view, data.maybeSent])).toEqual([
      ['digest', false],
      ['digest', false],
    ])
  })

  test('a channel that refuses keeps no later digest waiting: the older gives way as soon as there is a newer', async () => {
    await day()
    broken = { post: refusesChannel('gone', 'not_in_channel') }
    await deliverPass(delivering)
    const today = await day()
    // Nothing is hurried here: the refused one was to be tried again in ten minutes.
    for (const _ of [1, 2]) await deliverPass(delivering)
    expect(digestsIn().map(({ text }) => text.split('\n')[0])).toEqual([
      `Incidents on ${sayDay(today as CalendarDate)}`,
    ])
  })

  test('a day that is over and has no newer one yet has none, and those who can mend it are told', async () => {
    let missed = await day()
    while (new Date(morning).getUTCDay() !== 5) {
      await pass()
      missed = await day()
    }
    broken = { post: refusing('transient', 'http_503') }
    await pass()
    still.moveTo(new Date(morning + 86_400_000))
    broken = {}
    for (const _ of [1, 2, 3]) await pass()
    expect(digestsIn()).toEqual([])
    expect(toldOf('could not be reached all day')).toEqual([`D-${ADMIN}`, `D-${OFFICER}`])
    expect(await logged(missed)).toContain('day_over')
  })
})
