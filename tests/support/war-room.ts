/** People at work in a war room, and what each of them and the record saw of it. */
import { sql } from 'drizzle-orm'
import type { Claimed } from '../../src/store/outbox.ts'
import { type Line, linesOf } from './record.ts'
import type { TestWardroom } from './wardroom.ts'

export const HELPDESK = 'C0HELPDESK1'

export interface WarRoom {
  readonly incident: string
  readonly room: string
}

/** Sam declares; the room is open and everybody is in it when this returns. */
export async function declareRoom(
  wardroom: TestWardroom,
  line = 'declare my laptop was stolen',
): Promise<WarRoom> {
  await wardroom.practice.as('sam').command(HELPDESK, `/incident ${line}`)
  await wardroom.settle()
  const [state] = await wardroom.store.incidents()
  const room = state?.rooms.at(-1)?.room
  if (!state || !room) throw new Error('no room opened')
  return { incident: state.incident, room }
}

export const record = (wardroom: TestWardroom, incident: string): Promise<Line[]> =>
  linesOf(wardroom, incident)

export const kinds = async (wardroom: TestWardroom, incident: string, prefix: string) =>
  (await record(wardroom, incident)).filter((line) => line.kind.startsWith(prefix))

/** Everything one person could have read of the bot: rooms they are in, direct messages, private answers, forms, home. */
export function everythingSeen(wardroom: TestWardroom, who: string): string {
  const actor = wardroom.practice.as(who)
  const places = [...actor.channels().filter((each) => each.isMember), ...actor.dms()]
  return JSON.stringify({
    places,
    messages: places.map((place) => actor.everything(place.id)),
    whispers: actor.ephemerals(),
    modals: actor.modals(),
    home: actor.home(),
  })
}

export const direct = (wardroom: TestWardroom, who: string): string => {
  const actor = wardroom.practice.as(who)
  return JSON.stringify(actor.dms().map((dm) => actor.everything(dm.id)))
}

export const whispers = (wardroom: TestWardroom, who: string): string =>
  JSON.stringify(wardroom.practice.as(who).ephemerals())

/** Posts of the bot in a room, by their delivery. */
export function deliveries(wardroom: TestWardroom, room: string): string[] {
  return wardroom.practice.admin
    .channel(room)
    .messages.filter((message) => message.user === wardroom.practice.botUserId)
    .flatMap(({ metadata }) => {
      const { delivery } = (metadata?.event_payload ?? {}) as { delivery?: string }
      return delivery ? [delivery] : []
    })
}

export interface OutboxRow extends Omit<Claimed, 'firstClaimedAt' | 'triedForMs' | 'queuedAt'> {
  readonly outcome: string | null
  readonly done: boolean
}

export const outbox = (wardroom: Pick<TestWardroom, 'database'>): Promise<OutboxRow[]> =>
  wardroom.database.rows<OutboxRow & Record<string, unknown>>(
    wardroom.database.db,
    sql`select id, incident, lane, verb, view, args, card, attempt, outcome, done_at is not null as done
      from outbox order by position`,
  )
