/** `<role> <@holder> [deputy <@deputy>] [phone …] [deputy phone …]`, in the order people think of it. */
import type { Refusal } from '../domain/refusal.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/roles.ts'
import type { Context } from './command.ts'
import { readRole } from './role-words.ts'

export interface RosterWords {
  readonly role: Role
  readonly holder?: string
  readonly deputy?: string
  readonly phone?: string
  readonly deputyPhone?: string
}

/** What a field holds to say that nobody, or nothing, is there any more. */
export const NONE = 'none'

const keyword = String.raw`(?:<@|(?:holder|deputy|phone|deputy\s+phone|none|nobody)\b)`
const roleThenRest = new RegExp(String.raw`^(\S.*?)(?:\s+(?=${keyword})|$)([\s\S]*)$`, 'i')
const person = /^<@([A-Za-z0-9-]+)(?:\|[^>]*)?>/

export function readRoster(line: string, context: Context): RosterWords | Refusal {
  const leading = person.exec(line.trim())
  const typed = leading ? `${line.trim().slice(leading[0].length).trim()} ${leading[0]}` : line.trim()
  const [, words = '', rest = ''] = roleThenRest.exec(typed) ?? []
  const role = readRole(words.replace(/^(?:as|the)\s+/i, ''), context, (near) =>
    `roster ${near} ${rest}`.trim(),
  )
  if (isRefusal(role)) return role
  const read = readPeople(rest)
  return isRefusal(read) ? read : { role, ...read }
}

type People = Omit<RosterWords, 'role'>

/** The holder's telephone is `phone`, the deputy's `deputy phone`; a second `phone` is the deputy's too. */
function readPeople(line: string): People | Refusal {
  const found: { -readonly [K in keyof People]: People[K] } = {}
  let rest = line.trim()
  while (rest !== '') {
    const [head, name] = /^(deputy\s+phone|deputy|phone|holder)?\s*/i.exec(rest) ?? ['']
    const field = name?.toLowerCase().replace(/\s+/g, ' ')
    rest = rest.slice(head.length)
    if (field === 'phone' || field === 'deputy phone') {
      const [number = ''] = /^.*?(?=\s+(?:<@|deputy\b|phone\b)|$)/is.exec(rest) ?? []
      rest = rest.slice(number.length).trim()
      if (field === 'phone' && found.phone === undefined) found.phone = number.trim()
      else found.deputyPhone = number.trim()
      continue
    }
    const who = person.exec(rest)
    const nobody = /^(?:none|nobody)\b/i.exec(rest)
    if (!who && !nobody) return notUnderstood
    rest = rest.slice((who ?? nobody)![0].length).trim()
    const id = who?.[1] ?? NONE
    if (field === 'deputy' || (field === undefined && found.holder !== undefined)) found.deputy = id
    else found.holder = id
  }
  return found
}

const notUnderstood = refuse(
  'roster-words',
  'I cannot tell who that is. Choose people from the list that appears as you type @, for example: roster privacy-officer @dana deputy @lee phone +1 555 0100',
  { buttons: [{ label: 'Open the form', line: 'roster', form: true }] },
)

const number = /^(?:\+?\d[\d\s().,/-]*(?:\s*(?:ext\.?|x|#)\s*\d{1,8})?|(?:ext\.?|x|pager)\s*\d{1,10})$/i

/** Loosely a telephone number: digits, spaces, brackets, a leading plus, an extension. */
export const isPhone = (typed: string): boolean => {
  const digits = typed.replace(/\D/g, '').length
  return typed.length <= 40 && digits >= 3 && digits <= 24 && number.test(typed.trim())
}
