/**
 * Nobody can be reached, on either platform: the owner, whoever stands in, the commander and the sponsor. Each is asked at
 * once after the one before, and then it is said wherever somebody may still look: the managers' channel, the pager, the
 * status card, the digest, the log.
 */
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { deliverPass } from '../src/deliver.ts'
import type { CalendarDate } from '../src/domain/calendar.ts'
import { type Event, event } from '../src/domain/events.ts'
import { makeLog } from '../src/log.ts'
import { commitEvents, SYSTEM } from '../src/pipeline/commit.ts'
import { tick } from '../src/tick.ts'
import { cardText } from '../src/views/card.ts'
import { digestCard } from '../src/views/digest.ts'
import { statusCard } from '../src/views/status.ts'
import { type Bench, slackBench, teamsBench } from './chat/benches.ts'
import { testDatabase } from './support/database.ts'
import { declaredEvent, linesOf } from './support/record.ts'
import { type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'

const INCIDENT = 'inc-2026-0001'
const CLOCK = 'hipaa.individual'

async function drained({ database, delivering }: StillWardroom): Promise<void> {
  do
    await database.transaction((tx) =>
      tx.execute(
        sql`update outbox set not_before = clock_timestamp() - interval '1 second' where done_at is null`,
      ),
    )
  while ((await deliverPass(delivering)) > 0)
}

test.each<[string, () => Promise<Bench>]>([
  ['Slack', slackBench],
  ['Teams', teamsBench],
])('on %s', async (_, make) => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const bench = await make()
  onTestFinished(() => bench.close())
  const { port, person } = bench
  const { room: channel } = await port.openRoom({ name: 'managers', since: bench.now(), keptOut: [] })
  const wardroom = await stillWardroom(database, { ...stillPlatform(), port })
  const { store } = wardroom
  const paged: string[] = []
  const logged: string[] = []
  const telling = {
    announceChannels: {},
    managersChannels: { [port.platform]: channel },
    pagerWebhook: true,
  }
  const delivering = {
    ...wardroom.delivering,
    telling,
    log: makeLog('error', { write: (line) => void logged.push(line) }),
    pager: async (_incident: string, why: string) => void paged.push(why),
  }
  const declared = declaredEvent() as Event & { kind: 'incident.declared' }
  const roster = {
    'privacy-officer': { holder: person('lee'), deputy: person('tom') },
    commander: { holder: person('priya'), deputy: null },
    sponsor: { holder: bench.stranger, deputy: null },
  }
  await store.write(async (unit) => {
    await unit.begin(INCIDENT)
    const data = { ...declared.data, platform: port.platform, workspace: port.workspace, roster }
    const stamp = { actor: { id: person('sam'), kind: 'human' as const }, at: wardroom.now(), source: null }
    const assigned = event('role.assigned', {
      ...{ role: 'commander', person: person('priya'), previous: null, how: 'assigned' },
    })
    await commitEvents(unit, INCIDENT, undefined, [{ ...declared, data }, assigned], stamp, telling)
    await unit.appendOrganisation(
      Object.entries(roster).map(([role, who]) =>
        event('roster.named', { ...who, role: role as 'sponsor', platform: port.platform }),
      ),
      { actor: SYSTEM, at: wardroom.now(), source: null },
    )
  }, {})
  bench.shutOut('lee', 'tom', 'priya')
  wardroom.moveTo(new Date('2026-12-20T13:00:00Z'))
  while ((await tick(delivering)) > 0) await drained({ ...wardroom, delivering })

  const lines = await linesOf({ store, database }, INCIDENT)
  const asked = lines.flatMap(({ kind, data }) =>
    kind === 'reminder.sent' && data.clock === CLOCK ? [[data.step, ...data.to]] : [],
  )
  expect(asked).toEqual([
    [0, person('lee')],
    [1, person('tom')],
    [2, person('priya')],
    [3, bench.stranger],
  ])
  const unreached = lines.filter(
    ({ kind, data }) => kind === 'reminder.unreached' && data.clocks.includes(CLOCK),
  )
  expect(unreached.map(({ data }) => data.person)).toEqual(asked.map(([, who]) => who))
  expect(bench.read('dana', channel).at(-1)?.says).toContain('nobody could be told')
  expect(paged).toContain('nobody reachable')
  const said = logged
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => /nobody could be reminded/.test(msg))
  expect(said.flatMap(({ incident, clocks }) => [incident, ...clocks])).toEqual(
    expect.arrayContaining([INCIDENT, CLOCK]),
  )

  const state = (await store.incident(INCIDENT))!
  const scene = {
    ...{ state, organisation: await store.organisation(), now: wardroom.now(), word: '/incident' },
  }
  const status = () => cardText(statusCard({ ...scene, text: () => ({}) }))
  expect(status()).toContain('Nobody could be told of letters to individuals, last day Tue 19 Jan 2027.')
  const digest = digestCard({
    ...{ ...scene, incidents: [state], on: '2026-12-21' as CalendarDate, since: wardroom.now() },
    zone: 'America/New_York',
  })
  expect(cardText(digest)).toContain('Nobody could be told of it: call them.')
  scene.state = {
    ...state,
    acknowledged: { [CLOCK]: { at: '2026-12-21T09:00:00Z', by: person('sam'), lastDay: '2027-01-19' } },
  }
  expect(status()).not.toContain('Nobody could be told of letters to individuals')
})
