/**
 * The evidence record: one RFC 8785 line per entry, each holding the hash of the line before it.
 * The stored bytes are the exported bytes, so an entry's hash is `sha256sum` of its line.
 */
import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Event, EventKind } from './events.ts'

/** The previous hash of a log's first entry. */
export const ZERO_HASH = '0'.repeat(64)

/** The log of the organisation is a log like an incident's, under this name. */
export const ORGANISATION = 'org'

export interface Actor {
  readonly id: string
  readonly kind: 'human' | 'bot' | 'system'
}

/** Where an entry came from; null members where the platform does not say. */
export interface Source {
  readonly platform: string
  readonly workspace: string
  readonly room: string | null
  readonly message: string | null
  readonly thread: string | null
  /** The platform's own time, as it wrote it. */
  readonly ts: string | null
}

/** One line of the record. Member order does not matter: the canonical form sorts. */
export interface EntryLine {
  readonly v: 1
  readonly id: string
  readonly incident: string
  readonly seq: number
  readonly prev: string
  /** When it was recorded, UTC with milliseconds. What it says happened earlier is in `data.occurredAt`. */
  readonly at: string
  readonly kind: EventKind
  readonly actor: Actor
  readonly source: Source | null
  /** The entry this one is about. */
  readonly ref: number | null
  /** sha256(salt ‖ canonical text) of what is sealed beside the line. */
  readonly commit: string | null
  readonly data: Event['data']
}

export interface Head {
  readonly seq: number
  readonly hash: string
}

export const EMPTY_HEAD: Head = { seq: 0, hash: ZERO_HASH }

/** The bytes of a JSON value in canonical form. Throws on what JSON cannot say (NaN, lone surrogates). */
export function canonicalBytes(value: unknown): Buffer {
  const text = plainText(value) ?? canonicalize(value)
  if (text === undefined) throw new Error('value has no canonical form')
  if (!text.isWellFormed()) throw new Error('text holds a lone surrogate')
  return Buffer.from(text, 'utf8')
}

/** What the engine writes of sorted names is that form already, at a third of the cost, but for what is unusual. */
function plainText(value: unknown): string | undefined {
  const sorted = inOrder(value, 0)
  if (sorted === UNUSUAL) return undefined
  const text = JSON.stringify(sorted)
  // A surrogate that stands alone is written as an escape: whether it is one, or was typed, is looked at closely.
  return text.includes('\\ud') ? undefined : text
}

const UNUSUAL = Symbol('unusual')
const DEEPEST = 16

function inOrder(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : UNUSUAL
    case 'object':
      break
    default:
      return UNUSUAL
  }
  if (value === null) return value
  if (depth === DEEPEST || 'toJSON' in value) return UNUSUAL
  return Array.isArray(value) ? listInOrder(value, depth) : namesInOrder(value, depth)
}

function listInOrder(value: readonly unknown[], depth: number): unknown {
  const list: unknown[] = []
  for (let at = 0; at < value.length; at += 1) {
    const member = inOrder(value[at], depth + 1)
    if (member === UNUSUAL) return UNUSUAL
    list.push(member)
  }
  return list
}

function namesInOrder(value: object, depth: number): unknown {
  const sorted: Record<string, unknown> = {}
  for (const name of Object.keys(value).sort()) {
    const first = name.charCodeAt(0)
    // The engine puts names that are numbers first, in an order of its own, and takes this one for something else.
    if ((first >= 0x30 && first <= 0x39) || name === '__proto__') return UNUSUAL
    const member = inOrder((value as Record<string, unknown>)[name], depth + 1)
    if (member === UNUSUAL) return UNUSUAL
    sorted[name] = member
  }
  return sorted
}

export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')
export const sha256Hex = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

export function parseLine(bytes: Uint8Array): EntryLine {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return JSON.parse(text) as EntryLine
}
