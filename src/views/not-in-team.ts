/** To whoever declared or holds a role and is not in the team that sees the room: where to write until they are. */
import { roomLine } from './brief.ts'
import type { Card } from './card.ts'
import { about, act, buttons, headingOf, lines, type Scene } from './scene.ts'
import type { View } from './view.ts'

export function notInTeamCard({ state, word }: Scene): Card {
  return about(state, 'you cannot see its room', [
    lines([
      ['▲ ', { bold: headingOf(state) }, ': its room is open, and you are not in the team that sees it.'],
      'An owner of that team can add you. You then see the room of every incident.',
      ['Until then, write to me here: ', { code: `${word} note ${state.incident} <what happened>` }],
    ]),
    ...buttons(act(state, 'Status', 'status'), act(state, 'Clocks', 'clocks')),
  ])
}

export const notInTeam: View = {
  draw: (drawing) => {
    const { state, args } = drawing
    if (!state.members.includes(String(args.person))) return notInTeamCard(drawing)
    return about(state, 'its room is open', [
      lines([`The room of ${headingOf(state)} is open to you.`, roomLine(state)]),
    ])
  },
}
