/** Days that facts are made of: read as people type them, refused with what to type instead. */
import { factDate } from '../domain/clock-facts.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import { dateIn } from '../domain/zone.ts'
import type { Context } from './command.ts'
import { sayWhen } from './declared-reply.ts'
import { formButton } from './fact-fields.ts'

type FieldName = 'value' | 'more' | 'extra' | 'window' | 'by'

export interface Reading {
  readonly fact: string
  readonly context: Context
  readonly state: IncidentState
}

export const refused = (
  { fact, context }: Reading,
  reason: string,
  sentence: string,
  field: FieldName,
): Refusal => refuse(`${fact}-${reason}`, sentence, { field, buttons: [formButton(fact, context)] })

/** A calendar date, or an instant where a time was given. */
export function readMoment(
  reading: Reading,
  typed: string,
  field: FieldName,
  tense: 'past' | 'any' = 'past',
): string | Refusal {
  const { zone } = reading.state.organisation
  const when = parseWhen(typed, { now: reading.context.at, zone, tense })
  if (when.kind === 'refused') return refused(reading, when.reason.replaceAll('_', '-'), when.message, field)
  return when.kind === 'date' ? when.date : when.at
}

/** The day alone. */
export function readDay(
  reading: Reading,
  typed: string,
  field: FieldName,
  tense: 'past' | 'any' = 'past',
): string | Refusal {
  const moment = readMoment(reading, typed, field, tense)
  return typeof moment === 'string' ? factDate(reading.state.organisation.zone, moment) : moment
}

export const sayOn = (at: string, { organisation }: IncidentState): string =>
  sayDay(factDate(organisation.zone, at))

/** Nobody can have known before it happened: the day it happened is recorded, and one of the two is wrong. */
export function beforeBreach(reading: Reading, at: string, field: FieldName): Refusal | undefined {
  const { state } = reading
  const happened = state.facts.happened?.value.from
  if (!happened || factDate(state.organisation.zone, at) >= happened) return undefined
  return refused(
    reading,
    'before-breach',
    `It happened on ${sayOn(happened, state)}, so nobody can have known on ${sayOn(at, state)}. Check the day, or correct when it happened: fact happened.`,
    field,
  )
}

/** At the latest whoever declared it knew: what others knew since is no discovery. */
export function afterDeclared(reading: Reading, at: string, field: FieldName): Refusal | undefined {
  const { declared, organisation } = reading.state
  const { zone } = organisation
  const isLater = at.length === 10 ? at > dateIn(zone, declared.at) : Date.parse(at) > Date.parse(declared.at)
  if (!isLater) return undefined
  return refused(
    reading,
    'after-declared',
    `Someone knew when this was declared, ${sayWhen(zone, declared.at)}. Give that time or an earlier one.`,
    field,
  )
}

/** A moment at which somebody may have known of it. */
export function readKnown(reading: Reading, typed: string, field: FieldName): string | Refusal {
  const at = readMoment(reading, typed, field)
  if (isRefusal(at)) return at
  return afterDeclared(reading, at, field) ?? beforeBreach(reading, at, field) ?? at
}

/** Every mistake of one line at once, a line each, and what to type instead once. There is one at least. */
export function together(all: readonly unknown[], how: string): Refusal {
  const [first, ...others] = all.filter(isRefusal)
  if (!first || others.length === 0) return first!
  const lines = [first, ...others].map(({ refusal }) => refusal.replace(` ${how}`, ''))
  return { ...first, refusal: [...lines, how].join('\n') }
}
