/**
 * Opens a room, or adopts the one an interrupted attempt made. None is opened that somebody kept out could see: not while
 * they are in the team, and not while nobody can say whether they are.
 */
import { ChatError } from '../../port.ts'
import type { Api } from '../api.ts'
import { chatError } from '../wire/errors.ts'
import { type Channel, channelSchema, read } from '../wire/graph-schema.ts'
import { isRecent, isRestricted, remember, teamOf } from './channels.ts'
import { teamMembers } from './people.ts'

const suffixes = 50

/** How our own channels are told from others: Graph names no creator. */
export const opened = ' · opened by Wardroom'

/** A channel whose making was never answered may not be listed so long. Counted from `since`, which allows for skew. */
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
    if (listed.names.has(name.toLowerCase())) continue
    const unlisted = madeJustNow(api, name)
    if (unlisted) return { room: unlisted, name }
    // It may be the one an earlier attempt made: the next name would leave two rooms for one incident.
    if (isUnderWay(api, name, wanted.since))
      throw new ChatError('transient', 'channel_not_listed', { retryAfterMs: 5000 })
  }
  throw new ChatError('refused', 'name_taken')
}

function madeJustNow(api: Api, name: string): string | undefined {
  const room = api.rooms.get(name)
  if (room === undefined || isRecent(api, room)) return room
  api.rooms.delete(name)
  return undefined
}

function isUnderWay(api: Api, name: string, since: Date): boolean {
  return api.now().getTime() - since.getTime() < unlistedMs || isRecent(api, name)
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

async function created(api: Api, name: string, description: string): Promise<string | undefined> {
  const wanted = { displayName: name, description, membershipType: 'standard' }
  const answer = await api.graph.post(`/teams/${api.self.team}/channels`, wanted).catch((error: unknown) => {
    const failure = chatError(error)
    if (failure.maybeDone) remember(api, name)
    if (failure.code === 'name_taken') return undefined
    throw failure
  })
  if (answer === undefined) return undefined
  const made = read(channelSchema, answer)
  if (made.membershipType && made.membershipType !== 'standard')
    throw new ChatError('refused', 'wrong_membership')
  remember(api, made.id)
  api.rooms.set(name, made.id)
  return made.id
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
