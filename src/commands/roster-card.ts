/** The roster: who is asked for each role, their deputy and telephone, and which roles have nobody. */
import { type Role, roleLabel, roleRow } from '../domain/roles.ts'
import type { Block, Card, Line, Span } from '../views/card.ts'
import { numbers } from '../views/phones.ts'
import { button } from '../views/say.ts'
import type { Context } from './command.ts'
import { roleIds } from './role-words.ts'

export interface RosterEntry {
  readonly holder: string | null
  readonly deputy: string | null
  readonly phone: string | undefined
  readonly deputyPhone: string | undefined
}

export function rosterEntry({ organisation, text }: Context, role: Role): RosterEntry {
  const line = organisation.roster[role]
  const sealed: Readonly<Record<string, string | undefined>> = line ? text(line.seq) : {}
  return {
    holder: line?.holder ?? null,
    deputy: line?.deputy ?? null,
    phone: sealed.phone,
    deputyPhone: sealed.deputyPhone,
  }
}

/** As it is shown: a number that stands with another of their roles is theirs here too. */
function shownEntry(context: Context, role: Role): RosterEntry {
  const entry = rosterEntry(context, role)
  const known = numbers(context.organisation, context.text)
  const of = (person: string | null) => (person ? known.get(person) : undefined)
  return {
    ...entry,
    phone: entry.phone ?? of(entry.holder),
    deputyPhone: entry.deputyPhone ?? of(entry.deputy),
  }
}

/** Every entry with telephones. */
export const rosterSeqs = ({ organisation }: Context): readonly number[] =>
  Object.values(organisation.roster).map(({ seq }) => seq)

export function entryLine({ holder, deputy, phone, deputyPhone }: RosterEntry): Line {
  if (!holder && !deputy) return 'nobody'
  const first = holder ? who(holder, phone) : ['nobody']
  return deputy ? [...first, ' · deputy ', ...who(deputy, deputyPhone)] : first
}

const who = (person: string, phone: string | undefined): readonly Span[] => [
  { person },
  phone ? ` ${phone}` : ' (no telephone)',
]

/** Roles that matter most when nobody is there: the needed ones and the offices, which only the roster can fill. */
const isWanted = (role: Role) => roleRow(role).needed || roleRow(role).office || role === 'sponsor'

export function rosterCard(context: Context, mayEdit: boolean): Card {
  const named = roleIds.filter((role) => context.organisation.roster[role]?.holder)
  const rows = roleIds.filter((role) => {
    const line = context.organisation.roster[role]
    return line?.holder || line?.deputy
  })
  const missing = roleIds.filter((role) => !named.includes(role))
  const wanted = missing.filter(isWanted)
  const others = missing.filter((role) => !isWanted(role))
  const lines: Line[] = [
    ...(wanted.length > 0 ? [`▲ Nobody for ${wanted.map(roleLabel).join(', ')}`] : []),
    ...(others.length > 0 ? [`Also open: ${others.map(roleLabel).join(', ')}`] : []),
  ]
  const buttons = [...wanted, ...others]
    .slice(0, 4)
    .map((role) => button(`Name ${roleLabel(role)}`, `roster ${role}`, { form: true }))
  const blocks: Block[] = [
    { kind: 'title', text: 'Roster: who is asked first' },
    rows.length > 0
      ? {
          kind: 'facts',
          rows: rows.map((role) => ({
            label: roleLabel(role),
            value: entryLine(shownEntry(context, role)),
          })),
        }
      : { kind: 'lines', lines: ['Nobody is named yet.'] },
    ...(lines.length > 0 ? [{ kind: 'lines', lines } satisfies Block] : []),
    ...(mayEdit && buttons.length > 0 ? [{ kind: 'buttons', buttons } satisfies Block] : []),
    {
      kind: 'quiet',
      lines: [
        mayEdit
          ? `${context.word} roster privacy-officer @dana deputy @lee phone +1 555 0100 · ${context.word} roster clear scribe`
          : 'The privacy officer, security officer or executive sponsor changes it.',
      ],
    },
  ]
  return { summary: `Roster: ${named.length} of ${roleIds.length} roles named.`, blocks }
}
