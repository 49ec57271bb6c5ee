/** The checklist of one phase for the person who asked: at most five buttons, the items to do first. */

import type { IncidentState } from '../domain/incident.ts'
import { type PhaseId, phaseLabel } from '../domain/phases.ts'
import type { Block, Button, Card } from '../views/card.ts'
import { button } from '../views/say.ts'
import type { Context } from './command.ts'
import { type Item, isMine, itemLine, itemsOf, statusOf } from './items.ts'
import { settledItems } from './reading.ts'
import { ofIncident } from './role-words.ts'

const withButtons = 4

export function checklistCard(state: IncidentState, phase: PhaseId, context: Context): Card {
  const items = itemsOf(state, phase)
  const settled = settledItems(state)
  const open = items.filter(({ id }) => !settled.includes(id))
  const rank = (item: Item) => (item.required ? 0 : 2) + (isMine(state, context, item) ? 0 : 1)
  const first = [...open].sort((a, b) => rank(a) - rank(b)).slice(0, withButtons)
  const required = open.filter((item) => item.required).length
  const head = `${phaseLabel(phase)}: ${open.length} open${required ? `, ${required} required` : ''}, ${items.length - open.length} settled`
  const rest = items.filter((item) => !first.includes(item))
  const blocks: Block[] = [
    { kind: 'title', text: head },
    ...first.map(
      (item): Block => ({
        kind: 'lines',
        lines: [itemLine(state, item, context)],
        button: done(item, context),
      }),
    ),
    ...(rest.length > 0
      ? [{ kind: 'lines', lines: rest.map((item) => itemLine(state, item, context)) } satisfies Block]
      : []),
    {
      kind: 'buttons',
      buttons: [button('Add an item', 'check add', { form: true, ...ofIncident(context) })],
    },
    {
      kind: 'quiet',
      lines: [`${context.word} check D6 done <evidence> · check D6 skip because <why> · check containment`],
    },
  ]
  return { summary: `Checklist, ${head}.`, blocks }
}

/** A required item's evidence is asked in a form. */
const done = (item: Item, context: Context): Button =>
  button(`Complete ${item.id}`, `check ${item.id} done`, {
    ...(item.required ? { form: true } : {}),
    ...ofIncident(context),
  })

export const openItems = (state: IncidentState): readonly Item[] =>
  itemsOf(state).filter(({ id }) => statusOf(state, id) === 'open')
