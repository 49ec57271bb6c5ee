/** What needs somebody at once: an uninvited joiner, a room that is lost or no longer private, a chat an attacker reads. */
import { currentRoom } from '../domain/incident.ts'
import { platformName } from '../domain/platforms.ts'
import { roomLine } from './brief.ts'
import type { Card, Line, Span } from './card.ts'
import { roomWords } from './room-words.ts'
import {
  about,
  act,
  buttons,
  form,
  headingOf,
  lines,
  momentOf,
  person,
  quiet,
  type Scene,
  wordArg,
} from './scene.ts'
import type { View } from './view.ts'

const newRoom = (state: Scene['state']) => form(state, 'Open a new room', 'room new')

const someone = (id: string | undefined): Span => (id ? person(id) : 'Somebody')

export function uninvitedCard({ state }: Scene, joined: string | undefined): Card {
  const isKeptOut = joined !== undefined && state.excluded.includes(joined)
  const what: Line = isKeptOut
    ? ['▲ ', someone(joined), ` is kept out of ${headingOf(state)} and is in its room.`]
    : [
        '▲ ',
        someone(joined),
        ` joined the room of ${headingOf(state)}. Nobody invited them through Wardroom.`,
      ]
  return about(state, isKeptOut ? 'a person kept out is in the room' : 'an uninvited person joined', [
    lines([what, roomWords(state).takeOut]),
    quiet(roomLine(state)),
    ...buttons(form(state, 'Record a decision', 'decide'), act(state, 'Who holds what', 'roles')),
  ])
}

export const uninvited: View = { draw: (drawing) => uninvitedCard(drawing, wordArg(drawing.args, 'joined')) }

interface Exposure {
  readonly summary: string
  readonly what: string
  readonly next: string
}

const exposuresIn = (state: Scene['state']): Readonly<Record<string, Exposure>> => ({
  guest: {
    summary: 'a guest is in the room',
    what: 'is a guest from outside the organisation and is in this room.',
    next: roomWords(state).untilOut,
  },
  shared: {
    summary: 'the room is shared outside the organisation',
    what: 'This room is shared with another organisation.',
    next: 'Stop writing here. Open a new room; the record goes on.',
  },
  'made-public': {
    summary: 'the room is public',
    what: roomWords(state).isPublic,
    next: roomWords(state).closeAgain,
  },
  renamed: {
    summary: 'the room has a new name',
    what: 'This room was renamed. A name is seen outside the room.',
    next: 'Names stay neutral: no person, no device, no diagnosis. Rename it to its number.',
  },
  'checkpoint-deleted': {
    summary: 'a checkpoint was deleted',
    what: `A checkpoint posted here is no longer in ${platformName(state.platform)}: somebody deleted it.`,
    next: 'Its text is on the record, and the last one is posted again. Have the security officer look at who may delete posts here, and keep copies of checkpoints outside.',
  },
  'unknown-post': {
    summary: 'a post by the bot is unaccounted for',
    what: 'A post under the bot’s name came from no delivery of ours.',
    next: 'Treat it as not ours. Have the security officer look at the bot’s token.',
  },
})

/** Words the adapters use for the same thing. */
const same: Readonly<Record<string, string>> = {
  public: 'made-public',
  external: 'shared',
  'shared-externally': 'shared',
}

export function exposedCard({ state }: Scene, why: string, who: string | undefined): Card {
  const exposures = exposuresIn(state)
  const row = exposures[same[why] ?? why] ?? {
    summary: 'the room needs a look',
    what: 'Something about this room changed that may let others read it.',
    next: 'Look at its members and settings, or open a new room; the record goes on.',
  }
  const isPerson = row === exposures.guest
  const what: Line = isPerson ? ['▲ ', someone(who), ' ', row.what] : ['▲ ', row.what]
  return about(state, row.summary, [
    lines([what, row.next]),
    quiet(headingOf(state), roomLine(state)),
    ...buttons(newRoom(state), form(state, 'Record a decision', 'decide')),
  ])
}

export const guest: View = {
  draw: (drawing) => exposedCard(drawing, wordArg(drawing.args, 'why') ?? '', wordArg(drawing.args, 'who')),
}

const losses: Readonly<Record<string, string>> = {
  archived: 'Its room was archived.',
  is_archived: 'Its room was archived.',
  deleted: 'Its room was deleted.',
  channel_not_found: 'Its room is gone, or the bot can no longer see it.',
  'bot-removed': 'The bot was removed from its room.',
  not_in_channel: 'The bot was removed from its room.',
}

/** Slack gives a channel another id when it becomes shared; whoever missed the word of it knows no way to it. */
const movedUnseen = (state: Scene['state']): Line[] =>
  state.platform === 'slack'
    ? [
        'If people still see it, Slack has given it another id, as it may when a channel is shared: what is said there is not recorded. Open a new room and go on in that one.',
      ]
    : []

export function roomLostCard({ state }: Scene, why: string): Card {
  if (currentRoom(state))
    return about(state, 'the room is there again', [
      lines([`The room of ${headingOf(state)} is there again.`, roomLine(state)]),
    ])
  return about(state, 'the room is lost', [
    lines([
      ['▲ ', { bold: headingOf(state) }, `. ${losses[why] ?? 'The bot can no longer use its room.'}`],
      ...(why === 'channel_not_found' ? movedUnseen(state) : []),
      `Until there is a room again, nothing said about it in ${platformName(state.platform)} is recorded. The clocks run on.`,
      roomWords(state).isOpenAgain,
    ]),
    ...buttons(newRoom(state), act(state, 'Status', 'status'), act(state, 'Clocks', 'clocks')),
  ])
}

export const roomLost: View = { draw: (drawing) => roomLostCard(drawing, wordArg(drawing.args, 'why') ?? '') }

/** Reasons a platform gave for making no room, with what to do about them. */
const roomRefusals: Readonly<Record<string, string>> = {
  kept_out_in_audience:
    'Somebody who is kept out belongs to the team that sees every room. Take them out of that team.',
  team_not_private:
    'The team that would hold the room is not private: anybody of the organisation could join and read it. Make it private.',
  wrong_membership: 'A channel of that name is private or shared, and the bot cannot work in one.',
  name_taken: 'Every name it could have is taken. Rename or delete the old channels.',
  missing_scope: 'The app lacks a permission. Run doctor on the server; it names the permission.',
  no_permission: 'The app lacks a permission. Run doctor on the server; it names the permission.',
}

export function roomNotOpenedCard({ state, word }: Scene, code: string): Card {
  if (currentRoom(state))
    return about(state, 'its room is open', [
      lines([`The room of ${headingOf(state)} is open.`, roomLine(state)]),
    ])
  return about(state, 'its room is not open', [
    lines([
      ['▲ ', { bold: headingOf(state) }, `: ${platformName(state.platform)} made no room (${code}).`],
      roomRefusals[code] ?? 'Run doctor on the server; it says what is wrong.',
      'The incident is declared and its clocks run. Wardroom goes on trying, and opens no other room in its place.',
      ['Until then, write to me here: ', { code: `${word} note ${state.incident} <what happened>` }],
    ]),
    ...buttons(act(state, 'Status', 'status'), act(state, 'Clocks', 'clocks')),
  ])
}

export const roomNotOpened: View = {
  draw: (drawing) => roomNotOpenedCard(drawing, wordArg(drawing.args, 'code') ?? ''),
}

export function compromisedCard(scene: Scene): Card {
  const { state } = scene
  const fact = state.facts['chat-compromised']
  if (fact && !fact.value.compromised)
    return about(state, 'chat may be used again', [
      lines([[person(fact.actor), ` recorded that chat is safe to use again, ${momentOf(state, fact.at)}.`]]),
    ])
  const by: Line = fact
    ? ['Recorded by ', person(fact.actor), `, ${momentOf(state, fact.at)}`]
    : headingOf(state)
  return about(state, 'treat this chat as read by the attacker', [
    lines([
      [{ bold: `▲ ${headingOf(state)}: treat this chat as read by the attacker.` }],
      'Do not write plans, passwords or phone numbers here. Use the phones on your printed sheet.',
      'The record goes on; what was said by phone is entered afterwards with its time.',
    ]),
    quiet(by),
    ...buttons(newRoom(state), act(state, 'Clocks', 'clocks')),
  ])
}

export const chatCompromised: View = { draw: compromisedCard }
