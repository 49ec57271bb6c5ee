/** What `evidence add …`, `evidence transfer …` and their answers say. Any other words are evidence told in words. */
import { exhibitNumber, exhibitSources } from '../domain/exhibits.ts'
import type { Context } from './command.ts'
import { splitReason, takeLate } from './late-entry.ts'
import { takePerson } from './words.ts'

export interface ExhibitWords {
  readonly do?: 'add' | 'transfer' | 'accept' | 'decline' | 'list'
  readonly exhibit?: number
  readonly from?: number
  readonly source?: string
  readonly body?: string
  readonly sha256?: string
  readonly seal?: string
  readonly place?: string
  readonly custodian?: string
  readonly person?: string
  readonly reason?: string
  readonly at?: string | undefined
  readonly by?: string | undefined
  readonly byPerson?: string | undefined
}

export function readExhibitWords(line: string, context: Context): ExhibitWords | undefined {
  const typed = line.trim()
  const listed = /^list(?:\s+from\s+(e?\d+))?$/i.exec(typed)
  if (listed) return { do: 'list', ...numbered('from', listed[1]) }
  const answered = /^(accept|decline|withdraw)\s+(e\d+)$/i.exec(typed)
  if (answered)
    return {
      do: answered[1]!.toLowerCase() === 'accept' ? 'accept' : 'decline',
      ...numbered('exhibit', answered[2]),
    }
  const moved = /^transfer(?:\s+(e?\d+)\b)?(.*)$/is.exec(typed)
  if (moved && (moved[1] || moved[2]?.trim() === '' || /^\s*<@/.test(moved[2] ?? '')))
    return transfer(moved[1], moved[2] ?? '')
  const added = /^add(?:\s+([\s\S]+))?$/i.exec(typed)
  return added ? { do: 'add', ...readAdded(added[1] ?? '', context) } : undefined
}

const numbered = (name: 'from' | 'exhibit', typed: string | undefined): ExhibitWords => {
  const number = typed === undefined ? undefined : exhibitNumber(typed)
  return number === undefined ? {} : { [name]: number }
}

function transfer(exhibit: string | undefined, rest: string): ExhibitWords {
  const { before, because } = splitReason(rest)
  const { person } = takePerson(before)
  return {
    do: 'transfer',
    ...numbered('exhibit', exhibit),
    ...(person ? { person } : {}),
    ...(because ? { reason: because } : {}),
  }
}

const clauses = {
  sha256: /(?:^|[\s,;])sha-?256[:\s]+((?:[0-9a-f]{2}[:\s]?){32})(?![0-9a-f])/i,
  seal: /(?:^|[\s,;])seal(?:\s+(?:no\.?|number))?[:\s]+([^\s,;]+)/i,
  custodian: /(?:^|[\s,;])(?:kept by|with)\s+<@([A-Za-z0-9-]+)(?:\|[^>]*)?>/i,
  place: /(?:^|[\s,;])(?:kept\s+)?in\s+([^,;]+)$/i,
}

/** The source stands first; hash, seal, place and keeper are taken out where they are named, and the rest is what it is. */
function readAdded(words: string, context: Context): ExhibitWords {
  const { rest, ...late } = takeLate(words, context)
  const source = exhibitSources.find(({ id, label }) =>
    [id, label].some((name) => rest.toLowerCase().startsWith(name.replace('-', ' '))),
  )
  let left = rest
  const found: Record<string, string> = {}
  for (const [name, clause] of Object.entries(clauses)) {
    const hit = clause.exec(left)
    if (!hit?.[1]) continue
    found[name] = hit[1].trim()
    left = `${left.slice(0, hit.index)} ${left.slice(hit.index + hit[0].length)}`.trim()
  }
  const body = left.replace(/\s*[,;]\s*(?=[,;]|$)/g, '').trim()
  return { ...(source ? { source: source.id } : {}), ...(body ? { body } : {}), ...found, ...late }
}
