/**
 * A companion room, in words: its one notice, that the incident closed or is open again, and, to counsel alone, what needs a
 * look. None of them repeats the basis, and none is shown where the war room reads.
 */
import { companionOf, currentCompanion } from '../domain/companion.ts'
import { outcomeLabel } from '../domain/outcomes.ts'
import { platformName } from '../domain/platforms.ts'
import type { Card, Line, Span } from './card.ts'
import { gapLines } from './coverage.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  headingOf,
  lines,
  momentOf,
  nameOf,
  numberArg,
  person,
  quiet,
  type Scene,
  wordArg,
} from './scene.ts'
import type { View } from './view.ts'

type Args = Readonly<Record<string, unknown>>

/** Who opened it, whoever is counsel now. */
const opener = (state: Scene['state'], room: string | undefined): Span => {
  const companion = companionOf(state, room) ?? currentCompanion(state)
  return companion ? person(companion.by) : 'Counsel'
}

export function companionNoticeCard({ state, word }: Scene, args: Args): Card {
  return about(state, 'a room for counsel is open. What is said in it is recorded and privileged.', [
    { kind: 'title', text: `Room for counsel · ${headingOf(state)}` },
    lines([
      [opener(state, wordArg(args, 'room')), ' opened this room for legal advice on this incident.'],
      'Everything said here is recorded — edits, deletions and files too — sealed, and kept at least six years.',
      'All of it is privileged: its content stays out of what is exported. That it was said stays on the record.',
      'Keep to legal advice, and let nobody in who need not be here.',
    ]),
    quiet(
      'No cards and no reminders come here, and nothing said here is told in the war room.',
      ['Counsel lets in more: ', { code: `${word} privilege room @who` }],
      'Decisions, and whatever else others are told with its words, are typed in the war room.',
    ),
  ])
}

/** Unless counsel lifted the mark. */
const stillPrivileged = (state: Scene['state']): string => {
  const room = currentCompanion(state)?.room
  const isMarked = state.privilege.some(
    (each) => each.target === 'room' && each.room === room && !each.lifted,
  )
  return isMarked ? ', and privileged as before' : ''
}

export function companionClosedCard({ state }: Scene): Card {
  const { closed } = state
  if (!closed)
    return about(state, 'open again', [
      lines([`${nameOf(state)} is open again.`, `What is said here is recorded${stillPrivileged(state)}.`]),
    ])
  return about(state, `closed: ${outcomeLabel(closed.outcome)}`, [
    lines([
      [byWhom(closed.by), ` closed ${nameOf(state)}: `, { bold: outcomeLabel(closed.outcome) }, '.'],
      `What is said here is still recorded${stillPrivileged(state)}.`,
    ]),
    quiet(`Closed ${momentOf(state, closed.at)}`),
  ])
}

/** Counsel lifted the mark, or made it again. */
export function companionPrivilegeCard({ state }: Scene, args: Args): Card {
  const room = wordArg(args, 'room')
  const mark = state.privilege.findLast((each) => each.target === 'room' && each.room === room)
  const lifted = mark?.lifted
  if (lifted)
    return about(state, 'what is said here is no longer privileged', [
      lines([
        ['▲ ', person(lifted.by), ` lifted the privilege of this room, ${momentOf(state, lifted.at)}.`],
        'What was said here, and what is said from now on, is exported with the rest of the record.',
      ]),
    ])
  return about(state, 'what is said here is privileged', [
    lines([
      [mark ? person(mark.by) : 'Counsel', ' marked this room as privileged again.'],
      'Its content, from the first word on, stays out of what is exported.',
    ]),
  ])
}

interface Alarm {
  readonly summary: string
  readonly what: readonly Line[]
}

const losses: Readonly<Record<string, string>> = {
  archived: 'was archived',
  is_archived: 'was archived',
  deleted: 'was deleted',
  'bot-removed': 'no longer has the bot in it',
  not_in_channel: 'no longer has the bot in it',
}

const openAnother = (word: string): Line => [
  'A new one continues the same record: ',
  { code: `${word} privilege room @who because <basis>` },
]

const takeOut =
  'They can read all of it, which may cost the privilege. Take them out; it is on the record either way.'

/** Reasons a platform or our own rule gave for not letting somebody in. */
const refusals: Readonly<Record<string, string>> = {
  guest: 'they are a guest, and an incident’s rooms are for the workforce',
  deactivated: 'they have no account here any more',
}

function alarmOf({ state, word }: Scene, args: Args): Alarm {
  const why = wordArg(args, 'why') ?? ''
  const code = wordArg(args, 'code') ?? ''
  const who = wordArg(args, 'who')
  const them: Span = who ? person(who) : 'Somebody'
  const id = wordArg(args, 'room')
  const room: Span = id ? { room: id } : 'the room for counsel'
  const name = platformName(state.platform)
  if (args.lost === true) {
    const companion = companionOf(state, wordArg(args, 'room'))
    if (companion?.lost === null)
      return {
        summary: 'the room for counsel is there again',
        what: [['The room for counsel is there again: ', room]],
      }
    return {
      summary: 'the room for counsel is lost',
      what: [
        ['▲ The room for counsel ', losses[why] ?? 'can no longer be seen by the bot', '.'],
        'What is said in it now is not recorded. What was said before stays on the record, privileged.',
        openAnother(word),
      ],
    }
  }
  switch (why) {
    case 'not-opened':
      return {
        summary: 'the room for counsel is not open',
        what: [
          `▲ ${name} made no room for counsel (${code}). Wardroom goes on trying.`,
          'Until then, mark what is said elsewhere as privileged, or speak by phone.',
        ],
      }
    case 'not-admitted':
      return {
        summary: 'somebody was not let into the room for counsel',
        what: [
          [
            '▲ ',
            them,
            ` was not invited into `,
            room,
            `: ${refusals[code] ?? `${name} refused it (${code})`}.`,
          ],
        ],
      }
    case 'kept-out':
      return {
        summary: 'a person kept out is in the room for counsel',
        what: [['▲ ', them, ' is kept out of this incident and is in ', room, '.'], takeOut],
      }
    case 'guest':
      return {
        summary: 'a guest is in the room for counsel',
        what: [['▲ ', them, ' is a guest from outside the organisation and is in ', room, '.'], takeOut],
      }
    case 'uninvited':
      return {
        summary: 'an uninvited person joined the room for counsel',
        what: [['▲ ', them, ' joined ', room, '. You did not let them in through Wardroom.'], takeOut],
      }
    case 'renamed':
      return {
        summary: 'the room for counsel has a new name',
        what: [
          ['▲ ', room, ' was renamed. A name is seen outside the room.'],
          'Names stay neutral: no person, no device, no diagnosis. Rename it to the incident’s number.',
        ],
      }
    case 'gap':
      return {
        summary: 'a gap in what the bot could see of the room for counsel',
        what: [['In the room for counsel, ', room, ':'], ...gapLines(state, numberArg(args, 'seq'))],
      }
    case 'unknown-post':
      return {
        summary: 'a post by the bot is unaccounted for',
        what: [
          ['▲ A post under the bot’s name in ', room, ' came from no delivery of ours.'],
          'Treat it as not ours. Have the security officer look at the bot’s token.',
        ],
      }
    default:
      return {
        summary: 'the room for counsel has more readers',
        what: [
          [
            '▲ ',
            room,
            why === 'shared'
              ? ' is shared with another organisation.'
              : ' may be read by more people than you let in.',
          ],
          'Stop writing there.',
          openAnother(word),
        ],
      }
  }
}

export function companionAlarmCard(scene: Scene, args: Args): Card {
  const { state } = scene
  const { summary, what } = alarmOf(scene, args)
  return about(state, summary, [
    lines(what),
    quiet(headingOf(state), 'You are told as counsel. The war room is not.'),
    ...buttons(act(state, 'Privilege log', 'privilege log')),
  ])
}

export const companionNotice: View = { draw: (drawing) => companionNoticeCard(drawing, drawing.args) }
export const companionClosed: View = { draw: companionClosedCard }
export const companionPrivilege: View = {
  draw: (drawing) => companionPrivilegeCard(drawing, drawing.args),
}
export const companionAlarm: View = { draw: (drawing) => companionAlarmCard(drawing, drawing.args) }
