/**
 * Teams → bot, with a signed token. What stays unanswered for fifteen seconds comes once more with the same id, invokes
 * too (botbuilder-dotnet#5005, msteams-docs#6084); an activity also after a server error (msteams-docs#8998 and #1571:
 * "only two times"). Then it is lost. First attempts go out in the order things happened, side by side: which arrives
 * first is not promised.
 */
import { type FaultBook, faultBook } from './faults.ts'
import { botToken, type Wrong } from './signing.ts'
import type { Json } from './state.ts'

export interface Answered {
  /** 0: no answer came. */
  readonly status: number
  readonly body: string
}

export interface Delivery {
  readonly faults: FaultBook
  readonly push: (activity: Json) => void
  readonly invoke: (activity: Json) => Promise<Answered>
  /** One attempt with a token of any kind, or none: `null`. */
  readonly deliver: (activity: Json, wrong?: Wrong | null) => Promise<Answered>
  /** One after the other, so that they arrive in this order. */
  readonly release: (order?: 'as_sent' | 'reversed') => void
  /** Nothing is undelivered, unanswered or waiting to come again; what is held back does not count. */
  readonly idle: () => Promise<void>
  /** Everything that happened and was for the bot, in order, whatever became of it on its way. */
  readonly sent: Json[]
  /** Given up after the second attempt. */
  readonly lost: Json[]
  readonly setBot: (url: string | undefined) => void
  readonly close: () => void
}

export interface DeliveryOptions {
  readonly appId: string
  readonly serviceUrl: () => string
  readonly wall: () => number
  readonly botUrl: string | undefined
  /** Multiplies the fifteen seconds before an activity comes again. */
  readonly retryScale: number
  /** How long an answer is waited for. */
  readonly answerMs: number
  /** Which 5xx make it come again is not documented, so neither must be relied on. */
  readonly repeatsAfterErrors: boolean
}

const REPEAT_MS = 15_000

export function makeDelivery(options: DeliveryOptions): Delivery {
  const { appId, serviceUrl, wall, retryScale, answerMs } = options
  const faults = faultBook()
  const timers = new Set<() => void>()
  const held: Json[] = []
  const lost: Json[] = []
  const sent: Json[] = []
  const waiting = new Set<() => void>()
  const closing = new AbortController()
  let botUrl = options.botUrl
  let pending = 0

  async function busy<Result>(work: () => Promise<Result>): Promise<Result> {
    pending += 1
    try {
      return await work()
    } finally {
      pending -= 1
      if (pending === 0) {
        for (const wake of waiting) wake()
        waiting.clear()
      }
    }
  }

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        timers.delete(done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      timers.add(done)
    })

  async function attempt(activity: Json, wrong: Wrong | null = {}, isCut = false): Promise<Answered> {
    const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' }
    if (wrong) headers.authorization = `Bearer ${botToken(wall(), appId, serviceUrl(), wrong)}`
    if (!botUrl) return { status: 0, body: '' }
    try {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(answerMs)])
      const response = await fetch(botUrl, {
        method: 'POST',
        headers,
        body: JSON.stringify(activity),
        signal,
      })
      const body = await response.text()
      return isCut ? { status: 0, body: '' } : { status: response.status, body }
    } catch {
      return { status: 0, body: '' }
    }
  }

  /** Once, and once more if it must be. */
  async function twice(
    activity: Json,
    isCut: boolean,
    mustRepeat: (answer: Answered) => boolean,
  ): Promise<Answered> {
    const answer = await attempt(activity, {}, isCut)
    if (!mustRepeat(answer)) return answer
    await sleep(REPEAT_MS * retryScale)
    return closing.signal.aborted ? answer : attempt(activity)
  }

  const isUnanswered = ({ status }: Answered) => status === 0
  const isFailed = ({ status }: Answered) => status === 0 || (options.repeatsAfterErrors && status >= 500)

  const send = (activity: Json, isCut = false) =>
    busy(async () => {
      const { status } = await twice(activity, isCut, isFailed)
      if (status === 0 || status >= 300) lost.push(activity)
    })

  return {
    faults,
    sent,
    lost,
    push(given) {
      const activity = structuredClone(given)
      sent.push(activity)
      const { fate, delayMs } = faults.fateOf(activity)
      if (fate === 'drop') return
      if (fate === 'hold') held.push(activity)
      else if (delayMs > 0) void busy(() => sleep(delayMs).then(() => send(activity)))
      else void send(activity, fate === 'cut')
      if (fate === 'duplicate') void send(activity)
    },
    invoke(activity) {
      sent.push(activity)
      return busy(() => twice(activity, faults.fateOf(activity).fate === 'cut', isUnanswered))
    },
    deliver: (activity, wrong) => busy(() => attempt(activity, wrong)),
    release(order = 'as_sent') {
      faults.stopHolding()
      const batch = held.splice(0)
      if (order === 'reversed') batch.reverse()
      void busy(async () => {
        for (const activity of batch) await send(activity)
      })
    },
    idle: () => (pending === 0 ? Promise.resolve() : new Promise((resolve) => waiting.add(resolve))),
    setBot: (url) => {
      botUrl = url
    },
    close() {
      closing.abort()
      for (const done of [...timers]) done()
    },
  }
}
