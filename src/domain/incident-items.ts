/** The checklist of one incident: the table's items and those people added, in one order, with who settled them. Pure. */
import { itemsFor } from './checklists.ts'
import type { IncidentState, ItemState } from './incident.ts'
import { type PhaseId, phaseIndex } from './phases.ts'
import { type Role, roles } from './roles.ts'

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
  const known = itemsFor(state, phase).map((row): Item => {
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

/** The table's items that one state has and the other has not: what a fact put on the checklist and took off it. */
export function itemChanges(before: IncidentState, after: IncidentState) {
  const had = itemsFor(before)
  const has = itemsFor(after)
  return {
    on: has.filter((item) => !had.includes(item)),
    off: had.filter((item) => !has.includes(item)),
  }
}

/** Only then is a decision the strategy that C1 asks for; in another phase it is about something else. */
export const isContaining = ({ phase }: IncidentState): boolean => phase === 'containment'

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

/** A person's next three, over all the roles they answer for. */
export const nextItemsOf = (state: IncidentState, person: string): readonly Item[] =>
  openItems(state, answersFor(state, rolesOf(state, person))).slice(0, 3)

/** Whether an item of the phase waits for this person. */
export const hasItems = (state: IncidentState, person: string): boolean =>
  nextItemsOf(state, person).length > 0

/** Items done or skipped. */
export const settledItems = (state: IncidentState): readonly string[] =>
  Object.entries(state.items).flatMap(([id, { status }]) => (status === 'open' ? [] : [id]))
