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
  /** Its text is the proof, or where it lies. */
  'notification.proved': { readonly clock: string }
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
  readonly proved: Step | null
}

export type Notifications = Readonly<Record<ClockId, Notification>>
