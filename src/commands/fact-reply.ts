/** What was recorded, and every last day it moved: before → after. */
import { sayDay } from '../domain/dates-in-words.ts'
import type { Event, EventOf } from '../domain/events.ts'
import { type Fact, type FactValue, factLabel, factRow } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { incidentClocks } from '../domain/incident-clocks.ts'
import { itemChanges } from '../domain/incident-items.ts'
import type { Card, Line } from '../views/card.ts'
import { owedWords, spareWords, undatedClocks, waitWords } from '../views/clock-words.ts'
import { crossingLines, opensLines, waiting } from '../views/crossings.ts'
import { button, say } from '../views/say.ts'
import { upperFirst } from '../views/scene.ts'
import { offLines } from '../views/state-clocks.ts'
import { moveLine, runningClocks } from './clock-lines.ts'
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
  const waited = new Set(context.state ? waiting(context.state, context.at).map(({ id }) => id) : [])
  const undated = undatedLines(state, context)
  const items = events.flatMap((each): Line[] => {
    if (each.kind === 'item.completed') return [`✓ ${itemTitle(each.data.item)}`]
    return each.kind === 'item.reopened' ? [`○ Open again: ${itemTitle(each.data.item)}`] : []
  })
  const lines: Line[] = [
    [{ bold: 'Recorded: ' }, `${now}.`],
    ...(was && was !== now ? [`Before: ${was}.`] : []),
    ...punctual(data.value, state, context),
    ...crossed(data, context, state),
    ...moves.map((move) => moveLine(move, organisation.holidays, waited)),
    ...undated,
    ...(moves.length === 0 && undated.length === 0 && movesClocks(data.fact) ? ['No last day moved.'] : []),
    ...(data.fact === 'part2' || data.fact === 'started' ? offLines(state) : []),
    ...items,
    ...checklistLines(context.state, state),
    ...(data.fact === 'chat-compromised' && 'compromised' in data.value && data.value.compromised
      ? ['Do not write anything here the attacker must not read. People are told by every path left.']
      : []),
  ]
  return say(`Recorded: ${factLabel(data.fact)}.`, lines, [
    ...owedButtons(data.value, state, context),
    ...buttons(data, incident, context),
  ])
}

/** What the law gives no day has none that could move: that it is owed, or no longer, is said all the same. */
function undatedLines(after: IncidentState, { state: before, at: now }: Context): Line[] {
  const [was, is] = [
    before ? undatedClocks({ state: before, now }) : [],
    undatedClocks({ state: after, now }),
  ]
  const without = (some: typeof was, others: typeof was) =>
    some.filter(({ id }) => !others.some((other) => other.id === id))
  return [
    ...without(is, was).map(
      (clock): Line => [{ bold: `▲ ${upperFirst(clock.label)}` }, ` is owed now: ${waitWords(clock)}.`],
    ),
    ...without(was, is)
      .filter(({ id }) => !after.notified[id])
      .map(({ label }): Line => `${upperFirst(label)} is no longer owed.`),
  ]
}

/** An item that comes or goes is said, or it would be missed on the card and not looked for. */
function checklistLines(before: IncidentState | undefined, after: IncidentState): Line[] {
  if (!before) return []
  const { on, off } = itemChanges(before, after)
  return [...changed('On the checklist now', '○', on), ...changed('Off the checklist now', '–', off)]
}

/** A corrected kind may bring a dozen: those go by their ids, and the card has their titles. */
function changed(head: string, mark: string, items: readonly { readonly id: string }[]): Line[] {
  const ids = items.map(({ id }) => id)
  if (ids.length > 3) return [`${head}: ${ids.join(', ')}.`]
  return ids.length > 0 ? [`${head}:`, ...ids.map((id) => `${mark} ${itemTitle(id)}`)] : []
}

/** Whether the notice was in time, and which one is still to be sent. */
function punctual(value: FactValue, state: IncidentState, { at }: Context): Line[] {
  if (!('clock' in value) || value.on === null) return []
  const sent = incidentClocks(state, at).find(({ id }) => id === value.clock)
  const [next] = runningClocks(state, at)
  const day = next?.lastDay
  return [
    ...(sent?.lastDay && sent.spare !== null ? [inTime(sent.spare, sent.spareMs, sayDay(sent.lastDay))] : []),
    next?.atOnce
      ? `Still to send: ${next.label}, ${owedWords({ state, now: at }, next)}.`
      : day
        ? `Still to send: ${next.label}, last day ${sayDay(day)}.`
        : 'No other notice is counting.',
  ]
}

function inTime(spare: number, spareMs: number | null, lastDay: string): string {
  if (spareMs !== null) return `${upperFirst(spareWords(spare, spareMs))}: its last day is ${lastDay}.`
  if (spare === 0) return 'That is its last day.'
  return `${upperFirst(spareWords(spare))}: its last day ${spare > 0 ? 'is' : 'was'} ${lastDay}.`
}

/** Which number was crossed, and what that opens; the moves are told for themselves. */
function crossed(
  { value, before }: EventOf<'fact.recorded'>['data'],
  { state, at }: Context,
  after: IncidentState,
) {
  if (!state || !('byState' in value)) return []
  return [
    ...crossingLines(before && 'byState' in before ? before : null, value),
    ...opensLines(state, after, at),
  ]
}

/** What is owed at once is the next thing to do. */
function owedButtons(value: FactValue, after: IncidentState, { at: now }: Context) {
  if (!('start' in value) || value.at === null) return []
  const clock = undatedClocks({ state: after, now }).find(({ id }) => id === value.start)
  return clock
    ? [button('Mark sent…', `notify ${clock.short} sent`, { incident: after.incident, form: true })]
    : []
}

const movesClocks = (fact: Fact) => factRow(fact).movesClocks

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
