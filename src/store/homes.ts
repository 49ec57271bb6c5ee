/**
 * Whose home was opened, and what it showed last: a row among the cards, so that one that stands in a chat is updated in
 * place like any other. A page of the platform's own has no message.
 */
import { and, asc, eq, sql } from 'drizzle-orm'
import { ORGANISATION } from '../domain/record.ts'
import type { Handle } from './database.ts'
import { card } from './schema.ts'

export interface OpenedHome {
  readonly person: string
  readonly room: string
  readonly message: string
  /** A digest of what was drawn; nothing of what it said. */
  readonly drawn: string
}

const prefixOf = (platform: string) => `home/${platform}/`
/** A server may sort by its language: a range of keys would leave some out. */
const rangeOf = (platform: string) =>
  and(eq(card.incident, ORGANISATION), sql`starts_with(${card.card}, ${prefixOf(platform)})`)

export async function openHome(on: Handle, platform: string, home: OpenedHome): Promise<void> {
  const { person, room, message, drawn } = home
  const set = { room, message, view: 'home', args: { person, drawn } }
  await on
    .insert(card)
    .values({ card: prefixOf(platform) + person, incident: ORGANISATION, ...set })
    .onConflictDoUpdate({ target: card.card, set })
}

export async function openedHomes(on: Handle, platform: string): Promise<readonly OpenedHome[]> {
  const rows = await on.select().from(card).where(rangeOf(platform)).orderBy(asc(card.card))
  return rows.map(({ card: key, room, message, args }) => ({
    ...{ person: key.slice(prefixOf(platform).length), room, message },
    drawn: typeof args?.drawn === 'string' ? args.drawn : '',
  }))
}

export async function hasHomes(on: Handle, platform: string): Promise<boolean> {
  return (await on.select({ card: card.card }).from(card).where(rangeOf(platform)).limit(1)).length > 0
}

/** Nobody is there to see it. */
export async function forgetHome(on: Handle, platform: string, person: string): Promise<void> {
  await on.delete(card).where(eq(card.card, prefixOf(platform) + person))
}
