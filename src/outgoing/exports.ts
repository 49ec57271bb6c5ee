/** An export asked for is made and sent by deliveries: one at a time for each incident, and taken back in time. */
import { holderOf, type IncidentState } from '../domain/incident.ts'
import type { Outgoing } from '../store/unit.ts'
import { direct } from './deliveries.ts'
import { namedFor, type Table } from './told.ts'

/** How long a copy stays in a chat, which keeps what is not taken out of it. */
export const KEPT_MS = 24 * 3_600_000

const delivery = (state: IncidentState, lane: string, verb: string, args: Outgoing['args']): Outgoing => ({
  ...{ incident: state.incident, lane, verb, view: 'export', args },
})

export const exportRows: Pick<
  Table,
  'export.requested' | 'export.created' | 'export.failed' | 'calendar.requested'
> = {
  'calendar.requested': ({ seq, actor }, { state }) => [
    { ...delivery(state, `person:${actor}`, 'calendar', { seq, person: actor }), view: 'calendar' },
  ],
  'export.requested': ({ seq, actor }, { state }) => [
    delivery(state, `export:${state.incident}`, 'export', { seq, person: actor }),
  ],
  // Whoever asked reads it with the bundle; the privacy officer answers for the record, whoever asked.
  'export.created': ({ data: { damaged } }, situation) => {
    const { state } = situation
    const officer = holderOf(state, 'privacy-officer') ?? namedFor(situation, 'privacy-officer')[0]
    if (!damaged || !officer || state.excluded.includes(officer)) return []
    return direct(state, officer, 'record-damaged', { ...damaged })
  },
  'export.failed': ({ data }, { state }) =>
    direct(state, data.to, 'export-failed', { code: data.code, step: data.step }),
}

/** A lane of its own each: what waits a day must hold up no other. */
export const takeBack = (
  state: IncidentState,
  args: {
    readonly seq: number
    readonly person: string
    readonly room: string
    readonly message: string
    readonly at: string
  },
): Outgoing[] => [
  {
    ...delivery(state, `export-back:${state.incident}:${args.seq}`, 'export-remove', args),
    afterMs: KEPT_MS,
  },
]

export const kept = (
  state: IncidentState,
  person: string,
  args: {
    readonly host: string
    readonly path: string
    readonly sha256: string
    readonly bytes: number
    /** The entries of which it lacks something. */
    readonly damaged?: string
  },
): Outgoing[] => direct(state, person, 'export-kept', args)
