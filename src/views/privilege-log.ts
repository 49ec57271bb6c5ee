/** The privilege log as counsel reads it in chat: what is marked, by whom, on which basis, and what was lifted. */
import type { Companion, IncidentState } from '../domain/incident-state.ts'
import type { PrivilegeTarget } from '../domain/privilege-events.ts'
import type { Card, Line, Span } from './card.ts'
import { coverageWords } from './coverage.ts'
import { about, act, buttons, lines, momentOf, nameOf, type OpenScene, person, quiet } from './scene.ts'

const shown = 20

const words: Readonly<Record<PrivilegeTarget, string>> = {
  message: 'one message',
  thread: 'a thread',
  room: 'a room',
}

export const targetWords = (target: PrivilegeTarget): string => words[target]

/** A companion room is counsel's to know: what was seen of it stands here and on no card of the war room. */
function companionLines(state: IncidentState, { room, name, lost, openedAt, admitted }: Companion): Line[] {
  const gaps = state.gaps.filter((gap) => gap.room === room)
  const people = admitted.flatMap((id, at): Span[] => [at === 0 ? '' : ', ', person(id)])
  return [
    [`Room for counsel ${name}, opened ${momentOf(state, openedAt)}`, lost === null ? '.' : ', lost since.'],
    ['Let in: ', ...people, `. Coverage: ${coverageWords(state, gaps)}.`],
  ]
}

export function privilegeLogCard({ state, text }: OpenScene): Card {
  const all = state.privilege
  const rows = all.map((mark, at): Line[] => {
    const { target, room, by, lifted } = mark
    const head: Line = [
      { bold: `${at + 1} · ${words[target]}` },
      ' in ',
      { room },
      ' · ',
      person(by),
      `, ${momentOf(state, mark.at)}`,
    ]
    const basis = `Basis: ${text(mark.seq).basis ?? 'no longer kept'}`
    const end: Line[] = lifted
      ? [['Lifted by ', person(lifted.by), `: ${text(lifted.seq).reason ?? 'no longer kept'}`]]
      : []
    return [head, basis, ...end]
  })
  const rooms = state.companions.map((companion): Line[] => companionLines(state, companion))
  if (rows.length === 0)
    return about(state, 'the privilege log.', [
      lines([`Nothing of ${nameOf(state)} is marked as privileged.`]),
      quiet('Counsel marks a message by its menu: Mark as privileged.'),
    ])
  const left = rows.length - shown
  return about(state, 'the privilege log.', [
    lines([`Privilege log of ${nameOf(state)}`]),
    ...(left > 0 ? [quiet(`The newest ${shown} of ${rows.length}; an export has them all.`)] : []),
    ...rows.slice(-shown).map((row) => lines(row)),
    ...rooms.map((row) => quiet(...row)),
    ...buttons(act(state, 'Status', 'status')),
  ])
}
