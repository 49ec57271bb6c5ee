/** Days that facts are made of: read as people type them, refused with what to type instead. */
import { factDate } from '../domain/clock-facts.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import type { Context } from './command.ts'
import { formButton } from './fact-fields.ts'

type FieldName = 'value' | 'more' | 'extra' | 'window'

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
