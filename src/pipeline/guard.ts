/**
 * Between what a command decided and its commit. What would stand outside the seal is refused in every mode. In strict
 * mode words that look like somebody's identifier are asked about once: the same person sending the same again means it.
 * The question repeats nothing and its key is an HMAC, so that neither chat nor database learns what was typed.
 */
import type { Decision } from '../commands/command.ts'
import type { Event } from '../domain/events.ts'
import { phiIn, phiInWords } from '../domain/phi.ts'
import { stoppedInData } from '../domain/phi-border.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { Unit } from '../store/unit.ts'
import type { Card } from '../views/card.ts'
import { quiet } from '../views/scene.ts'
import type { Wardroom } from '../wardroom.ts'
import type { Call } from './call.ts'

export async function guarded(
  { phiModeOn }: Pick<Wardroom, 'phiModeOn'>,
  unit: Unit,
  { row, inbound }: Pick<Call, 'row' | 'inbound'>,
  about: string,
  decided: Decision | Refusal,
): Promise<Decision | Refusal> {
  if (isRefusal(decided)) return decided
  const stopped = stoppedInData(decided.events)
  if (stopped) return stopped
  const { platform, workspace, actor } = inbound
  const mode = phiModeOn(platform)
  const words = wordsOf(decided.events)
  const kinds = mode === 'off' ? [] : phiIn(words)
  if (kinds.length === 0) return decided
  // A declaration waits for nothing.
  if (mode === 'nudge' || row.about === 'new') return { ...decided, reply: saying(decided.reply, kinds) }
  const said = await unit.blind(words)
  const isFirst = await unit.claim(
    `phi:said:${platform}:${workspace}:${actor}:${about}:${row.verb}:${said}`,
    null,
  )
  return isFirst ? confirmIt(kinds) : decided
}

/** What is sealed of a command is what people said with it. */
const wordsOf = (events: readonly Event[]): string =>
  events.flatMap(({ text = {} }) => Object.values(text)).join('\n')

const confirmIt = (kinds: readonly string[]): Refusal =>
  refuse(
    'phi-unconfirmed',
    `This may hold ${phiInWords(kinds)}: say it without, or send the same once more to record it as it is.`,
    { unsaid: true },
  )

const saying = (card: Card, kinds: readonly string[]): Card => {
  const line = `It may hold ${phiInWords(kinds)}. The record keeps it sealed; where it need not be, leave it out next time.`
  return { ...card, blocks: [...card.blocks, quiet(line)] }
}
