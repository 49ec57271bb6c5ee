/** One person in the local Teams client, as scenarios play people. What is done there in another way is done here. */
import type { Player } from '../../../src/demo/world.ts'
import { asking, directMessages, pressing, typing } from './asking.ts'
import type { LocalTeams } from './local.ts'
import { outcome, readableCard } from './readable.ts'
import { formOf } from './world-form.ts'

/** Stands for the chat with the bot, which is there only once somebody has written in it. */
const DIRECT = 'directly'

/** By what Teams' menus call them. */
export const shortcuts: Readonly<Record<string, string>> = {
  'Declare incident': 'declare',
  'Record as decision': 'record_decision',
  'Record as evidence': 'record_evidence',
  'Mark as privileged': 'mark_privileged',
  'Declare from message': 'declare_from_message',
}

export function playerOf(local: LocalTeams, id: string, asked: Map<string, string>): Player {
  const actor = local.as(id)
  const { name, realName } = actor.person
  /** Two teams have a General: the hospital's is meant, as on Slack, where there is one. */
  const named = (room: string) => {
    const same = actor.channels().filter((each) => each.name.toLowerCase() === room)
    return (same.find(({ team }) => team === local.hospitalTeamId) ?? same[0])?.id ?? room
  }
  return {
    id,
    name,
    realName,
    direct: DIRECT,
    rooms: () => actor.channels().map((channel) => channel.id),
    async post(room, words) {
      if (room !== DIRECT) return { room: named(room), message: await actor.post(named(room), words) }
      return { message: await actor.direct(words), room: await actor.openChat() }
    },
    reply: async ({ room, message }, words) => ({ room, message: await actor.reply(room, message, words) }),
    edit: ({ room, message }, words) => actor.edit(room, message, words),
    remove: ({ room, message }) => actor.remove(room, message),
    mark: ({ room, message }) =>
      asking(local, id, async () => {
        const answer = await actor.messageAction('record_evidence', room, message)
        return outcome(answer.dialog ? await actor.submit() : answer)
      }),
    // What was recorded as evidence stays recorded: there is no mark to take off.
    unmark: async () => {},
    async share(room, file, words) {
      const { message } = await actor.upload(room, { ...file, mime: 'text/plain' }, { text: words })
      return { room, message }
    },
    command: (room, line) =>
      typing(local, id, () => (room === DIRECT ? actor.direct(line) : actor.command(named(room), line))),
    invite: (room, person) => actor.addToTeam(teamOf(local, room), person),
    leave: (room) => actor.leaveTeam(teamOf(local, room)),
    shortcut: (label, on) =>
      asking(local, id, async () => {
        const command = shortcuts[label] ?? label
        return outcome(
          await (on ? actor.messageAction(command, on.room, on.message) : actor.composeAction(command)),
        )
      }),
    async openHome() {
      asked.set(id, await actor.direct('home'))
    },
    home() {
      const since = Number(asked.get(id))
      const answer = directMessages(local, id).find((each) => each.isBot && Number(each.id) > since)
      if (!answer?.card) return undefined
      return readableCard(answer.card, pressing(local, { room: answer.room, message: answer.id }))
    },
    form: () => formOf(local, id),
    closeForm: () => void actor.close(),
  }
}

/** Of the team that holds the room: in Teams people come to and go from all its rooms at once. */
export const teamOf = (local: LocalTeams, room: string): string => local.admin.channel(room).team
