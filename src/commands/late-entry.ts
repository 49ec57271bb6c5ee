/**
 * When something happened and who did it, beside when it was recorded and by whom.
 * `takeLate` reads `at <time>` and `by @who` or `by "Name"` off the end of a line; `lateEntry` checks them.
 */
import { sayMomentFull } from '../domain/dates-in-words.ts'
import { isLate } from '../domain/late.ts'
import type { Late } from '../domain/late-entry.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen, type When } from '../domain/when.ts'
import { localIso } from '../domain/zone.ts'
import type { Context } from './command.ts'
import { zoneOf } from './reading.ts'

/** As typed, or as a form gives it. `by` is somebody outside chat, `byPerson` somebody in it. */
export interface LateWords {
  readonly at?: string | undefined
  readonly by?: string | undefined
  readonly byPerson?: string | undefined
}

export interface LateEntry {
  /** For the event's data. */
  readonly data: Late
  /** For the event's sealed text. */
  readonly text: { readonly by?: string }
  /** Recorded well after it happened. */
  readonly late: boolean
}

/** How far the platform's clock may run ahead of ours before a time counts as still to come. */
const skewMs = 2 * 60_000

export function lateEntry(words: LateWords, context: Context): LateEntry | Refusal {
  const by = words.by?.trim()
  const text = by ? { by } : {}
  const person = words.byPerson && words.byPerson !== context.actor ? { byPerson: words.byPerson } : {}
  if (!words.at?.trim()) return { data: person, text, late: false }
  const when = readWhen(words.at, context)
  if (when.kind === 'refused') return refuse(`time-${when.reason}`, when.message, { field: 'at' })
  if (when.kind === 'date') {
    const late = isLate(when.date, context.at.toISOString(), zoneOf(context))
    return { data: { occurredAt: when.date, ...person }, text, late }
  }
  const occurredMs = Math.min(Date.parse(when.at), context.at.getTime())
  const occurredAt = new Date(occurredMs).toISOString()
  const late = isLate(occurredAt, context.at.toISOString(), zoneOf(context))
  return { data: { occurredAt, ...person }, text, late }
}

/** A moment as a person would type it, for a form's field; with its offset where the clocks showed it twice. */
export function typedMoment(at: string, context: Context): string {
  const typed = sayMomentFull(zoneOf(context), at)
  return readWhen(typed, context).kind === 'instant' ? typed : localIso(zoneOf(context), at)
}

function readWhen(typed: string, context: Context): When {
  const options = { now: context.at, zone: zoneOf(context) }
  const when = parseWhen(typed, options)
  if (when.kind !== 'refused' || when.reason !== 'in_the_future') return when
  const allowing = parseWhen(typed, { ...options, now: context.at.getTime() + skewMs })
  return allowing.kind === 'instant' ? allowing : when
}

const byClause =
  /(?:^|\s)by\s+(?:<@([A-Za-z0-9-]+)(?:\|[^>]*)?>|["\u201c]([^"\u201c\u201d]{1,120})["\u201d])$/i
const atClause = /(?:^|\s)at\s+(?:["\u201c]([^"\u201c\u201d]{1,60})["\u201d]|((?:(?!\sat\s)[^"\n]){1,120}))$/i
/** The clauses are short, so a long text is searched at its end only. */
const tailLength = 240

/**
 * The clauses at the end of a line, in either order, and what is left exactly as it was typed. A name without quotes
 * ("found by Maria", "ready by Friday") and a place ("at door 3") stay part of the text: a record must not lose words.
 */
export function takeLate(line: string, context: Context): LateWords & { readonly rest: string } {
  let rest = line.trim()
  const found: { at?: string; by?: string; byPerson?: string } = {}
  for (let i = 0; i < 2; i++) {
    const start = Math.max(0, rest.length - tailLength)
    const tail = rest.slice(start)
    const by = byClause.exec(tail)
    if (by && !found.by && !found.byPerson) {
      if (by[1]) found.byPerson = by[1]
      else if (by[2]) found.by = by[2].trim()
      rest = rest.slice(0, start + by.index).trimEnd()
      continue
    }
    const at = atClause.exec(tail)
    const typed = at?.[1] ?? at?.[2]?.trim()
    if (!at || !typed || found.at) break
    const when = readWhen(typed, context)
    if (at[2] && when.kind === 'refused' && when.reason === 'not_understood') {
      const both = timeAndName(typed, context)
      if (!both || found.by || found.byPerson) break
      Object.assign(found, both)
      rest = rest.slice(0, start + at.index).trimEnd()
      break
    }
    found.at = typed
    rest = rest.slice(0, start + at.index).trimEnd()
  }
  return { rest, ...found }
}

/** After a time a name needs no quotes: `at 21:40 by Dr Chen`. */
function timeAndName(typed: string, context: Context): { at: string; by: string } | undefined {
  const found = /^(.+?)\s+by\s+(\p{Lu}\S*(?:\s+\S+){0,4})$/u.exec(typed)
  if (!found?.[1] || !found[2]) return undefined
  const when = readWhen(found[1], context)
  if (when.kind === 'refused' && when.reason === 'not_understood') return undefined
  return { at: found[1], by: found[2] }
}

/** A name at the end that was typed without quotes, and so was left in the text. */
export function bareName(text: string): string | undefined {
  const found = /\sby\s+(\p{Lu}[\p{L}.'-]*(?:\s\p{Lu}[\p{L}.'-]*){0,3})$/u.exec(
    text.slice(-tailLength).trimEnd(),
  )
  const name = found?.[1]
  return name &&
    !/^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(name)
    ? name
    : undefined
}

const reasonWord = /(?:^|\s)(?:because|why:)\s+/i

/** What comes before the first `because` (or `why:`) and what after it. */
export function splitReason(line: string): { readonly before: string; readonly because: string | undefined } {
  const found = reasonWord.exec(line)
  if (!found) return { before: line.trim(), because: undefined }
  const because = line.slice(found.index + found[0].length).trim()
  return { before: line.slice(0, found.index).trim(), because: because || undefined }
}
