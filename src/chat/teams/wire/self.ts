/** Who we are in this tenant, and where we may be spoken to. Every identifier is lower case. */
export interface Self {
  /** Entra tenant id: the workspace. */
  readonly tenant: string
  readonly appId: string
  /** Entra group id of the team that holds the rooms. */
  readonly team: string
  /** The allow-list: `team` and the others whose channels the bot may be addressed in. */
  readonly teams: readonly string[]
  readonly zone: string
  /** A mark on words that only a Wardroom of this record can make: what a client carried for us is known again by it. */
  readonly sign: (words: string) => string
}

/** The bot as activities name it. */
export const botMember = (self: Self): string => `28:${self.appId}`
