/** Who is in a team or chat, and a team's channels, as the bot API lists them: people by `29:…` with `objectId`. */
import type { Core } from './core.ts'
import { type Answer, type Ask, connectorError } from './http.ts'
import { channelOf, type Json, personOf, type Team, teamOf } from './state.ts'

export const notFound = () => connectorError(404, 'ConversationNotFound', 'Conversation not found.')
export const notInRoster = () =>
  connectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')

function account(core: Core, id: string): Json | undefined {
  const person = personOf(core.state, id)
  if (!person) return undefined
  const [givenName = '', ...rest] = person.realName.split(' ')
  const mail = `${person.name}@hospital.example`
  return {
    id: person.member,
    name: person.realName,
    objectId: person.id,
    givenName,
    surname: rest.join(' '),
    email: mail,
    userPrincipalName: person.isGuest ? `${person.name}_other.example#EXT#@hospital.example` : mail,
    tenantId: core.state.tenant,
    userRole: person.isGuest ? 'guest' : 'user',
  }
}

/** Of a team by the id the bot API knows it by or any of its channels', of a chat. */
function rosterOf(core: Core, id: string): readonly string[] | Answer {
  const room = id.replace(/;messageid=\d+$/, '')
  const team = teamOf(core.state, channelOf(core.state, room)?.team ?? '')
  if (team) return team.hasBot ? [...team.members] : notInRoster()
  const chat = core.state.chats.find((each) => each.id === room)
  return chat ? [chat.person] : notFound()
}

export function members(core: Core, { params }: Ask): Answer {
  const roster = rosterOf(core, params[0] as string)
  return 'status' in roster ? roster : { status: 200, body: roster.map((id) => account(core, id)) }
}

export function member(core: Core, { params }: Ask): Answer {
  const roster = rosterOf(core, params[0] as string)
  if ('status' in roster) return roster
  const person = personOf(core.state, params[1] as string)
  const isIn = person && roster.includes(person.id)
  return isIn
    ? { status: 200, body: account(core, person.id) }
    : connectorError(404, 'MemberNotFoundInConversation', 'The member is not part of the conversation.')
}

export function pagedMembers(core: Core, { params, query }: Ask): Answer {
  const roster = rosterOf(core, params[0] as string)
  if ('status' in roster) return roster
  const from = Number(Buffer.from(query.get('continuationToken') ?? '', 'base64url').toString('utf8') || 0)
  const size = Math.min(Number(query.get('pageSize') ?? core.pageSize), core.pageSize)
  const next =
    from + size < roster.length ? Buffer.from(String(from + size)).toString('base64url') : undefined
  const page = roster.slice(from, from + size).map((id) => account(core, id))
  return { status: 200, body: { members: page, ...(next ? { continuationToken: next } : {}) } }
}

const withTeam = (core: Core, id: string, answer: (team: Team) => unknown): Answer => {
  const team = core.state.teams.find((each) => each.internalId === id && !each.isDeleted)
  if (!team) return notFound()
  return team.hasBot ? { status: 200, body: answer(team) } : notInRoster()
}
const channelsOf = (core: Core, team: Team) =>
  core.state.channels.filter(
    (each) => each.team === team.id && !each.isDeleted && each.membership === 'standard',
  )

export const teamChannels = (core: Core, { params }: Ask): Answer =>
  withTeam(core, params[0] as string, (team) => ({
    // General has no name here.
    conversations: channelsOf(core, team).map(({ id, name }) =>
      id === team.internalId ? { id } : { id, name },
    ),
  }))

export const teamDetails = (core: Core, { params }: Ask): Answer =>
  withTeam(core, params[0] as string, (team) => ({
    id: team.internalId,
    name: team.name,
    aadGroupId: team.id,
    channelCount: channelsOf(core, team).length,
    memberCount: team.members.size,
    type: 'standard',
  }))
