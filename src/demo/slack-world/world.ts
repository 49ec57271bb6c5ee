/** The practice Slack as a world to play on: what each person sees of it, drawn out of Block Kit as it is read. */
import { PracticeRefusal } from '../../practice/core.ts'
import type { Json, PageChannel, PageMessage } from '../../practice/page-api.ts'
import type { Practice } from '../../practice/server.ts'
import type { Seen, World } from '../world.ts'
import { asRead, mrkdwnAsRead, type NameOf } from './as-read.ts'
import { playerOf, shortcuts, WORD } from './player.ts'
import { buttonsOf, outcome } from './readable.ts'

const STRANGER = 'U9999999999'

/** Characters in one message. */
const LONGEST = 40_000

export function slackWorld(practice: Practice): World {
  const nameOf: NameOf = (id) => {
    if (id === practice.botUserId) return 'Wardroom'
    return practice.people.find((each) => each.id === id)?.realName ?? roomName(practice, id) ?? id
  }
  /** A post's blocks are replaced when it changes, so what was read of them stays true. */
  const readBefore = new WeakMap<readonly Json[], string>()
  const read = (message: PageMessage): string => {
    if (!message.isBot || message.blocks.length === 0) return mrkdwnAsRead(message.text, nameOf)
    const text = readBefore.get(message.blocks) ?? asRead(message.blocks, nameOf)
    readBefore.set(message.blocks, text)
    return text
  }

  function seenBy(person: string, channel: PageChannel, message: PageMessage): Omit<Seen, 'key'> {
    const isDirect = channel.kind === 'dm'
    const { ts, isEphemeral, blocks } = message
    return {
      room: channel.id,
      message: ts,
      at: new Date(Number(ts) * 1000),
      where: isDirect ? 'directly' : `#${channel.name}`,
      reader: isDirect || isEphemeral ? person : undefined,
      isDirect,
      isOurs: message.isBot && (isDirect ? SAID : SAID_IN_ROOMS).includes(message.subtype),
      isAnswer: isEphemeral || (isDirect && !isDelivered(practice, channel.id, ts)),
      text: read(message),
      buttons: () =>
        buttonsOf(blocks, nameOf, (who, which) =>
          outcome(practice.as(who).click({ channel: channel.id, ts }, which)),
        ),
    }
  }

  return {
    platform: 'slack',
    get people() {
      return practice.people
    },
    stranger: STRANGER,
    own: { word: WORD, stranger: `<@${STRANGER}>`, 'no guests': 'No open incidents' },
    shortcuts: Object.keys(shortcuts),
    most: (words) => Math.floor(LONGEST / [...words].length),
    as: (person) => playerOf(practice, person, nameOf),
    nameOf,
    everything() {
      const found = new Map<string, Seen>()
      for (const { id } of practice.people) {
        const actor = practice.as(id)
        const mine = [...actor.channels(), ...actor.dms()].filter(
          ({ isMember, kind }) => isMember || kind === 'dm',
        )
        for (const channel of mine)
          for (const message of actor.everything(channel.id)) {
            const key = message.isEphemeral ? `${id}/${message.ts}` : `${channel.id}/${message.ts}`
            if (!found.has(key)) found.set(key, { ...seenBy(id, channel, message), key })
          }
      }
      return [...found.values()].sort((one, other) => Number(one.message) - Number(other.message))
    },
    members: (room) => practice.admin.channel(room).members,
    refusal: (error) => (error instanceof PracticeRefusal ? error.message : undefined),
    tell: (isTold) =>
      isTold ? practice.faults.clear() : practice.faults.dropEvents(Number.POSITIVE_INFINITY),
    idle: practice.idle,
  }
}

function roomName(practice: Practice, id: string): string | undefined {
  try {
    return practice.admin.channel(id).name
  } catch (error) {
    if (error instanceof PracticeRefusal) return undefined
    throw error
  }
}

/** Cards and answers; in a room pictures with their words too, while a file for one person says nothing of its own. */
const SAID: readonly (string | null)[] = [null, 'bot_message']
const SAID_IN_ROOMS = [...SAID, 'file_share']

/** A delivery carries its id; an answer in a direct room carries none. */
function isDelivered(practice: Practice, channel: string, ts: string): boolean {
  const message = practice.admin.channel(channel).messages.find((each) => each.ts === ts)
  return message?.metadata?.event_payload?.delivery !== undefined
}
