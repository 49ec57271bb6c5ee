/** Posts the managers' digest of a day as things stand when it goes out; an interrupted attempt is read back, not repeated. */
import type { CalendarDate } from '../domain/calendar.ts'
import { inDigest, newSince } from '../domain/digest.ts'
import { event } from '../domain/events.ts'
import { seenFrom } from '../domain/organisation.ts'
import { cardText } from '../views/card.ts'
import { digestCard, digestClocks } from '../views/digest.ts'
import { NOTHING, type Outcome } from './delivering.ts'
import { passed, SKEW_MS } from './posting.ts'
import type { OrganisationJob } from './register.ts'

export async function digest({ row, port, delivering }: OrganisationJob): Promise<Outcome> {
  const { platform, on, at } = row.args as { platform: string; on: CalendarDate; at: string }
  const channel = delivering.telling.managersChannels?.[platform]
  if (!channel) return NOTHING
  const { store, settings } = delivering
  const organisation = seenFrom(await store.organisation(), platform)
  const incidents = inDigest(await store.incidents(), platform)
  const since = newSince(organisation.configured ?? settings.organisation, on)
  const of = {
    ...{ incidents, organisation, on, since, now: delivering.now(), word: delivering.wordOn(platform) },
  }
  const card = digestCard(of)
  passed('announcement', cardText(card))
  const target = { channel }
  const isAgain = row.attempt > 1 && port.capabilities.readBack
  const began = new Date(Date.parse(at) - SKEW_MS)
  const earlier = isAgain ? await port.findPost(target, row.id, began) : undefined
  const { room, message } = earlier ?? (await port.post(target, card, row.id))
  const counts = { incidents: incidents.length, clocks: digestClocks(of).length }
  return { outcome: 'posted', events: [event('digest.sent', { on, platform, room, message, ...counts })] }
}
