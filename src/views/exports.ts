/** What people read of an export: what would leave, that it is being made, where it lies, and what went wrong with it. */
import type { Scope } from '../domain/bundle-scope.ts'
import { entriesOf } from '../domain/damaged.ts'
import type { Amount } from '../domain/leaving.ts'
import { sendsFiles } from '../domain/platforms.ts'
import type { Card } from './card.ts'
import { say } from './say.ts'
import { about, act, buttons, form, lines, nameOf, numberArg, quiet, type Scene, wordArg } from './scene.ts'
import type { Drawing, View } from './view.ts'

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

/** `1.2 MB`, as a person would say it. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte', 'bytes')
  const units = ['kB', 'MB', 'GB']
  const at = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** at
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[at - 1]}`
}

/** Short enough for an option's hint. */
export function amountWords({ texts, files, fileBytes, privileged }: Amount): string {
  const parts = [
    plural(texts, 'text', 'texts'),
    ...(files > 0 ? [`${plural(files, 'file', 'files')}, ${sizeWords(fileBytes)}`] : []),
    ...(privileged > 0 ? [`${privileged} withheld as privileged`] : []),
  ]
  return parts.join(' · ')
}

export const scopeWords = ({ kind, from, to }: Scope): string =>
  kind === 'decision-file' ? 'decision file' : kind === 'full' ? 'everything' : `${from} to ${to}`

export const goesWhere = (isSent: boolean): string =>
  isSent
    ? 'It comes to you alone, as a file here, and is deleted from the chat after 24 hours. A bundle too large for that stays on the server.'
    : 'It stays on the server, and you alone are told where.'

/** To whoever asked, in one sentence. */
export const comesHow = (platform: string): string =>
  sendsFiles(platform) ? 'It comes to you alone.' : 'It stays on the server, and you alone are told where.'

export const exportAskedReply = ({ state }: Pick<Scene, 'state'>, scope: Scope): Card =>
  say(`The export of ${nameOf(state)} is being made.`, [
    `The export of ${nameOf(state)} is being made: ${scopeWords(scope)}.`,
    `${comesHow(state.platform)} If several were asked for, one after another.`,
  ])

/** Said beside the file itself: plain words, of which none was typed by anybody. */
export const sentWith = (given: {
  readonly name: string
  readonly scope: Scope
  readonly through: number
  readonly sha256: string
  readonly again: boolean
  readonly damaged?: string
}): string =>
  [
    `Export of ${given.name}: ${scopeWords(given.scope)}, entries 1 to ${given.through}.`,
    `SHA-256 ${given.sha256}`,
    ...(given.damaged === undefined ? [] : [lacking(given.damaged)]),
    'Save it where your records are kept: it is deleted here after 24 hours. README.txt in it says how to check it.',
    ...(given.again ? ['Sent again after an interruption: a copy above is the same file, delete it.'] : []),
  ].join('\n')

/** `entries`: `entry 12`, `entries 12, 40`. */
const lacking = (entries: string): string =>
  `It is not whole: what is stored of ${entries} is damaged and left out. README.txt in it says what and why; a check of it says altered.`

function keptCard({ state, args }: Drawing): Card {
  const path = wordArg(args, 'path')
  const host = wordArg(args, 'host')
  const sha256 = wordArg(args, 'sha256')
  const bytes = numberArg(args, 'bytes')
  const damaged = wordArg(args, 'damaged')
  return about(state, 'the export is ready.', [
    lines([
      `The export of ${nameOf(state)} is ready. It lies on the server${host ? ` ${host}` : ''}; whoever runs it can hand it to you.`,
      ...(path ? [[{ code: path }]] : []),
      ...(damaged ? [lacking(damaged)] : []),
    ]),
    quiet(
      ...(bytes === undefined ? [] : [sizeWords(bytes)]),
      ...(sha256 ? [`SHA-256 ${sha256}`] : []),
      'Delete it there when it has been handed over. README.txt in it says how to check it.',
    ),
  ])
}

function failedCard({ state, args }: Drawing): Card {
  const code = wordArg(args, 'code') ?? 'fault'
  if (wordArg(args, 'step') === 'remove')
    return about(state, 'an export is still in this chat.', [
      lines([
        `The export of ${nameOf(state)} could not be deleted from this chat.`,
        'Delete it yourself: it holds the incident’s record.',
      ]),
      quiet(`The platform said ${code}.`),
    ])
  return about(state, 'the export was not made.', [
    lines([
      `The export of ${nameOf(state)} could not be made. Nothing left.`,
      'Ask for it again; if it fails again, whoever runs Wardroom finds the reason in its log.',
    ]),
    quiet(`Reason ${code}.`),
    ...buttons(form(state, 'Export again', 'export'), act(state, 'Status', 'status')),
  ])
}

/** To the privacy officer, whoever asked for the export that met it. */
function damagedCard({ state, args }: Drawing): Card {
  const parts = numberArg(args, 'parts') ?? 0
  const entries = Array.isArray(args.entries) ? args.entries.filter((seq) => typeof seq === 'number') : []
  const named = entries.length > 0 ? `: ${entriesOf(entries.map((seq) => ({ seq })))}` : ''
  return about(state, 'part of the record is damaged.', [
    lines([
      [
        '▲ ',
        { bold: nameOf(state) },
        `: an export was made without ${plural(parts, 'text or file', 'texts and files')}${named}.`,
      ],
      'What is stored of them on the server is no longer what was recorded. The entries themselves stand, and so do their hashes.',
      'Have whoever runs Wardroom run verify on the server, keep the disk as it is, and look for a whole copy in a backup.',
    ]),
    ...buttons(act(state, 'Custody', 'custody'), form(state, 'Export again', 'export')),
  ])
}

export const recordDamaged: View = { draw: damagedCard }
export const exportKept: View = { draw: keptCard }
export const exportFailed: View = { draw: failedCard }
