/**
 * The neutral card and form: what every view returns and every chat platform draws.
 * `summary` is what a push notification shows, so it never holds PHI or anything a person typed.
 */

/** One run of text. Plain strings are escaped by the platform; nothing here is markup. */
export type Span =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly struck: string }
  | { readonly person: string }
  | { readonly room: string }
  | { readonly link: string; readonly url: string }

export type Line = string | readonly Span[]

/** A button is a pre-typed command line; `incident` names its incident because cards also sit in direct messages. */
export interface Button {
  readonly label: string
  readonly line: string
  readonly incident?: string
  /** Opens the verb's form, prefilled from the line, instead of acting at once. */
  readonly form?: boolean
  readonly style?: 'primary' | 'danger'
  /** Asked before an irreversible act: the consequence in one sentence. */
  readonly confirm?: string
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: readonly Line[]; readonly button?: Button }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly label: string; readonly value: Line }[] }
  | { readonly kind: 'quiet'; readonly lines: readonly Line[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'divider' }

export interface Card {
  readonly summary: string
  readonly blocks: readonly Block[]
}

export interface Option {
  readonly value: string
  readonly label: string
  readonly hint?: string
}

interface FieldBase {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
}

/** What a form asks. Submitted values are strings (`instant`: ISO with offset; `date`: YYYY-MM-DD; lists: arrays); files come apart from them. */
export type Field = FieldBase &
  (
    | { readonly kind: 'text' | 'long-text'; readonly initial?: string; readonly maxLength?: number }
    | { readonly kind: 'number'; readonly initial?: number }
    | { readonly kind: 'choice'; readonly options: readonly Option[]; readonly initial?: string }
    | { readonly kind: 'switches'; readonly options: readonly Option[]; readonly initial?: readonly string[] }
    | { readonly kind: 'person'; readonly initial?: string }
    | { readonly kind: 'people'; readonly initial?: readonly string[] }
    | { readonly kind: 'date' | 'instant'; readonly initial?: string }
    /** `instead`: what to do where the platform's forms take no file; said there in place of the field. */
    | { readonly kind: 'files'; readonly max: number; readonly instead: string; readonly initial?: undefined }
  )

export interface Form {
  readonly verb: string
  readonly incident?: string
  /** At most 24 characters, never PHI. */
  readonly title: string
  readonly submit: string
  readonly intro?: readonly Line[]
  readonly fields: readonly Field[]
  /** Minted when the form opens; the submit's idempotency key, bound to the person. */
  readonly nonce: string
  /**
   * Context that travels with the form and comes back whole, of any length: a message it is about, a typed line. A
   * platform that can keep only little out of sight shows long values at the form's end, under `carryTitle`. A value
   * that comes back otherwise than it went says so, and is named in `InboundForm.altered`.
   */
  readonly carry?: Readonly<Record<string, string>>
  readonly carryTitle?: string
}

/** The plain text of a line, for summaries, tests and platforms without rich text. */
export function plain(line: Line, name: (person: string) => string = (id) => `@${id}`): string {
  if (typeof line === 'string') return line
  return line.map((span) => plainSpan(span, name)).join('')
}

function plainSpan(span: Span, name: (person: string) => string): string {
  if (typeof span === 'string') return span
  if ('bold' in span) return span.bold
  if ('code' in span) return span.code
  if ('struck' in span) return `~${span.struck}~`
  if ('person' in span) return name(span.person)
  if ('room' in span) return `#${span.room}`
  return `${span.link} (${span.url})`
}

/** The whole card as text, a line each; buttons in brackets. Used by the transcripts and the demo. */
export function cardText(card: Card, name?: (person: string) => string): string {
  const out: string[] = []
  for (const block of card.blocks) {
    if (block.kind === 'title') out.push(block.text)
    else if (block.kind === 'lines') {
      const last = block.button ? ` [${block.button.label}]` : ''
      const lines = block.lines.map((line) => plain(line, name))
      out.push(lines.join('\n') + last)
    } else if (block.kind === 'facts')
      out.push(...block.rows.map((row) => `${row.label}: ${plain(row.value, name)}`))
    else if (block.kind === 'quiet') out.push(...block.lines.map((line) => plain(line, name)))
    else if (block.kind === 'buttons') out.push(block.buttons.map((button) => `[${button.label}]`).join(' '))
  }
  return out.join('\n')
}
