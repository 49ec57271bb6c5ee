/** When anyone here first knew (45 CFR 164.404(a)(2)). The privacy officer's word confirms it; anyone else's stays provisional. */
import { parseCalendarDate } from '../domain/calendar.ts'
import type { FactValues } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isActingAs } from '../domain/permit.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import type { Context } from './command.ts'
import { sayWhen } from './declared-reply.ts'
import { afterDeclared, beforeBreach } from './fact-days.ts'
import { askOfficer } from './fact-officer.ts'
import type { FactReader } from './fact-reader.ts'
import { middayOf } from './reading.ts'

type Discovered = FactValues['discovered']

export const discovered: FactReader<Discovered> = {
  read: (args, context, state) => {
    const officer = isActingAs(state, context.organisation, 'privacy-officer', context.actor)
    const typed = [args.value, args.at && `at ${args.at}`].filter(Boolean).join(' ').trim()
    if (/^(confirm|confirmed|yes)$/i.test(typed)) return confirmed(state, context, officer)
    const at = readAt(typed, context, state)
    if (typeof at !== 'string') return at
    const before = state.facts.discovered
    if (!officer && before?.value.confirmed && before.value.at === at)
      return refuse('already-confirmed', 'That discovery date is recorded and confirmed already.')
    return { at, confirmed: officer }
  },
  say: ({ at, confirmed }, state) =>
    `first known ${sayWhen(state.organisation.zone, at)}, ${confirmed ? 'confirmed' : 'provisional until the privacy officer confirms it'}`,
  settles: ({ confirmed }) => confirmed,
  intro: ['The first day anyone here knew, or should have known: not the day it was confirmed.'],
  fields: (context, typed) => [
    {
      kind: 'instant',
      name: 'value',
      label: 'When anyone here first knew',
      hint: 'The first colleague, vendor or contractor under your control; not the person who did it.',
      initial: initialAt(typed, context),
    },
  ],
}

function confirmed(state: IncidentState, context: Context, officer: boolean): Discovered | Refusal {
  const at = state.facts.discovered?.value.at ?? state.declared.at
  if (officer) return { at, confirmed: true }
  return askOfficer(
    'confirm-not-permitted',
    'Only the privacy officer can confirm the discovery date.',
    context,
    ['privacy-officer'],
  )
}

function readAt(typed: string, context: Context, state: IncidentState): string | Refusal {
  const { zone } = state.organisation
  const { incident } = state
  const buttons = [{ label: 'Pick the time', line: 'fact discovered', incident, form: true }]
  const when = parseWhen(typed, { now: context.at, zone, tense: 'past' })
  if (when.kind === 'refused')
    return refuse(`discovered-${when.reason.replaceAll('_', '-')}`, when.message, { field: 'value', buttons })
  const at = when.kind === 'date' ? when.date : when.at
  const reading = { fact: 'discovered', context, state }
  const impossible = afterDeclared(reading, at, 'value') ?? beforeBreach(reading, at, 'value')
  return impossible ?? at
}

/** What was typed, else what stands. */
function initialAt(typed: string, context: Context): string {
  const { state } = context
  if (!state) return context.at.toISOString()
  const { zone } = state.organisation
  const read = typed ? readAt(typed, context, state) : undefined
  const at = typeof read === 'string' ? read : (state.facts.discovered?.value.at ?? state.declared.at)
  const day = parseCalendarDate(at)
  return day ? middayOf(zone, day, state.declared.at) : at
}
