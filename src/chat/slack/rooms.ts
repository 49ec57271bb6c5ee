/** Rooms: open or adopt, invite, look at, and dress. */
import { ChatError, type Nicety, type RoomInfo } from '../port.ts'
import type { Api } from './api.ts'
import { calling, chatError } from './errors.ts'

const suffixes = 50

/**
 * An interrupted attempt may have made `name` or `name-2`, so each name is first looked for among our own rooms and
 * only then created. Slack tells creation in whole seconds.
 */
export async function openRoom(api: Api, wanted: { name: string; since: Date }) {
  let ours: Map<string, string> | undefined
  for (let n = 1; n <= suffixes; n++) {
    const name = n === 1 ? wanted.name : `${wanted.name}-${n}`
    const adopted = ours?.get(name)
    if (adopted) return { room: adopted, name }
    const made = await created(api, name)
    if (made) return made
    ours ??= await ownRooms(api, wanted.since)
    const taken = ours.get(name)
    if (taken) return { room: taken, name }
  }
  throw new ChatError('refused', 'name_taken')
}

async function created(api: Api, name: string): Promise<{ room: string; name: string } | undefined> {
  try {
    const { channel } = await api.once.conversations.create({ name, is_private: true })
    if (!channel?.id) throw new ChatError('transient', 'no_channel', { maybeDone: true })
    return { room: channel.id, name: channel.name ?? name }
  } catch (error) {
    const failure = chatError(error)
    if (failure.code === 'name_taken') return undefined
    throw failure
  }
}

async function ownRooms(api: Api, since: Date): Promise<Map<string, string>> {
  const from = Math.floor(since.getTime() / 1000)
  const found = new Map<string, string>()
  let cursor: string | undefined
  do {
    const page = await calling(() =>
      api.read.conversations.list({
        types: 'private_channel',
        exclude_archived: true,
        limit: 200,
        ...(cursor ? { cursor } : {}),
      }),
    )
    for (const { id, name, creator, created } of page.channels ?? [])
      if (id && name && creator === api.self.botUser && (created ?? 0) >= from) found.set(name, id)
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
  return found
}

interface Refused {
  readonly user?: string
  readonly error?: string
}

/** Codes that are about one person; anything else is about the room or the call. */
const personal =
  /^(already_in_channel|cant_invite(_self)?|user_|users?_not_found|no_user|ura_max_channels|org_user_not_in_team|external_|failed_for_some_users)/

/** `force` invites everyone who can be; servers without it say who was in the way, and the rest go one by one. */
export async function invite(
  api: Api,
  room: string,
  people: readonly string[],
): Promise<readonly { person: string; code: string }[]> {
  const wanted = [...new Set(people)].filter((person) => person !== api.self.botUser)
  const failed = new Map<string, string>()
  for (let at = 0; at < wanted.length; at += 100) {
    const batch = wanted.slice(at, at + 100)
    for (const [person, code] of await inviteBatch(api, room, batch)) failed.set(person, code)
  }
  return [...failed].map(([person, code]) => ({ person, code }))
}

async function inviteBatch(api: Api, room: string, batch: readonly string[]): Promise<Map<string, string>> {
  const users = batch.join(',')
  try {
    const answer = await api.once.conversations.invite({ channel: room, users, force: true })
    return namedErrors((answer as { errors?: Refused[] }).errors ?? [])
  } catch (error) {
    const failure = chatError(error)
    const data = (error as { data?: { errors?: Refused[] } }).data
    const named = namedErrors(data?.errors ?? [])
    if (failure.failure !== 'refused' && !personal.test(failure.code)) throw failure
    if (named.size === 0 && !personal.test(failure.code)) throw failure
    if (batch.length === 1) {
      const person = batch[0]!
      if (failure.code === 'already_in_channel') return new Map()
      return named.size > 0 || data?.errors ? named : new Map([[person, failure.code]])
    }
    const inWay = new Set((data?.errors ?? []).map((each) => each.user))
    for (const person of batch.filter((each) => !inWay.has(each)))
      for (const [who, code] of await inviteBatch(api, room, [person])) named.set(who, code)
    return named
  }
}

function namedErrors(errors: readonly Refused[]): Map<string, string> {
  const named = errors.filter((each) => each.user && each.error && each.error !== 'already_in_channel')
  return new Map(named.map((each) => [each.user!, each.error!]))
}

export async function roomInfo(api: Api, room: string): Promise<RoomInfo> {
  const { channel } = await calling(() => api.read.conversations.info({ channel: room }))
  if (!channel) throw new ChatError('gone', 'channel_not_found')
  const members: string[] = []
  let cursor: string | undefined
  do {
    const page = await calling(() =>
      api.read.conversations.members({ channel: room, limit: 200, ...(cursor ? { cursor } : {}) }),
    )
    members.push(...(page.members ?? []))
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
  return {
    room: channel.id ?? room,
    name: channel.name ?? '',
    private: Boolean(channel.is_private),
    shared: Boolean(
      channel.is_shared || channel.is_ext_shared || channel.is_org_shared || channel.is_pending_ext_shared,
    ),
    archived: Boolean(channel.is_archived),
    present: members.includes(api.self.botUser),
    members: members.filter((member) => member !== api.self.botUser),
  }
}

/** Done already is done: a retried nicety is no failure. */
export async function dress(api: Api, room: string, nicety: Nicety): Promise<void> {
  try {
    if (nicety.kind === 'topic')
      await api.once.conversations.setTopic({ channel: room, topic: nicety.text.slice(0, 250) })
    else await api.once.pins.add({ channel: room, timestamp: nicety.message })
  } catch (error) {
    const failure = chatError(error)
    if (failure.code !== 'already_pinned') throw failure
  }
}
