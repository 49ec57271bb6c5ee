/**
 * What a platform that cannot do a thing puts on the record instead: the only evidence in which the same incident may
 * differ from one platform to the other. Each row stands for a value of the port's capability table.
 */
import type { Capabilities } from '../chat/port.ts'
import type { EventKind } from '../domain/events.ts'

type Lacking = {
  [C in keyof Capabilities]: { readonly capability: C; readonly where: Capabilities[C] }
}[keyof Capabilities]

export interface StandIn {
  readonly kind: EventKind
  readonly data?: Readonly<Record<string, unknown>>
}

export type Equivalent = Lacking & {
  /** What is recorded where the capability is whole. */
  readonly kind: EventKind
  /** What is recorded in its place, in order; the last stands for it. */
  readonly instead: readonly StandIn[]
  /** Not in its place, but of each person at one time or another. */
  readonly ofEachPerson?: true
  readonly why: string
}

export const equivalents: readonly Equivalent[] = [
  {
    capability: 'reactions',
    where: 'own-posts',
    kind: 'message.marked',
    instead: [
      { kind: 'command.ran', data: { verb: 'evidence', via: 'form' } },
      { kind: 'evidence.recorded' },
    ],
    why: 'Nobody tells of a reaction on what people post: key evidence is marked by a message action, whose form is sent.',
  },
  {
    capability: 'reactions',
    where: 'own-posts',
    kind: 'message.unmarked',
    instead: [],
    why: 'There is no mark to take off: what was recorded as evidence stays recorded, and a note corrects it.',
  },
  {
    capability: 'history',
    where: 'with-deletions',
    kind: 'message.vanished',
    instead: [{ kind: 'message.deleted' }],
    why: 'History tells that a message was deleted, and when: nothing has to be found missing.',
  },
  {
    capability: 'audience',
    where: 'team',
    kind: 'room.joined',
    instead: [{ kind: 'room.joined' }],
    ofEachPerson: true,
    why: 'Nobody is invited: whoever is in the team is in the room as it opens, and only whoever comes into the team later joins.',
  },
]

const isIn = (row: Equivalent, capabilities: Capabilities) =>
  !row.ofEachPerson && capabilities[row.capability] === row.where

/** What stands for a kind on a platform with these capabilities; undefined where it is recorded as it is. */
export const insteadOf = (kind: string, capabilities: Capabilities): readonly StandIn[] | undefined =>
  equivalents.find((row) => row.kind === kind && isIn(row, capabilities))?.instead

/** The kinds that stand for something else there. */
export const standIns = (capabilities: Capabilities): readonly string[] =>
  equivalents.flatMap((row) => (isIn(row, capabilities) ? row.instead.slice(-1) : [])).map(({ kind }) => kind)
