/** The cards of a room by the name people call them, and the button or form somebody means. */
import { elementsOf, type Placed } from '../practice/inputs.ts'
import type { Json } from '../practice/page-api.ts'
import { asRead, reads } from './as-read.ts'
import { everything, fail, keyOf, nameOf, type Scene, type Seen, theIncident, theRoom } from './scene.ts'

/** As it reads now. */
export async function cardNamed(scene: Scene, name: string): Promise<Seen> {
  const state = await theIncident(scene)
  const room = await theRoom(scene)
  const key = name === 'checklist' ? `checklist-${state.phases.at(-1)?.seq}` : name
  const place = await scene.stage.store.outbox.cardPlace(`${state.incident}/${room}/${key}`)
  const seen = everything(scene).find(
    ({ channel, message }) => channel === place?.room && message.ts === place?.message,
  )
  return seen ?? fail(scene, `a ${name} card in the room`, 'there is none')
}

/** Every message with this button that the person sees, newest first. */
export function buttonsSeen(scene: Scene, person: string, label: string, beside: string | undefined) {
  return everything(scene)
    .filter(({ reader }) => reader === undefined || reader === person)
    .filter((seen) => isInRoomOf(scene, person, seen))
    .reverse()
    .flatMap((seen) => {
      const placed = buttonIn(scene, seen.message.blocks, label, beside)
      return placed ? [{ seen, placed }] : []
    })
}

export function buttonIn(
  scene: Scene,
  blocks: readonly Json[],
  label: string,
  beside: string | undefined,
): Placed | undefined {
  const near = (block: Json) =>
    beside === undefined ||
    reads(
      asRead([block], (id) => nameOf(scene, id)),
      beside,
    )
  return elementsOf(blocks).find(
    ({ block, element }) =>
      element.type === 'button' &&
      element.text?.text === label &&
      (near(block) || isUnder(blocks, block, near)),
  )
}

/** A row of buttons belongs to the text above it. */
function isUnder(blocks: readonly Json[], block: Json, near: (block: Json) => boolean): boolean {
  const above = blocks[blocks.indexOf(block) - 1]
  return block.type === 'actions' && above !== undefined && near(above)
}

function isInRoomOf(scene: Scene, person: string, { channel, reader }: Seen): boolean {
  return reader !== undefined || scene.stage.practice.admin.channel(channel).members.includes(person)
}

/** Cards that read otherwise than when they were last shown. */
export function changedCards(scene: Scene, shown: Map<string, string>): { seen: Seen; before: string }[] {
  return everything(scene).flatMap((seen) => {
    const key = keyOf(seen)
    const before = shown.get(key)
    if (before === undefined || before === seen.text) return []
    shown.set(key, seen.text)
    return [{ seen, before }]
  })
}
