/** Asks for the register of all incidents and their outcomes, as a table for an auditor. It comes to whoever asked, alone. */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import { isNamed } from '../domain/organisation.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { permissions, type Role, roleLabel } from '../domain/roles.ts'
import { registerAsked } from '../views/register.ts'
import type { Command, Context } from './command.ts'
import { noWords } from './words.ts'

export const register: Command<Record<string, never>> = {
  verb: 'register',
  aliases: ['list-csv'],
  summary: 'Get the register of all incidents and outcomes as a table; list csv does the same',
  usage: 'register',
  examples: ['register'],
  who: 'Privacy officer, security officer or counsel on the roster, and their deputies.',
  about: 'organisation',
  args: z.object({}),
  parse: noWords,
  decide: (_, context) =>
    notForThem(context) ?? {
      events: [event('register.requested', { platform: context.platform, workspace: context.workspace })],
      reply: registerAsked(context.platform),
    },
}

function notForThem({ organisation, actor }: Context): Refusal | undefined {
  const offices: readonly Role[] = permissions['register.export'].roles
  if (offices.some((role) => isNamed(organisation, role, actor))) return undefined
  const named = offices.flatMap((role) => {
    const holder = organisation.roster[role]?.holder
    return holder ? [`<@${holder}> (${roleLabel(role)})`] : []
  })
  return refuse(
    'not-permitted',
    `Only the privacy officer, the security officer or counsel get the register. ${named.length > 0 ? `Ask ${named.join(' or ')}.` : 'The roster names none of them yet.'}`,
    { buttons: [{ label: 'My incidents', line: 'list' }] },
  )
}
