/**
 * Asked privately of whoever wrote what looks like somebody's identifier, and told the privacy officer where no agreement
 * covers the chat. Neither card repeats a word of it: both stand in a chat themselves.
 */
import { phiInWords } from '../domain/phi.ts'
import { platformName } from '../domain/platforms.ts'
import type { Card, Line, Span } from './card.ts'
import {
  about,
  act,
  buttons,
  form,
  headingOf,
  lines,
  momentOf,
  numberArg,
  person,
  quiet,
  type Scene,
  wordArg,
} from './scene.ts'
import type { View } from './view.ts'

type Args = Readonly<Record<string, unknown>>

/** Where a person finds it in the client. */
const deletion: Readonly<Record<string, string>> = {
  slack: 'In Slack: ⋮ on the message → Delete message. Edit message takes out only the number.',
  teams: 'In Teams: ⋯ on the message → Delete. Edit takes out only the number.',
}

/** A file outlives the message it came in. */
const fileDeletion: Readonly<Record<string, string>> = {
  slack: 'In Slack: ⋮ on the file → Delete file, then delete the message.',
  teams: 'In Teams: delete the message, then the file in the channel’s Files: it stays there without.',
}

/** What was given with a form stands in no message. */
const formFileDeletion: Readonly<Record<string, string>> = {
  slack: 'In Slack: Files → ⋮ on the file → Delete file.',
}

function deletionOf(args: Args, platform: string): string {
  const rows = args.carrier !== 'file' ? deletion : args.message === '' ? formFileDeletion : fileDeletion
  return rows[platform] ?? 'Delete it where it stands.'
}

const kindsOf = (args: Args): string =>
  phiInWords(Array.isArray(args.kinds) ? args.kinds.map((kind) => String(kind)) : [])

const carrierOf = (args: Args): string => (args.carrier === 'file' ? 'file' : 'message')

/** `of Fri 20 Nov 22:41`, leading to it where the platform told where it is. */
function which({ state }: Scene, args: Args): Span[] {
  const at = wordArg(args, 'at')
  const said = at ? `of ${momentOf(state, at)}` : 'here'
  const url = wordArg(args, 'url')
  return url ? [{ link: said, url }] : [said]
}

/** What the officer types, or presses: the entry that is meant, and the reason is theirs. */
const redaction = ({ state, word }: Scene, args: Args): string =>
  [word, 'redact', state.incident, numberArg(args, 'seq') ?? '<entry>', 'because <why>'].join(' ')

export function phiNudgeCard(scene: Scene, args: Args): Card {
  const { state } = scene
  const { platform } = state
  const name = platformName(platform)
  const first: Line = [`Your ${carrierOf(args)} `, ...which(scene, args), ` may hold ${kindsOf(args)}.`]
  return about(state, 'look again at something you wrote', [
    lines([
      first,
      ...(args.strict === true
        ? [`${name} is not declared here to be under a business associate agreement: it must not stay there.`]
        : [`If it need not be there, delete it in ${name}. If it must be, leave it.`]),
    ]),
    lines([
      [{ bold: `Redact in ${name} and keep sealed` }],
      `1. ${deletionOf(args, platform)}`,
      '2. The record keeps what you wrote sealed, with the deletion beside it. There is nothing else to do.',
      ['3. Must it leave the record too, ask the privacy officer: ', { code: redaction(scene, args) }],
    ]),
    quiet(headingOf(state), 'Only you see this. On the record is that you were asked, and not what it says.'),
    ...buttons(act(state, 'Status', 'status')),
  ])
}

export const phiNudge: View = { draw: (drawing) => phiNudgeCard(drawing, drawing.args) }

export function phiToldCard(scene: Scene, args: Args): Card {
  const { state } = scene
  const name = platformName(state.platform)
  const author = wordArg(args, 'author')
  const whose: Span[] = author ? [' by ', person(author)] : []
  return about(state, 'something stands in the chat that may have to go', [
    lines([
      [`▲ A ${carrierOf(args)}`, ...whose, ' ', ...which(scene, args), ` may hold ${kindsOf(args)}.`],
      `They were asked privately to delete it in ${name}. It is not repeated here.`,
      `${name} is not declared to be under a business associate agreement: see that it is gone, and whether it was a disclosure.`,
    ]),
    quiet(headingOf(state), 'Told once a day for each person. The record lists each one, without its words.'),
    ...buttons(
      form(state, 'Redact the record…', `redact ${numberArg(args, 'seq') ?? ''}`.trim()),
      act(state, 'Status', 'status'),
    ),
  ])
}

export const phiTold: View = { draw: (drawing) => phiToldCard(drawing, drawing.args) }

/** In place of either, once the message was deleted or holds no such thing any more. */
export function phiGoneCard(scene: Scene, args: Args): Card {
  const { state } = scene
  const author = wordArg(args, 'author')
  const isTheirs = wordArg(args, 'person') === author
  const at = wordArg(args, 'at')
  const whose: Span[] = isTheirs || !author ? ['Your message'] : ['The message by ', person(author)]
  const done = args.change === 'deleted' ? 'deleted' : 'changed'
  const goneAt = wordArg(args, 'goneAt')
  return about(state, 'it is out of the chat', [
    lines([
      [
        '✓ ',
        ...whose,
        at ? ` of ${momentOf(state, at)}` : '',
        ` was ${done}`,
        goneAt ? `, ${momentOf(state, goneAt)}.` : '.',
      ],
      'The record keeps what it said, sealed. There is nothing else to do.',
    ]),
    quiet(headingOf(state)),
  ])
}

export const phiGone: View = { draw: (drawing) => phiGoneCard(drawing, drawing.args) }
