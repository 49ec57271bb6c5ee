/**
 * Notifications, told: whoever is named for one hears it once; that there is a draft, whoever may approve it and did not
 * write it; that it was approved, whoever owns it. The rest is drawn into the cards. Rows of the table in outgoing.ts.
 */
import type { EventOf, Recorded } from '../domain/events.ts'
import { holderOf } from '../domain/incident.ts'
import { incidentClocks } from '../domain/incident-clocks.ts'
import { notificationOwner } from '../domain/notifications.ts'
import { findRegulation } from '../domain/regulations.ts'
import { permissions } from '../domain/roles.ts'
import type { Outgoing } from '../store/unit.ts'
import { clocks, status } from './cards.ts'
import { direct, givenFile, post } from './deliveries.ts'
import { managers } from './managers.ts'
import { namedFor, once, others, type Situation, type Table, toEach } from './told.ts'

const cards = (_event: unknown, { state }: Pick<Situation, 'state'>) => [...status(state), ...clocks(state)]

/** Who acts next is told so. */
const handed = (
  { state }: Situation,
  people: readonly string[],
  step: 'drafted' | 'approved',
  clock: string,
  by: string,
): Outgoing[] => toEach(people, (person) => direct(state, person, 'notification-handed', { clock, step, by }))

/** Whoever holds the office, else whom the roster names for it. */
const approvers = (situation: Situation): readonly string[] =>
  once(
    permissions['notification.approve'].roles.flatMap((role) => [
      holderOf(situation.state, role),
      ...namedFor(situation, role),
    ]),
  )

/** A start that was recorded may make a notice owed that has no last day, so that no clock moves: it is said all the same. */
export function owedNow(
  { data, actor, at }: Recorded & EventOf<'fact.recorded'>,
  situation: Situation,
): Outgoing[] {
  const { state, organisation } = situation
  const start = data.fact === 'started' && 'start' in data.value ? data.value : undefined
  const row = start?.at ? findRegulation(start.start) : undefined
  if (row?.countRule !== 'no_fixed_limit' || row.start !== 'recorded') return []
  const clock = incidentClocks(state, new Date(at)).find(({ id }) => id === row.id)
  if (clock?.status !== 'running') return []
  const args = { clock: row.id, by: actor }
  const owner = notificationOwner(state, row.id, organisation.roster)
  // What is owed at once is reminded of from this moment on, its owner first.
  const told = clock.atOnce ? [] : others(once([owner]), actor)
  return [
    ...post(state, 'owed-now', args),
    ...toEach(told, (person) => direct(state, person, 'owed-now', args)),
    ...managers(situation, 'moved', row.id),
  ]
}

export const notificationRows: Table = {
  'notification.owned': ({ data, actor }, situation) => [
    ...toEach(others([data.person], actor), (person) =>
      direct(situation.state, person, 'notification-owned', { clock: data.clock, by: actor }),
    ),
    ...cards(undefined, situation),
  ],
  'notification.targeted': cards,
  'notification.drafted': ({ data, actor }, situation) => [
    ...handed(situation, others(approvers(situation), actor).slice(0, 1), 'drafted', data.clock, actor),
    ...cards(undefined, situation),
  ],
  'notification.approved': ({ data, actor }, situation) => {
    const { state, organisation } = situation
    const owner = notificationOwner(state, data.clock, organisation.roster)
    return [
      ...handed(situation, others(once([owner]), actor), 'approved', data.clock, actor),
      ...cards(undefined, situation),
    ]
  },
  // Beside the fact, which draws the same cards.
  'notification.proved': cards,
  'notification.file_given': ({ data, seq, at, actor }, { state }) =>
    data.message === null ? data.files.map((file) => givenFile(state, file, { seq, at, author: actor })) : [],
  'notification.file_lost': ({ data: { clock, why, person: giver }, seq }, { state }) => [
    ...toEach(once([giver]), (person) => direct(state, person, 'proof-lost', { clock, why, seq })),
    ...cards(undefined, { state }),
  ],
  'notification.withdrawn': cards,
}
