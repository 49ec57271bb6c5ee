/** The form that names people for a role. An empty telephone keeps the number of a person who stays. */
import { isRefusal } from '../domain/refusal.ts'
import type { Field, Form } from '../views/card.ts'
import type { Context } from './command.ts'
import { roleField, roleIds } from './role-words.ts'
import { readRoster } from './roster-words.ts'

export function rosterForm(
  context: Context,
  prefill: Readonly<Record<string, string>>,
): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const read = prefill.words ? readRoster(prefill.words, context) : undefined
  const known = read && !isRefusal(read) ? read : undefined
  const line = known ? context.organisation.roster[known.role] : undefined
  return {
    title: 'Name people for a role',
    submit: 'Record',
    fields: [
      roleField(roleIds, known?.role),
      person('holder', 'Who is asked first', known?.holder ?? line?.holder),
      person('deputy', 'Deputy', known?.deputy ?? line?.deputy),
      phone('phone', 'Telephone', known?.phone),
      phone('deputyPhone', 'Deputy’s telephone', known?.deputyPhone),
    ],
  }
}

const person = (name: string, label: string, initial: string | null | undefined): Field => ({
  kind: 'person',
  name,
  label,
  optional: true,
  ...(initial && initial !== 'none' ? { initial } : {}),
})

const phone = (name: string, label: string, initial: string | undefined): Field => ({
  kind: 'text',
  name,
  label,
  hint: 'Empty keeps what is on the roster.',
  optional: true,
  maxLength: 40,
  ...(initial ? { initial } : {}),
})
