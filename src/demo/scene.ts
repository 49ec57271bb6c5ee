/** What is on stage: who is who, what each person sees, and what of it is new since the last act. */
import type { MessageRef } from '../chat/port.ts'
import { currentRoom, type IncidentState } from '../domain/incident.ts'
import { ScenarioFailure, type ScriptLine, untrue } from './script.ts'
import type { Stage } from './stage.ts'
import type { Filling, OwnWord, Player, Seen } from './world.ts'

export interface Scene {
  readonly stage: Stage
  readonly file: string
  line: ScriptLine
  /** Who acted last, and the message people mean by "that". */
  actor: Player | undefined
  that: MessageRef | undefined
  readonly lastBy: Map<string, MessageRef>
  /** The incident in view; the newest, unless a line chose another. */
  chosen: string | undefined
  /** What a form answered; a line must expect it, or the scenario fails. */
  formErrors: string | undefined
  /** By the form's fields' keys. */
  readonly filled: Map<string, Filling>
  /** Everything seen before the last act. */
  before: ReadonlySet<string>
  entriesBefore: number
}

export const fail = (scene: Scene, expected: string, seen: string): never => {
  throw new ScenarioFailure([untrue(scene, expected, seen || '(nothing)')])
}

export function personNamed(scene: Scene, first: string): Player {
  const { people, as } = scene.stage.world
  const person = people.find(({ realName, name }) => [realName.split(' ')[0], name].includes(first))
  const everybody = people.map(({ realName }) => realName).join(', ')
  return as(person?.id ?? fail(scene, `somebody called ${first}`, everybody))
}

/** `{word}` and its like, as they are written on this platform. */
export const inWordsOf = (scene: Scene, text: string): string =>
  text.replace(
    /\{([a-z ]+)\}/g,
    (typed, name: string) =>
      scene.stage.world.own[name as OwnWord] ?? fail(scene, 'a word of the platform', typed),
  )

export const everything = (scene: Pick<Scene, 'stage'>): Seen[] => scene.stage.world.everything()

export const fresh = (scene: Scene): Seen[] => everything(scene).filter(({ key }) => !scene.before.has(key))

export const texts = (seen: readonly Pick<Seen, 'text'>[]): string =>
  seen.map(({ text }) => text).join('\n—\n')

export const freshText = (scene: Scene): string => texts(fresh(scene))

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
  scene.before = new Set(everything(scene).map(({ key }) => key))
  const state = await incidentOf(scene)
  scene.entriesBefore = state ? ((await scene.stage.store.head(state.incident))?.seq ?? 0) : 0
}
