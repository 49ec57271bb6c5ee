/** The checklist: shown by phase, and each item completed with its evidence, skipped with a reason, reopened or added. */
import { z } from 'zod'
import { isPhase } from '../domain/phases.ts'
import { isRefusal } from '../domain/refusal.ts'
import { complete, reopen, skip } from './check-act.ts'
import { add } from './check-add.ts'
import { checklistCard } from './check-card.ts'
import { checkForm } from './check-form.ts'
import { isItemId, readCheck } from './check-words.ts'
import type { Command } from './command.ts'
import { maybe, participantsIncident } from './here.ts'
import { findOf, itemsOf, statusOf, titleSeqs } from './items.ts'
import { roleIds } from './role-words.ts'

const args = z.object({
  do: z.enum(['show', 'done', 'skip', 'reopen', 'add']).default('show'),
  item: maybe,
  phase: maybe,
  note: maybe,
  reason: maybe,
  title: maybe,
  role: z
    .enum([...roleIds, ''])
    .optional()
    .transform((role) => role || undefined),
  at: maybe,
  by: maybe,
  byPerson: maybe,
})
export type CheckArgs = z.infer<typeof args>

export const check: Command<CheckArgs> = {
  verb: 'check',
  aliases: ['checklist', 'items', 'item', 'todo'],
  summary: 'See the checklist; complete, skip, reopen or add an item',
  usage:
    'check [<item> done <evidence> | <item> skip because <why> | <item> reopen | add <title> [for <role>]]',
  examples: [
    'check',
    'check D6 done scope sheet in ticket 4411',
    'check C7 skip because no clinical system was touched',
  ],
  who: 'Anyone in the incident. Skipping: the role the item is for, the commander, deputy, privacy or security officer.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const read = readCheck(words, context)
    if (read.do === 'show') return read
    if (read.do === 'add') return read.title ? read : undefined
    const { state } = context
    if (!state) return { ...read, do: read.do ?? 'done' }
    const item = findOf(state, read.item ?? '', context)
    if (isRefusal(item)) return read.item || read.do ? item : undefined
    if (!read.do) return undefined
    const status = statusOf(state, item.id)
    if (read.do === 'done' && item.required && !read.note && status !== 'done') return undefined
    if (read.do === 'skip' && !read.reason && status === 'open') return undefined
    return read
  },
  form: (context, prefill) => checkForm(context, prefill),
  texts: (context, { do: act, item, phase }) => {
    const { state } = context
    if (!state) return []
    if (act === 'show') return titleSeqs(itemsOf(state, phase && isPhase(phase) ? phase : state.phase))
    return item && isItemId(item, context)
      ? titleSeqs(itemsOf(state).filter(({ id }) => id === item.trim().toUpperCase()))
      : []
  },
  decide: (given, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (given.do === 'show') {
      const phase = given.phase && isPhase(given.phase) ? given.phase : state.phase
      return { events: [], reply: checklistCard(state, phase, context) }
    }
    if (given.do === 'add') return add(state, given, context)
    const item = findOf(state, given.item ?? '', context)
    if (isRefusal(item)) return item
    if (given.do === 'done') return complete(state, item, given, context)
    return given.do === 'skip' ? skip(state, item, given, context) : reopen(state, item, given, context)
  },
}
