/** People's homes: whose clocks and items stand there, how much of it fits, and that each is drawn anew when something happened. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ChatError, type ChatPort, type Inbound } from '../src/chat/port.ts'
import { cardBlocks } from '../src/chat/slack/blocks.ts'
import { adaptivePages } from '../src/chat/teams/cards/adaptive.ts'
import { deliverPass } from '../src/deliver.ts'
import type { Delivering } from '../src/delivery/delivering.ts'
import { homes } from '../src/delivery/homes.ts'
import { clockTie } from '../src/domain/clock-ties.ts'
import { event } from '../src/domain/events.ts'
import type { IncidentState } from '../src/domain/incident.ts'
import { makeHandle } from '../src/handle.ts'
import { cardText } from '../src/views/card.ts'
import { homeCard } from '../src/views/home.ts'
import { type TestDatabase, testDatabase } from './support/database.ts'
import { AT, begin, PLACE, write } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { assigned, joined, organisation, begin as story } from './views/story.ts'

const night = '2026-11-21T04:00:00Z'
const now = new Date('2026-11-21T05:00:00Z')
const clock = { id: 'hipaa.individual', due: '2027-01-19' } as const
const of = (change: Partial<IncidentState> = {}): IncidentState => {
  const told = story()
  told.act(night, 'SAM', joined('C1', 'SAM'))
  told.act(night, 'DANA', assigned('commander', 'DANA'))
  return { ...told.state, ...change }
}
const asked = (to: string) => ({
  [clock.id]: {
    ...{ lastDay: clock.due, offset: '3', step: 1, at: night, stepAt: night },
    ...{ to: [to], asked: [to], told: [to], unreached: [] },
  },
})
const owned = (person: string) => ({
  [clock.id]: { owner: { person, at: night, by: 'LEE', seq: 1 } } as never,
})

test.each<[string, Partial<IncidentState>, string, ReturnType<typeof clockTie>]>([
  ['whoever the roster names for the office owns it', {}, 'LEE', 'owner'],
  ['whoever was named for it owns it', { notifications: owned('SAM') }, 'SAM', 'owner'],
  ['the office still answers for what somebody else owns', { notifications: owned('SAM') }, 'LEE', 'answers'],
  ['whoever leads answers for it', {}, 'DANA', 'answers'],
  ['whoever was asked last, because nobody answered', { reminded: asked('ELLA') }, 'ELLA', 'asked'],
  ['whoever was asked of another last day is not', { reminded: asked('ELLA'), clocks: {} }, 'SAM', undefined],
  ['whoever is in the room has nothing to do with it', {}, 'SAM', undefined],
  ['whoever is kept out has nothing to do with it', { excluded: ['LEE'] }, 'LEE', undefined],
])('%s', (_, change, person, tie) => {
  expect(clockTie(of(change), organisation.roster, clock, person)).toBe(tie)
})

const home = (person: string, visible: readonly IncidentState[]) =>
  homeCard({ visible, organisation, now, word: '/incident', person })

test('it says in one line how the person stands, then their clocks, items and incidents with what they hold', () => {
  const text = cardText(home('DANA', [of()]))
  expect(text.split('\n').slice(0, 4)).toEqual([
    'Wardroom',
    'None of your clocks is late.',
    expect.stringMatching(/^Yours: 1 incident, 2 clocks, \d+ open items\.$/),
    '[Declare an incident] [Start a drill] [Is anything late?] [Help]',
  ])
  expect(text).toContain('You answer for it, not sent.')
  expect(text).toContain('You hold incident commander')
  expect(text.indexOf('Your clocks')).toBeLessThan(text.indexOf('Your items'))
  expect(text.indexOf('Your items')).toBeLessThan(text.indexOf('Your incidents'))
})

test('whom the roster names sees what else is open, apart from what is theirs; nobody else does', () => {
  const other = of({ members: [], roles: {}, incident: 'inc-2026-0009' })
  expect(cardText(home('MARIA', [other]))).toMatch(/Also open, and for you to see\ninc-2026-0009: letters/)
  expect(cardText(home('SAM', []))).toContain('No open incidents.')
})

test('an incident somebody is kept out of is not on their home, whatever the caller loaded', () => {
  const text = cardText(home('LEE', [of({ excluded: ['LEE'], incident: 'inc-2026-0666' })]))
  expect(text).not.toContain('0666')
})

test('in two hundred incidents it fits a page of every platform, and says how much it leaves out', () => {
  const many = Array.from({ length: 200 }, (_, at) => of({ incident: `inc-2026-${1000 + at}` }))
  const card = home('DANA', many)
  const text = cardText(card)
  for (const said of [
    /^Yours: 200 incidents, 400 clocks, \d{3,4} open items\.$/m,
    /^394 more: \/incident clocks all$/m,
    /^\d+ more: \/incident check, in each incident$/m,
    /^192 more: \/incident list$/m,
  ])
    expect(text).toMatch(said)
  const blocks = cardBlocks(card, 100)
  expect(blocks.length).toBeLessThanOrEqual(100)
  expect(JSON.stringify(blocks)).not.toContain('not shown here')
  expect(adaptivePages(card, { name: (id) => id, room: () => undefined })).toHaveLength(1)
})

describe('kept up to date', () => {
  const [sam, dana] = ['U0SAMOKAFOR', 'U0DANAREYES']
  const incident = 'inc-2026-0001'
  let still: StillWardroom
  let database: TestDatabase
  let delivering: Delivering
  let broken: Partial<ChatPort> = {}
  const shown: { readonly person: string; readonly text: string }[] = []
  const platform = stillPlatform()
  let count = 0

  beforeAll(async () => {
    database = await testDatabase()
    still = await stillWardroom(database, platform)
    await begin(still.store, incident, 'C0ROOM')
    const page: Partial<ChatPort> = {
      publishHome: async (person, card) => void shown.push({ person, text: cardText(card) }),
    }
    const port = new Proxy(platform.port, {
      get: (all, verb: keyof ChatPort) => broken[verb] ?? page[verb] ?? all[verb],
    })
    delivering = { ...still.delivering, portOf: () => port }
    await database.transaction((tx) => tx.execute(sql`delete from outbox`))
  })
  afterAll(() => database.close())
  beforeEach(() => {
    broken = {}
    shown.length = 0
  })

  async function drain(): Promise<void> {
    for (let pass = 0; pass < 3; pass += 1) {
      await database.transaction((tx) =>
        tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
          where done_at is null and verb = 'homes'`),
      )
      await database.transaction((tx) => tx.execute(sql`delete from outbox where verb <> 'homes'`))
      await deliverPass(delivering)
    }
  }
  const opens = (person: string): Promise<unknown> => {
    count += 1
    const from = { ...PLACE, actor: person, actorKind: 'human' as const, at: AT }
    const inbound: Inbound = { ...from, type: 'home', key: `slack:home:${count}` }
    return makeHandle(delivering)(inbound)
  }
  const happens = (...events: Parameters<typeof write>[2]) => write(still.store, incident, events)
  const toWhom = () => shown.map(({ person }) => person)

  test('nobody’s is drawn before anybody opened one', async () => {
    await happens(event('role.assigned', { role: 'scribe', person: sam, previous: null, how: 'claimed' }))
    await drain()
    expect(shown).toEqual([])
  })

  test('what happens shows on the homes it is on, once for all that happened together, and on no other', async () => {
    const own = { role: 'privacy-officer', person: dana, previous: null, how: 'claimed' } as const
    await happens(event('role.assigned', own))
    for (const person of [sam, dana]) await opens(person)
    await happens(event('phase.entered', { phase: 'containment', from: 'detection', openRequired: [] }))
    await happens(event('role.assigned', { role: 'deputy', person: sam, previous: null, how: 'claimed' }))
    await drain()
    expect(toWhom().sort()).toEqual([dana, sam].sort())
    expect(shown.find(({ person }) => person === sam)?.text).toMatch(/Containment\nYou hold .*deputy/)
    shown.length = 0
    // Nothing of it stands on a home.
    await happens(event('note.recorded', {} as never, { body: 'A note.' }))
    await drain()
    expect(shown).toEqual([])
  })

  test('a page that could not be shown is tried again, and the others’ are not shown twice', async () => {
    await happens(event('phase.entered', { phase: 'eradication', from: 'containment', openRequired: [] }))
    const fails = async (person: string): Promise<void> => {
      if (person === sam) throw new ChatError('transient', 'ratelimited', { retryAfterMs: 1 })
      shown.push({ person, text: '' })
    }
    broken = { publishHome: fails }
    await drain()
    broken = {}
    await drain()
    expect(toWhom()).toEqual([dana, sam])
  })

  test('whoever is kept out from now on has it no more, as soon as that is on the record', async () => {
    await happens(event('person.excluded', { person: dana }))
    await drain()
    expect(shown.filter(({ person }) => person === dana)[0]?.text).not.toContain(incident)
  })

  test('whoever is gone is not drawn for any more', async () => {
    broken = {
      publishHome: async () => {
        throw new ChatError('gone', 'user_not_found')
      },
    }
    await happens(event('phase.entered', { phase: 'recovery', from: 'eradication', openRequired: [] }))
    await drain()
    broken = {}
    await happens(event('phase.entered', { phase: 'containment', from: 'recovery', openRequired: [] }))
    await drain()
    expect(toWhom()).not.toContain(sam)
  })

  test('what happened in many incidents at once is drawn from one read, or two where it goes on meanwhile', async () => {
    for (let n = 2; n <= 6; n += 1) await begin(still.store, `inc-2026-000${n}`, `C0ROOM${n}`)
    for (const person of [sam, dana]) await opens(person)
    shown.length = 0
    const port = delivering.portOf('slack')!
    const wish = (): Promise<unknown> => homes({ delivering, port, row: { args: { platform: 'slack' } } })
    const six = (): Promise<unknown>[] => Array.from({ length: 6 }, wish)
    let reads = 0
    let meanwhile: Promise<unknown>[] = []
    const store = {
      ...still.store,
      liveIncidents: () => {
        reads += 1
        if (reads === 1) meanwhile = six()
        return still.store.liveIncidents()
      },
      incidents: () => Promise.reject(new Error('every incident there ever was')),
    }
    delivering = { ...delivering, store }
    await happens(event('phase.entered', { phase: 'eradication', from: 'containment', openRequired: [] }))
    await Promise.all(six())
    await Promise.all(meanwhile)
    expect(reads).toBe(2)
    expect(toWhom()).toContain(sam)
  })
})
