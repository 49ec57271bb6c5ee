/** What a person asks of the bot, and the one step more that Teams needs where the bot cannot open a form. */

import type { MessageRef } from '../../../src/chat/port.ts'
import { deliveryOf } from '../../../src/chat/teams/cards/delivery.ts'
import type { Outcome } from '../../../src/demo/world.ts'
import { actionsIn } from './cards.ts'
import { record } from './core.ts'
import type { LocalTeams, SeenMessage } from './local.ts'
import { outcome, type Press } from './readable.ts'

/** Everything in the chat between a person and the bot, oldest first. */
export function directMessages(
  local: LocalTeams,
  person: string,
): readonly (SeenMessage & { room: string })[] {
  const actor = local.as(person)
  return actor.dms().flatMap(({ id }) => actor.everything(id).map((message) => ({ ...message, room: id })))
}

/** A press or a dialog is answered in place, and whatever else is said privately has arrived by then. */
export async function asking(
  local: LocalTeams,
  person: string,
  ask: () => Promise<Outcome>,
): Promise<Outcome> {
  const before = seenDirectly(local, person)
  const asked = await ask()
  return asked.ok ? oneMoreStep(local, person, before) : asked
}

/** What is typed is taken in first, and answered in the chat with the bot after that. */
export async function typing(
  local: LocalTeams,
  person: string,
  type: () => Promise<unknown>,
): Promise<Outcome> {
  const before = seenDirectly(local, person)
  const lost = local.lost.length
  await type()
  await local.idle()
  if (local.lost.length > lost) return { ok: false, reason: 'the bot refused what was sent to it' }
  const until = performance.now() + PATIENCE_MS
  while (!answerIn(local, person, before)) {
    if (performance.now() > until) return { ok: false, reason: 'no answer in the chat with the bot' }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return oneMoreStep(local, person, before)
}

const PATIENCE_MS = 15_000

const seenDirectly = (local: LocalTeams, person: string): ReadonlySet<string> =>
  new Set(directMessages(local, person).map(({ id }) => id))

const answerIn = (local: LocalTeams, person: string, before: ReadonlySet<string>) =>
  directMessages(local, person).findLast(
    ({ id, isBot, card }) => isBot && !before.has(id) && deliveryOf(card) === undefined,
  )

/**
 * Where a command or a button opens a form on Slack, its answer on Teams is a card whose button opens it
 * (`InboundCommand.canOpenForm`): whoever meant to fill it in presses that.
 */
async function oneMoreStep(local: LocalTeams, person: string, before: ReadonlySet<string>): Promise<Outcome> {
  const answer = answerIn(local, person, before)
  if (answer?.card?.fallbackText !== 'One more step.') return { ok: true }
  const opens = actionsIn(answer.card).find(({ action }) => record(record(action.data).w).f === 1)
  if (!opens) return { ok: false, reason: 'one more step, and no button for it' }
  return outcome(await local.as(person).click({ room: answer.room, message: answer.id }, opens))
}

export const pressing =
  (local: LocalTeams, { room, message }: MessageRef): Press =>
  (person, which) =>
    asking(local, person, async () => outcome(await local.as(person).click({ room, message }, which)))
