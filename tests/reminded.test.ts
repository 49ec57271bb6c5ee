/** Whoever a reminder was recorded as sent to reads the last day in it, however late the roster named them. */
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deliverPass } from '../src/deliver.ts'
import { event } from '../src/domain/events.ts'
import { SYSTEM } from '../src/pipeline/commit.ts'
import { tick } from '../src/tick.ts'
import { testDatabase } from './support/database.ts'
import { begin, linesOf } from './support/record.ts'
import { type StillWardroom, stillWardroom } from './support/still.ts'

const INCIDENT = 'inc-2026-0001'

async function drained({ database, delivering }: StillWardroom): Promise<void> {
  do
    await database.transaction((tx) =>
      tx.execute(
        sql`update outbox set not_before = clock_timestamp() - interval '1 second' where done_at is null`,
      ),
    )
  while ((await deliverPass(delivering)) > 0)
}

test('a privacy officer named after the declaration is reminded of the last day by name', async () => {
  const wardroom = await stillWardroom(await testDatabase())
  const { store, database } = wardroom
  await begin(store, INCIDENT, 'C0ROOM')
  const named = event('roster.named', { role: 'privacy-officer', holder: 'U0NEWOFFICER', deputy: null })
  await store.write((unit) =>
    unit.appendOrganisation([named], { actor: SYSTEM, at: wardroom.now(), source: null }),
  )
  await drained(wardroom)
  wardroom.moveTo(new Date('2026-12-20T14:00:00Z'))
  await tick(wardroom.delivering)
  await drained(wardroom)
  const lines = await linesOf({ store, database }, INCIDENT)
  const told = lines.find(({ kind, data }) => kind === 'reminder.sent' && data.to.includes('U0NEWOFFICER'))
  expect(told).toBeDefined()
  const read = lines.find(
    ({ kind, data }) => kind === 'post.sent' && data.view === 'reminders' && data.to === 'U0NEWOFFICER',
  )
  expect(read?.text.body).toContain('letters to individuals · last day Tue 19 Jan 2027')
  await database.close()
})

test('after an outage one message brings the missed reminders of both incidents', async () => {
  const wardroom = await stillWardroom(await testDatabase())
  const { store, database } = wardroom
  const both = [INCIDENT, 'inc-2026-0002']
  for (const incident of both) await begin(store, incident, `C-${incident}`)
  await drained(wardroom)
  // The thirty days were on the 20th.
  wardroom.moveTo(new Date('2026-12-22T17:00:00Z'))
  await tick(wardroom.delivering)
  await drained(wardroom)
  const lines = await Promise.all(both.map((incident) => linesOf({ store, database }, incident)))
  const told = lines.flat().filter(({ kind, data }) => kind === 'reminder.sent' && data.offset === '30')
  expect(told.every(({ data }) => data.to.includes('U0DANAREYES'))).toBe(true)
  const read = lines
    .flat()
    .filter(
      ({ kind, data }) => kind === 'post.sent' && data.view === 'reminders' && data.to === 'U0DANAREYES',
    )
  for (const incident of both)
    expect(read.map(({ text }) => text.body).join()).toContain(
      `${incident} · letters to individuals · last day`,
    )
  expect(read).toHaveLength(1)
  await database.close()
})

test('an owner without an account is passed over at once, in every incident the message spoke of', async () => {
  const wardroom = await stillWardroom(await testDatabase())
  const { store, database, platform } = wardroom
  const both = [INCIDENT, 'inc-2026-0002']
  for (const incident of both) await begin(store, incident, `C-${incident}`)
  await drained(wardroom)
  const { person } = platform.port
  const port = {
    ...platform.port,
    person: async (id: string) => ({ ...(await person(id)), deactivated: id === 'U0DANAREYES' }),
  }
  const delivering = { ...wardroom.delivering, portOf: () => port }
  wardroom.moveTo(new Date('2026-12-20T14:00:00Z'))
  await tick(delivering)
  await drained({ ...wardroom, delivering })
  await tick(delivering)
  await drained({ ...wardroom, delivering })
  for (const incident of both) {
    const lines = await linesOf({ store, database }, incident)
    const of = (kind: string) => lines.filter((line) => line.kind === kind)
    expect(of('reminder.unreached').map(({ data }) => data.person)).toEqual(['U0DANAREYES'])
    const steps = of('reminder.sent').filter(({ data }) => data.clock === 'hipaa.individual')
    expect(steps.map(({ data }) => [data.step, data.to])).toEqual([
      [0, ['U0DANAREYES']],
      [1, ['U0MARIALOPZ']],
    ])
  }
  const posts = platform.posts.filter(({ room }) => room === 'D-U0MARIALOPZ').map(({ text }) => text)
  for (const incident of both)
    expect(posts.filter((text) => text.includes('cannot be reached') && text.includes(incident)).length).toBe(
      1,
    )
  await database.close()
})
