/** A companion room as the platform makes it: opened or adopted like a war room, never a wider one, and its own posts in it. */
import { ChatError } from '../chat/port.ts'
import { companionOf } from '../domain/companion.ts'
import { event } from '../domain/events.ts'
import { isExcluded } from '../domain/permit.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { inviteTo } from './people.ts'
import { drawn, passed, posted, postOnce, SKEW_MS } from './posting.ts'

/** A room for nobody else than counsel and whom they name, or none. */
export async function openPrivate(
  { port, state }: Pick<Job, 'port' | 'state'>,
  { name, since }: { readonly name: string; readonly since: string },
) {
  const opened = await port.openRoom({
    name: passed('room name', name),
    since: new Date(Date.parse(since) - SKEW_MS),
    keptOut: state.excluded,
  })
  const info = await port.roomInfo(opened.room)
  // Never fall back to a wider room: what is shared or public is refused, and tried again under the next name.
  if (!info.private || info.shared) throw new ChatError('transient', 'room_not_private')
  const place = { platform: port.platform, workspace: port.workspace, room: opened.room }
  return { place, name: opened.name, info }
}

export async function openCompanion(job: Job): Promise<Outcome> {
  const { row, port, state } = job
  const wanted = state.companionWanted
  if (!wanted) return NOTHING
  if (port.capabilities.audience === 'team') throw new ChatError('refused', 'no_private_rooms')
  const { place, name } = await openPrivate(job, {
    name: `${state.incident}-${wanted.suffix}`,
    since: wanted.at,
  })
  return {
    outcome: 'opened',
    events: [event('privilege.room_opened', { ...place, name }, undefined, wanted.seq)],
    also: (unit) => unit.bindRoom(place, row.incident, { isBeside: true }),
  }
}

export async function companionPost(job: Job): Promise<Outcome> {
  const companion = companionOf(job.state, String(job.row.args.room))
  if (!companion || companion.lost !== null) return NOTHING
  const card = await drawn(job)
  if (!card) return NOTHING
  return posted(job, card, await postOnce(job, { room: companion.room }, card), null)
}

/** Whom counsel let in. Whoever could not be invited is counsel's to hear of. */
export async function admit({ row, port, state }: Job): Promise<Outcome> {
  const companion = companionOf(state, String(row.args.room))
  if (!companion || companion.lost !== null) return NOTHING
  const people = admittedIn(row.args).filter(
    (person) => !isExcluded(state, person) && !companion.members.includes(person),
  )
  const refused = await inviteTo(port, companion.room, people)
  return {
    outcome: refused.length > 0 ? 'some not invited' : 'invited',
    events: notAdmitted(companion.room, refused),
  }
}

export const admittedIn = (args: Job['row']['args']): readonly string[] =>
  (args.people as readonly string[] | undefined) ?? []

export const notAdmitted = (room: string, refused: readonly { person: string; code: string }[]) =>
  refused.map(({ person, code }) => event('privilege.not_admitted', { room, person, code }))
