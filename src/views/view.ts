/** What a view is: a pure drawing of state, named in the outbox and drawn only at delivery. */
import type { IncidentState } from '../domain/incident.ts'
import type { Organisation } from '../domain/organisation.ts'
import type { Card } from './card.ts'

export type Text = Readonly<Record<string, string>>

export interface Drawing {
  readonly state: IncidentState
  readonly organisation: Organisation
  readonly now: Date
  /** Arguments of the outbox row: names, ids and entry numbers. */
  readonly args: Readonly<Record<string, unknown>>
  /** Sealed text of the incident's entries that `texts` named; empty where it was disposed of. */
  readonly text: (seq: number) => Text
  /** Sealed text of the organisation's entries that `organisationTexts` named: telephone numbers. */
  readonly organisationText: (seq: number) => Text
  /** The command word people type, e.g. `/incident`. */
  readonly word: string
  /** Short fingerprint of the record key, shown when a room opens. */
  readonly fingerprint: string
  /** The same of the key that signs checkpoints. */
  readonly checkpointKey: string
  /** Other incidents this drawing is about (a person's grouped reminders). */
  readonly others: readonly IncidentState[]
}

export interface View {
  readonly texts?: (drawing: Omit<Drawing, 'text' | 'organisationText'>) => readonly number[]
  readonly organisationTexts?: (drawing: Omit<Drawing, 'text' | 'organisationText'>) => readonly number[]
  /** The draw needs every incident in which this person has reminders on this day. */
  readonly wantsOthers?: true
  readonly draw: (drawing: Drawing) => Card
}
