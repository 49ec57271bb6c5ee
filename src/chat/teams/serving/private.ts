/**
 * What only the person who asked sees, in the chat with them. After the commit, and never able to undo it: it is tried a
 * few times, may repeat, and never throws.
 */
import type { Block, Card } from '../../../views/card.ts'
import type { MessageRef } from '../../port.ts'
import type { Api } from '../api.ts'
import type { Log } from '../log.ts'
import { chatError } from '../wire/errors.ts'

export interface Telling {
  readonly api: Api
  readonly log: Log
  /** Posts a private answer to the chat with the person; resolves with where, if it is one message. */
  readonly whisper: (person: string, card: Card) => Promise<MessageRef | undefined>
}

export type Posted = (at: MessageRef) => Promise<void>

const tries = 3
const firstWaitMs = 1000
const longestWaitMs = 20_000
/** An invoke's client waits about so long for its answer. */
const patienceMs = 3000

/** Resolves with whether it arrived. */
export async function told(on: Telling, person: string, card: Card, posted?: Posted): Promise<boolean> {
  const { api, log, whisper } = on
  for (let tried = 1; ; tried++) {
    try {
      const at = await whisper(person, card)
      if (at)
        await posted?.(at).catch(() => log.warn({ code: 'not_kept' }, 'teams answer will not be updated'))
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
export async function toldInTime(on: Telling, person: string, card: Card, posted?: Posted): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const arrived = await Promise.race([told(on, person, card, posted), late])
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
