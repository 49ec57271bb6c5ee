/**
 * What only the person who asked sees, in the chat with them. After the commit, and never able to undo it: it is tried a
 * few times, may repeat, and never throws.
 */
import type { Block, Card } from '../../../views/card.ts'
import type { Api } from '../api.ts'
import type { Log } from '../log.ts'
import { chatError } from '../wire/errors.ts'

export interface Telling {
  readonly api: Api
  readonly log: Log
  /** Posts a private answer to the chat with the person. */
  readonly whisper: (person: string, card: Card) => Promise<void>
}

const tries = 3
const firstWaitMs = 1000
const longestWaitMs = 20_000
/** An invoke's client waits about so long for its answer. */
const patienceMs = 3000

/** Resolves with whether it arrived. */
export async function told({ api, log, whisper }: Telling, person: string, card: Card): Promise<boolean> {
  for (let tried = 1; ; tried++) {
    try {
      await whisper(person, card)
      return true
    } catch (error) {
      const { failure, code, retryAfterMs = firstWaitMs * 2 ** (tried - 1) } = chatError(error)
      log.warn({ code }, 'teams private answer did not arrive')
      if (failure !== 'transient' || retryAfterMs > longestWaitMs || tried >= tries) return false
      await api.time.wait(retryAfterMs)
    }
  }
}

/** The same where somebody waits for another answer meanwhile: what may still arrive counts as not there. */
export async function toldInTime(on: Telling, person: string, card: Card): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const arrived = await Promise.race([told(on, person, card), late])
  clearTimeout(timer)
  return arrived
}

/** The chat is none of the incidents' rooms: the answer says in which of them it was asked for. */
export function fromRoom(card: Card, room: string | undefined): Card {
  if (room === undefined) return card
  const asked: Block = { kind: 'quiet', lines: [['Asked in ', { room }]] }
  const end = card.blocks.findLastIndex(({ kind }) => kind !== 'buttons') + 1
  return { ...card, blocks: [...card.blocks.slice(0, end), asked, ...card.blocks.slice(end)] }
}
