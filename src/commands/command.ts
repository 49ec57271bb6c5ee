/**
 * What a command is: a pure function from state and arguments to events and a reply, or a refusal.
 * No I/O, no clock, no SDK. Typed text, buttons and forms all arrive here as the same arguments.
 */
import type { z } from 'zod'
import type { Event, OrganisationFacts } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { Leaving } from '../domain/leaving.ts'
import type { LinesWanted } from '../domain/lines-wanted.ts'
import type { Organisation } from '../domain/organisation.ts'
import type { EntryLine } from '../domain/record.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Card, Form } from '../views/card.ts'

/** Everything a decision may depend on besides its arguments. */
export interface Context {
  readonly actor: string
  /** Now, UTC. */
  readonly at: Date
  readonly organisation: Organisation
  /** The incident the command is about; undefined for commands from anywhere. */
  readonly state: IncidentState | undefined
  /** Incidents this person may see, for `list`, `late` and bare `/incident`; loaded only where the command asks. */
  readonly visible: readonly IncidentState[]
  /** Sealed text of an entry of this incident, loaded for the entry numbers `texts` names. */
  readonly text: (seq: number) => Readonly<Record<string, string>>
  /** Lines of the incident's log that the command asked for. */
  readonly lines: readonly EntryLine[]
  readonly platform: string
  readonly workspace: string
  /** Who sees every room on this platform, as last known; nobody where rooms are by invitation. */
  readonly audience: readonly string[]
  /** The room it was typed in. */
  readonly room: string | undefined
  /** The message it was typed in, where that is on the record as a message. */
  readonly message?: string
  /** How many files came with that message. */
  readonly attached?: number
  /** The thread, by its first message, where the platform says so. */
  readonly thread?: string
  readonly via: 'slash' | 'button' | 'direct' | 'shortcut' | 'mention' | 'form'
  /** The command word people type, e.g. `/incident`. */
  readonly word: string
  readonly settings: Settings
  /** What an export would hold; counted only where a form asks. */
  readonly leaving?: Leaving
}

/** The part of the configuration that decisions read. */
export interface Settings {
  /** People who may set up the roster before it names anyone. */
  readonly admins: readonly string[]
  readonly organisation: OrganisationFacts
  readonly practice: boolean
}

export interface Decision {
  readonly events: readonly Event[]
  readonly reply: Card
}

/**
 * `line`: parsed from typed words; a Refusal carries usage. `form`: shown when the words do not suffice.
 * The incident is resolved before: from the button, the room, or a leading number in the words.
 */
export interface Command<A = never> {
  readonly verb: string
  readonly aliases: readonly string[]
  /** One line for help and the manifest. */
  readonly summary: string
  readonly usage: string
  readonly examples: readonly string[]
  /** Who may use it, in words. */
  readonly who: string
  /** Position in the short help; absent: only in the full list. */
  readonly short?: number
  /** Typed as words of another verb too: where only so many verbs are listed, this one is the first left out. */
  readonly within?: string
  /** `incident`: needs one. `anywhere`: none. `either`: uses the room's if there is one. */
  readonly about: 'incident' | 'anywhere' | 'either' | 'organisation' | 'new'
  /** Reading commands append nothing but an access entry; by arguments, where a verb both shows and acts. */
  readonly reads?: boolean | ((args: A) => boolean)
  /** What is said with it is shown in no room and sent to nobody: it may be typed in a companion room with words. */
  readonly staysSealed?: boolean | ((args: A) => boolean)
  /** What it answers is about no incident: wherever it is typed, neither it nor a refusal of it is recorded. */
  readonly leavesNoTrace?: boolean
  /** The incidents the person may see: all, or those that are open or have something still to come. */
  readonly wantsVisible?: boolean | 'live'
  /** Its form says how much would leave. */
  readonly wantsLeaving?: boolean
  /** The arguments' shape; what a form submits is checked by it too. */
  readonly args: z.ZodType<A>
  /** Words to arguments. `undefined`: not enough was typed, open the form; without one, answer with the usage. */
  readonly parse: (words: string, context: Context) => unknown | Refusal | undefined
  readonly form?: (
    context: Context,
    prefill: Readonly<Record<string, string>>,
  ) => Omit<Form, 'verb' | 'nonce' | 'incident'>
  /** Entry numbers whose sealed text the decision or its reply needs. */
  readonly texts?: (context: Context, args: A) => readonly number[]
  /** Lines of the incident's log that the decision needs and the state does not hold; read before `texts` is asked. */
  readonly lines?: (context: Context, args: A) => LinesWanted | undefined
  readonly decide: (args: A, context: Context) => Decision | Refusal
}
