/** Which room is an incident's, where its cards are, and who holds what: rows that follow the log in the same transaction. */
import { and, eq, sql } from 'drizzle-orm'
import type { Event } from '../domain/events.ts'
import type { Tx } from './database.ts'
import { card, holding, room } from './schema.ts'

export interface Place {
  readonly platform: string
  readonly workspace: string
  readonly room: string
}

/** `isBeside`: it takes no other's place. */
export async function bindRoom(
  tx: Tx,
  place: Place,
  incident: string,
  { isBeside = false }: { readonly isBeside?: boolean } = {},
): Promise<void> {
  const current = !isBeside
  if (current) await tx.update(room).set({ current: false }).where(eq(room.incident, incident))
  await tx
    .insert(room)
    .values({
      platform: place.platform,
      workspace: place.workspace,
      room: place.room,
      incident,
      current,
    })
    .onConflictDoUpdate({ target: [room.platform, room.workspace, room.room], set: { current } })
}

/** The platform gave a room another id: its cards are where they were. */
export async function moveRoom(tx: Tx, from: string, to: Place, incident: string): Promise<void> {
  const [old] = await tx
    .select({ current: room.current })
    .from(room)
    .where(and(eq(room.incident, incident), eq(room.room, from)))
  await bindRoom(tx, to, incident, { isBeside: old?.current === false })
  await tx
    .update(card)
    .set({ room: to.room, card: sql`replace(${card.card}, ${`/${from}/`}, ${`/${to.room}/`})` })
    .where(and(eq(card.incident, incident), eq(card.room, from)))
}

/** The holdings table follows the log; its primary key is what refuses a second holder. */
export async function syncHoldings(tx: Tx, incident: string, events: readonly Event[]) {
  for (const event of events) {
    if (event.kind === 'role.vacated') {
      const { role, person } = event.data
      const held = and(eq(holding.incident, incident), eq(holding.role, role), eq(holding.person, person))
      await tx.delete(holding).where(held)
    }
    if (event.kind !== 'role.assigned') continue
    const { role, person, previous } = event.data
    if (previous === null) await tx.insert(holding).values({ incident, role, person })
    else {
      const held = and(eq(holding.incident, incident), eq(holding.role, role), eq(holding.person, previous))
      const moved = await tx.update(holding).set({ person }).where(held).returning()
      if (moved.length !== 1) throw new Error(`${incident}: ${role} is not held by whom the log says`)
    }
  }
}
