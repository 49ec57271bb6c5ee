/** Which item of an incident's checklist a person means, whose it is and how it was settled. */
import type { ChecklistItem } from '../domain/checklist-item.ts'
import { appliesToKind, checklist, findItem, ruledOutBecause } from '../domain/checklists.ts'
import type { IncidentState, ItemState } from '../domain/incident.ts'
import { type Item, itemsOf } from '../domain/incident-items.ts'
import { kindLabel } from '../domain/kinds.ts'
import { isActingAs } from '../domain/permit.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import { said } from './here.ts'
import { sayOccurred } from './recorded.ts'
import { ofIncident } from './role-words.ts'
import { nearest } from './words.ts'

export const itemOf = (state: IncidentState, typed: string): Item | undefined => {
  const id = typed.trim().toUpperCase()
  return itemsOf(state).find((item) => item.id === id)
}

export const isMine = (
  state: IncidentState,
  { organisation, actor }: Context,
  { role, alsoRole }: Item,
): boolean => [role, alsoRole].some((each) => each && isActingAs(state, organisation, each, actor))

/** The item, or why this incident has none of that name. */
export function findOf(state: IncidentState, typed: string, context: Context): Item | Refusal {
  const found = itemOf(state, typed)
  if (found) return found
  const toChecklist = { label: 'Checklist', line: 'check', ...ofIncident(context) }
  const elsewhere = findItem(typed)
  if (elsewhere)
    return refuse(
      'item-not-applicable',
      `${whyNot(elsewhere, state)} Add an item of your own if you need it: ${context.word} check add <title>`,
      { field: 'item', buttons: [toChecklist] },
    )
  const near = nearItem(state, typed)
  return refuse(
    'unknown-item',
    `There is no checklist item "${said(typed)}". ${near ? `Did you mean ${near}?` : 'The checklist names them all.'}`,
    {
      field: 'item',
      buttons: [
        ...(near
          ? [{ label: `Open ${near}`, line: `check ${near}`, form: true, ...ofIncident(context) }]
          : []),
        toChecklist,
      ],
    },
  )
}

function whyNot(item: ChecklistItem, { kind, facts }: IncidentState): string {
  const ruledOut = appliesToKind(item, kind) ? ruledOutBecause(item, facts) : undefined
  return ruledOut
    ? `${item.id} is not on this checklist: ${ruledOut}.`
    : `${item.id} is not on the checklist of ${kindLabel(kind)}.`
}

function nearItem(state: IncidentState, typed: string): string | undefined {
  const ids = [...itemsOf(state), ...checklist].map(({ id }) => id.toLowerCase())
  const near = nearest(typed.trim().slice(0, 20), ids)
  return near && itemOf(state, near)?.id
}

/** `<@dana>, Fri 20 Nov 2026 22:41` for an item that is settled. */
export const settledWords = (settled: ItemState, context: Context): string =>
  `<@${settled.byPerson ?? settled.actor}>, ${sayOccurred(settled.occurredAt ?? settled.at, context)}`
