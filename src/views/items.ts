/** The checklist as cards need it: the table's items and those people added, in one order, with who settled them. */
import { itemsFor } from '../domain/checklists.ts'
import type { IncidentState, ItemState } from '../domain/incident.ts'
import { type PhaseId, phaseIndex } from '../domain/phases.ts'
import { type Role, roles } from '../domain/roles.ts'
import type { Button, Span } from './card.ts'
import { form } from './scene.ts'
import { itemLabel } from './sealed.ts'
import type { Text } from './view.ts'

export interface Item {
  readonly id: string
  readonly phase: PhaseId
  readonly role: Role | null
  readonly alsoRole: Role | undefined
  readonly required: boolean
  readonly status: ItemState['status']
  readonly settled: ItemState | undefined
  /** From the table; an added item's label is sealed under `seq`. */
  readonly title: string | null
  readonly seq: number | null
  readonly evidence: string | null
  readonly citation: string | null
  readonly fulfilledBy: string | undefined
}

export function itemsOf(state: IncidentState, phase?: PhaseId): readonly Item[] {
  const known = itemsFor(state.kind, phase).map((row): Item => {
    const { id, role, alsoRole, required, title, evidence, citation, fulfilledBy } = row
    return {
      ...{ id, phase: row.phase, role, alsoRole, required, title, evidence, citation, fulfilledBy },
      ...{ seq: null, settled: state.items[id], status: state.items[id]?.status ?? 'open' },
    }
  })
  const added = state.added
    .filter((row) => phase === undefined || row.phase === phase)
    .map(
      ({ id, phase, role, seq }): Item => ({
        ...{ id, phase, role, seq, required: false, title: null, evidence: null, citation: null },
        ...{ alsoRole: undefined, fulfilledBy: undefined },
        ...{ settled: state.items[id], status: state.items[id]?.status ?? 'open' },
      }),
    )
  return [...known, ...added]
}

export const isOpen = (item: Item): boolean => item.status === 'open'

/** Required items left behind, then this phase's required ones, then the rest of it. `roles`: only theirs. */
export function openItems(state: IncidentState, roles?: readonly Role[]): readonly Item[] {
  const mine = ({ role, alsoRole }: Item) =>
    !roles || (role !== null && roles.includes(role)) || (alsoRole !== undefined && roles.includes(alsoRole))
  const open = itemsOf(state).filter((item) => isOpen(item) && mine(item))
  const here = open.filter((item) => item.phase === state.phase)
  const behind = (item: Item) =>
    item.required && item.phase !== 'preparation' && phaseIndex(item.phase) < phaseIndex(state.phase)
  return [
    ...open.filter(behind),
    ...here.filter(({ required }) => required),
    ...here.filter(({ required }) => !required),
  ]
}

export const rolesOf = (state: IncidentState, person: string): readonly Role[] =>
  (Object.keys(state.roles) as Role[]).filter((role) => state.roles[role]?.person === person)

/** The roles whose items are this person's: whoever leads also answers for what nobody holds. */
export function answersFor(state: IncidentState, held: readonly Role[]): readonly Role[] {
  if (!held.includes('commander') && !held.includes('deputy')) return held
  return [...held, ...roles.map(({ id }) => id).filter((id) => !state.roles[id])]
}

/** Entry numbers of added labels a card will show. */
export const labelSeqs = (items: readonly Item[]): readonly number[] =>
  items.map(({ seq }) => seq).filter((seq) => seq !== null)

export const titleOf = (item: Item, text?: (seq: number) => Text): string => {
  if (item.title !== null) return item.title
  const label = item.seq !== null && text ? itemLabel(text(item.seq)) : undefined
  return label ?? 'an item your team added'
}

/** The command that fulfils an item is its button; the others are ticked with who, when and the evidence. */
const fulfilling: Readonly<Record<string, string>> = {
  'fact discovered': 'Confirm discovery',
  'fact affected': 'Record affected people',
  'fact unsecured': 'Record encryption',
  'fact severity': 'Set severity',
  decide: 'Record a decision',
  close: 'Close the incident',
  roster: 'Open the roster',
}

export function itemButton(state: IncidentState, item: Item): Button {
  const label = item.fulfilledBy ? fulfilling[item.fulfilledBy] : undefined
  if (label && item.fulfilledBy) return form(state, label, item.fulfilledBy)
  return form(state, `Complete ${item.id}`, `check ${item.id} done`)
}

/** `Confirm someone … (D1)` as one span row. */
export const shortItem = (item: Item, text?: (seq: number) => Text): Span[] => [
  { bold: item.id },
  ` ${titleOf(item, text)}`,
]
