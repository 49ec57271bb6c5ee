/**
 * How watchful Wardroom is on a platform. `nudge` asks each person once a day and incident; `strict` asks at every
 * message, tells the privacy officer, and has commands confirmed. Where no business associate agreement is declared
 * nobody's information may stand at all, so nothing less than strict will do.
 */
export const phiModes = ['off', 'nudge', 'strict'] as const
export type PhiMode = (typeof phiModes)[number]

export interface Hygiene {
  readonly wanted: PhiMode
  /** Nothing there is real. */
  readonly isPractice: boolean
  /** Platforms declared to be under a business associate agreement. */
  readonly underBaa: readonly string[]
}

export const isUnderBaa = ({ underBaa, isPractice }: Hygiene, platform: string): boolean =>
  isPractice || underBaa.includes(platform)

export const phiModeOn = (hygiene: Hygiene, platform: string): PhiMode =>
  isUnderBaa(hygiene, platform) ? hygiene.wanted : 'strict'
