/** Asks somebody privately to look again at what they wrote, and puts on the record that they were asked: never what it says. */
import { companionOf } from '../domain/companion.ts'
import { event } from '../domain/events.ts'
import { holderOf } from '../domain/incident.ts'
import { seenFrom } from '../domain/organisation.ts'
import type { PhiKind } from '../domain/phi.ts'
import { counselOf } from '../outgoing/companion.ts'
import { inCharge, namedFor, once } from '../outgoing/told.ts'
import { renderView } from '../pipeline/render.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { direct } from './direct.ts'

interface Args {
  readonly author: string
  readonly kinds: readonly PhiKind[]
  readonly carrier: 'message' | 'file'
  readonly room: string
  readonly message: string
  readonly thread?: string
  readonly seq: number
  readonly strict?: boolean
}

const withLink = (job: Job): Job => {
  const { room, message, thread } = job.row.args as unknown as Args
  const url = message && job.port.linkTo({ room, message, ...(thread === undefined ? {} : { thread }) })
  return { ...job, row: { ...job.row, args: { ...job.row.args, ...(url ? { url } : {}) } } }
}

export async function nudge(job: Job): Promise<Outcome> {
  const { author, kinds, carrier, room, message, seq, strict = false } = job.row.args as unknown as Args
  const done = await direct(withLink(job))
  if (done.outcome !== 'sent') return done
  const asked = event('phi.nudged', { to: author, kinds, carrier, room, message, strict }, undefined, seq)
  return { ...done, events: [...done.events, asked] }
}

/** Of a companion room counsel; of others the privacy officer, else whom the roster names, else whoever leads; never the author, who was asked already. */
export async function tellOfficer(job: Job): Promise<Outcome> {
  const { state, delivering } = job
  const { author, room } = job.row.args as unknown as Args
  const organisation = seenFrom(await delivering.store.organisation(), state.platform)
  const situation = { state, before: undefined, organisation, telling: delivering.telling, events: [] }
  const companion = companionOf(state, room)
  // What is said in counsel's room is told to nobody outside it, not even that it was said.
  const ranked = companion
    ? counselOf(situation, companion.by, author)
    : [
        holderOf(state, 'privacy-officer'),
        ...namedFor(situation, 'privacy-officer'),
        ...inCharge(situation, author),
      ]
  const person = once(ranked).find((id) => id !== author && !state.excluded.includes(id))
  if (!person) return NOTHING
  const linked = withLink(job)
  return direct({ ...linked, row: { ...linked.row, args: { ...linked.row.args, person } } })
}

/** Drawn where it stands, for whoever was asked; what was never sent needs no second word. */
export async function askedIsGone({ row, port, state, delivering }: Job): Promise<Outcome> {
  const { outbox } = delivering.store
  const place = row.card ? await outbox.cardPlace(row.card) : undefined
  if (!row.card || !place) return NOTHING
  const args = { ...place.args, ...row.args }
  const card = await renderView(delivering, { view: row.view, args }, state)
  if (!card) return NOTHING
  await port.update(place, card)
  const kept = { ...row, card: row.card, args, room: place.room, message: place.message }
  return { outcome: 'updated', events: [], also: (unit) => outbox.placeCard(unit.tx, kept) }
}
