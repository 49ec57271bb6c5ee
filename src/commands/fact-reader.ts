/** What a fact's row does: reads its value from what was typed or filled in, says it, and asks for it. */
import type { IncidentState } from '../domain/incident.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Field } from '../views/card.ts'
import type { Context } from './command.ts'
import type { FactArgs } from './fact-words.ts'

export interface FactReader<V> {
  readonly read: (args: FactArgs, context: Context, state: IncidentState) => V | Refusal
  /** After "Recorded:". */
  readonly say: (value: V, state: IncidentState) => string
  /** Whether this value answers the fact's checklist item; absent: any does. */
  readonly settles?: (value: V) => boolean
  readonly fields: (context: Context, typed: string) => readonly Field[]
  readonly intro?: readonly string[]
}
