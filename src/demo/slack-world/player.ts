/** One person at the practice Slack's keyboard. */
import type { Practice } from '../../practice/server.ts'
import type { Player } from '../world.ts'
import type { NameOf } from './as-read.ts'
import { formOf } from './form.ts'
import { homeOf, outcome } from './readable.ts'

export const WORD = '/incident'
const PIN = 'pushpin'

/** By what Slack's menus call them. */
export const shortcuts: Readonly<Record<string, string>> = {
  'Declare incident': 'declare',
  'Record as decision': 'record_decision',
  'Record as evidence': 'record_evidence',
  'Mark as privileged': 'mark_privileged',
  'Declare from message': 'declare_from_message',
}

export function playerOf(practice: Practice, id: string, name: NameOf): Player {
  const actor = practice.as(id)
  return {
    id,
    name: actor.person.name,
    realName: actor.person.realName,
    direct: practice.botUserId,
    rooms: () => actor.channels().map((channel) => channel.id),
    post: async (room, text) => ({ room, message: await actor.post(room, text) }),
    async reply({ room, message }, text) {
      const parent = actor.everything(room).find(({ ts }) => ts === message)?.threadTs ?? message
      return { room, message: await actor.reply(room, parent, text) }
    },
    edit: ({ room, message }, text) => actor.edit(room, message, text),
    remove: ({ room, message }) => actor.remove(room, message),
    async mark({ room, message }) {
      await actor.react(room, message, PIN)
      return { ok: true }
    },
    unmark: ({ room, message }) => actor.unreact(room, message, PIN),
    async share(room, file, text) {
      const { ts } = await actor.upload(room, file, { text })
      return { room, message: ts }
    },
    command: (room, line) => outcome(actor.command(room, `${WORD} ${line}`)),
    invite: (room, person) => actor.invite(room, person),
    leave: (room) => actor.leave(room),
    shortcut(label, on) {
      const callback = shortcuts[label] ?? label
      return outcome(
        on ? actor.messageShortcut(callback, on.room, on.message) : actor.globalShortcut(callback),
      )
    },
    openHome: () => actor.openHome(),
    home: () => homeOf(practice, id, name),
    form: () => formOf(practice, id, name),
    closeForm: () => void actor.close({ all: true }),
  }
}
