/** An entry's own data in words, for tables: people by name, roles by label, and nothing that only a machine reads. */
import { isRole, roleLabel } from '../../domain/roles.ts'

/** Fields that always hold a person, and those that do so in some kinds. */
const PEOPLE = ['person', 'previous', 'holder', 'deputy', 'byPerson', 'author', 'custodian', 'excluded']
const BETWEEN_PEOPLE = ['from', 'to']
/** In others `from` and `to` are days, times, phases or keys. */
const KINDS_BETWEEN_PEOPLE = [
  ...['role.', 'evidence.', 'reminder.', 'post.', 'phi.', 'register.'],
  ...['export.delivered', 'export.failed'],
]

/** They have a column of their own, or say nothing to a reader: the chain has them. */
const LEFT_OUT = [
  ...['room', 'message', 'thread', 'occurredAt', 'workspace', 'delivery', 'newRoom'],
  ...['signature', 'accepted', 'publicKey', 'token', 'signer'],
]

/** `occurredAt` → `occurred at` */
const fieldWords = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()

/** `legal_hold.placed` → `legal hold placed` */
export const kindWords = (kind: string): string => kind.replace(/[._]/g, ' ')

export function detailsOf(kind: string, data: object, who: (person: string) => string): string {
  const isBetween = KINDS_BETWEEN_PEOPLE.some((prefix) => kind.startsWith(prefix))
  const people = isBetween ? [...PEOPLE, ...BETWEEN_PEOPLE] : PEOPLE

  function say(field: string, value: unknown): string {
    if (Array.isArray(value)) return value.map((each) => say(field, each)).join(', ')
    if (typeof value === 'object' && value !== null) return fields(value, ', ')
    if (typeof value === 'boolean') return value ? 'yes' : 'no'
    const words = String(value)
    if (people.includes(field)) return who(words)
    return field === 'role' && isRole(words) ? roleLabel(words) : words
  }

  const fields = (of: object, between: string): string =>
    Object.entries(of)
      .filter(([name, value]) => !LEFT_OUT.includes(name) && isSaid(value))
      .map(([name, value]) => {
        const label = isRole(name) ? roleLabel(name) : fieldWords(name)
        return typeof value === 'object' && !Array.isArray(value)
          ? `${label} (${say(name, value)})`
          : `${label}: ${say(name, value)}`
      })
      .join(between)

  return fields(data, '; ')
}

const isSaid = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(Array.isArray(value) && value.length === 0) &&
  !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0)
