/**
 * Draws the homes that were opened anew, after something happened: each person's own, over the incidents that are live.
 * All are drawn from one read, and only one that reads otherwise than before is sent. Deliveries that come while a pass
 * is under way share the next.
 */
import { setImmediate } from 'node:timers/promises'
import { ChatError, type ChatPort } from '../chat/port.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type Organisation, seenFrom } from '../domain/organisation.ts'
import { isParticipant } from '../domain/permit.ts'
import { digestOf, homePage } from '../pipeline/home.ts'
import type { OpenedHome } from '../store/homes.ts'
import type { Card } from '../views/card.ts'
import { homeCard } from '../views/index.ts'
import type { Delivering, Outcome } from './delivering.ts'

/** A pass ends before its delivery's lease does; the rest are shown by the next. */
const AT_ONCE = 50

interface OfHomes {
  readonly delivering: Delivering
  readonly port: ChatPort
  readonly row: { readonly args: Readonly<Record<string, unknown>> }
}

const running = new WeakMap<ChatPort, Promise<unknown>>()
const next = new WeakMap<ChatPort, Promise<boolean>>()

export async function homes({ delivering, port, row }: OfHomes): Promise<Outcome> {
  const isAll = await joined(delivering, port)
  return isAll
    ? { outcome: 'shown', events: [] }
    : { outcome: 'shown in part', events: [], again: { args: row.args, waitMs: 0 } }
}

/** What was claimed before a pass began is in it. */
function joined(delivering: Delivering, port: ChatPort): Promise<boolean> {
  const waiting = next.get(port)
  if (waiting) return waiting
  const before = running.get(port) ?? Promise.resolve()
  const begun = before
    .catch(() => undefined)
    .then(() => {
      next.delete(port)
      const pass = showAll(delivering, port)
      running.set(port, pass)
      return pass
    })
  next.set(port, begun)
  return begun
}

async function showAll(delivering: Delivering, port: ChatPort): Promise<boolean> {
  const { store } = delivering
  const opened = await store.homes.opened(port.platform)
  if (opened.length === 0) return true
  const organisation = seenFrom(await store.organisation(), port.platform)
  const incidents = (await store.liveIncidents()).filter(
    ({ platform, workspace }) => platform === port.platform && workspace === port.workspace,
  )
  let shown = 0
  for (const home of opened) {
    // Many people's homes over many incidents are much to compute: others have their turn in between.
    await setImmediate()
    const card = drawn(delivering, port, organisation, incidents, home.person)
    if (digestOf(card) === home.drawn) continue
    if (shown === AT_ONCE) return false
    shown += 1
    await show(delivering, port, home, card)
  }
  return true
}

function drawn(
  delivering: Delivering,
  { platform }: ChatPort,
  organisation: Organisation,
  incidents: readonly IncidentState[],
  person: string,
): Card {
  const visible = incidents.filter((state) => isParticipant(state, organisation, person))
  const word = delivering.wordOn(platform)
  return homePage(homeCard({ visible, organisation, now: delivering.now(), word, person }), platform)
}

/** Whoever is gone has none; whatever else is refused would be refused again. */
async function show(delivering: Delivering, port: ChatPort, home: OpenedHome, card: Card): Promise<void> {
  const { person, room, message } = home
  try {
    await (message ? port.update({ room, message }, card) : port.publishHome(person, card))
    await delivering.store.homes.open(port.platform, { ...home, drawn: digestOf(card) })
  } catch (error) {
    if (!(error instanceof ChatError) || error.failure === 'transient') throw error
    await delivering.store.homes.forget(port.platform, person)
  }
}
