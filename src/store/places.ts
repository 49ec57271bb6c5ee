/** Which room is an incident's, where its cards are, and who holds what: rows that follow the log in the same transaction. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Event } from '../domain/events.ts'
import type { Handle, Tx } from './database.ts'
import { card, holding, outbox, room, seen } from './schema.ts'

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

/**
 * The platform gave a room another id: its cards are where they were, what is on the record is known under either, and
 * what waits to be told goes to the new one.
 */
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
  await followKeys(tx, to, [from], incident)
  await tx
    .update(outbox)
    .set({
      card: sql`replace(${outbox.card}, ${`/${from}/`}, ${`/${to.room}/`})`,
      args: sql`replace(${outbox.args}::text, ${`"${from}"`}, ${`"${to.room}"`})::jsonb`,
    })
    .where(and(eq(outbox.incident, incident), isNull(outbox.doneAt)))
}

/** Content keys of a room's former ids, under its present one too: what came late under an old id is found as well. */
export async function followKeys(
  on: Handle,
  { platform, workspace, room: now }: Place,
  former: readonly string[],
  incident: string,
): Promise<void> {
  for (const old of former) {
    const prefix = `${platform}:${workspace}:${old}:`
    await on.execute(sql`insert into ${seen} (key, incident, seq, thread)
      select ${`${platform}:${workspace}:${now}:`} || substr(key, ${prefix.length + 1}::int), incident, seq, thread
      from ${seen} where key >= ${prefix} and key < ${`${prefix.slice(0, -1)};`} and incident = ${incident}
      on conflict do nothing`)
  }
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
