/** Changing the roster: who may, what a line becomes, and which telephone numbers stay with it. */
import { event } from '../domain/events.ts'
import { isNamed } from '../domain/organisation.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { permissions, type Role, roleLabel } from '../domain/roles.ts'
import { button, say } from '../views/say.ts'
import type { Context, Decision } from './command.ts'
import type { RosterArgs } from './roster-args.ts'
import { entryLine, type RosterEntry, rosterEntry } from './roster-card.ts'
import { isPhone, NONE } from './roster-words.ts'

/** Checked against the organisation alone: the people the roster names for these roles, and administrators. */
export function mayEdit({ organisation, actor, settings }: Context): Refusal | undefined {
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

export function nameRole(role: Role, given: RosterArgs, context: Context): Decision | Refusal {
  const before = rosterEntry(context, role)
  const untouched = given.whole ? NONE : undefined
  const holder = chosen(given.holder ?? untouched, before.holder)
  const deputy = chosen(given.deputy ?? untouched, before.deputy)
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

export function clearRole(role: Role, context: Context): Decision | Refusal {
  const { holder, deputy } = rosterEntry(context, role)
  if (!holder && !deputy)
    return refuse('roster-same', `Nobody is named for ${roleLabel(role)}; there is nothing to clear.`, {
      buttons: [{ label: 'Show the roster', line: 'roster' }],
    })
  return named(role, { holder: null, deputy: null, phone: undefined, deputyPhone: undefined }, context)
}

function named(role: Role, after: RosterEntry, { word, platform }: Context): Decision {
  const { holder, deputy, phone, deputyPhone } = after
  const text = { ...(phone ? { phone } : {}), ...(deputyPhone ? { deputyPhone } : {}) }
  const line = entryLine(after)
  return {
    events: [
      event(
        'roster.named',
        { role, holder, deputy, ...(platform === 'slack' ? {} : { platform }) },
        Object.keys(text).length > 0 ? text : undefined,
      ),
    ],
    reply: say(
      'Recorded.',
      [
        [`${roleLabel(role)}: `, ...(typeof line === 'string' ? [line] : line)],
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
