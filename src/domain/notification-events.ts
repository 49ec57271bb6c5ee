/** The events in the life of a notification. What people wrote of it (draft, proof, reason) is sealed beside them. */
import type { ClockId } from './clock-names.ts'
import type { Manner } from './notification-rules.ts'

/** What a person did with it, in order; `sent` itself is the fact `notified`, which stops the clock. */
export type NotificationStep = 'drafted' | 'approved' | 'sent' | 'proved'

export interface NotificationEvents {
  /** Somebody was named to answer for it. */
  'notification.owned': { readonly clock: string; readonly person: string; readonly previous: string | null }
  'notification.targeted': {
    readonly clock: string
    readonly targetOn: string
    readonly previous: string | null
  }
  /** Its text is the draft, or where it lies. */
  'notification.drafted': { readonly clock: string }
  /** Every content the law asks for was ticked in the draft that `ref` names. */
  'notification.approved': {
    readonly clock: string
    readonly contents: readonly string[]
    /** By the person who drafted it, because nobody else could approve. */
    readonly alone: boolean
  }
  /** Beside the fact `notified`: to how many and by what manner. */
  'notification.sent': {
    readonly clock: string
    readonly on: string
    readonly count: number | null
    readonly manner: Manner
  }
  /** Its text is the proof, or where it lies, and of each file its name and its SHA-256. */
  'notification.proved': {
    readonly clock: string
    /** The entries that hold the files. */
    readonly files?: readonly number[]
    /** Of a file that was fetched for it: the platform's id, and who gave it. */
    readonly file?: string
    readonly person?: string
  }
  /** Files meant as proof; each counts once its bytes are on the record. Their names are its text. */
  'notification.file_given': {
    readonly clock: string
    readonly files: readonly { readonly file: string; readonly mime: string; readonly size: number }[]
    /** The message that they came in; null: a form. */
    readonly message: string | null
  }
  /** One of them is not on the record, or proves nothing. */
  'notification.file_lost': {
    readonly clock: string
    readonly file: string
    readonly why: string
    readonly person: string
  }
  /** The last step was a mistake; its text says why. */
  'notification.withdrawn': { readonly clock: string; readonly step: NotificationStep }
}

interface Step {
  readonly at: string
  readonly by: string
  readonly seq: number
}

export interface Notification {
  readonly owner: (Step & { readonly person: string }) | null
  readonly target: (Step & { readonly on: string }) | null
  readonly drafted: Step | null
  readonly approved: (Step & { readonly contents: readonly string[]; readonly alone: boolean }) | null
  readonly sent: (Step & { readonly count: number | null; readonly manner: Manner }) | null
  /** The last proof, and every one that stands. */
  readonly proved: (Step & { readonly all: readonly Step[] }) | null
  /** Files given as proof that are not on the record yet. */
  readonly given: readonly (Step & {
    readonly file: string
    /** It stands in a message, so a reference to it leads somewhere. */
    readonly isPosted: boolean
  })[]
}

export type Notifications = Readonly<Record<ClockId, Notification>>
