/** What every card about one incident shares: where it is drawn from, its heading, its buttons, its dates. */
import type { CalendarDate } from '../domain/calendar.ts'
import { sayDay, sayMoment } from '../domain/dates-in-words.ts'
import { holderOf, type IncidentState } from '../domain/incident.ts'
import { kindLabel } from '../domain/kinds.ts'
import type { Organisation } from '../domain/organisation.ts'
import { type Role, roleLabel } from '../domain/roles.ts'
import { dateIn } from '../domain/zone.ts'
import { type Block, type Button, type Card, type Line, plain, type Span } from './card.ts'
import { button } from './say.ts'
import type { Text } from './view.ts'

/** Enough to draw from, for a delivery and for a command's reply alike. */
export interface Scene {
  readonly state: IncidentState
  readonly organisation: Organisation
  readonly now: Date
  readonly word: string
}

export interface OpenScene extends Scene {
  readonly text: (seq: number) => Text
}

export const zoneOf = (state: IncidentState): string => state.organisation.zone
export const todayOf = ({ state, now }: Pick<Scene, 'state' | 'now'>): CalendarDate =>
  dateIn(zoneOf(state), now)

/** `inc-2026-0007 · DRILL`: how an incident is named wherever there is no room for its kind. */
export const nameOf = (state: IncidentState): string =>
  state.drill ? `${state.incident} · DRILL` : state.incident

/** `inc-2026-0007 · lost or stolen device · DRILL` */
export const headingOf = (state: IncidentState): string =>
  [state.incident, kindLabel(state.kind), ...(state.drill ? ['DRILL'] : [])].join(' · ')

/** `Fri 20 Nov 22:41`, in the organisation's zone. */
export const momentOf = (state: IncidentState, at: string): string =>
  at.length === 10 ? sayDay(at as CalendarDate) : sayMoment(zoneOf(state), at)

export const person = (id: string): Span => ({ person: id })

/** The entries of the bot itself have no actor. */
export const byWhom = (id: string): Span => (id === '' ? 'Wardroom' : person(id))

export const act = (
  state: IncidentState,
  label: string,
  line: string,
  more: Omit<Button, 'label' | 'line' | 'incident'> = {},
): Button => button(label, line, { ...more, incident: state.incident })

export const form = (
  state: IncidentState,
  label: string,
  line: string,
  more: Omit<Button, 'label' | 'line' | 'incident' | 'form'> = {},
): Button => act(state, label, line, { ...more, form: true })

export const lines = (body: readonly Line[], last?: Button): Block =>
  last ? { kind: 'lines', lines: body, button: last } : { kind: 'lines', lines: body }

export const quiet = (...body: readonly Line[]): Block => ({ kind: 'quiet', lines: body })

/** At most five, the most likely first. */
export const buttons = (...each: readonly Button[]): Block[] =>
  each.length > 0 ? [{ kind: 'buttons', buttons: each.slice(0, 5) }] : []

const saysDrill = (block: Block): boolean => {
  if (block.kind === 'title') return block.text.includes('DRILL')
  if (block.kind === 'lines' || block.kind === 'quiet')
    return block.lines.some((line) => plain(line).includes('DRILL'))
  return false
}

/** A card about one incident. The summary names it and no person, and a drill says so wherever it is read. */
export function about(state: IncidentState, summary: string, blocks: readonly Block[]): Card {
  const marked = !state.drill || blocks.some(saysDrill)
  return {
    summary: `${nameOf(state)}: ${summary}`,
    blocks: marked ? blocks : [quiet('DRILL · nothing here is real'), ...blocks],
  }
}

export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The current holder, or whom the roster names and nobody keeps out: the first to ask. */
export function askedFirst(state: IncidentState, organisation: Organisation, role: Role): string | undefined {
  const line = organisation.roster[role] ?? state.roster[role]
  return [line?.holder, line?.deputy].find(
    (id): id is string => typeof id === 'string' && !state.excluded.includes(id),
  )
}

/** `Dana Reyes`, or `▲ nobody yet — Dana Reyes is asked first`. */
export function whoHolds({ state, organisation }: Scene, role: Role): Span[] {
  const holder = holderOf(state, role)
  if (holder) return [person(holder)]
  const asked = askedFirst(state, organisation, role)
  return asked ? ['▲ nobody yet — ', person(asked), ' is asked first'] : ['▲ nobody yet']
}

/** `Dana Reyes, privacy officer` or `privacy officer (nobody yet)`. */
export function namedRole(state: IncidentState, role: Role): Span[] {
  const holder = holderOf(state, role)
  return holder ? [person(holder), `, ${roleLabel(role)}`] : [`${roleLabel(role)} (nobody yet)`]
}

/** `45 CFR 164.404(a),(b)` → `45 CFR 164.404`: cards cite once, and a number alone reads as part of the date before it. */
export const shortCitation = (citation: string): string => /\d+ CFR \d+\.\d+/.exec(citation)?.[0] ?? citation

export const isDefined = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined

/** An argument of the outbox row, if it is a word or a number; rows of older versions may lack it. */
export const wordArg = (args: Readonly<Record<string, unknown>>, name: string): string | undefined =>
  typeof args[name] === 'string' ? args[name] : undefined
export const numberArg = (args: Readonly<Record<string, unknown>>, name: string): number | undefined =>
  typeof args[name] === 'number' ? args[name] : undefined
