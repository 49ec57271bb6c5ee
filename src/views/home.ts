/** App Home: my incidents and roles, what comes next, and the two ways to start. */
import { rolesOf } from '../domain/incident-items.ts'
import type { Block, Card } from './card.ts'
import { incidentBlock, liveOf, type Overview, startButtons } from './list.ts'
import { button } from './say.ts'
import { buttons, lines, quiet } from './scene.ts'

const shown = 15

/** People who have no part in an incident do not see it here, open to all or not. */
const isMine = ({ person }: Overview, state: Overview['visible'][number]): boolean =>
  state.declared.by === person || state.members.includes(person) || rolesOf(state, person).length > 0

export function homeCard(overview: Overview): Card {
  const live = liveOf(overview)
  const mine = live.filter((state) => isMine(overview, state))
  const others = live.length - mine.length
  const drawn = mine.slice(0, shown)
  const body: Block[] =
    drawn.length > 0
      ? drawn.map((state) => incidentBlock(overview, state))
      : [
          lines([
            'No open incidents.',
            'If something happened, declare it: declaring admits nothing, and the clock already runs.',
          ]),
        ]
  return {
    summary: 'Wardroom',
    blocks: [
      { kind: 'title', text: mine.length > 0 ? 'Your incidents' : 'Wardroom' },
      ...body,
      ...(mine.length > drawn.length
        ? [quiet(`${mine.length - drawn.length} more: ${overview.word} list`)]
        : []),
      ...(others > 0 ? [quiet(`${others} more that you may see: ${overview.word} list all`)] : []),
      ...buttons(...startButtons, button('Is anything late?', 'late'), button('Help', 'help')),
    ],
  }
}
