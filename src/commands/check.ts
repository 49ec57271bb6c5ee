/** The checklist: shown by phase, and each item completed with its evidence, skipped with a reason, reopened or added. */
import { itemsOf } from '../domain/incident-items.ts'
import { isPhase } from '../domain/phases.ts'
import { isRefusal } from '../domain/refusal.ts'
import { checklistCard } from '../views/checklist.ts'
import { labelSeqs } from '../views/items.ts'
import { complete, reopenItem, skip } from './check-act.ts'
import { add } from './check-add.ts'
import { type CheckArgs, checkArgs } from './check-args.ts'
import { checkForm } from './check-form.ts'
import { readCheck } from './check-words.ts'
import type { Command } from './command.ts'
import { participantsIncident } from './here.ts'
import { findOf, itemOf } from './items.ts'

export const check: Command<CheckArgs> = {
  verb: 'check',
  aliases: ['checklist', 'items', 'item', 'todo'],
  summary: 'See the checklist; complete, skip, reopen or add an item',
  usage:
    'check [<item> done <evidence> | <item> skip because <why> | <item> reopen | add <title> [for <role>]]',
  examples: [
    'check D6 done scope sheet in ticket 4411',
    'check C7 skip because no clinical system was touched',
  ],
  who: 'Anyone in the incident. Skipping: the role the item is for, the commander, deputy, privacy or security officer.',
  about: 'incident',
  reads: ({ do: act }) => act === 'show',
  args: checkArgs,
  parse: (words, context) => {
    const read = readCheck(words, context)
    if (read.do === 'show') return read
    if (read.do === 'add') return read.title ? read : undefined
    if (!read.item || !context.state) return undefined
    const item = findOf(context.state, read.item, context)
    if (isRefusal(item)) return item
    if (!read.do) return item.status === 'done' ? { ...read, do: 'done' } : undefined
    if (read.do === 'done' && item.required && !read.note && item.status !== 'done') return undefined
    if (read.do === 'skip' && !read.reason && item.status === 'open') return undefined
    return read
  },
  form: checkForm,
  texts: ({ state }, { do: act, item, phase }) => {
    if (!state) return []
    if (act === 'show') return labelSeqs(itemsOf(state, phase && isPhase(phase) ? phase : state.phase))
    const known = item && itemOf(state, item)
    return known ? labelSeqs([known]) : []
  },
  decide: (given, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (given.do === 'show') {
      const phase = given.phase && isPhase(given.phase) ? given.phase : state.phase
      const { organisation, at: now, word, text } = context
      return { events: [], reply: checklistCard({ state, organisation, now, word, text }, phase) }
    }
    if (given.do === 'add') return add(state, given, context)
    const item = findOf(state, given.item ?? '', context)
    if (isRefusal(item)) return item
    if (given.do === 'done') return complete(item, given, context)
    return given.do === 'skip' ? skip(state, item, given, context) : reopenItem(item, given, context)
  },
}
