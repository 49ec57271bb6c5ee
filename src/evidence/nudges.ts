/**
 * What follows a message that looks like it carries somebody's identifier: rows of the outbox that ask its author,
 * privately, to look again. Decided from the text at hand, in the process, and committed with the message: nothing is
 * asked of anybody here. The rows hold kinds and ids, never a word of the text.
 */
import type { InboundMessage, Place } from '../chat/port.ts'
import type { CalendarDate } from '../domain/calendar.ts'
import { type PhiKind, phiIn } from '../domain/phi.ts'
import type { PhiMode } from '../domain/phi-mode.ts'
import type { Follows } from '../store/evidence-plan.ts'
import { messageKey } from './message-key.ts'

/** The mode of the platform it came from, and the organisation's day, which is asked for only where it matters. */
export interface Watch {
  readonly mode: PhiMode
  readonly today: () => CalendarDate
}

interface Found extends Place {
  readonly message: string
  readonly author: string
  readonly kinds: readonly PhiKind[]
  readonly carrier: 'message' | 'file'
  readonly at: string
  readonly thread?: string | undefined
  /** Content key of this version of the message, or of the file. */
  readonly key: string
}

/** Somebody's own words, as they are said: history is old, and a program is not asked to look again. */
export const isWatched = (inbound: InboundMessage): boolean =>
  inbound.actorKind === 'human' &&
  !inbound.own &&
  !inbound.recovered &&
  (inbound.change === 'posted' || inbound.change === 'edited')

export function nudgesOf(inbound: InboundMessage, watch: Watch): readonly Follows[] {
  const { body } = inbound
  if (inbound.change === 'deleted') return gone(inbound)
  if (watch.mode === 'off' || !body) return []
  const kinds = phiIn([body.text, ...body.files.map(({ name }) => name)].join('\n'))
  if (kinds.length === 0) return inbound.change === 'edited' ? gone(inbound) : []
  if (!isWatched(inbound)) return []
  return nudges(
    { ...inbound, author: body.author, kinds, carrier: 'message', at: inbound.at.toISOString() },
    watch,
  )
}

/**
 * Asked once a person, incident and day: whoever was asked knows, and what they do about it takes longer than the next
 * message. In strict mode every message is, and the privacy officer hears of each person once a day.
 */
export function nudges(found: Found, { mode, today }: Watch): readonly Follows[] {
  const { platform, workspace, room, author, carrier } = found
  const daily = `phi:${platform}:${workspace}:${room}:${author}:${today()}`
  const asked = carrier === 'message' ? { marks: askedKey(found, 'author') } : {}
  if (mode !== 'strict') return [{ key: daily, ...asked, row: nudge(found, false) }]
  const told = carrier === 'message' ? { marks: askedKey(found, 'officer') } : {}
  return [
    { key: `phi:${found.key}`, ...asked, row: nudge(found, true) },
    { key: `${daily}:officer`, ...told, row: officer(found) },
  ]
}

type Whom = 'author' | 'officer'
type Message = Place & { readonly message: string }

const askedKey = (at: Message, whom: Whom): string => `phi:${whom}:${messageKey(at)}`

/** What was asked about a message that is gone, or holds no such thing any more, says so where it stands. */
const gone = (inbound: InboundMessage): readonly Follows[] =>
  (['author', 'officer'] as const).map((whom) => ({
    key: `phi:gone:${whom}:${inbound.key}`,
    after: askedKey(inbound, whom),
    row: (incident) => ({
      incident,
      lane: laneOf(inbound, whom),
      verb: 'asked-is-gone',
      view: 'phi-gone',
      args: { change: inbound.change, goneAt: inbound.at.toISOString() },
      card: cardOf(inbound, whom),
    }),
  }))

/** What is sent about one message goes in order. */
const laneOf = (at: Message, whom: Whom): string => `phi:${whom}:${messageKey(at)}`
const cardOf = laneOf

const argsOf = ({ author, kinds, carrier, room, message, thread, at }: Found, seq: number) => ({
  ...{ author, kinds, carrier, room, message, at, seq },
  ...(thread === undefined ? {} : { thread }),
})

const sentAs = (found: Found, whom: Whom) => ({
  lane: laneOf(found, whom),
  ...(found.carrier === 'message' ? { card: cardOf(found, whom) } : {}),
})

const nudge =
  (found: Found, strict: boolean): Follows['row'] =>
  (incident, seq) => ({
    incident,
    ...sentAs(found, 'author'),
    verb: 'nudge',
    view: 'phi-nudge',
    args: { ...argsOf(found, seq), person: found.author, strict },
  })

/** Who that is follows from the roster when it is sent. */
const officer =
  (found: Found): Follows['row'] =>
  (incident, seq) => ({
    incident,
    ...sentAs(found, 'officer'),
    verb: 'tell-officer',
    view: 'phi-told',
    args: argsOf(found, seq),
  })
