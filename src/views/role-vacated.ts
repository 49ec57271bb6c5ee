/** Privately, to whoever gave a role and whoever leads: the person may not hold it, and it is open again. */
import { isRole, type Role, roleLabel } from '../domain/roles.ts'
import type { Card, Line } from './card.ts'
import {
  about,
  act,
  buttons,
  form,
  headingOf,
  lines,
  person,
  type Scene,
  upperFirst,
  wordArg,
} from './scene.ts'
import type { View } from './view.ts'

const reasons: Readonly<Record<string, string>> = {
  guest: 'is a guest from outside the organisation',
  deactivated: 'has no account here',
}

const listed = (roles: readonly Role[], word: 'and' | 'or'): string => {
  const names = roles.map(roleLabel)
  return names.length < 2
    ? (names[0] ?? 'a role')
    : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`
}

export function vacatedCard(
  { state }: Scene,
  {
    who,
    why,
    roles,
  }: { readonly who: string | undefined; readonly why: string; readonly roles: readonly Role[] },
): Card {
  const is = reasons[why] ?? 'cannot be told anything here'
  const open = roles.filter((role) => !state.roles[role])
  const since = roles.flatMap((role): Line[] => {
    const holder = state.roles[role]?.person
    return holder ? [[person(holder), ` holds ${roleLabel(role)} now.`]] : []
  })
  const again = `${upperFirst(listed(open, 'and'))} ${open.length > 1 ? 'are' : 'is'} open again: assign somebody of your own.`
  return about(state, open.length > 0 ? 'a role is open again' : 'nothing to do', [
    lines([
      [
        '▲ ',
        who ? person(who) : 'Somebody',
        ` ${is} and cannot hold ${listed(roles, 'or')} for ${headingOf(state)}. Nothing was sent to them.`,
      ],
      ...(open.length > 0 ? [again] : []),
      ...since,
    ]),
    ...buttons(
      ...open.slice(0, 4).map((role) => form(state, `Assign ${roleLabel(role)}`, `assign ${role}`)),
      act(state, 'Who holds what', 'roles'),
    ),
  ])
}

export const vacated: View = {
  draw: (drawing) => {
    const { args } = drawing
    const named = Array.isArray(args.roles) ? args.roles : []
    return vacatedCard(drawing, {
      who: wordArg(args, 'who'),
      why: wordArg(args, 'why') ?? 'guest',
      roles: named.filter((role) => typeof role === 'string').filter(isRole),
    })
  },
}
