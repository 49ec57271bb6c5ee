/** The local Teams as one person sees it: the channels of their teams, their chat with the bot, messages with their cards. */
import { type Core, refuse } from './core.ts'
import { BOT, type Channel, channelOf, type Json, type Message, nameOf, teamOf } from './state.ts'

export interface SeenChannel {
  readonly id: string
  readonly name: string
  readonly team: string
  readonly teamName: string
  readonly description: string
  readonly members: readonly string[]
  readonly isArchived: boolean
}

export interface SeenMessage {
  readonly id: string
  readonly root: string | undefined
  readonly author: string
  readonly authorName: string
  readonly isBot: boolean
  readonly text: string
  readonly html: string
  /** As this person sees it now; what a press answered them may differ from what others see. */
  readonly card: Json | undefined
  readonly files: readonly { readonly id: string; readonly name: string }[]
  readonly reactions: readonly { readonly type: string; readonly people: readonly string[] }[]
  readonly at: Date
  readonly isEdited: boolean
  readonly isDeleted: boolean
  /** Targeted: nobody else sees it. */
  readonly isPrivate: boolean
}

export function channelsFor(core: Core, person: string): SeenChannel[] {
  return core.state.channels.flatMap((channel) => {
    const team = teamOf(core.state, channel.team)
    if (!team?.members.has(person) || channel.isDeleted) return []
    const { id, name, description } = channel
    const isArchived = channel.isArchived || team.isArchived
    return [
      { id, name, team: team.id, teamName: team.name, description, members: [...team.members], isArchived },
    ]
  })
}

/** By id or name; in two teams' channels of one name, the first. */
export function roomSeen(core: Core, person: string, wanted: string): string {
  const name = wanted.replace(/^#/, '').toLowerCase()
  const channel = channelsFor(core, person).find(
    (each) => each.id === wanted || each.name.toLowerCase() === name,
  )
  const chat = core.state.chats.find((each) => each.person === person && each.id === wanted)
  return channel?.id ?? chat?.id ?? refuse(`You cannot see a channel ${wanted}.`)
}

export function channelOpen(core: Core, person: string, wanted: string): Channel {
  const channel = channelOf(core.state, roomSeen(core, person, wanted)) ?? refuse(`${wanted} is no channel.`)
  const team = teamOf(core.state, channel.team)
  return channel.isArchived || team?.isArchived ? refuse(`${channel.name} is archived.`) : channel
}

export function messageSeen(core: Core, person: string, room: string, id: string): Message {
  const found = core.state.messages.find((row) => row.room === room && row.id === id && isFor(row, person))
  return found ?? refuse('That message is not here.')
}

const isFor = ({ onlyFor }: Message, person: string) => onlyFor === undefined || onlyFor === person

export function messagesFor(core: Core, person: string, room: string): SeenMessage[] {
  return core.state.messages
    .filter((row) => row.room === room && isFor(row, person))
    .map((row) => ({
      id: row.id,
      root: row.root,
      author: row.author,
      authorName: nameOf(core.state, row.author),
      isBot: row.author === BOT,
      text: row.deletedAt === undefined ? row.text : '',
      html: row.deletedAt === undefined ? row.stored : '',
      card: row.deletedAt === undefined ? (row.views.get(person) ?? row.card) : undefined,
      files: row.files.map(({ id, name }) => ({ id, name })),
      reactions: [...new Set(row.reactions.map(({ type }) => type))].map((type) => ({
        type,
        people: row.reactions.filter((each) => each.type === type).map((each) => each.person),
      })),
      at: new Date(row.createdAt),
      isEdited: row.editedAt !== undefined,
      isDeleted: row.deletedAt !== undefined,
      isPrivate: row.onlyFor !== undefined,
    }))
}
