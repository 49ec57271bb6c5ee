/**
 * A chat platform as people live in it: who is there, what each of them does, and what each sees. Scenarios are played
 * on this alone, so a line means the same everywhere; what a platform does in its own way stays in its world.
 */
import type { MessageRef, Platform } from '../chat/port.ts'

export interface WorldPerson {
  readonly id: string
  /** What `@` completes to. */
  readonly name: string
  readonly realName: string
}

/** Whether what a person did was answered in the platform's time; `reason` when it was not. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly reason: string }

export interface SeenButton {
  readonly label: string
  /** The text it stands in, and for a row of buttons the text right above. */
  readonly beside: readonly string[]
  readonly press: (person: string) => Promise<Outcome>
}

/** What has words and buttons: a message, or a page of the bot's own. */
export interface Readable {
  /** Plain lines as they are read: names instead of ids, buttons in brackets. */
  readonly text: string
  readonly buttons: () => readonly SeenButton[]
}

/** One message somebody can see. */
export interface Seen extends Readable, MessageRef {
  /** Tells it from everything else that is seen. */
  readonly key: string
  readonly at: Date
  /** `#general`, or `directly`. */
  readonly where: string
  /** Only this person sees it. */
  readonly reader: string | undefined
  /** It stands in the chat between one person and Wardroom. */
  readonly isDirect: boolean
  /** Wardroom said it; no line of the platform about Wardroom. */
  readonly isOurs: boolean
  /** It answers what its reader just did, and is no delivery: nobody is disturbed by what they asked for. */
  readonly isAnswer: boolean
}

/** Choices are the options' labels or values; people their ids; a day YYYY-MM-DD; an instant a Date. */
export type Filling = string | readonly string[] | Date

export interface SeenField {
  readonly key: string
  readonly label: string
  readonly kind: 'text' | 'choice' | 'choices' | 'person' | 'people' | 'date' | 'instant'
  readonly options: readonly { readonly label: string; readonly value: string }[]
}

export interface SeenForm {
  /** Another form has another one. */
  readonly key: string
  readonly text: string
  readonly fields: readonly SeenField[]
  /** By the fields' keys; what is not named stays as it was. */
  readonly send: (
    filled: ReadonlyMap<string, Filling>,
  ) => Promise<{ readonly isSent: boolean; readonly errors?: readonly string[] | undefined }>
}

/** One person at the keyboard. A room is named by its id or by its name. */
export interface Player extends WorldPerson {
  /** The room this person shares with Wardroom alone. */
  readonly direct: string
  /** Ids of the rooms this person sees. */
  readonly rooms: () => readonly string[]
  /** A text that begins with `@wardroom` addresses the bot; `@name` mentions a person. */
  readonly post: (room: string, text: string) => Promise<MessageRef>
  readonly reply: (to: MessageRef, text: string) => Promise<MessageRef>
  readonly edit: (message: MessageRef, text: string) => Promise<void>
  readonly remove: (message: MessageRef) => Promise<void>
  /** As key evidence, by 📌 or whatever stands in for it (`Capabilities.reactions`). */
  readonly mark: (message: MessageRef) => Promise<Outcome>
  readonly unmark: (message: MessageRef) => Promise<void>
  readonly share: (
    room: string,
    file: { readonly name: string; readonly bytes: string },
    text: string,
  ) => Promise<MessageRef>
  /** The command word with this line behind it, typed in a room. */
  readonly command: (room: string, line: string) => Promise<Outcome>
  readonly invite: (room: string, person: string) => Promise<void>
  readonly leave: (room: string) => Promise<void>
  /** By what the menu calls it (`World.shortcuts`). */
  readonly shortcut: (name: string, on: MessageRef | undefined) => Promise<Outcome>
  readonly openHome: () => Promise<void>
  readonly home: () => Readable | undefined
  readonly form: () => SeenForm | undefined
  readonly closeForm: () => void
}

/**
 * `{word}`: how a command begins. `{stranger}`: a mention of `World.stranger`. `{no guests}`: what a
 * guest is answered who asks for incidents.
 */
export type OwnWord = 'word' | 'stranger' | 'no guests'

export interface World {
  readonly platform: Platform
  readonly people: readonly WorldPerson[]
  /** The id of somebody who has no account here. */
  readonly stranger: string
  /** Words that are the platform's own, by the name scenarios give them. */
  readonly own: Readonly<Record<OwnWord, string>>
  readonly shortcuts: readonly string[]
  /** How often one message holds these words: a client sends no more. */
  readonly most: (words: string) => number
  readonly as: (person: string) => Player
  /** Of a person, a room or Wardroom. */
  readonly nameOf: (id: string) => string
  /** Everything anybody sees, oldest first. */
  readonly everything: () => Seen[]
  /** Ids of who is in a room. */
  readonly members: (room: string) => readonly string[]
  /** What the platform tells a person whom it does not let do something; undefined when the error is another. */
  readonly refusal: (error: unknown) => string | undefined
  /** Whether what people do from now on is told to Wardroom. What was not told is not told later. */
  readonly tell: (isTold: boolean) => void
  /** Resolves when nothing is on its way to Wardroom. */
  readonly idle: () => Promise<void>
}
