/**
 * A message that waits while a newer one of its kind stands behind it gives way, and the newer one says so: after days in
 * which a platform took nothing, people read one message and not each morning's. Both ends of it are on the record of
 * every incident it spoke of. What may have arrived is looked for first, and goes the usual way where it did.
 */
import type { ChatPort } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { ORGANISATION } from '../domain/record.ts'
import { commitEvents, SYSTEM } from '../pipeline/commit.ts'
import type { Claimed } from '../store/outbox.ts'
import type { Newer } from '../store/outbox-newer.ts'
import type { Unit } from '../store/unit.ts'
import { coveredIn } from '../views/covered.ts'
import type { Delivering } from './delivering.ts'

type Args = Claimed['args']
type Row = Pick<Claimed, 'incident' | 'args'>
type Parts = Readonly<Record<string, readonly string[]>>

/** It did not arrive: nothing was tried that could have, or it was looked for. */
export const NOT_THERE = new Error('not sent, and a newer one will be')
/** Nobody can say whether it arrived. */
export const NOT_SEEN = new Error('may have been sent, and a newer one will be')

export const isYielding = (error: unknown): error is Error => error === NOT_THERE || error === NOT_SEEN

/** Looks for what may have arrived, and sends nothing. */
export function onlyLooking(delivering: Delivering): Delivering {
  return {
    ...delivering,
    portOf: (platform): ChatPort | undefined => {
      const port = delivering.portOf(platform)
      if (!port) return undefined
      let result = NOT_SEEN
      return {
        ...port,
        findPost: (...asked) => {
          result = NOT_THERE
          return port.findPost(...asked)
        },
        post: async () => {
          throw result
        },
      }
    },
  }
}

/** What of each incident a message was to bring. */
function partsOf({ incident, args }: Row): Parts {
  const also = (args.also ?? {}) as Parts
  const own = [...(Array.isArray(args.with) ? args.with.map(String) : []), ...(also[incident] ?? [])]
  return own.length > 0 ? { ...also, [incident]: own } : also
}

/** A part about a clock says why (`moved|hipaa.media`): the newest reason of each stands. */
const aboutOf = (part: string): string => part.split('|')[1] ?? part

const firstOf = (a: string | null, b: string | null): string | null => (a && b ? (a < b ? a : b) : (a ?? b))

/** The newer message's arguments, with what the older one had to say and how many it stands for. */
export function takenOver(older: Row, newest: Row): Args {
  const known = partsOf(newest)
  const also: Record<string, readonly string[]> = { ...((newest.args.also ?? {}) as Parts) }
  for (const [incident, parts] of Object.entries(partsOf(older))) {
    const has = (known[incident] ?? []).map(aboutOf)
    const more = parts.filter((part) => !has.includes(aboutOf(part)))
    if (more.length > 0) also[incident] = [...(also[incident] ?? []), ...new Set(more)]
  }
  const [before, now] = [coveredIn(older.args), coveredIn(newest.args)]
  const at = typeof older.args.at === 'string' ? older.args.at : null
  const since = firstOf(firstOf(before?.since ?? null, at), now?.since ?? null)
  const count = 1 + (before?.count ?? 0) + (now?.count ?? 0)
  return {
    ...newest.args,
    ...(Object.keys(also).length > 0 ? { also } : {}),
    covers: { count, since },
  }
}

export async function giveWay(
  delivering: Delivering,
  row: Claimed,
  { id: by }: Newer,
  why: Error,
): Promise<void> {
  const to = typeof row.args.person === 'string' ? row.args.person : null
  const { id: delivery, view } = row
  const superseded = event('post.superseded', { delivery, view, to, by, maybeSent: why === NOT_SEEN })
  const stamp = { actor: { ...SYSTEM, kind: 'bot' as const }, at: delivering.now(), source: null }
  const append = async (unit: Unit, incident: string) => {
    if (incident === ORGANISATION) return unit.appendOrganisation([superseded], stamp)
    const state = await unit.incident(incident)
    return state && commitEvents(unit, incident, state, [superseded], stamp, delivering.telling)
  }
  const incidents = [...new Set([row.incident, ...Object.keys(partsOf(row))])].sort()
  const { store } = delivering
  await store.write(
    async (unit) => {
      if (!(await store.outbox.finish(unit.tx, row.id, 'superseded'))) return
      if (row.incident !== ORGANISATION) for (const incident of incidents) await unit.incident(incident)
      for (const incident of incidents) await append(unit, incident)
      await store.outbox.takeOver(unit.tx, by, (newest) => takenOver(row, newest))
    },
    { lockTimeoutMs: 30_000, statementTimeoutMs: 30_000 },
  )
  delivering.log.info({ incident: row.incident, delivery, view, by }, 'a delivery gave way to a newer one')
  delivering.poke()
}
