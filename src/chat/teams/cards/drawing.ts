/**
 * What a card needs besides itself: the names of the people it names and the links to the rooms it names. Looked up
 * before it is drawn; a name that cannot be had stops no card.
 */
import type { Card } from '../../../views/card.ts'
import type { MessageRef } from '../../port.ts'
import { remembered } from '../../remembered.ts'
import type { Api } from '../api.ts'
import { channelName } from '../verbs/channels.ts'
import type { Look } from '../verbs/people.ts'
import type { Self } from '../wire/self.ts'
import { type Drawing, peopleIn } from './adaptive.ts'

export type Draw = (card: Card) => Promise<Drawing>

export function drawings(api: Api, look: Look): Draw {
  const roomName = remembered(api.now, (room) => channelName(api, room))
  return async (card) => {
    const people = await lookedUp(peopleIn(card), async (id) => (await look(id)).name)
    const names = await lookedUp(roomsIn(card), roomName)
    return {
      name: (id) => people.get(id) ?? nameKnown(api, id),
      room: (id) => {
        const name = names.get(id)
        return name === undefined ? undefined : { name, url: channelLink(api.self, id, name) }
      },
    }
  }
}

/** For an answer that must not wait for a call: names of whom we met, rooms by a link alone. */
export function knownDrawing(api: Api): Drawing {
  return {
    name: (id) => nameKnown(api, id),
    room: (id) => ({ name: 'the room', url: channelLink(api.self, id, 'room') }),
  }
}

const nameKnown = (api: Api, id: string): string => api.directory.byId(id)?.name || 'somebody no longer here'

/** A deep link. Teams goes by the ids; the name is for people who read addresses. */
export const channelLink = ({ team, tenant }: Self, room: string, name: string): string =>
  `https://teams.microsoft.com/l/channel/${encodeURIComponent(room)}/${encodeURIComponent(name)}?groupId=${team}&tenantId=${tenant}`

export const messageLink = (
  { team, tenant }: Self,
  { room, message, thread = message }: MessageRef & { readonly thread?: string },
): string =>
  `https://teams.microsoft.com/l/message/${encodeURIComponent(room)}/${encodeURIComponent(message)}?tenantId=${tenant}&groupId=${team}&parentMessageId=${encodeURIComponent(thread)}`

async function lookedUp(
  ids: readonly string[],
  one: (id: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(ids.map(async (id) => [id, await one(id).catch(() => undefined)] as const))
  return new Map(found.filter((each): each is [string, string] => each[1] !== undefined))
}

function roomsIn(card: Card): readonly string[] {
  const lines = card.blocks.flatMap((block) => {
    if (block.kind === 'lines' || block.kind === 'quiet') return block.lines
    return block.kind === 'facts' ? block.rows.map(({ value }) => value) : []
  })
  const spans = lines.flatMap((line) => (typeof line === 'string' ? [] : line))
  const rooms = spans.flatMap((span) => (typeof span === 'object' && 'room' in span ? [span.room] : []))
  return [...new Set(rooms)]
}
