/** What the bot could not see of a room, in plain words: when, what was found afterwards, and what nobody can find. */
import { coverageOf, RETENTION, warRoomGaps } from '../domain/coverage.ts'
import type { Gap, Lost } from '../domain/coverage-events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { platformName } from '../domain/platforms.ts'
import type { Card, Line } from './card.ts'
import { about, lines, momentOf, numberArg, type Scene } from './scene.ts'
import type { View } from './view.ts'

const lostWords: Readonly<Record<Lost, string>> = {
  all: 'what was said in that time',
  'deleted-unseen': 'what was written and deleted within it',
  'who-deleted': 'who deleted a message, and when',
  'deleted-text': 'the last words of a message that was changed and then deleted',
  versions: 'what a message said between two changes',
  reactions: 'reactions',
  'reactions-undone': 'reactions taken back',
  retained: 'what had not been read before',
}

const span = (state: IncidentState, { from, to }: Gap): string =>
  to === null
    ? `since ${momentOf(state, from)}`
    : `between ${momentOf(state, from)} and ${momentOf(state, to)}`

const things = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const changes = (count: number): string => things(count, 'message or change', 'messages and changes')

/** `Cannot be recovered: …` of what is known to be lost; nothing of entries that do not say. */
const cannot = ({ lost }: Gap): string[] =>
  lost.length > 0 ? [`Cannot be recovered: ${lost.map((each) => lostWords[each]).join('; ')}.`] : []

function found(state: IncidentState, { recovered, vanished, lost }: Gap): string[] {
  if (lost.includes('all')) return []
  const name = platformName(state.platform)
  const isMany = vanished !== 1
  return [
    recovered === 0
      ? 'It was read afterwards; nothing new was in it.'
      : `It was read afterwards; ${changes(recovered)} ${recovered === 1 ? 'is' : 'are'} on the record as recovered.`,
    ...(vanished === 0
      ? []
      : [
          `${things(vanished, 'message', 'messages')} on the record ${isMany ? 'are' : 'is'} no longer in ${name}; what ${isMany ? 'they' : 'it'} said stays on the record.`,
        ]),
  ]
}

const whys: Readonly<Record<string, string>> = {
  restart: 'Wardroom was not running, or not everything was told,',
  moved: 'This room was given another id, and not everything was told',
  sweep: 'Not everything in this room was told',
  retention: 'Old messages were deleted by the retention setting: those written',
}

function told(state: IncidentState, gap: Gap): string[] {
  const what = whys[gap.why] ?? `${platformName(state.platform)} did not let the bot see this room`
  if (gap.why !== RETENTION) return [`${what} ${span(state, gap)}.`, ...found(state, gap), ...cannot(gap)]
  return [`${what} ${span(state, gap)}.`, 'What they said stays on the record.', ...cannot(gap)]
}

export function gapLines(state: IncidentState, seq: number | undefined): Line[] {
  const gap = state.gaps.find((each) => each.seq === seq)
  const where = seq ? ` (entry ${seq})` : ''
  return [
    ...(gap
      ? told(state, gap)
      : [`${platformName(state.platform)} did not let the bot see this room for a while.`]),
    `This gap is on the record${where}.`,
  ]
}

export const gapCard = ({ state }: Scene, seq: number | undefined): Card =>
  about(state, 'a gap in what the bot could see', [lines(gapLines(state, seq))])

export const gap: View = { draw: (drawing) => gapCard(drawing, numberArg(drawing.args, 'seq')) }

/** `complete`, `recovered — …` or `▲ gaps — …`: a row of the status card. */
export function coverageWords(state: IncidentState, gaps = warRoomGaps(state)): string {
  const { standing, unseen, readBack, retained } = coverageOf({ gaps })
  if (standing === 'complete') return 'complete'
  const last = (standing === 'gaps' ? unseen : readBack).at(-1) ?? retained.at(-1)
  const when = last ? span(state, last) : ''
  if (standing === 'gaps') return `▲ gaps — not seen ${when}`
  if (last?.why === RETENTION) return `recovered — old messages are deleted by the retention setting`
  return `recovered — ${things(readBack.length, 'time', 'times')} read afterwards, the last ${when}`
}

const SHOWN = 3

/** For whoever asks: each of the last gaps, whole. */
export function coverageLines(state: IncidentState): Line[] {
  const { unseen, readBack, retained } = coverageOf({ gaps: warRoomGaps(state) })
  const gaps = [...unseen, ...readBack, ...retained].sort((one, other) => one.seq - other.seq).slice(-SHOWN)
  return gaps.map((each) => `${told(state, each).join(' ')} Entry ${each.seq}.`)
}
