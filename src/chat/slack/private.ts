/**
 * What only the person who asked sees. Tried in turn: the payload's own response address, an ephemeral post in the
 * room, a direct message. May repeat after a crash; never throws, because what it answers is already on the record.
 */
import type { types } from '@slack/bolt'
import type { Card } from '../../views/card.ts'
import type { Api } from './api.ts'
import { cardMessage } from './blocks.ts'
import { calling } from './errors.ts'
import { codeOf, type Log } from './log.ts'
import { directRoom } from './posts.ts'

export interface Whisper {
  readonly person: string
  readonly responseUrl?: string | null | undefined
  readonly room?: string | undefined
  readonly thread?: string | undefined
  /** The room is the person's own direct room with us: an ordinary post there is private. */
  readonly direct?: boolean
}

/** The body of a private answer, for an ack or a response address. */
export function ephemeral(card: Card) {
  const { text, blocks } = cardMessage(card)
  return { response_type: 'ephemeral' as const, text, blocks: blocks as unknown as types.KnownBlock[] }
}

export async function whisper(api: Api, log: Log, to: Whisper, card: Card): Promise<void> {
  for (const way of ways(api, to, card)) {
    try {
      return await way()
    } catch (error) {
      log.warn({ code: codeOf(error) }, 'slack private answer did not arrive')
    }
  }
}

function ways(api: Api, to: Whisper, card: Card): (() => Promise<void>)[] {
  const { text, blocks, response_type } = ephemeral(card)
  const { responseUrl, room, person } = to
  const thread = to.thread ? { thread_ts: to.thread } : {}
  const post = async (channel: string) => {
    await calling(() => api.once.chat.postMessage({ channel, text, blocks, ...thread }))
  }
  const list: (() => Promise<void>)[] = []
  if (responseUrl)
    list.push(() => respond(responseUrl, { response_type, replace_original: false, text, blocks }))
  if (room && to.direct) list.push(() => post(room))
  else if (room)
    list.push(async () => {
      await calling(() =>
        api.once.chat.postEphemeral({ channel: room, user: person, text, blocks, ...thread }),
      )
    })
  list.push(async () => {
    const channel = await directRoom(api, person)
    await calling(() => api.once.chat.postMessage({ channel, text, blocks }))
  })
  return list
}

async function respond(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(5000),
  })
  await response.body?.cancel()
  if (!response.ok) throw Object.assign(new Error('response address'), { code: `http_${response.status}` })
}
