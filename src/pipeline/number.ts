/**
 * Declaring: the organisation's log gives the number and the incident's log begins, in one commit, whether or not the
 * chat platform is up. The room follows when it can.
 */
import type { Decision } from '../commands/command.ts'
import { declaredReply } from '../commands/declared-reply.ts'
import { yearOf } from '../domain/calendar.ts'
import { event } from '../domain/events.ts'
import { nextIncident, seenFrom } from '../domain/organisation.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { dateIn } from '../domain/zone.ts'
import type { Card } from '../views/card.ts'
import { say } from '../views/say.ts'
import type { Wardroom } from '../wardroom.ts'
import { type Call, stampOf } from './call.ts'
import { commitEvents } from './commit.ts'

import { guarded } from './guard.ts'
import { contextOf, type Surroundings } from './surroundings.ts'

/** Two declarations by one person with the same words within this time are one: a double click, or a retry. */
const TWICE_MS = 120_000

export async function declareIncident(
  wardroom: Wardroom,
  call: Call,
  around: Surroundings,
  args: unknown,
): Promise<Decision | Refusal> {
  const { inbound, row } = call
  const result = await wardroom.store.write(async (unit) => {
    const organisation = seenFrom(await unit.organisation(), inbound.platform)
    const context = contextOf(wardroom, call, { ...around, organisation })
    const decided = await guarded(wardroom, unit, call, 'new', row.decide(args as never, context))
    if (isRefusal(decided)) return decided
    const zone = (organisation.configured ?? wardroom.settings.organisation).zone
    const incident = nextIncident(organisation, yearOf(dateIn(zone, context.at)))
    const words = await unit.blind(saidOf(args))
    const keys = [inbound.key, ...twiceKeys(call, words, context.at)]
    const earlier = await unit.seen(keys)
    if (earlier)
      return reply(say('Already declared.', [`Already declared as ${earlier}: one incident, not two.`]))
    for (const key of keys.slice(0, 2)) await unit.claim(key, incident)
    const stamp = stampOf(wardroom, call)
    await unit.appendOrganisation([event('incident.numbered', { incident })], stamp)
    await unit.begin(incident)
    const { state } = await commitEvents(unit, incident, undefined, decided.events, stamp, wardroom.telling)
    const said = decided.reply.blocks.filter(({ kind }) => kind === 'quiet')
    const card = declaredReply(incident, state)
    return reply({ ...card, blocks: [...card.blocks, ...said] })
  })
  wardroom.poke()
  return result
}

const saidOf = (args: unknown): string => {
  const { sentence = '', about_message = '' } = args as { sentence?: string; about_message?: string }
  return `${about_message}\n${sentence}`
}

const reply = (card: Card): Decision => ({ events: [], reply: card })

/** This moment's key first, then the one before it, so that two clicks astride the boundary still meet. */
function twiceKeys({ inbound }: Call, words: string, at: Date): string[] {
  const slot = Math.floor(at.getTime() / TWICE_MS)
  const by = `${inbound.platform}:${inbound.workspace}:${inbound.actor}`
  return [slot, slot - 1].map((one) => `declare:${by}:${words}:${one}`)
}
