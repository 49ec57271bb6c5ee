// Signed HTTP delivery, as Slack's Events API and interactivity do it.
import { createHmac } from 'node:crypto'
import type { Envelope, Outcome, Retry, Transport } from './delivery.ts'
import type { Json } from './page-api.ts'

export const signedHeaders = (signingSecret: string, body: string, atMs: number): Record<string, string> => {
  const timestamp = String(Math.floor(atMs / 1000))
  const mac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${mac}` }
}

const form = (payload: Json): string =>
  new URLSearchParams(
    Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()

const encode = (envelope: Envelope): { contentType: string; body: string } => {
  const urlencoded = 'application/x-www-form-urlencoded'
  if (envelope.type === 'events_api') {
    return { contentType: 'application/json', body: JSON.stringify(envelope.payload) }
  }
  if (envelope.type === 'slash_commands') return { contentType: urlencoded, body: form(envelope.payload) }
  return { contentType: urlencoded, body: form({ payload: JSON.stringify(envelope.payload) }) }
}

const readAck = (text: string): Json | null => {
  if (text === '') return null
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Json) : { text: String(parsed) }
  } catch {
    return { text }
  }
}

export type HttpTransport = Transport & {
  /** Slack's check of a new request URL: does the bot echo the challenge? */
  verifyUrl: () => Promise<boolean>
}

export const createHttpTransport = (
  url: string,
  signingSecret: string,
  ackMs: number,
  wall: () => number,
  verification: string,
): HttpTransport => {
  const closing = new AbortController()

  const post = async (body: string, contentType: string, extra: Record<string, string>) =>
    fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signedHeaders(signingSecret, body, wall()),
        ...extra,
      },
      body,
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ackMs)]),
    })

  const send = async (envelope: Envelope, retry: Retry | null): Promise<Outcome> => {
    const { contentType, body } = encode(envelope)
    const extra: Record<string, string> = retry
      ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }
      : {}
    try {
      const response = await post(body, contentType, extra)
      const text = await response.text()
      if (response.ok) return { ok: true, payload: readAck(text) }
      return {
        ok: false,
        reason: 'http_error',
        stopRetrying: response.headers.get('x-slack-no-retry') === '1',
      }
    } catch (error) {
      const isTimeout = error instanceof Error && error.name === 'TimeoutError'
      return { ok: false, reason: isTimeout ? 'http_timeout' : 'connection_failed' }
    }
  }

  return {
    send,
    isOnline: () => true,
    verifyUrl: async () => {
      const challenge = 'practice-challenge'
      const body = JSON.stringify({ token: verification, challenge, type: 'url_verification' })
      const response = await post(body, 'application/json', {})
      return response.ok && (await response.text()).includes(challenge)
    },
    close: async () => closing.abort(),
  }
}
