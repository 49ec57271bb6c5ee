/** How each kind of outgoing row reaches the platform: one function a verb. None retries and none catches. */
import { ChatError } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { currentRoom } from '../domain/incident.ts'
import { captureFile } from '../evidence/capture-file.ts'
import { cardKey } from '../outgoing/deliveries.ts'
import { cardText } from '../views/card.ts'
import { calendar } from './calendar.ts'
import { checkGuest, checkRoom, joinedNow } from './check-room.ts'
import { admit, companionPost, openCompanion, openPrivate } from './companion.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { direct } from './direct.ts'
import { exportBundle } from './export.ts'
import { removeExport } from './export-remove.ts'
import { history } from './history.ts'
import { homes } from './homes.ts'
import { managers } from './managers.ts'
import { names } from './names.ts'
import { nicety } from './nicety.ts'
import { askedIsGone, nudge, tellOfficer } from './nudge.ts'
import { invite } from './people.ts'
import { picture } from './picture.ts'
import { drawn, passed, posted, postOnce, sent } from './posting.ts'
import { timestamp } from './time-stamp.ts'

type Deliverer = (job: Job) => Promise<Outcome>

export const deliverers: Readonly<Record<string, Deliverer>> = {
  'open-room': openRoom,
  'open-companion': openCompanion,
  'companion-post': companionPost,
  admit,
  post: roomPost,
  picture,
  quiet,
  card: roomCard,
  direct,
  nudge,
  'tell-officer': tellOfficer,
  'asked-is-gone': askedIsGone,
  announce,
  managers,
  nicety,
  invite,
  history,
  'check-room': checkRoom,
  'check-guest': checkGuest,
  homes,
  names,
  file: captureFile,
  webhook,
  timestamp,
  calendar,
  export: exportBundle,
  'export-remove': removeExport,
}

async function openRoom(job: Job): Promise<Outcome> {
  const { row, port, state } = job
  if (!state.roomWanted) return NOTHING
  const { since, suffix } = state.roomWanted
  const { place, name, info } = await openPrivate(job, {
    name: suffix ? `${state.incident}-${suffix}` : state.incident,
    since,
  })
  // A standing audience is in it from the first second, and no event will tell of them.
  const audience = port.capabilities.audience === 'team' ? await joinedNow(job, place.room, info.members) : []
  return {
    outcome: 'opened',
    events: [event('room.opened', { ...place, name }), ...audience],
    also: (unit) => unit.bindRoom(place, row.incident),
  }
}

async function roomPost(job: Job): Promise<Outcome> {
  const room = currentRoom(job.state)
  if (!room) return { outcome: 'no room', events: [] }
  const card = await drawn(job)
  if (!card) return NOTHING
  const ref = await postOnce(job, { room: room.room }, card)
  const name = job.row.view === 'notice' ? job.row.card : null
  return posted(job, card, ref, name)
}

/**
 * Into the room's quiet thread, which disturbs nobody: under the notice. Where that is gone, or older than this thread,
 * a first post in the room begins one.
 */
async function quiet(job: Job): Promise<Outcome> {
  const { state, delivering } = job
  const room = currentRoom(state)
  const card = room && (await drawn(job))
  if (!room || !card) return NOTHING
  const own = cardKey(state, room.room, 'checkpoints')
  const { cardPlace } = delivering.store.outbox
  const place = (await cardPlace(own)) ?? (await cardPlace(cardKey(state, room.room, 'notice')))
  const reply =
    place &&
    (await postOnce(job, { room: room.room, thread: place.message }, card).catch((error: unknown) => {
      if (error instanceof ChatError && error.failure === 'gone' && error.code !== 'channel_not_found')
        return undefined
      throw error
    }))
  if (place && reply) return posted(job, card, reply, null, place.message)
  return posted(job, card, await postOnce(job, { room: room.room }, card), own)
}

/** A card is posted once and updated in place after; one that was deleted is posted again. */
async function roomCard(job: Job): Promise<Outcome> {
  const { row, port, state, delivering } = job
  const room = currentRoom(state)
  const name = row.card
  if (!room || !name) return { outcome: 'no room', events: [] }
  const card = await drawn(job)
  if (!card) return NOTHING
  const place = await delivering.store.outbox.cardPlace(name)
  if (place) {
    const updated = await port.update(place, card).then(
      () => true,
      (error: unknown) => {
        if (error instanceof ChatError && error.failure === 'gone' && error.code !== 'channel_not_found')
          return false
        throw error
      },
    )
    if (updated) return { outcome: 'updated', events: [] }
  }
  const ref = await postOnce(job, { room: room.room }, card)
  return posted(job, card, ref, name)
}

/** A channel of the organisation's own, outside every incident's circle. */
async function announce(job: Job): Promise<Outcome> {
  const channel = job.delivering.telling.announceChannels[job.state.platform]
  const card = channel ? await drawn(job) : undefined
  if (!channel || !card) return NOTHING
  passed('announcement', cardText(card))
  const ref = await postOnce(job, { channel }, card)
  return { outcome: 'posted', events: [sent(job, card, ref, null)] }
}

async function webhook({ row, delivering }: Job): Promise<Outcome> {
  if (!delivering.pager) return NOTHING
  await delivering.pager(row.incident, passed('pager', String(row.args.why ?? 'untaken role')))
  return { outcome: 'paged', events: [] }
}
