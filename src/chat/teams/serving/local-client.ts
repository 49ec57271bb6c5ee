/**
 * The development mode's other side: Microsoft's Agents Playground invents a tenant, a team and people whose Entra ids
 * have one digit too many. Read as ids of the right length, and of the one team there is.
 */
import type { Origin } from '../reading/origin.ts'
import type { Self } from '../wire/self.ts'

/** The last digits tell its people apart. */
const tooLong = /\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)0([0-9a-f]{12})\b/gi

export function withEntraIds(activity: unknown): unknown {
  const text = JSON.stringify(activity)
  return text === undefined ? undefined : JSON.parse(text.replace(tooLong, '$1$2'))
}

export const servedAlways =
  ({ team }: Self) =>
  async (_: Origin): Promise<string> =>
    team
