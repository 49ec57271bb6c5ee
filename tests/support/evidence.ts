/**
 * The evidence a platform holds of a story, freed of what differs by nature: ids become names, numbers of entries and
 * messages go. What two platforms hold is then the same, entry by entry, but for the rows of `equivalents`.
 */
import type { Capabilities } from '../../src/chat/port.ts'
import { insteadOf, standIns } from '../../src/demo/equivalents.ts'
import type { Stage } from '../../src/demo/stage.ts'
import { isInert } from '../../src/domain/event-kinds.ts'
import type { IncidentState } from '../../src/domain/incident.ts'
import type { TestDatabase } from './database.ts'
import { type Line, linesOf } from './record.ts'

export type Told = Readonly<Record<string, unknown>>

export interface Entry {
  readonly kind: string
  readonly by: string
  readonly data: Told
}

export interface IncidentEvidence {
  readonly incident: string
  readonly entries: readonly Entry[]
  readonly state: Told
}

export interface Evidence {
  readonly capabilities: Capabilities
  readonly incidents: readonly IncidentEvidence[]
}

export async function evidenceOf(stage: Stage, database: TestDatabase): Promise<Evidence> {
  const { store, world, delivering } = stage
  const capabilities = delivering.portOf(world.platform)?.capabilities
  if (!capabilities) throw new Error(`${world.platform} is not connected`)
  const incidents: IncidentEvidence[] = []
  for (const state of await store.incidents()) {
    const names = namesIn(stage, state)
    const lines = await linesOf({ store, database }, state.incident)
    const entries = lines.filter((line) => !isOfNothingSeen(line)).map((line) => entryOf(line, names))
    incidents.push({ incident: state.incident, entries, state: named(state, names) as Told })
  }
  return { capabilities, incidents }
}

/** Where history tells of deletions it tells of what came and went unseen too. Where it does not, nobody knows. */
const isOfNothingSeen = ({ kind, ref, data }: Line) =>
  kind === 'message.deleted' && ref === null && data.recovered === true

type Names = ReadonlyMap<string, string>

const namesIn = ({ world }: Stage, state: IncidentState): Names =>
  new Map([
    [world.stranger, 'a stranger'],
    ...world.people.map(({ id, realName }) => [id, realName] as const),
    ...state.rooms.map(({ room, name }) => [room, `#${name}`] as const),
  ])

const entryOf = ({ kind, actor, data }: Line, names: Names): Entry => ({
  kind,
  by: names.get(actor.id) ?? actor.kind,
  data: named(data, names) as Told,
})

/** Numbers of entries count inert ones too; what a platform calls its messages and files is its own. */
const ownToPlatform = [
  'seq',
  'cause',
  'request',
  'ref',
  'platform',
  'workspace',
  'message',
  'delivery',
  'file',
  'thread',
  'through',
]

/** How much was found after a gap, and what cannot be, follows from what a platform's history tells. */
const ofHistory = ['recovered', 'vanished', 'lost']
const isOfGap = (value: object) => 'why' in value && 'from' in value && 'to' in value

function named(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return nameIn(value, names)
  if (Array.isArray(value)) return value.map((each) => named(each, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ownToPlatform.includes(key) && !(isOfGap(value) && ofHistory.includes(key)))
      .map(([key, each]) => [nameIn(key, names), named(each, names)]),
  )
}

/** Ids stand alone or as a word of their own: `invite U0GUSTAN000`. */
const nameIn = (text: string, names: Names): string => text.replace(/\S+/g, (word) => names.get(word) ?? word)

/** What the one platform holds and the other does not, a line each; `other` may lack what its capabilities say. */
export function differences(whole: Evidence, other: Evidence): string[] {
  const { capabilities } = other
  const names = (evidence: Evidence) => evidence.incidents.map(({ incident }) => incident).join(', ')
  if (names(whole) !== names(other)) return [`incidents: ${names(whole)} | ${names(other)}`]
  return whole.incidents.flatMap((one, at) => {
    const two = other.incidents[at] ?? one
    return [
      ...unlike('in order', moving(one, capabilities), moving(two, capabilities)),
      ...unlike('in any order', refusedOf(one, capabilities), refusedOf(two, capabilities)),
      ...unlike('of each', counted(one, capabilities), counted(two, capabilities)),
      ...unlike('at the end', stateLines(one), stateLines(two)),
      ...peopleMissing(one, two, capabilities),
    ].map((line) => `${one.incident} ${line}`)
  })
}

/** As a platform with these capabilities records it. What stands for an entry is known by its kind and by whom. */
function on(capabilities: Capabilities, { entries }: IncidentEvidence): Entry[] {
  const stands = standIns(capabilities)
  return entries
    .filter((entry) => !isAskedIn(entry) && !isNaming(entry))
    .flatMap(({ kind, by, data }) => {
      const instead = insteadOf(kind, capabilities)
      return instead ? instead.map((each) => ({ by, data: {}, ...each })) : [{ kind, by, data }]
    })
    .map((entry) => (stands.includes(entry.kind) ? { ...entry, data: {} } : entry))
}

/** What the platform refused is told by deliveries in lanes of their own, which run side by side: in no order. */
const isOfALane = ({ kind }: Entry) => kind === 'room.nicety_failed' || kind === 'role.vacated'

const movers = (evidence: IncidentEvidence, capabilities: Capabilities) =>
  on(capabilities, evidence).filter(({ kind }) => !isInert(kind))
const lineOf = ({ kind, by, data }: Entry) => `${kind} · ${by} · ${JSON.stringify(data)}`

/** What moves the state, in order. */
const moving = (evidence: IncidentEvidence, capabilities: Capabilities): string[] =>
  movers(evidence, capabilities)
    .filter((entry) => !isOfALane(entry))
    .map(lineOf)

const refusedOf = (evidence: IncidentEvidence, capabilities: Capabilities): string[] =>
  movers(evidence, capabilities).filter(isOfALane).map(lineOf).sort()

/** A minute's checkpoint may be signed amid a batch and once more after it, or only after it: the tick's time is real. */
const isCounted = ({ kind }: Entry) => isInert(kind) && kind !== 'checkpoint.signed'

/** What moves nothing comes as the platform brings it: how often each, in the order of the alphabet. */
function counted(evidence: IncidentEvidence, capabilities: Capabilities): string[] {
  const counts = new Map<string, number>()
  for (const { kind, by, data } of on(capabilities, evidence).filter(isCounted)) {
    const said = [kind, by, data.view].filter(Boolean).join(' · ')
    counts.set(said, (counts.get(said) ?? 0) + 1)
  }
  return [...counts].map(([said, count]) => `${said} ×${count}`).sort()
}

/** Who is in the room and who was looked up is compared as people. */
const stateLines = ({ state: { members: _, names: __, ...state } }: IncidentEvidence): string[] =>
  Object.entries(state).map(([key, value]) => `${key} ${canonical(value)}`)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  )

/** Whoever was asked in, or sees the room by standing membership. */
const isAskedIn = ({ kind, data }: Entry) => kind === 'room.joined' && data.invited === true

/** Looked up off the hot path, so between other entries; where a team sees the room, all of the team. */
const isNaming = ({ kind }: Entry) => kind === 'person.named'

/** Where a team sees every room, whoever was asked in elsewhere is among it; else the same people. */
function peopleMissing(one: IncidentEvidence, two: IncidentEvidence, { audience }: Capabilities): string[] {
  const sets = [joinedIn, membersOf, namedIn].map((of) => [new Set(of(one)), new Set(of(two))] as const)
  return sets.flatMap(([there, here]) => [
    ...[...there]
      .filter((person) => !here.has(person))
      .map((person) => `${person} is not in the room, or has no name`),
    ...(audience === 'team' ? [] : [...here].filter((person) => !there.has(person))).map(
      (person) => `${person} is in the room, or has a name`,
    ),
  ])
}

const joinedIn = ({ entries }: IncidentEvidence) => entries.filter(isAskedIn).map(({ data }) => data.person)
const namedIn = ({ entries }: IncidentEvidence) => entries.filter(isNaming).map(({ data }) => data.person)
const membersOf = ({ state }: IncidentEvidence) => state.members as readonly string[]

/** The first three places in which two lists differ. */
function unlike(what: string, expected: readonly string[], found: readonly string[]): string[] {
  const length = Math.max(expected.length, found.length)
  return Array.from({ length }, (_, at) => [expected[at], found[at]] as const)
    .filter(([one, other]) => one !== other)
    .slice(0, 3)
    .map(([one = '(nothing)', other = '(nothing)']) => `${what}: ${one} | ${other}`)
}
