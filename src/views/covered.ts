/** What a message says of the ones that gave way to it: how many there were, and since when the first of them waited. */
import { sayMoment } from '../domain/dates-in-words.ts'
import type { Block } from './card.ts'
import { quiet } from './scene.ts'

export interface Covered {
  readonly count: number
  /** When the first of them was wished for; null where it did not say. */
  readonly since: string | null
}

type Args = Readonly<Record<string, unknown>>

export function coveredIn({ covers }: Args): Covered | undefined {
  const { count, since } = (covers ?? {}) as Partial<Covered>
  return typeof count === 'number' && count > 0
    ? { count, since: typeof since === 'string' ? since : null }
    : undefined
}

/** Whoever reads it learns that there was a silence, and that nothing of it is still to come. */
export function coveredBlocks(zone: string, args: Args): Block[] {
  const covered = coveredIn(args)
  if (!covered) return []
  const { count, since } = covered
  const which = count === 1 ? 'An earlier message' : `${count} earlier messages`
  const from = since ? ` since ${sayMoment(zone, since)}` : ''
  return [quiet(`${which} could not be delivered${from}. This one has all that still stands.`)]
}
