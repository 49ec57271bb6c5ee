/** A checkpoint as the chat platform keeps it: the very lines that are signed, so that a copy of the post checks. */
import { noteText, type SignedNote, signatureLine } from '../domain/checkpoint.ts'
import type { Card, Line } from './card.ts'
import { about, lines, nameOf, quiet, type Scene } from './scene.ts'
import type { Drawing, View } from './view.ts'

const noteLines = (note: SignedNote): Line[] =>
  [...noteText(note).trimEnd().split('\n'), signatureLine(note)].map((line) => [{ code: line }])

export function checkpointCard({ state }: Pick<Scene, 'state'>, note: SignedNote): Card {
  return about(state, 'a checkpoint of the record.', [
    lines([`Checkpoint ${nameOf(state)}: the record up to entry ${note.seq}, signed.`]),
    quiet('While this stands here, a change to those entries shows.', ...noteLines(note)),
  ])
}

export function keptCard({ state }: Pick<Scene, 'state'>, note: SignedNote): Card {
  return about(state, 'the record’s last checkpoint.', [
    lines([
      `${nameOf(state)} is closed. Keep this message: it is a second proof of the record, outside the room.`,
      `It covers the record up to entry ${note.seq}. Nothing needs doing now.`,
    ]),
    quiet(...noteLines(note)),
  ])
}

const drawn =
  (card: typeof checkpointCard): View['draw'] =>
  (drawing: Drawing) => {
    const note = drawing.args.note as SignedNote | undefined
    if (note) return card(drawing, note)
    return about(drawing.state, 'a checkpoint of the record.', [lines(['The record was signed.'])])
  }

export const checkpoint: View = { draw: drawn(checkpointCard) }
export const checkpointKept: View = { draw: drawn(keptCard) }
