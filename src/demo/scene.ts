/** What is on stage: who is who, what each person sees, and what of it is new since the last act. */
import { currentRoom, type IncidentState } from '../domain/incident.ts'
import type { Actor } from '../practice/actor.ts'
import type { Json, PageMessage } from '../practice/page-api.ts'
import { asRead, mrkdwnAsRead } from './as-read.ts'
import { ScenarioFailure, type ScriptLine, untrue } from './script.ts'
import type { Stage } from './stage.ts'

/** One message somebody can see. `reader`: only that person sees it. */
export interface Seen {
  readonly channel: string
  readonly where: string
  readonly reader: string | undefined
  readonly isDirect: boolean
  readonly message: PageMessage
  readonly text: string
}

export interface Scene {
  readonly stage: Stage
  readonly file: string
  line: ScriptLine
  /** Who acted last, where, and the message people mean by "that". */
  actor: Actor | undefined
  that: { readonly channel: string; readonly ts: string } | undefined
  readonly lastBy: Map<string, { readonly channel: string; readonly ts: string }>
  /** The incident in view; the newest, unless a line chose another. */
  chosen: string | undefined
  /** What a form answered; a line must expect it, or the scenario fails. */
  formErrors: string | undefined
  readonly filled: Map<string, unknown>
  /** Everything seen before the last act. */
  before: ReadonlySet<string>
  entriesBefore: number
}

export const fail = (scene: Scene, expected: string, seen: string): never => {
  throw new ScenarioFailure([untrue(scene, expected, seen || '(nothing)')])
}

export const people = (scene: Pick<Scene, 'stage'>) => scene.stage.practice.people

export function personNamed(scene: Scene, first: string): Actor {
  const person = people(scene).find(({ realName, name }) => [realName.split(' ')[0], name].includes(first))
  return scene.stage.practice.as(person?.id ?? fail(scene, `somebody called ${first}`, everybody(scene)))
}

const everybody = (scene: Scene) =>
  people(scene)
    .map(({ realName }) => realName)
    .join(', ')

export function nameOf(scene: Pick<Scene, 'stage'>, id: string): string {
  const { practice } = scene.stage
  if (id === practice.botUserId) return 'Wardroom'
  const person = people(scene).find((each) => each.id === id)
  if (person) return person.realName
  try {
    return practice.admin.channel(id).name
  } catch {
    return id
  }
}

/** A post's blocks are replaced when it changes, so what was read of them stays true. */
const readBefore = new WeakMap<readonly Json[], string>()

export function readMessage(scene: Pick<Scene, 'stage'>, message: PageMessage): string {
  const name = (id: string) => nameOf(scene, id)
  if (!message.isBot || message.blocks.length === 0) return mrkdwnAsRead(message.text, name)
  const read = readBefore.get(message.blocks) ?? asRead(message.blocks, name)
  readBefore.set(message.blocks, read)
  return read
}

/** A form or Home tab: its title, its lines, its button to send. */
export function readView(scene: Pick<Scene, 'stage'>, view: Json): string {
  const send = view.submit ? `[${view.submit.text}]` : ''
  const body = asRead(view.blocks ?? [], (id) => nameOf(scene, id))
  return [view.title?.text, body, send].filter(Boolean).join('\n')
}

/** Everything anybody sees, oldest first. */
export function everything(scene: Pick<Scene, 'stage'>): Seen[] {
  const { practice } = scene.stage
  const found = new Map<string, Seen>()
  for (const { id } of people(scene)) {
    const actor = practice.as(id)
    const channels = [...actor.channels(), ...actor.dms()].filter(
      ({ isMember, kind }) => isMember || kind === 'dm',
    )
    for (const channel of channels) {
      const isDirect = channel.kind === 'dm'
      const where = isDirect ? 'directly' : `#${channel.name}`
      for (const message of actor.everything(channel.id)) {
        const key = message.isEphemeral ? `${id}/${message.ts}` : `${channel.id}/${message.ts}`
        if (found.has(key)) continue
        const reader = isDirect || message.isEphemeral ? id : undefined
        const text = readMessage(scene, message)
        found.set(key, { channel: channel.id, where, reader, isDirect, message, text })
      }
    }
  }
  return [...found.values()].sort((one, other) => Number(one.message.ts) - Number(other.message.ts))
}

export const keyOf = ({ channel, reader, message }: Seen): string =>
  message.isEphemeral ? `${reader}/${message.ts}` : `${channel}/${message.ts}`

export const fresh = (scene: Scene): Seen[] =>
  everything(scene).filter((seen) => !scene.before.has(keyOf(seen)))

/** A post of the bot, not a line of the workspace about it. */
export const isOurPost = ({ message }: Seen): boolean =>
  message.isBot && (message.subtype === null || message.subtype === 'bot_message')

/** The incident in view. */
export async function incidentOf(scene: Scene): Promise<IncidentState | undefined> {
  const all = await scene.stage.store.incidents()
  return scene.chosen ? all.find(({ incident }) => incident === scene.chosen) : all[0]
}

export async function theIncident(scene: Scene): Promise<IncidentState> {
  return (await incidentOf(scene)) ?? fail(scene, 'an incident', 'no incident has been declared')
}

export async function theRoom(scene: Scene): Promise<string> {
  const state = await theIncident(scene)
  return currentRoom(state)?.room ?? fail(scene, `a room of ${state.incident}`, 'it has no room')
}

/** Before an act: what is there already is no consequence of it. */
export async function mark(scene: Scene): Promise<void> {
  scene.before = new Set(everything(scene).map(keyOf))
  const state = await incidentOf(scene)
  scene.entriesBefore = state ? ((await scene.stage.store.head(state.incident))?.seq ?? 0) : 0
}
