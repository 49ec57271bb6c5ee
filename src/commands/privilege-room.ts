/**
 * Counsel opens a companion room, or lets more people into the one there is. Asked for here, made after the commit; what is
 * said in it is privileged from its first word on the basis given now.
 */
import { currentCompanion } from '../domain/companion.ts'
import { event } from '../domain/events.ts'
import type { Companion, IncidentState } from '../domain/incident-state.ts'
import { isExcluded } from '../domain/permit.ts'
import { platformName, roomsOn } from '../domain/platforms.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Line, Span } from '../views/card.ts'
import { say } from '../views/say.ts'
import { person } from '../views/scene.ts'
import type { Context, Decision } from './command.ts'

interface Asked {
  readonly people: readonly string[]
  readonly reason?: string | undefined
}

export function openOrLetIn(state: IncidentState, asked: Asked, context: Context): Decision | Refusal {
  if (roomsOn(state.platform) === 'team')
    return refuse(
      'companion-impossible',
      `On ${platformName(state.platform)} everybody in the team sees every room Wardroom can open, so counsel can have none of their own: mark what is said instead, as a message or a thread. Nothing was recorded.`,
    )
  const keptOut = asked.people.find((each) => isExcluded(state, each))
  if (keptOut)
    return refuse(
      'companion-kept-out',
      `<@${keptOut}> is kept out of this incident and cannot be let in. Nobody was.`,
      { field: 'people' },
    )
  const companion = currentCompanion(state)
  return companion ? letIn(companion, asked, context) : open(state, asked, context)
}

function open(state: IncidentState, { people, reason }: Asked, { actor }: Context): Decision | Refusal {
  if (state.companionWanted)
    return refuse(
      'companion-on-its-way',
      'A room for counsel is being opened already. Let people in once it is there.',
    )
  if (!reason)
    return refuse('privilege-basis', 'Say on which basis: the privilege log names it.', { field: 'reason' })
  const before = state.companions.length
  const admitted = [...new Set([actor, ...people])]
  return {
    events: [
      event(
        'privilege.room_requested',
        { suffix: before === 0 ? 'counsel' : `counsel-${before + 1}` },
        { basis: reason },
      ),
      ...admitted.map((each) => event('privilege.admitted', { room: null, person: each })),
    ],
    reply: say('A room for counsel is being opened.', [
      [
        'A private room is being opened for you',
        ...listed(admitted.slice(1)),
        '. You are invited when it is there.',
      ],
      'All that is said in it is recorded, and privileged: its content stays out of what is exported. The war room is told nothing of it.',
    ]),
  }
}

/** Whoever is counsel by now and lets people in is let in too. */
function letIn(
  { room, admitted }: Companion,
  { people, reason }: Asked,
  { actor }: Context,
): Decision | Refusal {
  const fresh = [...new Set([...people, actor])].filter((each) => !admitted.includes(each))
  if (fresh.length === 0)
    return refuse('companion-let-in', 'They were let into the room for counsel already.', { field: 'people' })
  return {
    events: fresh.map((each) =>
      event('privilege.admitted', { room, person: each }, reason ? { reason } : undefined),
    ),
    reply: say('They are being let in.', [
      [
        'Let into ',
        { room },
        ...listed(fresh, ': '),
        '. They are invited now, and can read what was said there before.',
      ],
    ]),
  }
}

const listed = (people: readonly string[], before = ' and '): Line =>
  people.flatMap((each, at): Span[] => [at === 0 ? before : ', ', person(each)])
