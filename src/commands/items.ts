/** An item of an incident's checklist, from the table or added by its people, and how it stands. */
import { appliesToKind, checklist, findItem, itemsFor } from '../domain/checklists.ts'
import type { IncidentState, ItemState } from '../domain/incident.ts'
import { kindLabel } from '../domain/kinds.ts'
import { isActingAs } from '../domain/permit.ts'
import type { PhaseId } from '../domain/phases.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/roles.ts'
import type { Line, Span } from '../views/card.ts'
import type { Context } from './command.ts'
import { said } from './here.ts'
import { sayOccurred } from './recorded.ts'
import { ofIncident } from './role-words.ts'
import { nearest } from './words.ts'

export interface Item {
  readonly id: string
  readonly phase: PhaseId
  readonly roles: readonly Role[]
  readonly required: boolean
  /** What it asks for as evidence; empty for an added item. */
  readonly evidence: string
  readonly citation: string
  /** An added item's title is sealed in this entry. */
  readonly title: string | { readonly seq: number }
}

export function itemsOf(state: IncidentState, phase?: PhaseId): readonly Item[] {
  const rows = itemsFor(state.kind, phase).map((row) => ({
    ...row,
    roles: row.alsoRole ? [row.role, row.alsoRole] : [row.role],
  }))
  const added = state.added
    .filter((item) => phase === undefined || item.phase === phase)
    .map(({ id, phase: at, role, seq }) => ({
      id,
      phase: at,
      roles: role ? [role] : [],
      required: false,
      evidence: '',
      citation: '',
      title: { seq },
    }))
  return [...rows, ...added]
}

export const titleOf = (item: Item, context: Context): string =>
  typeof item.title === 'string' ? item.title : (context.text(item.title.seq).title ?? 'Added item')

/** Entries whose sealed text holds the titles of added items. */
export const titleSeqs = (items: readonly Item[]): readonly number[] =>
  items.flatMap(({ title }) => (typeof title === 'string' ? [] : [title.seq]))

export const statusOf = (state: IncidentState, id: string): ItemState['status'] =>
  state.items[id]?.status ?? 'open'

export const isMine = (state: IncidentState, { organisation, actor }: Context, item: Item): boolean =>
  item.roles.some((role) => isActingAs(state, organisation, role, actor))

/** The item, or why this incident has none of that name. */
export function findOf(state: IncidentState, typed: string, context: Context): Item | Refusal {
  const id = typed.trim().toUpperCase()
  const items = itemsOf(state)
  const found = items.find((item) => item.id === id)
  if (found) return found
  const checklistButton = { label: 'Checklist', line: 'check', ...ofIncident(context) }
  const elsewhere = findItem(id)
  if (elsewhere && !appliesToKind(elsewhere, state.kind))
    return refuse(
      'item-not-applicable',
      `${elsewhere.id} is not part of the checklist for ${kindLabel(state.kind)}. Add an item of your own if you need it: ${context.word} check add <title>`,
      { field: 'item', buttons: [checklistButton] },
    )
  const near = nearest(id.toLowerCase(), [
    ...items.map((item) => item.id.toLowerCase()),
    ...checklist.map((item) => item.id.toLowerCase()),
  ])?.toUpperCase()
  const known = near && items.some((item) => item.id === near) ? near : undefined
  return refuse(
    'unknown-item',
    `There is no checklist item "${said(typed)}".${known ? ` Did you mean ${known}?` : ' The checklist names them all.'}`,
    {
      field: 'item',
      buttons: [
        ...(known
          ? [{ label: `Open ${known}`, line: `check ${known}`, form: true, ...ofIncident(context) }]
          : []),
        checklistButton,
      ],
    },
  )
}

/** `Dana, Fri 20 Nov 2026 22:41` for an item that is settled. */
export function settledBy(status: ItemState, context: Context): Span[] {
  return [
    { person: status.byPerson ?? status.actor },
    `, ${sayOccurred(status.occurredAt ?? status.at, context)}`,
  ]
}

/** The same in a sentence of a refusal, where people are `<@id>`. */
export const settledWords = (status: ItemState, context: Context): string =>
  `<@${status.byPerson ?? status.actor}>, ${sayOccurred(status.occurredAt ?? status.at, context)}`

const marks = { done: '✓', skipped: '–', open: '○' } as const
const words = { done: 'done', skipped: 'skipped', open: 'open' } as const

export function itemLine(state: IncidentState, item: Item, context: Context): Line {
  const held = state.items[item.id]
  const status = statusOf(state, item.id)
  const head = `${marks[status]} ${item.id} ${titleOf(item, context)}`
  if (held && status !== 'open') return [`${head} — ${words[status]}: `, ...settledBy(held, context)]
  return item.required ? `${head} — required` : head
}
