/** Completing, skipping and reopening one item. */
import { event } from '../domain/events.ts'
import type { IncidentState, ItemState } from '../domain/incident.ts'
import type { Item } from '../domain/incident-items.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { titleOf } from '../views/items.ts'
import { allow } from './allow.ts'
import type { CheckArgs } from './check-args.ts'
import type { Context, Decision } from './command.ts'
import { isMine, settledWords } from './items.ts'
import { lateEntry } from './late-entry.ts'
import { recorded } from './recorded.ts'
import { ofIncident } from './role-words.ts'

type Answer = Decision | Refusal

const buttons = (context: Context) => [{ label: 'Checklist', line: 'check', ...ofIncident(context) }]

export function complete(item: Item, given: CheckArgs, context: Context): Answer {
  if (item.settled?.status === 'done') return already(item, item.settled, context)
  if (item.required && !given.note)
    return refuse(
      'evidence-needed',
      `${item.id} is required, so its evidence goes on the record: ${item.evidence}. Give a link or a note.`,
      {
        field: 'note',
        buttons: [
          { label: `Complete ${item.id}`, line: `check ${item.id} done`, form: true, ...ofIncident(context) },
        ],
      },
    )
  const late = lateEntry(given, context)
  if (isRefusal(late)) return late
  const text = { ...(given.note ? { note: given.note } : {}), ...late.text }
  return {
    events: [event('item.completed', { item: item.id, by: 'person', ...late.data }, some(text))],
    reply: recorded(
      `${item.id} is done`,
      late,
      context,
      [`✓ ${titleOf(item, context.text)}`],
      buttons(context),
    ),
  }
}

export function skip(state: IncidentState, item: Item, given: CheckArgs, context: Context): Answer {
  if (item.settled && item.status !== 'open') return already(item, item.settled, context)
  const allowed = isMine(state, context, item) ? [] : allow(state, 'item.skip', context, given.reason)
  if (isRefusal(allowed)) return allowed
  if (!given.reason)
    return refuse(
      'reason-needed',
      `Say why ${item.id} is skipped: ${context.word} check ${item.id} skip because …`,
      {
        field: 'reason',
        buttons: [
          { label: `Skip ${item.id}`, line: `check ${item.id} skip`, form: true, ...ofIncident(context) },
        ],
      },
    )
  const late = lateEntry(given, context)
  if (isRefusal(late)) return late
  const skipped = event(
    'item.skipped',
    { item: item.id, ...late.data },
    { reason: given.reason, ...late.text },
  )
  return {
    events: [...allowed, skipped],
    reply: recorded(
      `${item.id} is skipped`,
      late,
      context,
      [`– ${titleOf(item, context.text)}`],
      buttons(context),
    ),
  }
}

export function reopenItem(item: Item, given: CheckArgs, context: Context): Answer {
  if (item.status === 'open')
    return refuse('item-open', `${item.id} is open; there is nothing to reopen.`, {
      field: 'item',
      buttons: buttons(context),
    })
  const late = lateEntry(given, context)
  if (isRefusal(late)) return late
  const text = { ...(given.note ? { note: given.note } : {}), ...late.text }
  return {
    events: [event('item.reopened', { item: item.id, ...late.data }, some(text))],
    reply: recorded(
      `${item.id} is open again`,
      late,
      context,
      [`○ ${titleOf(item, context.text)}`],
      buttons(context),
    ),
  }
}

const already = (item: Item, settled: ItemState, context: Context): Refusal =>
  refuse(
    `item-${item.status}`,
    `${item.id} is ${item.status} already: ${settledWords(settled, context)}. Reopen it if that was wrong.`,
    {
      field: 'item',
      buttons: [
        { label: `Reopen ${item.id}`, line: `check ${item.id} reopen`, ...ofIncident(context) },
        ...buttons(context),
      ],
    },
  )

const some = (text: Readonly<Record<string, string>>) => (Object.keys(text).length > 0 ? text : undefined)
