/**
 * A field → inputs of an Adaptive Card, and what they bring back. Field `x` is input `f:x`; an instant is two inputs, a
 * date and a time in the zone its label names.
 */
import type { Field, Option } from '../../../views/card.ts'
import type { Json } from './line.ts'
import { inert } from './markdown.ts'
import { shortened } from './pieces.ts'
import { instantOf, wallTime } from './wall-time.ts'

/** Values of a form by field name, as every platform gives them. */
export type Values = Readonly<Record<string, string | readonly string[]>>

export interface Choice {
  readonly id: string
  readonly name: string
}

/** Teams joins what was chosen with commas, and a list from which nothing can be taken back needs a row for nothing. */
const nothing = '-'
const coded = (value: string): string =>
  value === nothing ? '%2D' : value.replace(/[%,]/g, encodeURIComponent)
const decoded = (value: string): string =>
  value.replace(/%2[5CD]/g, (code) => ({ '%25': '%', '%2C': ',' })[code] ?? '-')

export interface Asking {
  readonly people: readonly Choice[]
  readonly zone: string
  /** What was typed before, when a form comes back with errors. */
  readonly filled: Values | undefined
}

export function inputs(field: Field, asking: Asking): Json[] {
  const needed = field.optional || field.kind === 'switches' ? {} : required
  const base = { id: idOf(field.name), label: field.label, ...needed }
  const start = initialOf(field, asking.filled)
  switch (field.kind) {
    case 'text':
    case 'long-text': {
      const maxLength = Math.max(1, Math.min(field.maxLength ?? 3000, 3000))
      const value = start.length > 0 ? { value: shortened(start[0] ?? '', maxLength) } : {}
      return [{ type: 'Input.Text', ...base, isMultiline: field.kind === 'long-text', maxLength, ...value }]
    }
    case 'number': {
      const value = Number.parseInt(start[0] ?? '', 10)
      return [{ type: 'Input.Number', ...base, ...(Number.isSafeInteger(value) ? { value } : {}) }]
    }
    case 'choice':
      return [{ type: 'Input.ChoiceSet', ...base, ...choiceSet(field.options, field.optional, start) }]
    case 'switches': {
      const choices = field.options.map(optionChoice)
      return [
        {
          type: 'Input.ChoiceSet',
          ...base,
          ...expanded,
          isMultiSelect: true,
          choices,
          ...chosen(choices, start),
        },
      ]
    }
    case 'person':
    case 'people': {
      const nobody = field.kind === 'person' && field.optional ? [{ title: 'Nobody', value: nothing }] : []
      const choices = [...nobody, ...asking.people.map(choiceOf)]
      const many = field.kind === 'people' ? { isMultiSelect: true } : {}
      return [
        { type: 'Input.ChoiceSet', ...base, style: 'filtered', ...many, choices, ...chosen(choices, start) },
      ]
    }
    case 'files': {
      const text = `${field.label}: ${field.instead}`
      return [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }]
    }
    case 'date': {
      const value = /^\d{4}-\d\d-\d\d$/.test(start[0] ?? '') ? { value: start[0] } : {}
      return [{ type: 'Input.Date', ...base, ...value }]
    }
    case 'instant': {
      const { date, time } = started(start[0], asking.zone)
      const timed = { id: `${base.id}:time`, label: `Time (${asking.zone})`, ...needed }
      return [
        { type: 'Input.Date', ...base, id: `${base.id}:date`, ...(date ? { value: date } : {}) },
        { type: 'Input.Time', ...timed, ...(time ? { value: time } : {}) },
      ]
    }
  }
}

const idOf = (name: string): string => `f:${name}`

const required = { isRequired: true, errorMessage: 'This is needed.' }
const expanded = { style: 'expanded', wrap: true }

/** Options with a hint are read before one is chosen: all are shown, where they are few. */
function choiceSet(
  options: readonly Option[],
  optional: boolean | undefined,
  start: readonly string[],
): Json {
  const choices = [...(optional ? [{ title: 'None', value: nothing }] : []), ...options.map(optionChoice)]
  const open = options.some(({ hint }) => hint) && options.length <= 12
  return { ...(open ? expanded : { style: 'compact' }), choices, ...chosen(choices, start) }
}

const optionChoice = ({ value, label, hint }: Option) => ({
  title: inert(hint ? `${label} — ${hint}` : label) || '–',
  value: coded(value),
})

/** A name is drawn as Markdown in some clients. */
export const choiceOf = ({ id, name }: Choice) => ({
  title: inert(shortened(name, 80)) || id,
  value: coded(id),
})

function chosen(choices: readonly { value: string }[], start: readonly string[]): Json {
  const values = start.map(coded).filter((value) => choices.some((choice) => choice.value === value))
  return values.length > 0 ? { value: values.join(',') } : {}
}

function initialOf(field: Field, filled: Values | undefined): readonly string[] {
  const value = filled ? filled[field.name] : field.initial
  if (value === undefined || value === '') return []
  return typeof value === 'object' ? value : [`${value}`]
}

/** An instant, or the half of one that was filled in. */
function started(
  start: string | undefined,
  zone: string,
): { date?: string | undefined; time?: string | undefined } {
  if (start === undefined) return {}
  if (/^\d{4}-\d\d-\d\d$/.test(start)) return { date: start }
  if (/^\d\d:\d\d$/.test(start)) return { time: start }
  return wallTime(zone, start) ?? {}
}

/** What came back for a field. A single field left empty is absent; a list left empty is an empty list. */
export function filledValue(field: Field, data: Json, zone: string): string | readonly string[] | undefined {
  const given = text(data[idOf(field.name)])
  switch (field.kind) {
    case 'switches':
    case 'people':
      return (given ?? '')
        .split(',')
        .filter((value) => value !== '')
        .map(decoded)
    case 'choice':
    case 'person':
      return given === undefined || given === nothing ? undefined : text(decoded(given))
    case 'files':
      return undefined
    case 'instant':
      return instant(
        field.initial,
        text(data[`${idOf(field.name)}:date`]),
        text(data[`${idOf(field.name)}:time`]),
        zone,
      )
    default:
      return given
  }
}

/** What was shown and not changed is the same instant, seconds and all, also where clocks showed that time twice. */
function instant(
  initial: string | undefined,
  date: string | undefined,
  time: string | undefined,
  zone: string,
): string | undefined {
  if (!date || !time) return date ?? time
  const minute = time.slice(0, 5)
  const shown = initial === undefined ? undefined : wallTime(zone, initial)
  if (initial && shown?.date === date && shown.time === minute) return new Date(initial).toISOString()
  return instantOf(zone, { date, time: minute }) ?? `${date} ${time}`
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number') return `${value}`
  return typeof value === 'string' && value !== '' ? value : undefined
}
