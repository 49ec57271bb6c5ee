/**
 * Rooms: standard channels of the one restricted team. Opened or adopted, looked at, described. Whoever is in the team
 * sees them all, so nobody is invited, and none is opened that somebody kept out could see.
 */
import { ChatError, type Nicety, type RoomInfo } from '../port.ts'
import type { Api } from './api.ts'
import { chatError } from './errors.ts'
import { type Channel, channelSchema, read, type Team, teamSchema } from './graph-schema.ts'
import { teamMembers } from './people.ts'

const suffixes = 50

/** How our own channels are told from others: Graph names no creator. */
const opened = ' · opened by Wardroom'
const descriptionLimit = 1024

/** So long after it was made, a channel may be unknown to one of Microsoft's services. */
const settlingMs = 3 * 60_000
/** And a channel whose making was never answered may not be listed. Counted from `since`, which allows for skew. */
const unlistedMs = 15 * 60_000

interface Wanted {
  readonly name: string
  readonly since: Date
  readonly keptOut: readonly string[]
}

/**
 * An interrupted attempt may have made `name` or `name-2`, so each name is first looked for among our own channels and
 * only then created.
 */
export async function openRoom(api: Api, wanted: Wanted): Promise<{ room: string; name: string }> {
  await checkAudience(api, wanted.keptOut)
  let listed: Listed | undefined
  for (let n = 1; n <= suffixes; n++) {
    const name = n === 1 ? wanted.name : `${wanted.name}-${n}`
    const adopted = listed?.ours.get(name.toLowerCase())
    if (adopted) return { room: adopted, name }
    const made = await created(api, name, `${wanted.name}${opened}`)
    if (made) return { room: made, name }
    listed ??= await list(api, wanted)
    const taken = listed.ours.get(name.toLowerCase())
    if (taken) return { room: taken, name }
    const isListed = listed.names.has(name.toLowerCase())
    // It may be the one an earlier attempt made: the next name would leave two rooms for one incident.
    if (!isListed && api.now().getTime() - wanted.since.getTime() < unlistedMs)
      throw new ChatError('transient', 'channel_not_listed', { retryAfterMs: 5000 })
  }
  throw new ChatError('refused', 'name_taken')
}

/** Asked now, never remembered: a member added a minute ago sees the room too. */
async function checkAudience(api: Api, keptOut: readonly string[]): Promise<void> {
  if (!isRestricted(await teamOf(api))) throw new ChatError('refused', 'team_not_private')
  if (keptOut.length === 0) return
  const members = await teamMembers(api).catch(() => {
    throw new ChatError('transient', 'audience_unknown')
  })
  if (keptOut.some((person) => members.includes(person.toLowerCase())))
    throw new ChatError('refused', 'kept_out_in_audience')
}

const isRestricted = ({ visibility }: Team): boolean =>
  visibility === 'private' || visibility === 'hiddenMembership'

async function created(api: Api, name: string, description: string): Promise<string | undefined> {
  const wanted = { displayName: name, description, membershipType: 'standard' }
  const answer = await api.graph.post(`/teams/${api.self.team}/channels`, wanted).catch((error: unknown) => {
    if (chatError(error).code === 'name_taken') return undefined
    throw error
  })
  if (answer === undefined) return undefined
  const made = read(channelSchema, answer)
  if (made.membershipType && made.membershipType !== 'standard')
    throw new ChatError('refused', 'wrong_membership')
  remember(api, made.id)
  return made.id
}

function remember(api: Api, room: string): void {
  const now = api.now().getTime()
  for (const [other, at] of api.made) if (now - at >= settlingMs) api.made.delete(other)
  api.made.set(room, now)
}

interface Listed {
  readonly names: ReadonlySet<string>
  readonly ours: ReadonlyMap<string, string>
}

async function list(api: Api, wanted: Wanted): Promise<Listed> {
  const names = new Set<string>()
  const ours = new Map<string, string>()
  for await (const row of api.graph.rows(`/teams/${api.self.team}/channels`)) {
    const channel = read(channelSchema, row)
    const name = (channel.displayName ?? '').toLowerCase()
    names.add(name)
    if (isOurs(channel, wanted)) ours.set(name, channel.id)
  }
  return { names, ours }
}

/** Graph tells creation in whole seconds. */
function isOurs(channel: Channel, { name, since }: Wanted): boolean {
  const { description, createdDateTime, membershipType, isArchived } = channel
  const mark = `${name}${opened}`
  const isMarked = description === mark || description?.startsWith(`${mark} · `)
  const at = Date.parse(createdDateTime ?? '')
  return Boolean(
    isMarked &&
      !isArchived &&
      (membershipType ?? 'standard') === 'standard' &&
      at >= Math.floor(since.getTime() / 1000) * 1000,
  )
}

const teamOf = async (api: Api): Promise<Team> =>
  read(teamSchema, await api.graph.get(`/teams/${api.self.team}`))

const pathOf = (api: Api, room: string) => `/teams/${api.self.team}/channels/${encodeURIComponent(room)}`

const channelOf = async (api: Api, room: string): Promise<Channel> =>
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

/** Being in the team is being invited; nobody is added to it by us. */
export async function invite(api: Api, people: readonly string[]) {
  const members = await teamMembers(api)
  return [...new Set(people)]
    .filter((person) => !members.includes(person.toLowerCase()))
    .map((person) => ({ person, code: 'not_in_team' }))
}

export function roomInfo(api: Api, room: string): Promise<RoomInfo> {
  return inRoom(api, room, async () => {
    try {
      const channel = await channelOf(api, room)
      const team = await teamOf(api)
      return {
        room,
        name: channel.displayName ?? '',
        private: isRestricted(team),
        shared: (channel.membershipType ?? 'standard') !== 'standard',
        archived: Boolean(channel.isArchived || team.isArchived),
        present: true,
        members: await teamMembers(api),
      }
    } catch (error) {
      const failure = chatError(error)
      if (failure.code === 'no_permission' && (await isRemoved(api, room))) return unseen(room)
      throw failure
    }
  })
}

/** Taken out of the team, the app loses what the team granted: Graph then says only that it may not look. */
const isRemoved = (api: Api, room: string): Promise<boolean> =>
  api.connector.members(room).then(
    () => false,
    (error: unknown) => chatError(error).code === 'app_not_installed',
  )

const unseen = (room: string): RoomInfo => ({
  room,
  name: '',
  private: true,
  shared: false,
  archived: false,
  present: false,
  members: [],
})

/** The mark stays in front: without it an interrupted opening could not be told for ours. */
export async function dress(api: Api, room: string, nicety: Nicety): Promise<void> {
  if (nicety.kind === 'pin') throw new ChatError('unsupported', 'no_pins')
  await inRoom(api, room, async () => {
    const { description, displayName } = await channelOf(api, room)
    const mark = new RegExp(`^.{1,50}?${opened}`).exec(description ?? '')?.[0] ?? `${displayName}${opened}`
    const wanted = `${mark} · ${nicety.text}`.slice(0, descriptionLimit).toWellFormed()
    await api.graph.patch(pathOf(api, room), { description: wanted })
  })
}

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
  const told = async () => Date.parse((await channelOf(api, room)).createdDateTime ?? '')
  const at = api.made.get(room) ?? (await told().catch(() => Number.NaN))
  return api.now().getTime() - at < settlingMs
}
