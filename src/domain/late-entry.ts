/** What an entry says that was made after the fact. */

/** `at` and `by` of a late entry: when it happened and who did it, beside when it was recorded and by whom. */
export interface Late {
  readonly occurredAt?: string
  /** A person of the chat platform; a person outside it is in the sealed text as `by`. */
  readonly byPerson?: string
}
