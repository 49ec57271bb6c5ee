/**
 * What proves that a notification went out: words or a link, entries of the record, files, or several of them together.
 * What is on the record proves at once; a file that is still to be fetched proves once it is there.
 */
import { type Event, event } from '../domain/events.ts'
import { filesMistake, type GivenFile, MOST_FILES, type Named, namedBy } from '../domain/proof.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { typeName } from '../domain/type-name.ts'
import type { Line } from '../views/card.ts'
import { whyLost } from '../views/proof-lost.ts'
import type { Context } from './command.ts'
import type { NotifyArgs } from './notify-words.ts'

/** The message the proof was typed in, where it brought files. */
export const messageOf = ({ message, attached = 0 }: Context): string | undefined =>
  attached > 0 ? message : undefined

/** The entries whose file names and hashes the proof repeats. */
export const namesWanted = ({ state, lines }: Context, { words }: NotifyArgs): readonly number[] =>
  state ? namedBy(words, lines, state).files : []

export interface Proof {
  /** Nothing was given: no words, no file, and nothing that waits. */
  readonly isEmpty: boolean
  readonly events: (clock: string, ref?: number) => readonly Event[]
  /** How many files are still to be fetched. */
  readonly waits: number
  /** What of it is not there at all. */
  readonly lines: readonly Line[]
}

const mistakes = {
  'too-many': `At most ${MOST_FILES} files at once: send the rest with another proof.`,
  unreadable: 'One of the files did not come through. Choose it again.',
  empty: 'One of the files is empty, so it proves nothing. Choose another.',
} as const

export function readProof({ words, files = [] }: NotifyArgs, context: Context): Proof | Refusal {
  const { state, lines, text } = context
  const mistake = filesMistake(files)
  if (mistake) return refuse(`proof-${mistake}`, mistakes[mistake], { field: 'files' })
  const named = namedBy(words, lines, state!)
  const isAlone = named.files.length === 0 && named.waiting.length === 0 && files.length === 0
  const [lost] = named.lost
  if (lost && isAlone)
    return refuse(
      'proof-lost',
      `That file is not on the record (${whyLost(lost.why)}), so it proves nothing. Give it again, or say where it lies.`,
      { field: 'words' },
    )
  const proves = Boolean(words) || named.files.length > 0
  return {
    isEmpty: !words && isAlone,
    events: (clock, ref) => [
      ...(proves ? [proved(clock, words, named, text, ref)] : []),
      ...waiting(clock, named, ref),
      ...given(clock, files, ref),
    ],
    waits: files.length + named.waiting.length,
    lines: linesOf(named),
  }
}

function proved(
  clock: string,
  words: string | undefined,
  { files }: Named,
  text: Context['text'],
  ref: number | undefined,
): Event {
  const said = files.flatMap((seq) => {
    const { name, sha256 } = text(seq)
    return [
      ...(name === undefined ? [] : [[`file:${seq}`, name]]),
      ...(sha256 === undefined ? [] : [[`sha256:${seq}`, sha256]]),
    ]
  })
  const sealed = { ...(words ? { proof: words } : {}), ...Object.fromEntries(said) }
  return event('notification.proved', { clock, ...(files.length > 0 ? { files } : {}) }, sealed, ref)
}

const waiting = (clock: string, { waiting: files, message }: Named, ref: number | undefined): Event[] =>
  files.length === 0 ? [] : [event('notification.file_given', { clock, files, message }, undefined, ref)]

function given(clock: string, files: readonly GivenFile[], ref: number | undefined): Event[] {
  if (files.length === 0) return []
  const data = files.map(({ id: file, mime, size }) => ({ file, mime: typeName(mime), size }))
  const names = files.map(({ id, name }) => [`file:${id}`, name.toWellFormed()])
  return [
    event('notification.file_given', { clock, files: data, message: null }, Object.fromEntries(names), ref),
  ]
}

function linesOf({ unknown, lost }: Named): readonly Line[] {
  const entries = unknown.length === 1 ? 'entry' : 'entries'
  return [
    ...(unknown.length > 0 ? [`▲ There is no ${entries} ${unknown.join(', ')} on this record.`] : []),
    ...(lost.length > 0 ? ['▲ One of the files named is not on the record.'] : []),
  ]
}
