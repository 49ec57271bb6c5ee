/**
 * What a form carries comes back whole. Slack keeps 3000 characters out of sight (private_metadata); longer values stand
 * at the form's end, which Slack sends back with the form, and their length and digest stay out of sight. A value that
 * comes back otherwise is kept as it came, and says so.
 */
import type { Form } from '../../views/card.ts'
import { plainText, type SlackBlock } from './blocks.ts'
import { type FormBlock, type FormMetadata, metadataSchema } from './payload.ts'
import { characters, comeBack, inSight, seal } from './sight.ts'

/** Where a form was asked for: its answer goes back there. */
export interface Asked {
  readonly room?: string | undefined
  /** A submitted form brings no response address of its own; the one of what opened it holds for half an hour. */
  readonly responseUrl?: string | null | undefined
}

export interface Carried {
  readonly metadata: string
  /** Above the fields: that something was cut. */
  readonly above: readonly SlackBlock[]
  /** Below them: what is carried in sight. */
  readonly below: readonly SlackBlock[]
}

export const metadataLimit = 3000
/** Below this, its length and digest would take as much room as the value. */
const shortest = 60

/** The longest values in sight, until the rest fits out of sight. */
export function carryInSight(form: Form, asked: Asked): Carried {
  const hidden = new Map(Object.entries(form.carry ?? {}))
  const shown: [name: string, value: string][] = []
  const metadata = () =>
    written(form, asked, {
      carry: Object.fromEntries(hidden),
      sight: shown.map(([name, value]) => seal(name, value)),
    })
  while (metadata().length > metadataLimit) {
    const [name, value] = longest(hidden)
    if (value.length < shortest) break
    hidden.delete(name)
    shown.push([name, value])
  }
  const values = shown.map(([, value]) => value)
  const below = inSight(form.carryTitle ?? 'Sent along with this form:', values)
  return { metadata: metadata(), above: [], below }
}

/** For what Slack would not take in sight either: cut, longest first, each saying how long it was. */
export function carryCut(form: Form, asked: Asked): Carried {
  const kept = new Map(Object.entries(form.carry ?? {}))
  const cut = new Set<string>()
  const metadata = () => written(form, asked, { carry: Object.fromEntries(kept), cut: [...cut] })
  let text = metadata()
  for (; text.length > metadataLimit; text = metadata()) {
    const [name, value] = longest(kept)
    if (value.length < 2) break
    cut.add(name)
    kept.set(name, cutShort(form.carry?.[name] ?? '', value, text.length - metadataLimit))
  }
  return { metadata: text, above: cut.size > 0 ? [TOO_LONG] : [], below: [] }
}

const TOO_LONG: SlackBlock = {
  type: 'section',
  text: plainText('Too long for a form: what does not fit is left out here, and the record says so.', 3000),
}

const longest = (values: ReadonlyMap<string, string>): [string, string] =>
  [...values].reduce((a, b) => (b[1].length > a[1].length ? b : a), ['', ''])

type Rest = Pick<FormMetadata, 'carry' | 'sight' | 'cut'>

function written(form: Form, { room, responseUrl }: Asked, { carry, sight, cut }: Rest): string {
  return JSON.stringify({
    verb: form.verb,
    nonce: form.nonce,
    ...(form.incident === undefined ? {} : { incident: form.incident }),
    ...(room === undefined ? {} : { room }),
    ...(responseUrl ? { respond: responseUrl } : {}),
    ...(carry && Object.keys(carry).length > 0 ? { carry } : {}),
    ...(sight?.length ? { sight } : {}),
    ...(cut?.length ? { cut } : {}),
  } satisfies FormMetadata)
}

function cutShort(original: string, value: string, over: number): string {
  const note = `… [cut here; the message has ${characters(original)} characters]`
  const words = value.endsWith(note) ? value.slice(0, -note.length) : value
  const room = Math.min(words.length - 1, words.length - over - (words === value ? note.length : 0))
  return room < 100 ? first(words, Math.floor(words.length / 2)) : `${first(words, room)}${note}`
}

const first = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '')

export interface Opened extends Omit<FormMetadata, 'carry' | 'sight' | 'cut'> {
  readonly carry: Readonly<Record<string, string>>
  /** Names of what is not as it was sent. */
  readonly altered: readonly string[]
}

/** What a submitted form was opened with. */
export function readCarried(metadata: string, blocks: readonly FormBlock[]): Opened | undefined {
  const read = parsed(metadata)
  if (!read) return undefined
  const { carry = {}, sight = [], cut = [], ...rest } = read
  const altered = [...cut]
  const values = Object.entries(carry)
  for (const [at, sealed] of sight.entries()) {
    const [name] = sealed
    const { value, isAltered } = comeBack(blocks, at, sealed)
    if (isAltered) altered.push(name)
    values.push([name, value])
  }
  return { ...rest, carry: Object.fromEntries(values), altered }
}

function parsed(metadata: string): FormMetadata | undefined {
  try {
    return metadataSchema.safeParse(JSON.parse(metadata)).data
  } catch {
    return undefined
  }
}
