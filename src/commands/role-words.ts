/** A role and a person as people type them: "comms lead @sam", "@sam as ic", "privacy officer to me". */
import { type Refusal, refuse } from '../domain/refusal.ts'
import { type Role, roleFromWords, roleLabel, roles } from '../domain/roles.ts'
import type { Field } from '../views/card.ts'
import type { Context } from './command.ts'
import { said } from './here.ts'
import { nearest, takePerson } from './words.ts'

export const roleIds = roles.map(({ id }) => id) as [Role, ...Role[]]

const mention = /<@[A-Za-z0-9-]+(?:\|[^>]*)?>/
const mentions = new RegExp(mention, 'g')
const around = /^(?:the|as|to|of|for)\s+|\s+(?:as|to|is|goes to|role)$/gi

const bare = (words: string) => words.trim().replace(around, '').replace(around, '').trim()

/** The role's words and the person, in either order; `me` is the one who types. */
export function roleAndPerson(
  line: string,
  actor: string,
): { readonly words: string; readonly person: string | undefined } {
  if (!mention.test(line)) {
    const mine = /^(.*?)(?:^|\s)(?:to\s+)?(?:me|myself)$|^(?:me|myself)\s+(.*)$/is.exec(line.trim())
    if (mine) return { words: bare(mine[1] ?? mine[2] ?? ''), person: actor }
  }
  const { person, rest } = takePerson(line)
  return { words: bare(rest), person }
}

/** The role, or a refusal that names the nearest one; `again` is the line with that role put right. */
export function readRole(words: string, context: Context, again?: (role: Role) => string): Role | Refusal {
  const role = roleFromWords(words)
  if (role) return role
  const near = nearRole(words)
  const typed = `There is no role "${said(words)}".`
  if (!near)
    return refuse(
      'unknown-role',
      `${typed} The roles are ${roles.map(({ label }) => label).join(', ')}. Type one of them.`,
      { buttons: [{ label: 'Show the roles', line: 'roles', ...ofIncident(context) }] },
    )
  return refuse('unknown-role', `${typed} Did you mean ${roleLabel(near)}?`, {
    buttons: [
      ...(again ? [{ label: `Use ${roleLabel(near)}`, line: again(near), ...ofIncident(context) }] : []),
      { label: 'Show the roles', line: 'roles', ...ofIncident(context) },
    ],
  })
}

function nearRole(words: string): Role | undefined {
  const names = roles.flatMap(({ id, label, aliases }) => [id, label, ...aliases])
  const near = nearest(
    words
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .slice(0, 60),
    names,
  )
  return near && roleFromWords(near)
}

/** A second mention: a role is one person's, and which of the two was meant is not ours to guess. */
export const twoPeople = (words: string, context: Context, verb: string): Refusal | undefined => {
  if (!mention.test(words)) return undefined
  const role = roleFromWords(bare(words.replaceAll(mentions, ' ').replace(/\band\b|[,&]/gi, ' ')))
  const whose = role ? roleLabel(role) : 'A role'
  return refuse(
    'two-people',
    `${whose[0]!.toUpperCase()}${whose.slice(1)} is held by one person. Name one.`,
    {
      buttons: [
        {
          label: 'Pick the person',
          line: role ? `${verb} ${role}` : verb,
          form: true,
          ...ofIncident(context),
        },
      ],
    },
  )
}

/** "@sam" that the platform did not turn into a person. */
export const unknownPerson = (words: string, context: Context, line: string): Refusal | undefined =>
  /@\S/.test(words)
    ? refuse(
        'unknown-person',
        'I cannot tell who that is. Choose the person from the list that appears as you type @, or pick them in the form.',
        { buttons: [{ label: 'Pick the person', line, form: true, ...ofIncident(context) }] },
      )
    : undefined

/** Buttons of private answers name their incident: the answer may sit outside the room. */
export const ofIncident = ({ state }: Pick<Context, 'state'>): { readonly incident?: string } =>
  state ? { incident: state.incident } : {}

export const roleField = (
  options: readonly Role[],
  initial?: Role,
  hint?: (role: Role) => string | undefined,
): Field => ({
  kind: 'choice',
  name: 'role',
  label: 'Role',
  options: options.map((role) => {
    const more = hint?.(role)
    return { value: role, label: roleLabel(role), ...(more ? { hint: more } : {}) }
  }),
  ...(initial && options.includes(initial) ? { initial } : {}),
})

export const personField = (label: string, initial?: string): Field => ({
  kind: 'person',
  name: 'person',
  label,
  ...(initial ? { initial } : {}),
})

export const reasonField = (initial?: string, more: { label?: string; required?: boolean } = {}): Field => ({
  kind: 'long-text',
  name: 'reason',
  label: more.label ?? 'Reason',
  optional: !more.required,
  ...(initial ? { initial } : {}),
})
