/**
 * What an adapter tells: platform payloads as one union. Keys converge, whether a thing was pushed, read back or retried.
 */
export type Platform = 'slack' | 'teams'

/** Where something happened. `room` is the platform's id, never a name. */
export interface Place {
  readonly platform: Platform
  readonly workspace: string
  readonly room: string
}

export interface MessageRef {
  readonly room: string
  readonly message: string
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
  /** Read from history; `untimed` where that does not say when, and `at` is when it was read. */
  readonly recovered?: true
  readonly untimed?: true
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
  /**
   * By field, where files were chosen. One of which the platform did not tell even its id has an empty one: it is said to
   * the person, never left out in silence.
   */
  readonly files?: Readonly<Record<string, readonly InboundFile[]>>
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
