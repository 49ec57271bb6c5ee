/** The optional webhook to a pager: the incident's number and why, nothing else. */
import { ChatError } from '../chat/port.ts'

const TIMEOUT_MS = 5_000

export function webhookPager(url: string): (incident: string, why: string) => Promise<void> {
  return async (incident, why) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'wardroom', incident, why }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new ChatError('transient', 'pager_unreachable', { maybeDone: true, cause })
    })
    if (answer.ok) return
    const failure = answer.status >= 500 || answer.status === 429 ? 'transient' : 'refused'
    throw new ChatError(failure, `pager_${answer.status}`)
  }
}
