// One person at the keyboard: everything the page can do, and what that person sees. Mistakes throw PracticeRefusal.
import { randomUUID } from 'node:crypto'
import { compose, richBlocks } from './compose.ts'
import {
  addMember,
  channelNameError,
  createChannel,
  directChannel,
  removeMember,
  renameChannel,
  setArchived,
  setTopic,
} from './conversations.ts'
import { type Core, findPerson } from './core.ts'
import { emit } from './events.ts'
import { deleteFile, shareFiles } from './file-sharing.ts'
import { mayReadFile, mostFormBytes, storeFile } from './files.ts'
import { optionsOf } from './inputs.ts'
import {
  closeView,
  sendAction,
  sendCommand,
  sendShortcut,
  submitView,
  surfaceBlocks,
} from './interactions.ts'
import {
  addReaction,
  deleteMessage,
  editMessage,
  isReply,
  pinMessage,
  postMessage,
  removeReaction,
  unpinMessage,
} from './messages.ts'
import type { PageChannel, PageMessage, PageView, Picked } from './page-api.ts'
import {
  channelJoined,
  channelSeen,
  type Filled,
  messageSeen,
  nested,
  ownMessage,
  type Place,
  pickElement,
  refuse,
  surfaceAt,
  type Which,
} from './reach.ts'
import { channelsFor, dmsFor, ephemeralsFor, homeFor, messagesFor, modalsFor } from './seen.ts'
import { botUserId, teamId } from './state.ts'
import { stackOf } from './views.ts'

export type { Filled, Place, Which } from './reach.ts'

export type Actor = ReturnType<typeof createActor>

export const createActor = (core: Core, id: string) => {
  const person = findPerson(core, id) ?? refuse(`There is nobody ${id} here.`)
  const seen = (channel: string) => channelSeen(core, id, channel)
  const joined = (channel: string) => channelJoined(core, id, channel)

  const act = (place: Place, which: Which, picked: Picked, filled: Filled) => {
    const surface = surfaceAt(core, id, place)
    const placed = pickElement(surface, which)
    return sendAction(core, id, surface, placed, picked, nested(surfaceBlocks(surface), filled))
  }

  const typed = (text: string) => {
    const composed = compose(core, text)
    return { text: composed, blocks: richBlocks(composed), extra: { client_msg_id: randomUUID() } }
  }

  return {
    id,
    person,

    /** answers the message's ts; the event is on its way, see `Practice.idle` */
    post: async (channel: string, text: string, more: { thread?: string; broadcast?: boolean } = {}) => {
      if (text.trim() === '') refuse('There is nothing to send.')
      const draft = { ...typed(text), threadTs: more.thread, broadcast: more.broadcast }
      return postMessage(core, joined(channel), id, draft).ts
    },
    reply: async (channel: string, thread: string, text: string, more: { broadcast?: boolean } = {}) =>
      postMessage(core, joined(channel), id, { ...typed(text), threadTs: thread, broadcast: more.broadcast })
        .ts,
    edit: async (channel: string, ts: string, text: string) => {
      const room = joined(channel)
      editMessage(core, room, ownMessage(room, ts, id), id, typed(text))
    },
    remove: async (channel: string, ts: string) => {
      const room = joined(channel)
      deleteMessage(core, room, ownMessage(room, ts, id))
    },
    react: async (channel: string, ts: string, name: string) => {
      const room = joined(channel)
      addReaction(core, room, messageSeen(room, ts), id, name.replace(/^:|:$/g, ''))
    },
    unreact: async (channel: string, ts: string, name: string) => {
      const room = joined(channel)
      removeReaction(core, room, messageSeen(room, ts), id, name.replace(/^:|:$/g, ''))
    },
    pin: async (channel: string, ts: string) => {
      const room = joined(channel)
      if (!room.pins.some((pin) => pin.ts === ts)) pinMessage(core, room, messageSeen(room, ts), id)
    },
    unpin: async (channel: string, ts: string) => {
      const room = joined(channel)
      if (room.pins.some((pin) => pin.ts === ts)) unpinMessage(core, room, messageSeen(room, ts), id)
    },

    /** resolves when the bot has answered or three seconds are over */
    command: async (channel: string, line: string, more: { thread?: string } = {}) => {
      const room = joined(channel)
      const name = line.split(/\s/)[0] ?? ''
      if (more.thread) refuse(`${name} is not supported in threads. Sorry!`)
      return sendCommand(core, id, room, line)
    },
    click: (place: Place, which: Which, filled: Filled = {}) =>
      Promise.resolve().then(() => act(place, which, null, filled)),
    /** `picked`: option value, person or channel id, date, or several; an option may also be named by its text */
    select: async (place: Place, which: Which, picked: Picked, filled: Filled = {}) => {
      const { element } = pickElement(surfaceAt(core, id, place), which)
      const byText = optionsOf(element).find((option) => option.text?.text === picked)
      return act(place, which, byText ? byText.value : picked, filled)
    },
    submit: async (filled: Filled = {}, viewId?: string) => {
      const top = stackOf(core, id).at(-1) ?? refuse('No form is open.')
      if (viewId && top.id !== viewId) refuse('That form is no longer on top.')
      return submitView(core, id, top, nested(top.blocks, filled))
    },
    close: (more: { all?: boolean } = {}) => closeView(core, id, more.all ?? false),
    messageShortcut: async (callbackId: string, channel: string, ts: string) => {
      const room = seen(channel)
      return sendShortcut(core, id, callbackId, { channel: room, message: messageSeen(room, ts) })
    },
    globalShortcut: async (callbackId: string) => sendShortcut(core, id, callbackId, null),

    upload: async (
      channel: string,
      file: { name: string; bytes: Uint8Array | string },
      more: { text?: string; thread?: string } = {},
    ) => {
      const room = joined(channel)
      const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes, 'utf8') : file.bytes
      const stored = storeFile(core, id, file.name, bytes)
      const ts = shareFiles(core, room, id, [stored], compose(core, more.text ?? ''), more.thread)
      return { ts, fileId: stored.id }
    },
    /** For a form that is open: what `submit` names it by. Nobody else sees it, the bot not before it is sent. */
    attach: (file: { name: string; bytes: Uint8Array | string }): string => {
      const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes, 'utf8') : file.bytes
      if (bytes.length > mostFormBytes) refuse(`${file.name} is over 10 MB, more than a form takes.`)
      return storeFile(core, id, file.name, bytes).id
    },
    /** Refused where this person may not read it. */
    readFile: (fileId: string): Buffer => {
      const file = core.state.files.find((row) => row.id === fileId && mayReadFile(core, row, id))
      return file ? Buffer.from(file.base64, 'base64') : refuse('That file is not there for you.')
    },
    removeFile: async (fileId: string) => {
      const file = core.state.files.find((row) => row.id === fileId && row.user === id)
      if (file) deleteFile(core, file)
    },

    join: async (channel: string) => {
      const room = seen(channel)
      if (room.kind !== 'public') refuse('Somebody inside has to invite you.')
      if (!room.members.includes(id)) addMember(core, room, id, null)
    },
    leave: async (channel: string) => {
      const room = seen(channel)
      if (room.members.includes(id)) removeMember(core, room, id, id)
    },
    invite: async (channel: string, ...users: string[]) => {
      const room = joined(channel)
      for (const user of users) {
        if (user !== botUserId && !findPerson(core, user)) refuse(`There is nobody ${user} here.`)
        if (!room.members.includes(user)) addMember(core, room, user, id)
      }
    },
    kick: async (channel: string, user: string) => {
      const room = joined(channel)
      if (room.members.includes(user)) removeMember(core, room, user, id)
    },
    createChannel: async (name: string, isPrivate = false) => {
      const error = channelNameError(core, name)
      if (error) refuse(`The channel cannot be called "${name}" (${error}).`)
      if (person.isGuest) refuse('Guests cannot create channels.')
      return createChannel(core, id, name, isPrivate).id
    },
    archive: async (channel: string) => setArchived(core, joined(channel), id, true),
    unarchive: async (channel: string) => setArchived(core, seen(channel), id, false),
    rename: async (channel: string, name: string) => {
      const error = channelNameError(core, name)
      if (error) refuse(`The channel cannot be called "${name}" (${error}).`)
      renameChannel(core, joined(channel), id, name)
    },
    topic: async (channel: string, text: string) => setTopic(core, joined(channel), id, text),

    openHome: async (tab: 'home' | 'messages' = 'home') => {
      const channel = directChannel(core, id, botUserId)
      const home = core.state.homes[id]
      const view = tab === 'home' && home ? { view: home } : {}
      emit(core, { type: 'app_home_opened', user: id, channel: channel.id, tab, team: teamId, ...view }, null)
    },
    /** answers the direct-message channel's id */
    openDm: async (other: string = botUserId) => directChannel(core, id, other).id,
    markRead: async (channel: string, ts?: string) => {
      const room = seen(channel)
      const last = ts ?? room.messages.at(-1)?.ts
      if (last && last > (room.lastRead[id] ?? '')) room.lastRead[id] = last
      core.changed({ kind: 'state' })
    },
    dismiss: async (ts: string) => {
      const at = core.ephemerals.findIndex((row) => row.user === id && row.message.ts === ts)
      const [gone] = at < 0 ? [] : core.ephemerals.splice(at, 1)
      if (gone) core.changed({ kind: 'ephemeral', user: id, channel: gone.channel, ts })
    },

    channels: (): PageChannel[] => channelsFor(core, id),
    dms: (): PageChannel[] => dmsFor(core, id),
    messages: (channel: string): PageMessage[] => messagesFor(core, seen(channel), id, null),
    thread: (channel: string, ts: string): PageMessage[] => messagesFor(core, seen(channel), id, ts),
    /** every message of a channel, replies included, in order */
    everything: (channel: string): PageMessage[] => {
      const room = seen(channel)
      const parents = messagesFor(core, room, id, null)
      const replies = room.messages.filter(isReply).map((row) => row.thread_ts ?? '')
      const threads = [...new Set(replies)].flatMap((ts) => messagesFor(core, room, id, ts))
      const byTs = new Map([...parents, ...threads].map((row) => [row.ts, row]))
      return [...byTs.values()].sort((one, other) => Number(one.ts) - Number(other.ts))
    },
    ephemerals: (channel?: string): PageMessage[] =>
      ephemeralsFor(core, id, channel ? seen(channel).id : undefined),
    modals: (): PageView[] => modalsFor(core, id),
    modal: (): PageView | null => modalsFor(core, id).at(-1) ?? null,
    home: (): PageView | null => homeFor(core, id),
  }
}
