/** The local Teams as a world to play on: what each person sees of it, drawn out of Adaptive Cards as it is read. */
import { deliveryOf } from '../../../src/chat/teams/cards/delivery.ts'
import type { Readable, Seen, World } from '../../../src/demo/world.ts'
import { asRead } from './as-read.ts'
import { pressing } from './asking.ts'
import { escapeHtml, withEmoji } from './compose.ts'
import { LocalRefusal } from './core.ts'
import type { LocalPerson, LocalTeams, SeenMessage } from './local.ts'
import { buttonsOf } from './readable.ts'
import type { Json } from './state.ts'
import { playerOf, shortcuts, teamOf } from './world-player.ts'

/** One message with its HTML, which is counted in UTF-16. */
const LONGEST_BYTES = 100_000

export function teamsWorld(local: LocalTeams, stranger: LocalPerson): World {
  /** What `home` was last answered to: the message in which each person asked for it. */
  const askedHome = new Map<string, string>()
  /** A post's card is replaced when it changes, so what was read of it stays true. */
  const readBefore = new WeakMap<Json, string>()

  function readable(room: string, { id, text }: SeenMessage, card: Json | undefined): Readable {
    if (!card) return { text: text.replace(/<at>(.*?)<\/at>/g, '$1'), buttons: () => [] }
    const words = readBefore.get(card) ?? asRead(card)
    readBefore.set(card, words)
    return { text: words, buttons: () => buttonsOf(card, pressing(local, { room, message: id })) }
  }

  function seenBy(person: string, room: string, name: string | undefined, message: SeenMessage): Seen {
    const isDirect = name === undefined
    const isPrivate = isDirect || message.isPrivate
    // What a press was answered with is the presser's alone; everybody reads the message itself.
    const card = isPrivate ? message.card : local.admin.message(room, message.id)?.card
    const isDelivery = card !== undefined && deliveryOf(card) !== undefined
    return {
      ...readable(room, message, message.isDeleted ? undefined : card),
      key: `${room}/${message.id}`,
      room,
      message: message.id,
      at: message.at,
      where: isDirect ? 'directly' : `#${name}`,
      reader: isPrivate ? person : undefined,
      isDirect,
      isOurs: message.isBot,
      isAnswer: isPrivate && !isDelivery,
    }
  }

  return {
    platform: 'teams',
    people: local.people.filter(({ id }) => id !== stranger.id),
    stranger: stranger.id,
    own: { word: '@Wardroom', stranger: `@${stranger.realName}`, 'no guests': 'you are a guest here' },
    shortcuts: Object.keys(shortcuts),
    most: (words) => Math.floor((LONGEST_BYTES / 2 - 100) / withEmoji(escapeHtml(words)).length),
    as: (person) => playerOf(local, person, askedHome),
    nameOf: (id) =>
      local.people.find((each) => each.id === id)?.realName ?? channelName(local, id) ?? 'Wardroom',
    everything() {
      const found = new Map<string, Seen>()
      for (const { id } of local.people) {
        const actor = local.as(id)
        const rooms = [...actor.channels(), ...actor.dms().map((chat) => ({ id: chat.id, name: undefined }))]
        for (const room of rooms)
          for (const message of actor.everything(room.id)) {
            const key = `${room.id}/${message.id}`
            if (!found.has(key)) found.set(key, seenBy(id, room.id, room.name, message))
          }
      }
      return [...found.values()].sort((one, other) => Number(one.message) - Number(other.message))
    },
    members: (room) => [...local.admin.team(teamOf(local, room)).members],
    refusal: (error) => (error instanceof LocalRefusal ? error.message : undefined),
    tell: (isTold) => (isTold ? local.faults.clear() : local.faults.dropActivities(Number.POSITIVE_INFINITY)),
    idle: local.idle,
  }
}

function channelName(local: LocalTeams, id: string): string | undefined {
  try {
    return local.admin.channel(id).name
  } catch (error) {
    if (error instanceof LocalRefusal) return undefined
    throw error
  }
}
