/**
 * What managers hear of at once, as one post in their channel over every incident that joined it. Each incident's record
 * has what was said of it and of no other; where the channel refuses, each has that, and whoever leads it is told.
 */
import { ChatError, type MessageRef } from '../chat/port.ts'
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { seenFrom } from '../domain/organisation.ts'
import { cardText } from '../views/card.ts'
import { coveredBlocks } from '../views/covered.ts'
import { type ManagersPart, managersCard, wantedOf } from '../views/managers.ts'
import { safelySummed } from '../views/say.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { managersUntold } from './managers-untold.ts'
import { passed, postOnce, sent } from './posting.ts'

export async function managers(job: Job): Promise<Outcome> {
  const { delivering, state, port } = job
  const channel = delivering.telling.managersChannels?.[state.platform]
  const parts = channel ? await partsOf(job) : []
  if (!channel || parts.length === 0) return NOTHING
  const word = delivering.wordOn(state.platform)
  const { zone } = state.organisation
  const card = safelySummed(managersCard(parts, word, coveredBlocks(zone, job.row.args)))
  try {
    passed('announcement', cardText(card))
    const ref = await postOnce(job, { channel }, card)
    return { outcome: 'posted', ...onEach(job, parts, (part) => said(job, part, ref, word)) }
  } catch (error) {
    if (!(error instanceof ChatError) || error.failure === 'transient') throw error
    const { code } = error
    const failed = event('post.failed', { delivery: job.row.id, view: 'managers', to: null, code })
    return {
      ...{ outcome: code, ...onEach(job, parts, () => failed) },
      also: (unit) => managersUntold(delivering, unit, port, code),
    }
  }
}

/** The incidents of this post that managers may still be told of. */
async function partsOf({ row, state, delivering }: Job): Promise<readonly ManagersPart[]> {
  const { store } = delivering
  const others = Object.keys(row.args.also ?? {}).filter((id) => id !== state.incident)
  const read = await Promise.all(others.map((id) => store.incident(id)))
  const organisation = seenFrom(await store.organisation(), state.platform)
  const word = delivering.wordOn(state.platform)
  return [state, ...read]
    .filter((each): each is IncidentState => each?.platform === state.platform && each.excluded.length === 0)
    .map((each) => ({
      scene: { state: each, organisation, now: delivering.now(), word },
      wanted: wantedOf(row.args, row.incident, each),
    }))
}

const said = (job: Job, part: ManagersPart, ref: MessageRef, word: string): Event =>
  sent(job, managersCard([part], word), ref, null)

function onEach(
  { row }: Job,
  parts: readonly ManagersPart[],
  make: (part: ManagersPart) => Event,
): Pick<Outcome, 'events' | 'elsewhere'> {
  const events = new Map(parts.map((part) => [part.scene.state.incident, [make(part)]]))
  const { [row.incident]: own = [], ...elsewhere } = Object.fromEntries(events)
  return { events: own, elsewhere }
}
