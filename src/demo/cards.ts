/** The cards of a room by the name people call them, and the button somebody means. */
import { reads } from './reads.ts'
import { everything, fail, type Scene, theIncident, theRoom } from './scene.ts'
import type { Readable, Seen, SeenButton } from './world.ts'

/** As it reads now. */
export async function cardNamed(scene: Scene, name: string): Promise<Seen> {
  const state = await theIncident(scene)
  const room = await theRoom(scene)
  const key = name === 'checklist' ? `checklist-${state.phases.at(-1)?.seq}` : name
  const place = await scene.stage.store.outbox.cardPlace(`${state.incident}/${room}/${key}`)
  const seen = everything(scene).find((each) => each.room === place?.room && each.message === place?.message)
  return seen ?? fail(scene, `a ${name} card in the room`, 'there is none')
}

/** Of the messages with this button that the person sees, the newest one's. */
export function newestButton(
  scene: Scene,
  person: string,
  label: string,
  beside: string | undefined,
): SeenButton | undefined {
  const isSeen = ({ room, reader }: Seen) =>
    reader === undefined ? scene.stage.world.members(room).includes(person) : reader === person
  for (const seen of everything(scene).filter(isSeen).reverse()) {
    const button = buttonIn(seen, label, beside)
    if (button) return button
  }
  return undefined
}

export const buttonIn = (seen: Readable, label: string, beside: string | undefined): SeenButton | undefined =>
  seen
    .buttons()
    .find(
      (button) =>
        button.label === label && (beside === undefined || button.beside.some((text) => reads(text, beside))),
    )

/** Cards that read otherwise than when they were last shown. */
export function changedCards(scene: Scene, shown: Map<string, string>): { seen: Seen; before: string }[] {
  return everything(scene).flatMap((seen) => {
    const before = shown.get(seen.key)
    if (before === undefined || before === seen.text) return []
    shown.set(seen.key, seen.text)
    return [{ seen, before }]
  })
}
