/** What of an incident's rooms was seen: everything, everything but what was read afterwards, or not everything. Pure. */
import { isCompanion } from './companion.ts'
import type { Gap } from './coverage-events.ts'
import type { EventOf, Recorded } from './events.ts'
import type { IncidentState } from './incident-state.ts'

export interface Coverage {
  readonly standing: 'complete' | 'recovered' | 'gaps'
  /** Times of which nothing was read, those that last included. */
  readonly unseen: readonly Gap[]
  /** Times that were read afterwards, the platform's own retention left out. */
  readonly readBack: readonly Gap[]
  readonly retained: readonly Gap[]
}

export const RETENTION = 'retention'

const isUnseen = ({ to, lost }: Gap): boolean => to === null || lost.includes('all')

/** Of the rooms of those who work on it; what was not seen of a companion room is counsel's to know. */
export const warRoomGaps = (state: Pick<IncidentState, 'gaps' | 'companions'>): readonly Gap[] =>
  state.gaps.filter(({ room }) => !isCompanion(state, room))

export function coverageOf({ gaps }: Pick<IncidentState, 'gaps'>): Coverage {
  const unseen = gaps.filter(isUnseen)
  const seen = gaps.filter((gap) => !isUnseen(gap))
  return {
    standing: unseen.length > 0 ? 'gaps' : gaps.length > 0 ? 'recovered' : 'complete',
    unseen,
    readBack: seen.filter(({ why }) => why !== RETENTION),
    retained: seen.filter(({ why }) => why === RETENTION),
  }
}

/**
 * A gap with its end takes the place of the one that lasted, and a platform's retention goes on where it was: so that what
 * is held does not grow with the days.
 */
export function gapChange(
  gaps: readonly Gap[],
  { seq, data }: Recorded & EventOf<'coverage.gap'>,
): readonly Gap[] {
  const { from, to, why, room = null, recovered = 0, vanished = 0, lost = [], through } = data
  const told: Gap = { seq, from, to, why, room, recovered, vanished, lost, ...(through ? { through } : {}) }
  const isSame = (gap: Gap): boolean =>
    why === RETENTION
      ? gap.why === RETENTION && gap.room === room
      : to !== null && gap.to === null && gap.from === from && (gap.room ?? room) === (room ?? gap.room)
  const at = gaps.findIndex(isSame)
  const old = gaps[at]
  if (!old) return [...gaps, told]
  return gaps.with(at, why === RETENTION ? grown(old, told) : { ...told, room: told.room ?? old.room })
}

const grown = (old: Gap, told: Gap): Gap => ({
  ...told,
  from: [old.from, told.from].sort()[0] ?? told.from,
  vanished: old.vanished + told.vanished,
})
