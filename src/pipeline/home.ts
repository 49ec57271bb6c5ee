/** A home as its platform shows it, and the memory that somebody opened theirs: from then on it is kept up to date. */
import type { MessageRef, Platform } from '../chat/port.ts'
import { hasHomePage } from '../domain/platforms.ts'
import { sha256Hex } from '../domain/record.ts'
import type { Card } from '../views/card.ts'
import { quiet } from '../views/scene.ts'
import type { Wardroom } from '../wardroom.ts'

/** On a page of its own a button answers elsewhere, and this one looks as if nothing had happened. */
export const homePage = (card: Card, platform: string): Card => ({
  ...card,
  blocks: [
    ...card.blocks,
    quiet(
      hasHomePage(platform)
        ? 'This page keeps itself up to date. The answers to its buttons come under Messages.'
        : 'The newest of these keeps itself up to date.',
    ),
  ],
})

export const digestOf = (card: Card): string => sha256Hex(Buffer.from(JSON.stringify(card)))

export const rememberHome = (
  { store }: Pick<Wardroom, 'store'>,
  { platform, person }: { readonly platform: Platform; readonly person: string },
  card: Card,
  at: MessageRef = { room: '', message: '' },
): Promise<void> =>
  store.homes.open(platform, { person, room: at.room, message: at.message, drawn: digestOf(card) })
