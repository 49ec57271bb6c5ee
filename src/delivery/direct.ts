/** A message to one person, in the chat between them and the bot: sent once, or drawn anew where it stands. */
import { isExcluded } from '../domain/permit.ts'
import type { Unit } from '../store/unit.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { allowed, notTold } from './people.ts'
import { drawn, postOnce, sent } from './posting.ts'

export async function direct(job: Job): Promise<Outcome> {
  const person = String(job.row.args.person ?? '')
  if (!person || isExcluded(job.state, person)) return NOTHING
  const { code } = await allowed(job.port, person)
  if (code) return notTold(job, person, code)
  const { row, port, delivering } = job
  const place = row.args.update === true ? await delivering.store.outbox.cardPlace(row.card ?? '') : undefined
  if (row.args.update === true && !place) return NOTHING
  const card = await drawn(job)
  if (!card) return NOTHING
  if (place) {
    await port.update(place, card)
    return { outcome: 'updated', events: [] }
  }
  const ref = await postOnce(job, { person }, card)
  // Each is found again where a button on it is pressed.
  const kept = { ...row, ...ref, card: row.card ?? `direct/${row.id}` }
  return {
    outcome: 'sent',
    events: [sent(job, card, ref, person)],
    also: (unit: Unit) => delivering.store.outbox.placeCard(unit.tx, kept),
  }
}
