/** The cards of a room that follow what is recorded, and the sheets people hold: drawn anew in place, never sent twice. */
import type { IncidentState } from '../domain/incident.ts'
import type { Outgoing } from '../store/unit.ts'
import { checklistCards, direct, groupMs, redraw } from './deliveries.ts'
import { type Situation, sheetReaders, toEach } from './told.ts'

export const status = (state: IncidentState): Outgoing[] => redraw(state, 'status')
export const clocks = (state: IncidentState): Outgoing[] => redraw(state, 'clocks')
export const checklist = (state: IncidentState): Outgoing[] => checklistCards(state, state.phase)

export const sheets = (situation: Situation, on: string): Outgoing[] =>
  toEach(sheetReaders(situation), (person) =>
    direct(situation.state, person, 'sheet', { on }, { card: sheetKey(situation.state, person) }),
  )

/** The sheets already sent say who holds what: a change is drawn into them, and is no new message. */
export const freshSheets = (situation: Situation): Outgoing[] => {
  const { state } = situation
  if (state.facts['chat-compromised']?.value.compromised) return []
  return toEach(sheetReaders(situation), (person) =>
    direct(state, person, 'sheet', { update: true }, { card: sheetKey(state, person), afterMs: groupMs }),
  )
}

const sheetKey = (state: IncidentState, person: string): string => `sheet/${state.incident}/${person}`
