/** Folds a log while it is read: what it comes to is compared with what is stored, or with what a bundle reports. */
import type { Recorded } from '../events.ts'
import { applyEvent, type IncidentState } from '../incident.ts'
import { applyOrganisationEvent, emptyOrganisation, type Organisation } from '../organisation.ts'
import { type EntryLine, ORGANISATION } from '../record.ts'

const recorded = ({ kind, data, seq, at, actor }: EntryLine): Recorded =>
  ({ kind, data, seq, at, actor: actor.id }) as Recorded

export interface Folder<State> {
  /** False: the entry cannot be applied to the entries before it. */
  readonly add: (line: EntryLine) => boolean
  readonly state: () => State
}

function folder<State>(begin: State, apply: (state: State, event: Recorded) => State): Folder<State> {
  let state = begin
  return {
    add(line) {
      try {
        state = apply(state, recorded(line))
        return true
      } catch {
        return false
      }
    },
    state: () => state,
  }
}

export const incidentFolder = (incident: string): Folder<IncidentState | null> =>
  folder<IncidentState | null>(null, (state, event) => applyEvent(state, event, incident))

export const folderOf = (log: string): Folder<IncidentState | Organisation | null> =>
  log === ORGANISATION ? folder<Organisation>(emptyOrganisation, applyOrganisationEvent) : incidentFolder(log)
