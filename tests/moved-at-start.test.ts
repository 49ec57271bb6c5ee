/** Last days are computed: what another version of the table says is on the record before anything else happens. */
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Inbound, InboundCommand } from '../src/chat/port.ts'
import { readConfig } from '../src/config.ts'
import { ORGANISATION } from '../src/domain/record.ts'
import { makeHandle } from '../src/handle.ts'
import { recordOrganisation, remindingFacts } from '../src/operate/organisation-setup.ts'
import { DatabaseFault } from '../src/store/fault.ts'
import { recordMoves } from '../src/tick.ts'
import { testDatabase } from './support/database.ts'
import { AT, facts, linesOf, PLACE } from './support/record.ts'
import { stillWardroom } from './support/still.ts'

const said = (line: string, key: string): Inbound => ({
  ...PLACE,
  type: 'command',
  via: 'slash',
  key,
  actor: 'U0SAMOKAFOR',
  actorKind: 'human',
  at: AT,
  line,
  room: 'C1',
  canOpenForm: true,
})

test('a last day the stored state does not have is recorded at the start, with before and after, once', async () => {
  const wardroom = await stillWardroom(await testDatabase())
  await wardroom.handle(said('declare my laptop was stolen', 'a'))
  await recordMoves(wardroom.delivering)
  const moves = async () =>
    (await linesOf(wardroom, 'inc-2026-0001')).filter(({ kind }) => kind === 'clocks.changed')
  expect(await moves()).toHaveLength(1)
  const path = '{clocks,hipaa.individual,lastDay}'
  await wardroom.database.transaction((tx) =>
    tx.execute(sql`update log set state = jsonb_set(state, ${path}::text[], '"2027-01-01"')
      where incident = 'inc-2026-0001'`),
  )
  // With other quiet hours or waits than before it would wake at other times, too.
  const wakes = async () => (await wardroom.store.nextWake())?.toISOString()
  const asIs = await wakes()
  await recordMoves(wardroom.delivering)
  await wardroom.database.transaction((tx) => tx.execute(sql`update log set next_wake_at = '2036-01-01'`))
  await recordMoves(wardroom.delivering)
  expect(await wakes()).toBe('2036-01-01T00:00:00.000Z')
  await recordMoves(wardroom.delivering, true)
  expect(await wakes()).toBe(asIs)
  const [, moved, ...more] = await moves()
  expect(more).toEqual([])
  expect(moved?.data.moves).toEqual([
    { clock: 'hipaa.individual', before: '2027-01-01', after: '2027-01-19', cause: null },
  ])
  await wardroom.database.close()
})

test('other quiet hours and waits are on the organisation’s log once, and so is that they are the usual again', async () => {
  const { store, database } = await stillWardroom(await testDatabase())
  const start = async (env: Record<string, string>) => {
    await recordOrganisation(store, { ...facts, ...remindingFacts(readConfig(env)) }, AT)
    return [(await store.organisation()).reminding?.quiet, (await store.head(ORGANISATION))?.seq] as const
  }
  const [, before] = await start({})
  expect(await start({ QUIET_HOURS: 'off' })).toEqual([null, before! + 1])
  expect(await start({ QUIET_HOURS: 'off' })).toEqual([null, before! + 1])
  expect(await start({ QUIET_HOURS: '20:00-07:00' })).toEqual([undefined, before! + 2])
  await database.close()
})

test('past the two seconds a person is told that nothing was recorded and that it may be repeated', async () => {
  const wardroom = await stillWardroom(await testDatabase())
  const busy = {
    ...wardroom.delivering,
    store: {
      ...wardroom.store,
      write: () => Promise.reject(new DatabaseFault('55P03', 'lock timeout')),
    },
  }
  const handle = makeHandle(busy)
  const answer = JSON.stringify(await handle(said('declare my laptop was stolen', 'b')))
  expect(answer).toContain('Nothing was recorded; the same command is safe to repeat.')
  expect(answer).toContain('busy')
  // Slack keeps no command's line, and a form that is answered with a card closes over what was filled in.
  expect(answer).toContain('declare my laptop was stolen')
  const { line: _, ...from } = said('', 'c') as InboundCommand
  const form = { ...from, type: 'form', verb: 'declare', carry: {} } as const
  const values = { sentence: 'my laptop was stolen', kind: 'device' }
  expect(await handle({ ...form, values })).toMatchObject({
    kind: 'errors',
    errors: { '': expect.stringContaining('the same form is safe to send again') },
  })
  expect(await wardroom.store.incidents()).toEqual([])
  await wardroom.database.close()
})
