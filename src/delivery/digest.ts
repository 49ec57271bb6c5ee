/**
 * Posts the managers' digest of a day as things stand when it goes out. A channel that refuses is told of to whoever can
 * mend it, once, and tried again until the day is over; an attempt that may have landed is looked for, never repeated.
 */
import { ChatError, type ChatPort } from '../chat/port.ts'
import { addDays, type CalendarDate, isCalendarDate } from '../domain/calendar.ts'
import { inDigest, newSince } from '../domain/digest.ts'
import { event } from '../domain/events.ts'
import { seenFrom } from '../domain/organisation.ts'
import { ORGANISATION } from '../domain/record.ts'
import { dateIn } from '../domain/zone.ts'
import { type Card, cardText } from '../views/card.ts'
import { coveredBlocks } from '../views/covered.ts'
import { digestCard, digestClocks } from '../views/digest.ts'
import { mentioned, unmentioned } from '../views/unmentioned.ts'
import type { OrganisationJob } from './delivering.ts'
import { NOTHING, type Outcome } from './delivering.ts'
import { managersUntold } from './managers-untold.ts'
import { mayHaveLanded, passed, SKEW_MS, undoneArgs } from './posting.ts'

/** Somebody who was told to invite the bot has done it by then. */
const AGAIN_MS = 10 * 60_000
const LOOKED_BACK = 5

const asked = ({ row }: OrganisationJob) =>
  row.args as { readonly platform: string; readonly on: CalendarDate; readonly at: string }

export async function digest(job: OrganisationJob): Promise<Outcome> {
  const { platform, on } = asked(job)
  const channel = job.delivering.telling.managersChannels?.[platform]
  if (!channel) return NOTHING
  const { zone } = job.delivering.settings.organisation
  // Two days' digests at once would be read as one of them.
  if (dateIn(zone, job.delivering.now()) > on) return untold(job, 'day_over')
  try {
    return await posted(job, channel)
  } catch (error) {
    if (!(error instanceof ChatError) || error.failure === 'transient') throw error
    const refused = untold(job, error.code)
    // What cannot be read back may stand there already.
    if (error.failure === 'unsupported') return refused
    const args = { ...undoneArgs(job.row, error), told: error.code }
    const events = 'told' in job.row.args ? [] : refused.events
    return { ...refused, events, again: { args, waitMs: AGAIN_MS } }
  }
}

function untold(job: OrganisationJob, code: string): Outcome {
  const failed = event('post.failed', { delivery: job.row.id, view: 'digest', to: null, code })
  return {
    outcome: code,
    events: [failed],
    also: (unit) => managersUntold(job.delivering, unit, job.port, code),
  }
}

async function posted(job: OrganisationJob, channel: string): Promise<Outcome> {
  const { row, port, delivering } = job
  const { platform, on, at } = asked(job)
  const { store, settings } = delivering
  const organisation = seenFrom(await store.organisation(), platform)
  const incidents = inDigest(await store.incidents(), platform)
  const days = organisation.configured ?? settings.organisation
  const before = await lastOn(job)
  const of = {
    ...{ incidents, organisation, on, since: newSince(days, before ? addDays(before, 1) : on) },
    ...{ zone: days.zone, now: delivering.now(), word: delivering.wordOn(platform) },
    before: coveredBlocks(days.zone, row.args),
  }
  const target = { channel }
  const isAgain = mayHaveLanded(row) && port.capabilities.readBack
  const began = new Date(Date.parse(at) - SKEW_MS)
  const earlier = isAgain ? await port.findPost(target, row.id, began) : undefined
  const { room, message } = earlier ?? (await port.post(target, await drawn(port, digestCard(of)), row.id))
  const counts = { incidents: incidents.length, clocks: digestClocks(of).length }
  return { outcome: 'posted', events: [event('digest.sent', { on, platform, room, message, ...counts })] }
}

/** Owners are named and not called: each gets reminders of their own, and this comes every day. */
async function drawn(port: ChatPort, card: Card): Promise<Card> {
  const people = mentioned(card)
  const names = new Map(await Promise.all(people.map(async (id) => [id, await nameOf(port, id)] as const)))
  const named = unmentioned(card, (person) => names.get(person)!)
  passed('announcement', cardText(named))
  return named
}

const nameOf = async (port: ChatPort, person: string): Promise<string> => {
  const known = await port.person(person).catch((error: unknown) => {
    if (error instanceof ChatError && error.failure === 'transient') throw error
    return undefined
  })
  return known?.name.trim() || NO_NAME
}

const NO_NAME = 'somebody whose name is not known here'

/** The day of the digest before this one: what changed since then was told to nobody, however long that is. */
async function lastOn(job: OrganisationJob): Promise<CalendarDate | undefined> {
  const { platform, on } = asked(job)
  const lines = await job.delivering.store.lines(ORGANISATION, { of: 'digests', limit: LOOKED_BACK })
  const sent = lines.map(({ data }) => data as { on?: string; platform?: string })
  const days = sent.flatMap((one) => (one.platform === platform && one.on && one.on < on ? [one.on] : []))
  return days.filter(isCalendarDate).sort().at(-1)
}
