/**
 * Reactions that history shows and nobody told of, and those it shows no longer: compared with what is on the record, by
 * content keys. Reactions happen by the second, so what was recorded a moment ago is left as it is.
 */
import type { InboundReaction, ShownReactions } from '../chat/port.ts'
import { messageKey, reactionItem } from '../evidence/evidence-of.ts'
import type { Comparison } from './vanished.ts'
import { FRESH_MS } from './vanished.ts'

interface Known {
  readonly person: string
  readonly name: string
  readonly stands: boolean
  readonly seq: number
}

type Change = Pick<InboundReaction, 'added' | 'name'> & { readonly person: string; readonly at?: Date }

/** How many were recorded. */
export async function readReactions(
  comparison: Comparison,
  shown: readonly ShownReactions[],
): Promise<number> {
  const { job, room } = comparison
  const { platform, workspace } = job.port
  const place = { platform, workspace, room }
  const messages = shown.map(({ message }) => message)
  const known = onRecord(await job.delivering.store.standing.reactions(place, messages))
  let count = 0
  for (const each of shown) {
    const before = known.get(each.message) ?? new Map<string, Known>()
    for (const change of changes(each, before))
      if (!(await isFresh(comparison, before.get(nameOf(change))?.seq)))
        count += await record(comparison, each.message, change)
  }
  return count
}

const nameOf = ({ person, name }: Pick<Known, 'person' | 'name'>): string => `${person}\n${name}`

/** `message:r:person:name:sign:mark`, of which a person's id alone may hold colons; the last entry says how it stands. */
function onRecord(rows: readonly { key: string; seq: number }[]): ReadonlyMap<string, Map<string, Known>> {
  const messages = new Map<string, Map<string, Known>>()
  for (const { key, seq } of rows) {
    const [message = '', , ...rest] = key.split(':')
    const [name = '', sign] = rest.slice(-3)
    const known = { person: rest.slice(0, -3).join(':'), name, stands: sign === '+', seq }
    const of = messages.get(message) ?? new Map<string, Known>()
    messages.set(message, of.set(nameOf(known), known))
  }
  return messages
}

function changes({ reactions, partly }: ShownReactions, known: ReadonlyMap<string, Known>): Change[] {
  const there = new Set(reactions.map(nameOf))
  return [
    ...reactions
      .filter((reaction) => !known.get(nameOf(reaction))?.stands)
      .map((reaction) => ({ ...reaction, added: true })),
    ...[...known.values()]
      .filter((each) => each.stands && !there.has(nameOf(each)) && !partly.includes(each.name))
      .map(({ person, name }) => ({ person, name, added: false })),
  ]
}

async function isFresh({ job, readAt }: Comparison, seq: number | undefined): Promise<boolean> {
  if (seq === undefined) return false
  const line = (await job.delivering.store.standing.lines(job.row.incident, [seq])).get(seq)
  return !line || Date.parse(line.at) > readAt.getTime() - FRESH_MS
}

async function record({ job, room, readAt }: Comparison, message: string, change: Change): Promise<number> {
  const { platform, workspace } = job.port
  const { person, name, added, at } = change
  const key = messageKey({ platform, workspace, room, message })
  const inbound: InboundReaction = {
    type: 'reaction',
    key: `${key}:r:${person}:${name}:${added ? '+' : '-'}:r${readAt.getTime()}`,
    ...{ platform, workspace, room, message, name, added },
    actor: person,
    actorKind: 'human',
    at: at ?? readAt,
    recovered: true,
    ...(at ? {} : { untimed: true }),
  }
  const { capture, now } = job.delivering
  return (await capture(reactionItem(inbound, now()))) === 'recorded' ? 1 : 0
}
