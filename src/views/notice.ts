/** The first post in a room: what is kept, what to write, whom to ask. */
import { holderOf } from '../domain/incident.ts'
import { expectedPeople } from '../domain/permit.ts'
import { roomsOn } from '../domain/platforms.ts'
import type { Block, Card, Span } from './card.ts'
import { about, headingOf, lines, person, quiet, type Scene } from './scene.ts'
import type { View } from './view.ts'

export function noticeCard(
  { state, organisation }: Scene,
  keys: { readonly fingerprint: string; readonly checkpointKey: string },
): Card {
  const counsel = holderOf(state, 'counsel') ?? organisation.roster.counsel?.holder ?? undefined
  const ask: Span[] =
    counsel && !state.excluded.includes(counsel)
      ? ['For legal advice, ask counsel: ', person(counsel), '.']
      : ['For legal advice, ask counsel (nobody holds this yet).']
  return about(state, 'the room is open. Everything said in it is recorded.', [
    { kind: 'title', text: headingOf(state) },
    lines([
      'Everything said here is recorded — edits, deletions and files too — and kept at least six years.',
      'Write facts, not guesses. No patient names: use record numbers only if you must.',
      ask,
    ]),
    ...called(state),
    quiet(['Record key ', { code: keys.fingerprint }, ' · Checkpoint key ', { code: keys.checkpointKey }]),
  ])
}

/** Where nobody is invited, being named is what calls people in. */
function called(state: Scene['state']): Block[] {
  if (roomsOn(state.platform) !== 'team') return []
  const people = expectedPeople(state).filter((each) => state.members.includes(each))
  const names = people.flatMap((each, at): Span[] => (at === 0 ? [person(each)] : [', ', person(each)]))
  return names.length > 0 ? [lines([['Called here: ', ...names]])] : []
}

export const notice: View = { draw: (drawing) => noticeCard(drawing, drawing) }
