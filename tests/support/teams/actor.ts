/** One person in the Teams client: everything they can do, and what they see. Mistakes throw `LocalRefusal`. */
import { installActivity } from './activities.ts'
import { addToTeam, removeFromTeam } from './admin.ts'
import { actionsIn, type Filled, type Placed } from './cards.ts'
import { compose, composeHtml, withFiles, withPicture } from './compose.ts'
import { chatWith } from './connector.ts'
import { type Core, nextId, record, refuse, text } from './core.ts'
import { type Dialog, execute, fetchCommand, fetchTask, type Outcome, type Sent, submit } from './dialogs.ts'
import { deleteMessage, editMessage, postMessage, react, undeleteMessage } from './messages.ts'
import {
  channelOpen,
  channelsFor,
  messageSeen,
  messagesFor,
  roomSeen,
  type SeenChannel,
  type SeenMessage,
} from './seen.ts'
import { BOT_NAME, channelOf, type FileRef, guid, hasApp, type Message, personOf } from './state.ts'

export type Actor = ReturnType<typeof makeActor>
export interface MessagePlace {
  readonly room: string
  readonly message: string
}
/** A button by what it says, or the very one `actionsIn` found. */
export type Which = string | Placed

export function makeActor(core: Core, id: string) {
  const person = personOf(core.state, id) ?? refuse(`There is nobody ${id} here.`)

  const own = (channel: string, message: string): Message => {
    const found = messageSeen(core, id, roomSeen(core, id, channel), message)
    return found.author === id ? found : refuse('Only its author can change a message.')
  }

  const say = (room: string, words: string, thread?: string, html?: string): string => {
    if (words.trim() === '') refuse('There is nothing to send.')
    const root = thread && (messageSeen(core, id, room, thread).root ?? thread)
    return postMessage(core, room, id, {
      body: html ? composeHtml(html, words) : compose(core.state, words),
      root,
    }).id
  }

  /** The chat with the bot. The first time, the app comes to the person and says so. */
  const chat = (): string => {
    if (!hasApp(core.state, id)) refuse(`${BOT_NAME} is not there for ${person.realName}.`)
    const room = chatWith(core, id)
    if (!core.state.opened.has(id)) core.delivery.push(installActivity(core, room, id, 'add'))
    core.state.opened.add(id)
    return room
  }

  const picked = (message: Message, which: Which): Placed => {
    const card = message.views.get(id) ?? message.card ?? {}
    const all = actionsIn(card)
    const found =
      typeof which === 'string'
        ? all.find(({ title, action }) => title === which && action.type !== 'Action.ShowCard')
        : which
    const there = all.map(({ title }) => title).join(' · ')
    return found ?? refuse(`There is no [${String(which)}] here; there is: ${there || 'nothing to press'}.`)
  }

  return {
    id,
    person,

    /** Answers the message's id; the activity is on its way, see `LocalTeams.idle`. */
    post: async (room: string, words: string, more: { thread?: string; html?: string } = {}) =>
      say(
        room === chatWith(core, id) ? chat() : channelOpen(core, id, room).id,
        words,
        more.thread,
        more.html,
      ),
    reply: async (channel: string, thread: string, words: string) =>
      say(channelOpen(core, id, channel).id, words, thread),
    /** `@Wardroom …` */
    mention: async (channel: string, line: string, more: { thread?: string } = {}) =>
      say(channelOpen(core, id, channel).id, `@${BOT_NAME} ${line}`, more.thread),
    edit: async (channel: string, message: string, words: string, html?: string) =>
      editMessage(core, own(channel, message), {
        body: html ? composeHtml(html, words) : compose(core.state, words),
      }),
    remove: async (channel: string, message: string) => deleteMessage(core, own(channel, message)),
    undelete: async (channel: string, message: string) => undeleteMessage(core, own(channel, message)),
    react: async (channel: string, message: string, type: string) =>
      react(core, messageSeen(core, id, roomSeen(core, id, channel), message), id, type, true),
    unreact: async (channel: string, message: string, type: string) =>
      react(core, messageSeen(core, id, roomSeen(core, id, channel), message), id, type, false),

    /** From the slash menu: a targeted message that nobody else sees. */
    command: async (channel: string, line: string) => {
      const body = compose(core.state, line.replace(/^\//, ''))
      return postMessage(core, channelOpen(core, id, channel).id, id, { body, onlyFor: id }).id
    },
    /** In the chat with the bot. */
    direct: async (words: string) => say(chat(), words),
    openChat: async () => chat(),
    /** Its id, whether it was ever opened or not. */
    chat: chatWith(core, id),

    click: async (place: MessagePlace, which: Which, filled: Filled = {}): Promise<Outcome> => {
      const message = messageSeen(core, id, roomSeen(core, id, place.room), place.message)
      const placed = picked(message, which)
      const card = message.views.get(id) ?? message.card ?? {}
      if (placed.action.type === 'Action.Execute') return execute(core, id, message, placed, filled, card)
      if (record(record(placed.action.data).msteams).type === 'task/fetch')
        return fetchTask(core, id, message, placed, filled, card)
      return refuse(`[${placed.title}] asks nothing of the bot.`)
    },
    dialog: (): Dialog | undefined => core.dialogs.get(id),
    submit: async (filled: Filled = {}, button?: string): Promise<Sent> => {
      const dialog = core.dialogs.get(id) ?? refuse('No dialog is open.')
      const sends = actionsIn(dialog.card).filter(({ action }) => action.type === 'Action.Submit')
      return submit(core, id, button ? sends.find(({ title }) => title === button) : sends[0], filled, dialog)
    },
    close: async () => void core.dialogs.delete(id),
    messageAction: async (commandId: string, channel: string, message: string): Promise<Outcome> => {
      const room = roomSeen(core, id, channel)
      const on = messageSeen(core, id, room, message)
      return fetchCommand(
        core,
        id,
        { room, thread: channelOf(core.state, room) ? (on.root ?? on.id) : undefined },
        commandId,
        on,
      )
    },
    /** From the compose box or the slash menu, in a channel or the chat with the bot. */
    composeAction: async (commandId: string, channel?: string): Promise<Outcome> =>
      fetchCommand(
        core,
        id,
        { room: channel === undefined ? chat() : roomSeen(core, id, channel) },
        commandId,
      ),

    /** Into the team's files, with a message that refers to it. */
    upload: async (
      channel: string,
      file: { name: string; bytes: Uint8Array | string; mime?: string },
      more: { text?: string; thread?: string } = {},
    ) => {
      const { id: room, team, name } = channelOpen(core, id, channel)
      const folder = `https://hospital.sharepoint.example/sites/${team}/Shared%20Documents/${encodeURIComponent(name)}`
      const bytes = Buffer.from(file.bytes)
      const stored: FileRef = {
        id: guid(),
        name: file.name,
        mime: file.mime ?? 'application/octet-stream',
        url: `${folder}/${encodeURIComponent(file.name)}`,
        bytes,
        isDeleted: false,
      }
      core.state.files.push(stored)
      const body = withFiles(compose(core.state, more.text ?? ''), [stored.id])
      const root = more.thread && (messageSeen(core, id, room, more.thread).root ?? more.thread)
      return { message: postMessage(core, room, id, { body, root, files: [stored] }).id, file: stored.id }
    },

    /** A picture right into a message, which is where it is kept. */
    paste: async (
      channel: string,
      picture: { bytes: Uint8Array | string; mime?: string },
      more: { text?: string; thread?: string } = {},
    ): Promise<string> => {
      const { id: room, team } = channelOpen(core, id, channel)
      const root = more.thread && (messageSeen(core, id, room, more.thread).root ?? more.thread)
      const message = nextId(core)
      const thread = `${core.origin()}/graph/v1.0/teams/${team}/channels/${room}/messages/${root ?? message}`
      const under = root ? `${thread}/replies/${message}` : thread
      const object = `0-eus-d11-${guid().replaceAll('-', '')}`
      const { body, hosted } = withPicture(compose(core.state, more.text ?? ''), object, under)
      const { bytes, mime = 'image/png' } = picture
      core.state.pictures.push({ room, message, hosted, mime, bytes: Buffer.from(bytes) })
      return postMessage(core, room, id, { body, root, id: message }).id
    },

    /** Rooms are open to a whole team: coming and going is of the team. */
    addToTeam: async (team: string, ...people: string[]) => {
      for (const each of people) addToTeam(core, team, each, id)
    },
    leaveTeam: async (team: string) => removeFromTeam(core, team, id, id),

    channels: (): SeenChannel[] => channelsFor(core, id),
    /** The chat with the bot, once something was said in it. */
    dms: (): { readonly id: string }[] =>
      core.state.messages.some(({ room }) => room === chatWith(core, id)) ? [{ id: chatWith(core, id) }] : [],
    /** Every message of a channel or chat, replies included, in order. */
    everything: (channel: string): SeenMessage[] => messagesFor(core, id, roomSeen(core, id, channel)),
    /** What answers to presses and dialogs showed for a moment. */
    toasts: (): readonly string[] =>
      core.toasts.filter((each) => each.person === id).map((each) => text(each.text)),
  }
}
