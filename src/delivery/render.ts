/** Draws a view at the moment of delivery: state as it is now, sealed text opened only for this. */
import { seenFrom } from '../domain/organisation.ts'
import { ORGANISATION } from '../domain/record.ts'
import type { Card } from '../views/card.ts'
import { views } from '../views/index.ts'
import type { Drawing } from '../views/view.ts'
import type { Job } from './delivering.ts'

export async function renderView({ delivering, row, state }: Job): Promise<Card | undefined> {
  const { store } = delivering
  const view = views[row.view]
  if (!view) throw new Error(`no view is called ${row.view}`)
  const drawing = {
    state,
    organisation: seenFrom(await store.organisation(), state.platform),
    now: delivering.now(),
    args: row.args,
    word: delivering.wordOn(state.platform),
    fingerprint: delivering.fingerprint,
    others: view.wantsOthers ? await store.incidents() : [],
  } satisfies Omit<Drawing, 'text' | 'organisationText'>
  const texts = await store.texts(row.incident, view.texts?.(drawing) ?? [])
  const organisationTexts = await store.texts(ORGANISATION, view.organisationTexts?.(drawing) ?? [])
  return view.draw({
    ...drawing,
    text: (seq) => texts.get(seq) ?? {},
    organisationText: (seq) => organisationTexts.get(seq) ?? {},
  })
}
