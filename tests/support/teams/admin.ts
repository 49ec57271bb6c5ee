/** What happens to teams, channels and apps from outside a conversation, and what the bot is told of it. */
import { installActivity, teamActivity } from './activities.ts'
import { type Core, refuse, stamp } from './core.ts'
import type { LocalPerson } from './people.ts'
import { type Channel, channelOf, grants, guid, newChannel, personOf, type Team, teamOf } from './state.ts'

const teamAt = (core: Core, wanted: string): Team =>
  core.state.teams.find((each) => [each.id, each.internalId, each.name].includes(wanted)) ??
  refuse(`There is no team ${wanted}.`)
const channelAt = (core: Core, wanted: string): Channel =>
  channelOf(core.state, wanted) ??
  core.state.channels.find(({ name }) => name === wanted) ??
  refuse(`There is no channel ${wanted}.`)
const personAt = (core: Core, wanted: string): LocalPerson =>
  personOf(core.state, wanted) ??
  core.state.people.find(({ name }) => name === wanted) ??
  refuse(`There is nobody ${wanted} here.`)

const someone = (core: Core, team: Team): string => [...team.owners][0] ?? core.state.people[0]?.id ?? ''

function tell(
  core: Core,
  team: Team,
  by: string,
  eventType: string,
  more: Record<string, unknown> = {},
): void {
  if (team.hasBot) core.delivery.push(teamActivity(core, team, by, eventType, more))
}

const accounts = (core: Core, people: readonly string[]) =>
  people.map((id) => ({ id: personAt(core, id).member, aadObjectId: id }))

export function addToTeam(core: Core, wanted: string, person: string, by: string): void {
  const team = teamAt(core, wanted)
  const { id } = personAt(core, person)
  if (team.members.has(id)) return
  team.members.add(id)
  tell(core, team, by, 'teamMemberAdded', { membersAdded: accounts(core, [id]) })
}

export function removeFromTeam(core: Core, wanted: string, person: string, by: string): void {
  const team = teamAt(core, wanted)
  const { id } = personAt(core, person)
  if (!team.members.delete(id)) return
  tell(core, team, by, 'teamMemberRemoved', { membersRemoved: accounts(core, [id]) })
}

export type Admin = ReturnType<typeof makeAdmin>

export function makeAdmin(core: Core) {
  const changed = (channel: Channel, eventType: string) => {
    const team = teamOf(core.state, channel.team)
    const { id, name } = channel
    if (team) tell(core, team, someone(core, team), eventType, { channelData: { channel: { id, name } } })
  }
  const bot = () => [{ id: `28:${core.state.appId}` }]

  return {
    /** Stored state, for looking at. */
    team: (wanted: string) => teamAt(core, wanted),
    channel: (wanted: string) => channelAt(core, wanted),
    message: (room: string, id: string) =>
      core.state.messages.find((row) => row.room === room && row.id === id),

    addToTeam: (team: string, person: string) =>
      addToTeam(core, team, person, someone(core, teamAt(core, team))),
    removeFromTeam: (team: string, person: string) =>
      removeFromTeam(core, team, person, someone(core, teamAt(core, team))),
    addPerson: (person: LocalPerson) => void core.state.people.push(person),

    createChannel: (team: string, name: string, membership: Channel['membership'] = 'standard') => {
      const made = { ...newChannel(teamAt(core, team).id, name, stamp(core), false), membership }
      core.state.channels.push(made)
      if (membership === 'standard') changed(made, 'channelCreated')
      return made.id
    },
    renameChannel: (wanted: string, name: string) => {
      const channel = channelAt(core, wanted)
      channel.name = name
      changed(channel, 'channelRenamed')
    },
    deleteChannel: (wanted: string) => {
      const channel = channelAt(core, wanted)
      channel.isDeleted = true
      changed(channel, 'channelDeleted')
    },
    restoreChannel: (wanted: string) => {
      const channel = channelAt(core, wanted)
      channel.isDeleted = false
      changed(channel, 'channelRestored')
    },
    /** Told by nobody: only a look at the channel shows it. */
    archiveChannel: (wanted: string, isArchived = true) => {
      channelAt(core, wanted).isArchived = isArchived
    },

    renameTeam: (wanted: string, name: string) => {
      const team = teamAt(core, wanted)
      team.name = name
      tell(core, team, someone(core, team), 'teamRenamed')
    },
    /** Told by nobody, as is the archiving of a channel. */
    openTeam: (wanted: string) => {
      teamAt(core, wanted).visibility = 'public'
    },
    archiveTeam: (wanted: string) => {
      const team = teamAt(core, wanted)
      team.isArchived = true
      tell(core, team, someone(core, team), 'teamArchived')
    },
    unarchiveTeam: (wanted: string) => {
      const team = teamAt(core, wanted)
      team.isArchived = false
      tell(core, team, someone(core, team), 'teamUnarchived')
    },
    deleteTeam: (wanted: string) => {
      const team = teamAt(core, wanted)
      tell(core, team, someone(core, team), 'teamDeleted')
      team.isDeleted = true
    },

    /** An owner installs the app and consents to what it asks for. */
    install: (wanted: string, by?: string) => {
      const team = teamAt(core, wanted)
      const who = by ?? someone(core, team)
      team.hasBot = true
      for (const grant of grants) team.grants.add(grant)
      core.delivery.push(installActivity(core, team.internalId, who, 'add'))
      tell(core, team, who, 'teamMemberAdded', { membersAdded: bot() })
    },
    uninstall: (wanted: string, by?: string) => {
      const team = teamAt(core, wanted)
      const who = by ?? someone(core, team)
      tell(core, team, who, 'teamMemberRemoved', { membersRemoved: bot() })
      core.delivery.push(installActivity(core, team.internalId, who, 'remove'))
      team.hasBot = false
      team.grants.clear()
    },
    /** Consent withdrawn for one thing, or given again. */
    grant: (wanted: string, permission: string, isGranted: boolean) => {
      const team = teamAt(core, wanted)
      if (isGranted) team.grants.add(permission)
      else team.grants.delete(permission)
    },
    grantFiles: (isGranted: boolean) => {
      core.state.grantsFiles = isGranted
    },
    deleteFile: (id: string) => {
      for (const file of core.state.files) if (file.id === id) file.isDeleted = true
    },

    /** The person's own copy of the app goes: the bot can no longer write to them. */
    uninstallFor: (person: string) => {
      const { id } = personAt(core, person)
      core.state.withoutApp.add(id)
      const chat = core.state.chats.find((each) => each.person === id)
      if (chat) core.delivery.push(installActivity(core, chat.id, id, 'remove'))
    },
    installFor: (person: string) => void core.state.withoutApp.delete(personAt(core, person).id),
    /** Nobody tells the bot. */
    block: (person: string) => void core.state.blocked.add(personAt(core, person).id),
    unblock: (person: string) => void core.state.blocked.delete(personAt(core, person).id),

    /** A file's identifier that nothing refers to. */
    unknownId: guid,
  }
}
