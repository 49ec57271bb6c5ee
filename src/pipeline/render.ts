/** Draws a view: state as it is now, sealed text opened only for this. For a delivery, and for whoever presses a card's button. */
import type { InboundCommand } from '../chat/port.ts'
import type { IncidentState } from '../domain/incident.ts'
import { seenFrom } from '../domain/organisation.ts'
import { isExcluded } from '../domain/permit.ts'
import { ORGANISATION } from '../domain/record.ts'
import { direct } from '../outgoing/deliveries.ts'
import type { Card } from '../views/card.ts'
import { views } from '../views/index.ts'
import { safelySummed } from '../views/say.ts'
import type { Drawing } from '../views/view.ts'
import type { Wardroom } from '../wardroom.ts'

export async function renderView(
  wardroom: Wardroom,
  row: { readonly view: string; readonly args: Readonly<Record<string, unknown>> },
  state: IncidentState,
): Promise<Card | undefined> {
  const { store } = wardroom
  const view = views[row.view]
  if (!view) throw new Error(`no view is called ${row.view}`)
  const drawing = {
    state,
    organisation: seenFrom(await store.organisation(), state.platform),
    now: wardroom.now(),
    args: row.args,
    word: wardroom.wordOn(state.platform),
    fingerprint: wardroom.fingerprint,
    checkpointKey: wardroom.checkpointKey.fingerprint,
    others: view.wantsOthers ? await store.incidents() : [],
  } satisfies Omit<Drawing, 'text' | 'organisationText'>
  const texts = await store.texts(state.incident, view.texts?.(drawing) ?? [])
  const organisationTexts = await store.texts(ORGANISATION, view.organisationTexts?.(drawing) ?? [])
  const card = view.draw({
    ...drawing,
    text: (seq) => texts.get(seq) ?? {},
    organisationText: (seq) => organisationTexts.get(seq) ?? {},
  })
  return safelySummed(card)
}

/**
 * The card a button sits on, as it reads after the press, where the platform shows it in its answer. The place comes
 * with the press, so it is trusted no further than finding a card there of an incident this person is not kept out of.
 * What was answered is the presser's alone and for now: their own card is drawn anew in its place as well, as a room's is
 * by what happened.
 */
export async function pressedCard(wardroom: Wardroom, inbound: InboundCommand): Promise<Card | undefined> {
  const { pressed, platform, workspace, actor } = inbound
  const { store } = wardroom
  const at = pressed && (await store.outbox.cardAt(pressed))
  if (!at?.view) return undefined
  const { incident, view, args: given } = at
  const args = given ?? {}
  const state = await store.incident(incident)
  const isTheirs = state?.platform === platform && state.workspace === workspace && !isExcluded(state, actor)
  const isAnothers = args.person !== undefined && args.person !== actor
  if (!isTheirs || isAnothers) return undefined
  const card = await renderView(wardroom, { view, args }, state)
  if (args.person === actor) {
    const again = direct(state, actor, view, { ...args, update: true }, { card: at.card })
    await store.write((unit) => unit.enqueue(again))
    wardroom.poke()
  }
  return card
}
