/** The events of reminders. Every step of an escalation is a `reminder.sent` of its own; none of them moves a last day. */
export interface ReminderEvents {
  /**
   * `step` 0 is the owner's. `to` is empty where a step of the escalation has nobody: the next one follows at once.
   * `lastDay` is a day, or of a notice owed at once, which has none, what stands for it (owed-at-once.ts).
   */
  'reminder.sent': {
    readonly clock: string
    readonly lastDay: string
    readonly offset: string
    readonly step: number
    readonly to: readonly string[]
  }
  /** What reminded somebody of these clocks did not reach them: they have no account, or the platform refused it. */
  'reminder.unreached': { readonly person: string; readonly code: string; readonly clocks: readonly string[] }
  /**
   * Somebody was asked to look at the substitute notice that must stay posted through this day, told that it may end
   * (`over`), or that it was taken down too early (`down-` and the day). 45 CFR 164.404(d)(2)(ii)
   */
  'posting.reminded': { readonly through: string; readonly offset: string; readonly to: readonly string[] }
  'reminder.acknowledged': { readonly clock: string; readonly lastDay: string }
  /** `untilAt`: the instant, of what is owed at once. */
  'reminder.snoozed': {
    readonly clock: string
    readonly lastDay: string
    readonly untilOn: string
    readonly untilAt?: string
  }
}

export interface Reminded {
  readonly lastDay: string
  readonly offset: string
  readonly step: number
  /** When the owner was told, and when the last step of the escalation went out. */
  readonly at: string
  readonly stepAt: string
  /** Whom the last step was for; the first of them is asked to act. */
  readonly to: readonly string[]
  /** Who was asked to act so far, in order. */
  readonly asked: readonly string[]
  readonly told: readonly string[]
  readonly unreached: readonly string[]
}

export interface ReminderStates {
  /** By clock: the last reminder, whatever came of it. */
  readonly reminded: Readonly<Record<string, Reminded>>
}
