/**
 * The border between Wardroom and a chat platform. Its comments are the contract every adapter keeps.
 * An adapter turns platform payloads into `Inbound`, awaits `Handle`, and only then acknowledges: a rejected
 * promise means nothing was committed, so the platform must be left to retry (messages) or the person told (commands).
 */
import type { Card, Form } from '../views/card.ts'

export { ChatError } from './chat-error.ts'

export type Platform = 'slack' | 'teams'

/** Where something happened. `room` is the platform's id, never a name. */
export interface Place {
  readonly platform: Platform
  readonly workspace: string
  readonly room: string
}

interface InboundBase {
  /** Content key: push, history and retries of the same fact carry the same key, so it is recorded once. */
  readonly key: string
  readonly platform: Platform
  readonly workspace: string
  /** The platform's person id. Empty for what the platform did by itself. */
  readonly actor: string
  readonly actorKind: 'human' | 'bot' | 'system'
  /** The platform's own time for it. */
  readonly at: Date
}

/** A file as the platform describes it; bytes come later through `ChatPort.download`. */
export interface InboundFile {
  readonly id: string
  readonly name: string
  readonly mime: string
  readonly size: number
}

export interface MessageBody {
  readonly text: string
  /** The author's id; a quoted or bot message keeps its own author. */
  readonly author: string
  readonly files: readonly InboundFile[]
  /** The platform's own mark-up, where `text` was drawn out of it (Teams: HTML). Sealed beside the text. */
  readonly original?: string
}

export interface InboundMessage extends InboundBase {
  readonly type: 'message'
  /** `restored`: a deletion was taken back. */
  readonly change: 'posted' | 'edited' | 'deleted' | 'restored'
  readonly room: string
  /** The message's id in the room (Slack: ts). */
  readonly message: string
  readonly thread?: string
  /** For a deletion: absent when the platform tells no text. */
  readonly body?: MessageBody
  /** The platform's previous version, recorded as the original when we never saw one. */
  readonly previous?: MessageBody
  /** The content key of that version, where the platform tells which one it was; else it is taken for the original. */
  readonly previousKey?: string
  /**
   * A coarser key of the same change, for a platform whose push and history may stamp it with different times: history
   * that brings a change whose coarser key is on the record brings nothing new.
   */
  readonly sameAs?: string
  /** Our delivery id when the platform echoes one of our own posts. */
  readonly delivery?: string
  /** Our bot wrote it. */
  readonly own?: boolean
  /** Set when a live, newly posted message addresses the bot: the command line without the mention. */
  readonly line?: string
  /** Read from history rather than pushed. A recovered message never runs a command. */
  readonly recovered?: boolean
}

export interface InboundReaction extends InboundBase {
  readonly type: 'reaction'
  readonly room: string
  readonly message: string
  /** Without colons and skin tone. */
  readonly name: string
  readonly added: boolean
}

/** Membership and life of a room. */
export interface InboundRoom extends InboundBase {
  readonly type: 'room'
  /** Empty with `everyRoom`. */
  readonly room: string
  /** It happened to what holds all rooms (a Teams team), so to each of them: told of every incident that has one. */
  readonly everyRoom?: true
  /** Whoever it names sees every room by standing membership, so needs no invitation; guests and kept-out people do. */
  readonly standing?: boolean
  readonly change:
    | 'joined'
    | 'left'
    | 'renamed'
    | 'archived'
    | 'unarchived'
    | 'deleted'
    | 'bot-removed'
    | 'bot-added'
    | 'shared'
    | 'made-public'
    | 'id-changed'
  /** Who joined or left. */
  readonly person?: string
  /** Absent: the platform did not tell. */
  readonly guest?: boolean
  readonly name?: string
  readonly newRoom?: string
}

/** A message a shortcut was used on. */
export interface AboutMessage {
  readonly room: string
  readonly message: string
  readonly author: string
  readonly at: Date
  readonly text: string
}

export interface InboundCommand extends InboundBase {
  readonly type: 'command'
  readonly via: 'slash' | 'button' | 'direct' | 'shortcut'
  /** What was typed after the command word; a button's pre-typed line. Platform mentions as `<@ID>`. */
  readonly line: string
  /** Where it was typed, when the platform says so. */
  readonly room?: string
  readonly thread?: string
  /** The incident a button names. */
  readonly incident?: string
  /** The button or shortcut asks for the form rather than for the act. */
  readonly form?: boolean
  readonly about?: AboutMessage
  /** The post the button sits on, where the answer must show it as it now reads. */
  readonly pressed?: MessageRef
  /** False where no form can be opened (no trigger): the answer then carries a button that opens it. */
  readonly canOpenForm: boolean
}

export interface InboundForm extends InboundBase {
  readonly type: 'form'
  readonly verb: string
  readonly incident?: string
  readonly room?: string
  readonly values: Readonly<Record<string, string | readonly string[]>>
  readonly carry: Readonly<Record<string, string>>
  /** Names of carried values that did not come back as they went: cut to fit, or rewritten by the platform. */
  readonly altered?: readonly string[]
}

/** Someone opened the bot's home. */
export interface InboundHome extends InboundBase {
  readonly type: 'home'
}

/** A payload the adapter could not read: quarantined sealed, never logged. */
export interface InboundUnknown extends InboundBase {
  readonly type: 'unknown'
  readonly payload: string
}

export type Inbound =
  | InboundMessage
  | InboundReaction
  | InboundRoom
  | InboundCommand
  | InboundForm
  | InboundHome
  | InboundUnknown

/** What the person who asked gets, privately. `errors` keeps a form open with a sentence beside each field. */
export type Answer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'reply'
      readonly card: Card
      /** The card a button was pressed on, as it now reads; only where the platform asked (`InboundCommand.pressed`). */
      readonly pressed?: Card
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }

/** Resolves only after the commit. Rejects when nothing was committed. */
export type Handle = (inbound: Inbound) => Promise<Answer>

export interface MessageRef {
  readonly room: string
  readonly message: string
}

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
   * nobody is invited, and an incident that keeps out somebody of the team gets no room.
   */
  readonly audience: 'invited' | 'team'
  /** Deletions carry the text that was deleted. Without it, what the first version said is all that is known. */
  readonly deletedText: boolean
  /**
   * Whose messages tell of reactions. With `own-posts` key evidence is marked by the message action *Record as
   * evidence* (`evidence.recorded`) instead of 📌 (`message.marked`).
   */
  readonly reactions: 'all' | 'own-posts'
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
  update(ref: MessageRef, card: Card): Promise<void>
  /** The post carrying this delivery id, read back from the room since that time. Undefined when it is not there. */
  findPost(target: PostTarget, delivery: string, since: Date): Promise<MessageRef | undefined>
  /** Niceties: a topic, a pin. Each may fail without stopping anything. */
  dress(room: string, nicety: Nicety): Promise<void>
  /**
   * Messages and replies of a room from `since`, oldest first, as inbound with `recovered` set and the same keys
   * push would have used.
   */
  history(room: string, since: Date): AsyncIterable<InboundMessage>
  roomInfo(room: string): Promise<RoomInfo>
  person(id: string): Promise<Person>
  /**
   * What the platform tells of a file when asked, where its messages tell less than name and type; a file it tells whole
   * comes back as it is.
   */
  describe(file: InboundFile, at: MessageRef): Promise<InboundFile>
  /** The file's bytes, checked against the declared type and size: a login page instead of the file is an error. */
  download(file: InboundFile, at: MessageRef): Promise<AsyncIterable<Uint8Array>>
  /** Resolves when a direct message would reach this person; nothing is posted. */
  reach(person: string): Promise<void>
  publishHome(person: string, card: Card): Promise<void>
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
