/**
 * A worker is gone in the middle of a reminder: before its entries are committed, between them and the message, between
 * the message and its bookkeeping, or after. Whoever comes next, the same process started again or another replica beside
 * it, sends it once. What is left of a killed process is what it had committed: here it is left standing, its call to the
 * platform never answered.
 */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChatPort } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { openDatabase } from '../src/store/db.ts'
import { tick } from '../src/tick.ts'
import { silent, type TestDatabase, testDatabase, testServerUrl } from './support/database.ts'
import { begin, faults, linesOf } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'
import { newRecordKey } from './support/wardroom.ts'

const INCIDENT = 'inc-2026-0001'
const never = new Promise<never>(() => {})

const places: [string, (database: TestDatabase) => Promise<TestDatabase>][] = [
  ['the same process, started again', async (database) => database],
  ...(testServerUrl
    ? [
        [
          'another replica',
          async ({ url }: TestDatabase) => ({
            ...(await openDatabase({ databaseUrl: url!, log: silent })),
            url,
          }),
        ] as [string, (database: TestDatabase) => Promise<TestDatabase>],
      ]
    : []),
]

describe.each(places)('%s, sends it once', (_, beside) => {
  const platform = stillPlatform()
  let database: TestDatabase
  let second: TestDatabase
  let first: StillWardroom
  let next: StillWardroom

  beforeAll(async () => {
    database = await testDatabase()
    second = await beside(database)
    const key = newRecordKey()
    first = await stillWardroom(database, platform, key)
    next = await stillWardroom(second, platform, key)
    await begin(first.store, INCIDENT, 'C0ROOM')
    await drained(first)
  })
  afterAll(async () => {
    expect(await faults(next.store)).toEqual([])
    if (second !== database) await second.close()
    await database.close()
  })

  /** Time and leases run out. */
  const later = () =>
    second.transaction((tx) =>
      tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second', leased_until = null
        where done_at is null`),
    )
  async function drained({ delivering }: StillWardroom): Promise<void> {
    do await later()
    while ((await deliverPass(delivering)) > 0)
  }
  const hanging = (when: 'before' | 'after'): ChatPort => ({
    ...platform.port,
    post: async (...call) => {
      if (when === 'after') await platform.port.post(...call)
      return never
    },
    update: () => never,
    findPost: () => never,
  })

  const deaths: [string, string, (wardroom: StillWardroom) => Promise<unknown>][] = [
    ['killed before it had looked', '2026-12-20T13:00:00Z', async () => {}],
    [
      'killed with the entries committed and nothing sent',
      '2027-01-05T13:00:00Z',
      ({ delivering }) => tick(delivering),
    ],
    [
      'killed as it was about to send',
      '2027-01-12T13:00:00Z',
      async ({ delivering }) => {
        await tick(delivering)
        await later()
        void deliverPass({ ...delivering, portOf: () => hanging('before') })
        await claimed()
      },
    ],
    [
      'killed when it had sent and not yet recorded it',
      '2027-01-16T13:00:00Z',
      async ({ delivering }) => {
        await tick(delivering)
        await later()
        const before = platform.posts.length
        void deliverPass({ ...delivering, portOf: () => hanging('after') })
        await claimed()
        while (!platform.posts.slice(before).some(({ room }) => room === 'D-U0DANAREYES')) await pause()
      },
    ],
    [
      'killed when all was done',
      '2027-01-17T13:00:00Z',
      async (wardroom) => {
        await tick(wardroom.delivering)
        await drained(wardroom)
      },
    ],
  ]
  const pause = () => new Promise((resolve) => setTimeout(resolve, 10))
  async function claimed(): Promise<void> {
    for (;;) {
      const rows = await second.rows<{ id: string }>(
        second.db,
        sql`select id from outbox where done_at is null and attempt > 0 and args ->> 'person' = 'U0DANAREYES'`,
      )
      if (rows.length > 0) return
      await pause()
    }
  }

  test.each(deaths)('%s', async (_, at, die) => {
    const before = platform.posts.length
    const known = (await linesOf({ store: next.store, database: second }, INCIDENT)).length
    for (const one of [first, next]) one.moveTo(new Date(at))
    await die(first)
    await tick(next.delivering)
    await drained(next)
    await tick(next.delivering)
    await drained(next)

    const lines = (await linesOf({ store: next.store, database: second }, INCIDENT)).slice(known)
    const letters = lines.filter(
      ({ kind, data }) => kind === 'reminder.sent' && data.clock === 'hipaa.individual',
    )
    expect(letters.map(({ data }) => data.step)).toEqual([0])
    const to: string[] = letters.flatMap(({ data }) => [...data.to])
    expect(to).toContain('U0DANAREYES')
    for (const person of to) {
      const posts = platform.posts.slice(before).filter(({ room }) => room === `D-${person}`)
      expect(posts.filter(({ text }) => text.includes('letters to individuals · last day'))).toHaveLength(1)
      const recorded = lines.filter(
        ({ kind, data }) => kind === 'post.sent' && data.view === 'reminders' && data.to === person,
      )
      expect(recorded.map(({ data }) => data.delivery)).toEqual([posts.at(-1)!.delivery])
    }
    const { fired } = (await next.store.incident(INCIDENT))!
    const rows = await second.rows<{ identity: string }>(second.db, sql`select identity from reminder`)
    expect(rows.map(({ identity }) => identity).sort()).toEqual([...fired].sort())
  })
})
