/** How each kind of outgoing row reaches the platform: one function a verb. None retries and none catches. */
import { ChatError, type ChatPort, type MessageRef, type Nicety, type PostTarget } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { currentRoom } from '../domain/incident.ts'
import { isExcluded } from '../domain/permit.ts'
import { roles } from '../domain/roles.ts'
import { captureFile } from '../evidence/capture-file.ts'
import { messageItem, messageKey } from '../evidence/evidence-of.ts'
import { cardKey } from '../outgoing/deliveries.ts'
import { renderView } from '../pipeline/render.ts'
import { alarmAbout } from '../pipeline/room-life.ts'
import type { Unit } from '../store/unit.ts'
import { type Card, cardText } from '../views/card.ts'
import { checkGuest, checkRoom, joinedNow } from './check-room.ts'
import { type Job, NOTHING, type Outcome } from './delivering.ts'
import { RESTART, SWEEP } from './read-back.ts'

type Deliverer = (job: Job) => Promise<Outcome>

/** Clocks of different machines differ a little; a room's name is this incident's alone, so looking back further is safe. */
const SKEW_MS = 600_000

export const deliverers: Readonly<Record<string, Deliverer>> = {
  'open-room': openRoom,
  post: roomPost,
  quiet,
  card: roomCard,
  direct,
  announce,
  nicety,
  invite,
  history,
  'check-room': checkRoom,
  'check-guest': checkGuest,
  file: captureFile,
  webhook,
}

const drawn = ({ delivering, row, state }: Job) => renderView(delivering, row, state)

async function openRoom(job: Job): Promise<Outcome> {
  const { row, port, state } = job
  if (!state.roomWanted) return NOTHING
  const { since, suffix } = state.roomWanted
  const name = suffix ? `${state.incident}-${suffix}` : state.incident
  const opened = await port.openRoom({
    name,
    since: new Date(Date.parse(since) - SKEW_MS),
    keptOut: state.excluded,
  })
  const info = await port.roomInfo(opened.room)
  // Never fall back to a wider room: what is shared or public is refused, and tried again under the next name.
  if (!info.private || info.shared) throw new ChatError('transient', 'room_not_private')
  const place = { platform: port.platform, workspace: port.workspace, room: opened.room }
  // A standing audience is in it from the first second, and no event will tell of them.
  const audience =
    port.capabilities.audience === 'team' ? await joinedNow(job, opened.room, info.members) : []
  return {
    outcome: 'opened',
    events: [event('room.opened', { ...place, name: opened.name }), ...audience],
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

const posted = (job: Job, card: Card, ref: MessageRef, name: string | null): Outcome => ({
  outcome: 'posted',
  events: [sent(job, card, ref, null)],
  async also(unit, seq) {
    if (name) await job.delivering.store.outbox.placeCard(unit.tx, { ...job.row, ...ref, card: name })
    await echoIsKnown(job, ref)(unit, seq)
  },
})

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
  if (reply) return posted(job, card, reply, null)
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

async function direct(job: Job): Promise<Outcome> {
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

/**
 * An incident is for the workforce: a guest is told nothing, and what they or somebody without an account were given is
 * taken back, where all can see: a role that looks taken is not asked for again.
 */
function notTold({ row, state }: Job, person: string, code: string): Outcome {
  const held = roles.filter(({ id }) => state.roles[id]?.person === person)
  const vacated = held.map(({ id }) => event('role.vacated', { role: id, person, why: code }))
  const failed = event('post.failed', { delivery: row.id, view: row.view, to: person, code })
  return { outcome: code, events: [failed, ...vacated] }
}

async function announce(job: Job): Promise<Outcome> {
  const channel = job.delivering.telling.announceChannels[job.state.platform]
  const card = channel ? await drawn(job) : undefined
  if (!channel || !card) return NOTHING
  const ref = await postOnce(job, { channel }, card)
  return { outcome: 'posted', events: [sent(job, card, ref, null)] }
}

/** The platform's echo of this post is then a message already seen. */
const echoIsKnown =
  ({ row, port }: Job, ref: MessageRef) =>
  async (unit: Unit, seq: number | undefined): Promise<void> => {
    const key = messageKey({ ...ref, platform: port.platform, workspace: port.workspace })
    await unit.claim(key, row.incident, seq)
  }

/**
 * The first claim's time is the database's. Where our own clock is another (practice moves it), the platform's goes with
 * ours, and only the incident's beginning is certain to lie before every post about it.
 */
export function mayHaveLandedSince({
  row,
  state,
  delivering,
}: Pick<Job, 'row' | 'state' | 'delivering'>): Date {
  const first = row.firstClaimedAt.getTime()
  const isMoved = Math.abs(delivering.now().getTime() - (first + row.triedForMs)) > SKEW_MS
  return new Date((isMoved ? Date.parse(state.declared.at) : first) - SKEW_MS)
}

/** On a retry the earlier attempt may have landed: look for its delivery id before posting again. */
async function postOnce(job: Job, target: PostTarget, card: Card): Promise<MessageRef> {
  const { row, port } = job
  const { readBack, readBackDirect } = port.capabilities
  if (row.attempt > 1 && ('person' in target ? readBackDirect : readBack)) {
    const found = await port.findPost(target, row.id, mayHaveLandedSince(job))
    if (found) return found
  }
  return port.post(target, card, row.id)
}

const sent = ({ row }: Job, card: Card, ref: MessageRef, to: string | null) =>
  event(
    'post.sent',
    { delivery: row.id, view: row.view, room: ref.room, message: ref.message, to },
    { body: cardText(card).toWellFormed() },
  )

async function nicety(job: Job): Promise<Outcome> {
  const { row, port, state, delivering } = job
  const room = currentRoom(state)
  if (!room || (row.view === 'pin' && !port.capabilities.pins)) return NOTHING
  const wanted = await nicetyOf(job, room.room)
  // The status card is not up yet: its lane is slower than ours.
  if (!wanted) throw new ChatError('transient', 'card_not_posted', { retryAfterMs: 2000 })
  await port.dress(room.room, wanted)
  delivering.log.debug({ incident: row.incident, step: row.view }, 'room dressed')
  return { outcome: 'done', events: [] }
}

async function nicetyOf({ row, state, delivering }: Job, room: string): Promise<Nicety | undefined> {
  if (row.view === 'topic') return { kind: 'topic', text: String(row.args.text ?? state.incident) }
  const place = await delivering.store.outbox.cardPlace(`${state.incident}/${room}/status`)
  return place && { kind: 'pin', message: place.message }
}

async function invite({ row, port, state }: Job): Promise<Outcome> {
  const room = currentRoom(state)
  if (!room) return NOTHING
  const people = ((row.args.people as string[] | undefined) ?? []).filter(
    (person) => !isExcluded(state, person) && !state.members.includes(person),
  )
  const looked = await Promise.all(people.map((person) => allowed(port, person)))
  const failures = looked.filter((one) => one.code !== undefined)
  const welcome = looked.filter((one) => one.code === undefined).map((one) => one.person)
  const refused = welcome.length > 0 ? await port.invite(room.room, welcome) : []
  const events = [...failures, ...refused].map(({ person, code = 'refused' }) =>
    event('room.nicety_failed', { step: `invite ${person}`, code, person }),
  )
  return { outcome: events.length > 0 ? 'some not invited' : 'invited', events }
}

/** Guests and people who left are never invited: an incident's room is for the workforce. */
async function allowed(port: ChatPort, id: string): Promise<{ person: string; code?: string }> {
  const person = await port.person(id).catch((error: unknown) => {
    if (error instanceof ChatError && error.failure === 'gone') return undefined
    throw error
  })
  if (!person || person.deactivated) return { person: id, code: 'deactivated' }
  if (person.guest) return { person: id, code: 'guest' }
  return { person: id }
}

/** Past this, Slack has given up bringing what nobody acknowledged. */
const GIVEN_UP_MS = 6 * 60_000

/**
 * What nobody was told is read: said between the room's making and its binding, or while we could not hear. Deletions of
 * that time cannot be found, so a gap in which anything was missed, or long enough for it, is on the record.
 */
async function history({ row, port, state, delivering }: Job): Promise<Outcome> {
  const room = currentRoom(state)
  if (!room) return NOTHING
  const { since: from = room.openedAt, why } = row.args as { since?: string; why?: string }
  // Without a sign of loss, what the platform may still be bringing is not missed yet: the next sweep reads it.
  const until = why === SWEEP ? new Date(delivering.now().getTime() - GIVEN_UP_MS) : undefined
  let missed = 0
  for await (const message of port.history(room.room, new Date(from))) {
    const known = message.delivery !== undefined && (await delivering.store.outbox.isKnown(message.delivery))
    if (message.own && (known || message.change === 'edited')) continue
    if (until && message.at > until) continue
    if ((await delivering.capture(messageItem(message, delivering.now()))) !== 'recorded') continue
    missed += 1
    if (message.own && message.change === 'posted') await alarmAbout(delivering, message, 'unknown-post')
  }
  const to = until ?? delivering.now()
  const isLong = why !== RESTART && why !== SWEEP && to.getTime() - Date.parse(from) > GIVEN_UP_MS
  const isGap = why !== undefined && (missed > 0 || isLong)
  return {
    outcome: 'read',
    events: isGap ? [event('coverage.gap', { from, to: to.toISOString(), why })] : [],
  }
}

async function webhook({ row, delivering }: Job): Promise<Outcome> {
  if (!delivering.pager) return NOTHING
  await delivering.pager(row.incident, String(row.args.why ?? 'untaken role'))
  return { outcome: 'paged', events: [] }
}
