/** Who is asked for each role, with deputy and telephone: the organisation's own log. It decides who is invited. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isNamed } from '../domain/organisation.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { permissions, type Role, roleLabel } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
import type { Command, Context, Decision } from './command.ts'
import { maybe } from './here.ts'
import { roleIds } from './role-words.ts'
import { entryLine, type RosterEntry, rosterCard, rosterEntry, rosterSeqs } from './roster-card.ts'
import { rosterForm } from './roster-form.ts'
import { isPhone, NONE, readRoster } from './roster-words.ts'

const args = z.object({
  do: z.enum(['show', 'name', 'clear']).default('name'),
  role: z.enum(roleIds, 'Choose a role.').optional(),
  holder: maybe,
  deputy: maybe,
  phone: maybe,
  deputyPhone: maybe,
})
type Args = z.infer<typeof args>

export const roster: Command<Args> = {
  verb: 'roster',
  aliases: ['team', 'oncall', 'contacts'],
  summary: 'Who is asked for each role, with deputy and telephone',
  usage: 'roster [<role> @holder [deputy @deputy] [phone <number>] [deputy phone <number>] | clear <role>]',
  examples: ['roster', 'roster privacy-officer @dana deputy @lee phone +1 555 0100'],
  who: 'Anyone may look. Changing it: privacy officer, security officer or executive sponsor on the roster, their deputies, and administrators.',
  about: 'organisation',
  args,
  parse: (words, context) => {
    const typed = words.trim()
    if (typed === '') return { do: 'show' }
    const clear = /^(?:clear|remove)\s+(.+)$|^(.+?)\s+(?:clear|remove)$/is.exec(typed)
    const read = readRoster(clear?.[1] ?? clear?.[2] ?? typed, context)
    if (isRefusal(read)) return read
    if (clear) return { do: 'clear', role: read.role }
    return Object.keys(read).length > 1 ? { do: 'name', ...read } : undefined
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
    return given.do === 'clear' ? clear(given.role, context) : name(given.role, given, context)
  },
}

/** Checked against the organisation alone: the people the roster names for these roles, and administrators. */
function mayEdit({ organisation, actor, settings }: Context): Refusal | undefined {
  const editors: readonly Role[] = permissions['roster.edit'].roles
  if (settings.admins.includes(actor)) return undefined
  if (editors.some((role) => isNamed(organisation, role, actor))) return undefined
  const named = editors.flatMap((role) => {
    const holder = organisation.roster[role]?.holder
    return holder ? [`<@${holder}> (${roleLabel(role)})`] : []
  })
  const ask =
    named.length > 0
      ? `Ask ${named.join(' or ')}.`
      : 'Nobody is named for these yet: ask an administrator of Wardroom to name the first.'
  return refuse(
    'not-permitted',
    `Only the privacy officer, security officer, executive sponsor or their deputies change the roster. ${ask}`,
    { buttons: [{ label: 'Show the roster', line: 'roster' }] },
  )
}

function name(role: Role, given: Args, context: Context): Decision | Refusal {
  const before = rosterEntry(context, role)
  const holder = chosen(given.holder, before.holder)
  const deputy = chosen(given.deputy, before.deputy)
  for (const field of ['phone', 'deputyPhone'] as const) {
    const typed = given[field]
    if (typed && typed.toLowerCase() !== NONE && !isPhone(typed))
      return refuse(
        'phone',
        'A telephone number has digits, spaces, a leading + and an extension, for example +1 555 0100 ext 12.',
        {
          field,
        },
      )
  }
  if (holder && holder === deputy)
    return refuse('same-person', `<@${holder}> cannot be their own deputy. Name somebody who can stand in.`, {
      field: 'deputy',
    })
  const after: RosterEntry = {
    holder,
    deputy,
    phone: phoneOf(given.phone, holder, before.holder, before.phone),
    deputyPhone: phoneOf(given.deputyPhone, deputy, before.deputy, before.deputyPhone),
  }
  if (same(before, after))
    return refuse(
      'roster-same',
      `The roster says so already for ${roleLabel(role)}; nothing needs to change.`,
      {
        buttons: [{ label: 'Show the roster', line: 'roster' }],
      },
    )
  return named(role, after, context)
}

function clear(role: Role, context: Context): Decision | Refusal {
  const { holder, deputy } = rosterEntry(context, role)
  if (!holder && !deputy)
    return refuse('roster-same', `Nobody is named for ${roleLabel(role)}; there is nothing to clear.`, {
      buttons: [{ label: 'Show the roster', line: 'roster' }],
    })
  return named(role, { holder: null, deputy: null, phone: undefined, deputyPhone: undefined }, context)
}

function named(role: Role, after: RosterEntry, { word }: Context): Decision {
  const { holder, deputy, phone, deputyPhone } = after
  const text = { ...(phone ? { phone } : {}), ...(deputyPhone ? { deputyPhone } : {}) }
  const line = entryLine(after)
  return {
    events: [
      event('roster.named', { role, holder, deputy }, Object.keys(text).length > 0 ? text : undefined),
    ],
    reply: say(
      'Recorded.',
      [
        [`${roleLabel(role)}: `, ...(typeof line === 'string' ? [line] : line)],
        'It counts for incidents from now on; open ones ask these people too.',
        ...(holder && !phone
          ? [`Without a telephone number nobody can call them: ${word} roster ${role} phone …`]
          : []),
      ],
      [button('Show the roster', 'roster')],
    ),
  }
}

const chosen = (typed: string | undefined, before: string | null): string | null =>
  typed === undefined ? before : typed === NONE ? null : typed

/** A number belongs to its person: it stays only while they do. */
function phoneOf(
  typed: string | undefined,
  person: string | null,
  personBefore: string | null,
  before: string | undefined,
): string | undefined {
  if (!person || typed?.toLowerCase() === NONE) return undefined
  return typed?.trim() ?? (person === personBefore ? before : undefined)
}

const same = (a: RosterEntry, b: RosterEntry): boolean =>
  a.holder === b.holder && a.deputy === b.deputy && a.phone === b.phone && a.deputyPhone === b.deputyPhone
