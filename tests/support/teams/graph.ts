/** Graph v1.0 as far as resource-specific consent reaches: the teams the app is installed in, and the files it was given. */
import { teamActivity } from './activities.ts'
import { type Core, record, stamp, text } from './core.ts'
import { messagePage, repliesPage } from './graph-messages.ts'
import { channelRow, context, messageRow, teamRow } from './graph-rows.ts'
import { members, permissionGrants } from './graph-teams.ts'
import { type Answer, type Ask, graphError, isAuthorised, type Route } from './http.ts'
import { GRAPH_SCOPE } from './signing.ts'
import { BOT, type Channel, messageOf, newChannel, type Team } from './state.ts'

const notFound = (what: string) => graphError(404, 'NotFound', `${what} not found`)
const badRequest = (message: string) => graphError(400, 'BadRequest', message)

/** A team by its group id only, and only where the app is and was granted this. */
export function teamAsked(core: Core, id: string, permission: string): Team | Answer {
  const team = core.state.teams.find((each) => each.id === id && !each.isDeleted)
  if (!team) return notFound('Team')
  if (team.hasBot && team.grants.has(permission)) return team
  return graphError(
    403,
    'Forbidden',
    `Missing role permissions on the request. API requires one of '${permission}'. Roles on the request ''. Resource specific consent grants on the request ''.`,
  )
}

/** A channel just made is not known everywhere at once. */
export function channelAsked(core: Core, team: Team, id: string): Channel | Answer {
  const channel = core.state.channels.find(
    (each) => each.id === id && each.team === team.id && !each.isDeleted,
  )
  if (!channel) return notFound('Channel')
  if (channel.hiddenFor === 0) return channel
  channel.hiddenFor -= 1
  return notFound('Channel')
}

const isRefused = (value: Team | Channel | Answer): value is Answer => 'status' in value

const forTeam =
  (permission: string, answer: (core: Core, team: Team, ask: Ask) => Answer): Route[3] =>
  (core, ask) => {
    const team = teamAsked(core, ask.params[0] as string, permission)
    return isRefused(team) ? team : answer(core, team, ask)
  }

const forChannel = (
  permission: string,
  answer: (core: Core, channel: Channel, ask: Ask) => Answer,
): Route[3] =>
  forTeam(permission, (core, team, ask) => {
    const channel = channelAsked(core, team, ask.params[1] as string)
    return isRefused(channel) ? channel : answer(core, channel, ask)
  })

const named = /[#%&*{}/\\:<>?+|'"]/

function createChannel(core: Core, team: Team, { body }: Ask): Answer {
  const asked = record(body)
  const name = text(asked.displayName).trim()
  if (name === '' || name.length > 50 || named.test(name) || /^[._]/.test(name))
    return badRequest('Channel name is not valid.')
  if ((asked.membershipType ?? 'standard') !== 'standard')
    return badRequest('members must be given for a private or shared channel.')
  if (team.isArchived) return graphError(403, 'Forbidden', 'The team is archived.')
  // The name of a deleted channel stays taken for thirty days.
  const isTaken = core.state.channels.some(
    (each) => each.team === team.id && each.name.toLowerCase() === name.toLowerCase(),
  )
  if (isTaken) return badRequest('Channel name already existed, please use other name.')
  const made = {
    ...newChannel(team.id, name, stamp(core), true),
    description: text(asked.description),
    hiddenFor: core.hideNewChannels,
  }
  core.state.channels.push(made)
  announce(core, team, 'channelCreated', made)
  return {
    status: 201,
    body: { '@odata.context': context(`teams('${team.id}')/channels/$entity`), ...channelRow(core, made) },
  }
}

function announce(core: Core, team: Team, eventType: string, { id, name }: Channel): void {
  if (team.hasBot)
    core.delivery.push(teamActivity(core, team, BOT, eventType, { channelData: { channel: { id, name } } }))
}

function patchChannel(core: Core, channel: Channel, { body }: Ask): Answer {
  const asked = record(body)
  const name = asked.displayName === undefined ? channel.name : text(asked.displayName)
  if (name === '' || name.length > 50 || named.test(name)) return badRequest('Channel name is not valid.')
  const isRenamed = name !== channel.name
  channel.name = name
  if (asked.description !== undefined) channel.description = text(asked.description)
  const team = core.state.teams.find(({ id }) => id === channel.team)
  if (isRenamed && team) announce(core, team, 'channelRenamed', channel)
  return { status: 204 }
}

/** `displayName eq '…'` is all that is filtered by here. */
function listChannels(core: Core, team: Team, { query }: Ask): Answer {
  const filter = query.get('$filter')
  const wanted =
    filter === null ? undefined : /^displayName eq '(.*)'$/.exec(filter)?.[1]?.replaceAll("''", "'")
  if (filter !== null && wanted === undefined) return badRequest('Filter is not supported.')
  const rows = core.state.channels.filter(
    (each) => each.team === team.id && !each.isDeleted && each.hiddenFor === 0,
  )
  const found = rows.filter(({ name }) => wanted === undefined || name.toLowerCase() === wanted.toLowerCase())
  return {
    status: 200,
    body: {
      '@odata.context': context('channels'),
      '@odata.count': found.length,
      value: found.map((each) => channelRow(core, each)),
    },
  }
}

function archived(isArchived: boolean): Route[3] {
  return forChannel('ChannelSettings.ReadWrite.Group', (_, channel) => {
    channel.isArchived = isArchived
    return { status: 202 }
  })
}

function oneMessage(core: Core, channel: Channel, { params }: Ask): Answer {
  const message = messageOf(core.state, channel.id, (params[3] ?? params[2]) as string)
  const isThere =
    message && message.onlyFor === undefined && message.root === (params[3] ? params[2] : undefined)
  return isThere
    ? {
        status: 200,
        body: { '@odata.context': context('messages/$entity'), ...messageRow(core, channel, message) },
      }
    : notFound('Message')
}

/** A picture is there as long as its message, for whoever may read that. */
function hostedContent(core: Core, channel: Channel, { params }: Ask): Answer {
  const [root = '', reply = '', hosted] = params.slice(2)
  const message = messageOf(core.state, channel.id, reply || root)
  const picture = core.state.pictures.find(
    (each) => each.room === channel.id && each.message === message?.id && each.hosted === hosted,
  )
  const isThere = picture && message?.deletedAt === undefined && message?.root === (reply ? root : undefined)
  return isThere
    ? { status: 200, body: picture.bytes, headers: { 'content-type': picture.mime } }
    : notFound('Hosted content')
}

/** `u!` and the address in base64url. */
function shared(core: Core, ask: Ask): Answer {
  const [share = '', content] = ask.params
  const url = Buffer.from(share.replace(/^u!/, ''), 'base64url').toString('utf8')
  const file = core.state.files.find((each) => each.url === url)
  if (!core.state.grantsFiles) return graphError(403, 'accessDenied', 'Access denied')
  if (!share.startsWith('u!') || !file || file.isDeleted)
    return graphError(404, 'itemNotFound', 'The resource could not be found.')
  if (content) return { status: 302, headers: { location: `${core.origin()}/download/${file.id}` } }
  return {
    status: 200,
    body: {
      id: file.id,
      name: file.name,
      size: file.bytes.length,
      webUrl: file.url,
      file: { mimeType: file.mime },
    },
  }
}

const guarded =
  (answer: Route[3]): Route[3] =>
  (core, ask) =>
    isAuthorised(core, ask.headers, GRAPH_SCOPE)
      ? answer(core, ask)
      : graphError(
          401,
          'InvalidAuthenticationToken',
          'Access token is empty, expired or not for this audience.',
        )

const at = (path: string): RegExp => new RegExp(`^/graph/v1\\.0${path.replaceAll('*', '([^/]+)')}$`)
const inChannel = '/teams/*/channels/*'
const reads = 'ChannelMessage.Read.Group'

const rows: readonly Route[] = [
  [
    'graph.team',
    'GET',
    at('/teams/*'),
    forTeam('TeamSettings.Read.Group', (core, team) => ({
      status: 200,
      body: { '@odata.context': context('teams/$entity'), ...teamRow(core, team) },
    })),
  ],
  ['graph.members', 'GET', at('/teams/*/members'), forTeam('TeamMember.Read.Group', members)],
  [
    'graph.grants',
    'GET',
    at('/(?:teams|groups)/*/permissionGrants'),
    forTeam('TeamsAppInstallation.Read.Group', permissionGrants),
  ],
  ['graph.createChannel', 'POST', at('/teams/*/channels'), forTeam('Channel.Create.Group', createChannel)],
  [
    'graph.channels',
    'GET',
    at('/teams/*/channels'),
    forTeam('ChannelSettings.ReadWrite.Group', listChannels),
  ],
  [
    'graph.channel',
    'GET',
    at(inChannel),
    forChannel('ChannelSettings.ReadWrite.Group', (core, channel) => ({
      status: 200,
      body: { '@odata.context': context('channels/$entity'), ...channelRow(core, channel) },
    })),
  ],
  ['graph.patchChannel', 'PATCH', at(inChannel), forChannel('ChannelSettings.ReadWrite.Group', patchChannel)],
  ['graph.archive', 'POST', at(`${inChannel}/archive`), archived(true)],
  ['graph.unarchive', 'POST', at(`${inChannel}/unarchive`), archived(false)],
  [
    'graph.delta',
    'GET',
    at(`${inChannel}/messages/(?:microsoft\\.graph\\.)?delta(?:\\(\\))?`),
    forChannel(reads, (core, channel, ask) => messagePage(core, channel, ask, 'delta')),
  ],
  [
    'graph.messages',
    'GET',
    at(`${inChannel}/messages`),
    forChannel(reads, (core, channel, ask) => messagePage(core, channel, ask, 'list')),
  ],
  ['graph.message', 'GET', at(`${inChannel}/messages/*`), forChannel(reads, oneMessage)],
  ['graph.replies', 'GET', at(`${inChannel}/messages/*/replies`), forChannel(reads, repliesPage)],
  ['graph.reply', 'GET', at(`${inChannel}/messages/*/replies/*`), forChannel(reads, oneMessage)],
  [
    'graph.picture',
    'GET',
    at(`${inChannel}/messages/*(?:/replies/*)?/hostedContents/*/\\$value`),
    forChannel(reads, hostedContent),
  ],
  ['graph.file', 'GET', at('/shares/*/driveItem(/content)?'), shared],
]

/** The address a file's content redirects to needs no token, as in SharePoint. */
const download: Route = [
  'download',
  'GET',
  /^\/download\/([^/]+)$/,
  (core, { params }) => {
    const file = core.state.files.find(({ id }) => id === params[0])
    return file && !file.isDeleted
      ? { status: 200, body: file.bytes, headers: { 'content-type': file.mime } }
      : { status: 404 }
  },
]

export const graphRoutes: readonly Route[] = [
  ...rows.map(([op, method, path, answer]): Route => [op, method, path, guarded(answer)]),
  download,
]
