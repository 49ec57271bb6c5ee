/** The form that names people for a role. An empty telephone keeps the number of a person who stays. */
import { isRefusal } from '../domain/refusal.ts'
import { roleLabel, roleRow } from '../domain/roles.ts'
import type { Field, Form } from '../views/card.ts'
import { upperFirst } from '../views/scene.ts'
import type { Context } from './command.ts'
import { roleField, roleIds } from './role-words.ts'
import { readRoster } from './roster-words.ts'

export function rosterForm(
  context: Context,
  prefill: Readonly<Record<string, string>>,
): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const read = prefill.words ? readRoster(prefill.words, context) : undefined
  if (!read || isRefusal(read))
    return { title: TITLE, submit: 'Record', fields: [roleField(roleIds), ...people({}), ...phones({})] }
  const line = context.organisation.roster[read.role]
  const holder = read.holder ?? line?.holder ?? undefined
  const deputy = read.deputy ?? line?.deputy ?? undefined
  // The role is fixed: people shown for one role must not be recorded for another.
  return {
    title: TITLE,
    submit: 'Record',
    intro: [[{ bold: upperFirst(roleLabel(read.role)) }], roleRow(read.role).brief],
    fields: [...people({ holder, deputy }), ...phones(read)],
    carry: { role: read.role, whole: 'yes' },
  }
}

const TITLE = 'Name people for a role'

const people = (given: { readonly holder?: string | undefined; readonly deputy?: string | undefined }) => [
  person('holder', 'Who is asked first', given.holder),
  person('deputy', 'Deputy', given.deputy),
]

const phones = (given: { readonly phone?: string; readonly deputyPhone?: string }) => [
  phone('phone', 'Telephone', given.phone),
  phone('deputyPhone', 'Deputy’s telephone', given.deputyPhone),
]

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
