/** A next step offered to a person: a label and the command line it runs. Cards draw it as a button. */
export interface Suggestion {
  readonly label: string
  readonly line: string
  readonly incident?: string
  /** Opens the verb's form instead of acting at once. */
  readonly form?: boolean
}
