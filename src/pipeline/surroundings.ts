/** What a command finds around it: which incident it is about, who asks, what they may see. */
import type { InboundCommand, InboundForm, InboundMessage } from '../chat/port.ts'
import type { Context } from '../commands/command.ts'
import { isCompanion } from '../domain/companion.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type Organisation, seenFrom } from '../domain/organisation.ts'
import { isExcluded, isParticipant } from '../domain/permit.ts'
import type { Wardroom } from '../wardroom.ts'
import { type Call, viaOf } from './call.ts'

export interface Surroundings {
  readonly incident: string | undefined
  readonly state: IncidentState | undefined
  readonly organisation: Organisation
  readonly visible: readonly IncidentState[]
  /** An incident was named, whether or not this person may find it. */
  readonly isNamed: boolean
  /** It was typed in a room of the incident itself, which only its members can do. */
  readonly present: boolean
  /** It was typed in a companion room, of this incident or another: what is said there goes nowhere else. */
  readonly isBeside: boolean
}

/**
 * Unlocked reads. A person kept out of an incident finds nothing, as if it did not exist; a person who is no
 * participant finds it only by being in its room.
 */
export async function surroundings(
  wardroom: Wardroom,
  inbound: InboundCommand | InboundForm | InboundMessage,
  wanted: { named: string | undefined; visible: boolean | 'live' },
): Promise<Surroundings> {
  const { store } = wardroom
  const isNamed = wanted.named !== undefined
  const { platform, workspace, room, actor } = inbound
  const organisation = seenFrom(await store.organisation(), platform)
  const here = room ? await store.incidentOfRoom({ platform, workspace, room }) : undefined
  const incident = wanted.named ?? here
  // Whoever is kept out is known by their id on the incident's own platform: from another they would be a stranger.
  const isHere = (state: IncidentState) => state.platform === platform && state.workspace === workspace
  const visible = wanted.visible
    ? (await (wanted.visible === 'live' ? store.liveIncidents() : store.incidents())).filter(
        (state) => isHere(state) && isParticipant(state, organisation, actor),
      )
    : []
  const nothing = {
    incident: undefined,
    state: undefined,
    organisation,
    visible,
    isNamed,
    present: false,
    isBeside: false,
  }
  if (!incident) return nothing
  const state = await store.incident(incident)
  const isBeside =
    here !== undefined && isTypedBeside(here === incident ? state : await store.incident(here), room)
  const present = here === incident
  const allowed =
    state &&
    isHere(state) &&
    !isExcluded(state, actor) &&
    (present || isParticipant(state, organisation, actor))
  return allowed ? { incident, state, organisation, visible, isNamed, present, isBeside } : nothing
}

const isTypedBeside = (state: IncidentState | undefined, room: string | undefined): boolean =>
  state !== undefined && isCompanion(state, room)

export function contextOf(wardroom: Wardroom, call: Call, around: Surroundings): Context {
  const { inbound } = call
  return {
    actor: inbound.actor,
    at: wardroom.now(),
    organisation: around.organisation,
    state:
      around.state &&
      (around.present ? withPresent(around.state, inbound.actor, inbound.room) : around.state),
    visible: around.visible,
    text: () => ({}),
    lines: [],
    platform: inbound.platform,
    workspace: inbound.workspace,
    audience: wardroom.audienceOn(inbound.platform),
    room: inbound.room,
    ...(inbound.type === 'message'
      ? { message: inbound.message, attached: inbound.body?.files.length ?? 0 }
      : {}),
    ...('thread' in inbound && inbound.thread ? { thread: inbound.thread } : {}),
    via: viaOf(inbound),
    word: wardroom.wordOn(inbound.platform),
    settings: wardroom.settings,
  }
}

/** Typing in the room proves membership, even where the platform's join event is still on its way. */
function withPresent(state: IncidentState, person: string, room: string | undefined): IncidentState {
  const add = (people: readonly string[]) => (people.includes(person) ? people : [...people, person])
  if (!isCompanion(state, room)) return { ...state, members: add(state.members) }
  const companions = state.companions.map((each) =>
    each.room === room ? { ...each, members: add(each.members) } : each,
  )
  return { ...state, companions }
}
