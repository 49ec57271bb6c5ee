/** What was recorded, and every last day it moved: before → after. */
import type { Event, EventOf } from '../domain/events.ts'
import { factLabel } from '../domain/facts.ts'
import type { Card, Line } from '../views/card.ts'
import { button, say } from '../views/say.ts'
import { moveLine } from './clock-lines.ts'
import type { Context } from './command.ts'
import type { FactEffect } from './fact-effect.ts'
import { readers } from './fact-rows.ts'
import { itemTitle } from './reading.ts'

export function factReply(
  { data }: EventOf<'fact.recorded'>,
  { state, moves }: FactEffect,
  events: readonly Event[],
  context: Context,
): Card {
  const { incident, organisation } = state
  const read = readers[data.fact]
  const was = data.before ? read.say(data.before, state) : undefined
  const now = read.say(data.value, state)
  const done = events.flatMap((each) => (each.kind === 'item.completed' ? [itemTitle(each.data.item)] : []))
  const lines: Line[] = [
    [{ bold: 'Recorded: ' }, `${now}.`],
    ...(was && was !== now ? [`Before: ${was}.`] : []),
    ...moves.map((move) => moveLine(move, organisation.holidays)),
    ...(moves.length === 0 && movesClocks(data.fact) ? ['No last day moved.'] : []),
    ...done.map((title) => `✓ ${title}`),
    ...(data.fact === 'chat-compromised' && 'compromised' in data.value && data.value.compromised
      ? ['Do not write anything here the attacker must not read. People are told by every path left.']
      : []),
  ]
  return say(`Recorded: ${factLabel(data.fact)}.`, lines, buttons(data, incident, context))
}

const movesClocks = (fact: string) =>
  ['discovered', 'affected', 'unsecured', 'phi', 'permitted', 'notified'].includes(fact)

function buttons({ fact, value }: EventOf<'fact.recorded'>['data'], incident: string, context: Context) {
  const clocks = button('Clocks', 'clocks', { incident })
  if ('compromised' in value && value.compromised)
    return [button('Open a new room', 'room new', { incident, form: true, style: 'primary' })]
  const total = 'total' in value ? value.total : null
  const states = 'byState' in value ? Object.keys(value.byState).length : 0
  if (fact === 'affected' && total !== null && total > 500 && states === 0)
    return [button('Add the States', `fact affected ${total}`, { incident, form: true }), clocks]
  return context.state && movesClocks(fact) ? [clocks] : []
}
