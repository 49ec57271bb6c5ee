/**
 * The border between Wardroom and a chat platform. Its comments are the contract every adapter keeps.
 * An adapter turns platform payloads into `Inbound`, awaits `Handle`, and only then acknowledges: a rejected
 * promise means nothing was committed, so the platform must be left to retry (messages) or the person told (commands).
 */
import type { Readable } from 'node:stream'
import type { Card, Form } from '../views/card.ts'
import type { Inbound, InboundFile, InboundMessage, MessageRef, Platform } from './inbound.ts'

export { ChatError } from './chat-error.ts'

export type * from './inbound.ts'

/** What the person who asked gets, privately. `errors` keeps a form open with a sentence beside each field. */
export type Answer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'reply'
      readonly card: Card
      /** The card a button was pressed on, as it now reads; only where the platform asked (`InboundCommand.pressed`). */
      readonly pressed?: Card
      /** Told where the answer was posted, where that is a message of its own that can be updated in place. */
      readonly posted?: (at: MessageRef) => Promise<void>
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }

/** Resolves only after the commit. Rejects when nothing was committed. */
export type Handle = (inbound: Inbound) => Promise<Answer>

export interface Person {
  readonly id: string
  readonly name: string
  readonly kind: 'human' | 'bot'
  readonly guest: boolean
  readonly deactivated: boolean
}

export type PostTarget =
  | { readonly room: string; readonly thread?: string }
  | { readonly person: string }
  | { readonly channel: string }

/**
 * What a platform can and cannot do, and what stands in for what it cannot; the pipeline reads this, never the
 * platform's name. The same incident leaves equal evidence on every platform but for the equivalents named here.
 */
export interface Capabilities {
  /** Where a private answer appears: unseen by others in the room itself, or in the chat between bot and person. */
  readonly privateReply: 'in-room' | 'one-to-one'
  /** A post in a room can be found again by its delivery id, so an interrupted post never appears twice. */
  readonly readBack: boolean
  /** The same for direct messages. Without it one may repeat after a crash. */
  readonly readBackDirect: boolean
  /** Without pins the status card is the room's second post and stays there. */
  readonly pins: boolean
  /**
   * Who sees a room: the invited, or everybody in the team that holds all rooms (`ChatPort.audience`). With `team`
   * nobody is invited, an incident that keeps out somebody of the team gets no room, and counsel gets none beside it.
   */
  readonly audience: 'invited' | 'team'
  /** Deletions carry the text that was deleted. Without it, what the first version said is all that is known. */
  readonly deletedText: boolean
  /**
   * Whose messages tell of reactions as they happen; history may show more of them later. With `own-posts` key evidence is marked by the message action *Record as
   * evidence* (`evidence.recorded`) instead of 📌 (`message.marked`).
   */
  readonly reactions: 'all' | 'own-posts'
  /** Whether history tells of what was deleted, or of what still stands alone: then it is found missing. */
  readonly history: 'what-stands' | 'with-deletions'
  /** What the platform's history cannot tell of a time in which nobody listened. */
  readonly lost: readonly (
    | 'deleted-unseen'
    | 'who-deleted'
    | 'deleted-text'
    | 'versions'
    | 'reactions-undone'
  )[]
  /**
   * The largest file that can be sent to one person and taken back again. 0: none can, so what is meant for them stays
   * on the server, and they are told where.
   */
  readonly privateFileBytes: number
  /** The largest picture (PNG) that a post in a room can show. 0: none, so what it would say is said in words. */
  readonly pictureBytes: number
  /** A page of the bot's own for each person. Without one, `home` is asked for in the direct chat. */
  readonly home: boolean
}

/**
 * The verbs. Each rejects with `ChatError` and nothing else. None retries for long: the outbox owns long retries.
 */
export interface ChatPort {
  readonly platform: Platform
  readonly workspace: string
  readonly capabilities: Capabilities
  /**
   * Makes a private room, or adopts one of that name which our bot created at or after `since` (an interrupted
   * earlier attempt); a name taken otherwise gets the next suffix (-2, -3 …). The returned name is the real one.
   * Refused with `kept_out_in_audience` where somebody kept out would see it: never a wider room than was asked for.
   */
  openRoom(wanted: {
    name: string
    since: Date
    keptOut: readonly string[]
  }): Promise<{ room: string; name: string }>
  /** Everybody who sees every room (`Capabilities.audience`); nobody where rooms are by invitation. */
  audience(): Promise<readonly string[]>
  /** People who could not be invited come back with the platform's reason code; being in already is success. */
  invite(room: string, people: readonly string[]): Promise<readonly { person: string; code: string }[]>
  /** Posts with the delivery's id in metadata. `room` in the result is where it landed (a direct room for a person). */
  post(target: PostTarget, card: Card, delivery: string): Promise<MessageRef>
  /**
   * A picture and the card that says the same in words, as one post of this delivery: `findPost` finds it, and its echo
   * names the delivery. Who cannot see it is read `alt`. Refused as `unsupported` where `pictureBytes` is 0.
   */
  postPicture(room: string, picture: OutgoingPicture, card: Card, delivery: string): Promise<MessageRef>
  update(ref: MessageRef, card: Card): Promise<void>
  /** Where a message is opened in the client; undefined where the platform has not told enough. */
  linkTo(at: MessageRef & { readonly thread?: string }): string | undefined
  /** The post carrying this delivery id, read back from the room since that time. Undefined when it is not there. */
  findPost(target: PostTarget, delivery: string, since: Date): Promise<MessageRef | undefined>
  /** Niceties: a topic, a pin. Each may fail without stopping anything. */
  dress(room: string, nicety: Nicety): Promise<void>
  /**
   * What the platform still has of a room, a call at a time. A read that ends early is taken up again from the `next` of
   * its last part. Nothing here waits: a platform that wants to be left alone makes it reject with the time.
   */
  history(room: string, wish: HistoryWish): AsyncIterable<HistoryPart>
  roomInfo(room: string): Promise<RoomInfo>
  person(id: string): Promise<Person>
  /**
   * What the platform tells of a file when asked, where its messages tell less than name and type; a file it tells whole
   * comes back as it is.
   */
  describe(file: InboundFile, at: MessageRef): Promise<InboundFile>
  /** The file's bytes, checked against the declared type and size: a login page instead of the file is an error. */
  download(file: InboundFile, at: MessageRef): Promise<AsyncIterable<Uint8Array>>
  /**
   * Into the chat with a person, where nobody else sees it; `message` in the result is what `removeFile` takes back. With
   * `since` an earlier attempt may have landed: one of that name is then looked for first. Else it may repeat after a
   * crash. Refused as `unsupported` where `privateFileBytes` is 0.
   */
  sendFile(person: string, file: OutgoingFile, since?: Date): Promise<MessageRef>
  /** Takes back what `sendFile` sent; one that is no more is `gone`. */
  removeFile(ref: MessageRef): Promise<void>
  /** Resolves when a direct message would reach this person; nothing is posted. */
  reach(person: string): Promise<void>
  publishHome(person: string, card: Card): Promise<void>
}

export interface HistoryWish {
  /** Messages that came, or changed, since then. */
  readonly since: Date
  /** All that is there is gone through, not only what changed. Without it a platform may tell less of what is missing. */
  readonly whole?: boolean
  /** `next` of the part to go on after. */
  readonly at?: string
  /** How many replies in each of these threads should be there: one with another number of them is read. */
  readonly standing?: (threads: readonly string[]) => Promise<ReadonlyMap<string, number>>
}

export interface HistoryPart {
  /** Oldest first, as inbound with `recovered` set and the same keys push would have used. */
  readonly messages: readonly InboundMessage[]
  /** Of the messages shown, where history tells of reactions. */
  readonly reactions: readonly ShownReactions[]
  /** What is there, changed or not: whatever else is on the record of these stretches is missing. */
  readonly shown: readonly Shown[]
  /** Opaque, without a word of what was said. Absent: that was all. */
  readonly next?: string
  /** How long the platform wants to be left alone before it is asked for the next. */
  readonly afterMs?: number
}

export interface ShownReactions {
  readonly message: string
  readonly reactions: readonly { readonly person: string; readonly name: string; readonly at?: Date }[]
  /** Names of reactions of which not everybody is told: whoever is not named may still stand behind them. */
  readonly partly: readonly string[]
}

/** Every message of a thread, or (`thread` '') every first-level one, from this id on and before that one. */
export interface Shown {
  readonly thread: string
  readonly from: string | null
  readonly until: string | null
  readonly messages: readonly string[]
}

export interface OutgoingFile {
  /** Of ids and numbers, never of words; no two files have the same. */
  readonly name: string
  readonly bytes: number
  /** Anew for every attempt. */
  readonly read: () => Readable
  /** Said beside it. */
  readonly comment: string
}

export interface OutgoingPicture {
  /** Of ids and numbers, never of words, as is the title over it. */
  readonly name: string
  readonly title: string
  readonly alt: string
  readonly png: Uint8Array
  readonly width: number
  readonly height: number
}

export type Nicety =
  | { readonly kind: 'topic'; readonly text: string }
  | { readonly kind: 'pin'; readonly message: string }

export interface RoomInfo {
  readonly room: string
  readonly name: string
  readonly private: boolean
  readonly shared: boolean
  readonly archived: boolean
  /** The bot itself is in it. */
  readonly present: boolean
  /** People in it, the bot itself left out. */
  readonly members: readonly string[]
}
