/**
 * People, remembered for a few minutes: a name changes rarely, and a guest is told apart at every look-up. Graph knows
 * the members of a team and who of them is a guest; the bot API knows whoever has the app.
 */
import { ChatError, type Person } from '../../port.ts'
import { remembered } from '../../remembered.ts'
import type { Api } from '../api.ts'
import type { Member } from '../wire/connector.ts'
import { chatError } from '../wire/errors.ts'
import { memberSchema, read, type TeamMember } from '../wire/graph-schema.ts'
import { botMember } from '../wire/self.ts'

/** What the list of the whole team told is not asked again for each of a hundred people while a room opens. */
const listedMs = 60_000

export type Look = (id: string) => Promise<Person>

export function peopleLookup(api: Api): Look {
  const look = remembered(api.now, (id) => lookUp(api, id))
  return (id) => look(id.toLowerCase())
}

async function lookUp(api: Api, id: string): Promise<Person> {
  if (id === botMember(api.self) || id === api.self.appId)
    return { id, name: 'Wardroom', kind: 'bot', guest: false, deactivated: false }
  const listed = api.roster.people.get(id)
  if (listed && api.now().getTime() - api.roster.at < listedMs) return listed
  let unread: ChatError | undefined
  for (const team of api.self.teams) {
    try {
      const member = await memberOf(api, team, id)
      if (member) return met(api, id, member.displayName ?? '', isGuest(api, member))
    } catch (error) {
      unread = chatError(error)
      if (unread.failure === 'transient') throw unread
    }
  }
  return met(api, id, ...(await byChat(api, id, unread)))
}

/** Whoever is in no team of ours may still have the app. The chat is made or found; nothing is posted. */
async function byChat(
  api: Api,
  id: string,
  unread: ChatError | undefined,
): Promise<[name: string, guest: boolean]> {
  try {
    const member = await api.connector.member(await api.connector.chat(id), id)
    return [member.name ?? '', isGuestMember(api, member)]
  } catch (error) {
    const failure = chatError(error)
    if (failure.failure === 'transient') throw failure
    // Where a team could not be read, nobody can say that this person is not in it.
    throw unread ?? new ChatError('gone', 'user_not_found')
  }
}

function met(api: Api, id: string, name: string, guest: boolean): Person {
  api.directory.learn({ id, name, guest })
  const known = api.directory.byId(id)?.name
  return { id, name: name || known || id, kind: 'human', guest, deactivated: false }
}

async function memberOf(api: Api, team: string, id: string): Promise<TeamMember | undefined> {
  const filter = `(microsoft.graph.aadUserConversationMember/userId eq '${id.replaceAll("'", "''")}')`
  for await (const row of api.graph.rows(`/teams/${team}/members?$filter=${encodeURIComponent(filter)}`)) {
    const member = memberSchema.safeParse(row).data
    if (member?.userId.toLowerCase() === id) return member
  }
  return undefined
}

/** Everybody in the team that holds the rooms, asked now. */
export async function teamMembers(api: Api): Promise<readonly string[]> {
  const people = new Map<string, Person>()
  for await (const row of api.graph.rows(`/teams/${api.self.team}/members?$top=200`)) {
    const member = read(memberSchema, row)
    const id = member.userId.toLowerCase()
    people.set(id, met(api, id, member.displayName ?? '', isGuest(api, member)))
  }
  api.roster.at = api.now().getTime()
  api.roster.people = people
  return [...people.keys()]
}

const isGuest = (api: Api, { roles, tenantId }: TeamMember): boolean =>
  (roles ?? []).includes('guest') || isElsewhere(api, tenantId)

const isGuestMember = (api: Api, { userRole, userPrincipalName, tenantId }: Member): boolean =>
  userRole === 'guest' || /#EXT#/i.test(userPrincipalName ?? '') || isElsewhere(api, tenantId)

const isElsewhere = (api: Api, tenantId: string | null | undefined): boolean =>
  Boolean(tenantId) && tenantId?.toLowerCase() !== api.self.tenant

export function learnRoster(api: Api, members: readonly Member[]): void {
  for (const member of members) {
    const id = member.aadObjectId ?? member.objectId
    if (!id) continue
    const known = { id, name: member.name ?? '', guest: isGuestMember(api, member) }
    api.directory.learn(member.id ? { ...known, member: member.id } : known)
  }
}
