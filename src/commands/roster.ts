/** Who is asked for each role, with deputy and telephone: the organisation's own log. It decides who is invited. */
import { isRefusal, refuse } from '../domain/refusal.ts'
import type { Command } from './command.ts'
import { type RosterArgs, rosterArgs } from './roster-args.ts'
import { rosterCard, rosterSeqs } from './roster-card.ts'
import { clearRole, mayEdit, nameRole } from './roster-edit.ts'
import { rosterForm } from './roster-form.ts'
import { readRoster } from './roster-words.ts'

export const roster: Command<RosterArgs> = {
  verb: 'roster',
  aliases: ['team', 'oncall', 'contacts'],
  summary: 'Who is asked for each role, with deputy and telephone',
  usage: 'roster [<role> @holder [deputy @deputy] [phone <number>] [deputy phone <number>] | clear <role>]',
  examples: ['roster', 'roster privacy-officer @dana deputy @lee phone +1 555 0100'],
  who: 'Anyone may look. Changing it: privacy officer, security officer or executive sponsor on the roster, their deputies, and administrators.',
  about: 'organisation',
  reads: ({ do: act }) => act === 'show',
  args: rosterArgs,
  parse: (words, context) => {
    const typed = words.trim()
    if (typed === '') return { do: 'show' }
    const clear = /^(?:clear|remove)\s+(.+)$|^(.+?)\s+(?:clear|remove)$/is.exec(typed)
    const read = readRoster(clear?.[1] ?? clear?.[2] ?? typed, context)
    if (isRefusal(read)) return read
    if (clear) return { do: 'clear', role: read.role }
    const isWhole = Object.keys(read).length > 1
    // Somebody who may not change it is told so before, not after, filling in a form.
    return isWhole || mayEdit(context) ? { do: 'name', ...read } : undefined
  },
  form: rosterForm,
  texts: (context) => rosterSeqs(context),
  decide: (given, context) => {
    const refusal = mayEdit(context)
    if (given.do === 'show') return { events: [], reply: rosterCard(context, refusal === undefined) }
    if (refusal) return refusal
    if (!given.role)
      return refuse('role-needed', `Name the role first: ${context.word} roster <role> @who`, {
        field: 'role',
      })
    return given.do === 'clear' ? clearRole(given.role, context) : nameRole(given.role, given, context)
  },
}
