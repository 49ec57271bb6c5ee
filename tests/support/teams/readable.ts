/** A card as something to read and press: the text, and each button with the words it stands by. */
import type { Outcome, Readable, SeenButton } from '../../../src/demo/world.ts'
import { asRead, elementRead } from './as-read.ts'
import { actionsIn, type Placed } from './cards.ts'
import type { Outcome as LocalOutcome } from './dialogs.ts'
import type { Json } from './state.ts'

export type Press = (person: string, which: Placed) => Promise<Outcome>

export const readableCard = (card: Json, press: Press): Readable => ({
  text: asRead(card),
  buttons: () => buttonsOf(card, press),
})

/** What confirms is behind another button of the same label, and pressed through it. */
export function buttonsOf(card: Json, press: Press): SeenButton[] {
  return actionsIn(card)
    .filter(({ action }) => action.type !== 'Action.ShowCard')
    .map((placed) => ({
      label: placed.title,
      beside: besideOf(placed),
      press: (person) => press(person, placed),
    }))
}

/** The text right above, back to the buttons before it. */
function besideOf({ above }: Placed): string[] {
  const before = above.findLastIndex(({ type }) => type === 'ActionSet')
  const near = above.slice(before + 1).map(elementRead)
  return near.length > 0 ? [near.join('\n')] : []
}

export function outcome({ ok, toast, status }: LocalOutcome): Outcome {
  return ok ? { ok } : { ok: false, reason: toast ?? `status ${status}` }
}
