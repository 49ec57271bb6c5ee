/** Channels and the team that holds them, as Graph has them; and how long a new one may be unknown here and there. */
import { ChatError } from '../../port.ts'
import type { Api } from '../api.ts'
import { chatError } from '../wire/errors.ts'
import { type Channel, channelSchema, read, type Team, teamSchema } from '../wire/graph-schema.ts'

/** So long after it was made, a channel may be unknown to one of Microsoft's services. */
const settlingMs = 3 * 60_000

export const teamOf = async (api: Api): Promise<Team> =>
  read(teamSchema, await api.graph.get(`/teams/${api.self.team}`))

export const pathOf = (api: Api, room: string) =>
  `/teams/${api.self.team}/channels/${encodeURIComponent(room)}`

export const channelOf = async (api: Api, room: string): Promise<Channel> =>
  read(channelSchema, await api.graph.get(pathOf(api, room)))

export const channelName = async (api: Api, room: string): Promise<string> =>
  (await channelOf(api, room)).displayName ?? ''

/** Rooms are in the one team; what is announced may go to a channel of another. */
export async function teamHolding(api: Api, room: string): Promise<string> {
  const { team, teams } = api.self
  if (teams.length === 1 || api.made.has(room)) return team
  for (const each of teams) {
    const isThere = await api.graph.get(`/teams/${each}/channels/${encodeURIComponent(room)}`).then(
      () => true,
      (error: unknown) => {
        const failure = chatError(error)
        if (failure.failure === 'transient') throw failure
        return false
      },
    )
    if (isThere) return each
  }
  return team
}

export const isRestricted = ({ visibility }: Team): boolean =>
  visibility === 'private' || visibility === 'hiddenMembership'

/** Made by this process, or perhaps made: by id, or by the name it was to have. */
export function remember(api: Api, channel: string): void {
  const now = api.now().getTime()
  for (const [other, at] of api.made) if (now - at >= settlingMs) api.made.delete(other)
  api.made.set(channel, now)
}

export const isRecent = (api: Api, channel: string): boolean =>
  api.now().getTime() - (api.made.get(channel) ?? Number.NaN) < settlingMs

/** A channel just made is "not found" here and there until all of Microsoft knows it: that is no loss of the room. */
export async function inRoom<T>(api: Api, room: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    const failure = chatError(error)
    if (failure.code === 'channel_not_found' && (await isSettling(api, room)))
      throw new ChatError('transient', 'channel_not_ready', { retryAfterMs: 3000 })
    throw failure
  }
}

/** A process that started since asks Graph when it was made. */
async function isSettling(api: Api, room: string): Promise<boolean> {
  if (!room.startsWith('19:')) return false
  if (isRecent(api, room)) return true
  const made = await channelOf(api, room).catch(() => undefined)
  return api.now().getTime() - Date.parse(made?.createdDateTime ?? '') < settlingMs
}
