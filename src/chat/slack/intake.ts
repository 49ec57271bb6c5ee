/**
 * What stands between a receiver and Bolt. Bolt acks an event before anything has run, so events never reach it: the
 * commit happens here and the ack after it. A rejected `handle` leaves the event unacknowledged, and Slack sends it again.
 */
import type { App, ReceiverEvent } from '@slack/bolt'
import type { Answer, Handle, Inbound } from '../port.ts'
import type { Api } from './api.ts'
import { errorsCard, formButton } from './cards.ts'
import { eventInbound, unknownInbound } from './events.ts'
import { codeOf, type Log } from './log.ts'
import { isInteraction } from './payload.ts'
import { publishHome } from './posts.ts'
import { whisper } from './private.ts'

export interface Intake {
  readonly api: Api
  readonly handle: Handle
  readonly log: Log
  readonly onGap: (since: Date, why: string) => void
  /** Told at every envelope, for health. */
  readonly onEvent: () => void
}

interface Body {
  readonly type?: unknown
  readonly command?: unknown
  readonly event?: { readonly type?: unknown }
  readonly minute_rate_limited?: unknown
}

export async function takeIn(intake: Intake, app: App, event: ReceiverEvent): Promise<void> {
  const body = event.body as Body
  intake.onEvent()
  if (isInteraction(body)) return app.processEvent(event)
  if (body.type === 'view_closed') return event.ack()
  if (body.type === 'app_rate_limited') rateLimited(intake, body)
  if (event.retryNum) intake.log.info({ retry: event.retryNum, code: reason(event) }, 'slack sent again')
  await commit(intake, body, event)
}

async function commit(intake: Intake, body: Body, event: ReceiverEvent): Promise<void> {
  const { api, handle, log } = intake
  const now = api.now()
  const inbound =
    body.type === 'event_callback' ? eventInbound(api.self, body, now) : unknownInbound(api.self, body, now)
  if (inbound?.type === 'unknown')
    log.warn({ code: String(body.event?.type ?? body.type).slice(0, 60) }, 'slack payload not understood')
  let answer: Answer = { kind: 'none' }
  if (inbound) {
    try {
      answer = await handle(inbound)
    } catch (error) {
      log.error({ code: codeOf(error), type: inbound.type }, 'not recorded, not acknowledged')
      throw error
    }
  }
  try {
    await event.ack()
  } finally {
    // A connection that went before it could be acknowledged: Slack sends this again, and then it has been answered.
    if (inbound) void deliver(intake, inbound, answer)
  }
}

/** After the commit and the ack, and never able to undo either. */
async function deliver(intake: Intake, inbound: Inbound, answer: Answer): Promise<void> {
  const { api, log } = intake
  try {
    if (answer.kind === 'none') return
    if (inbound.type === 'home') {
      if (answer.kind === 'reply') await publishHome(api, inbound.actor, answer.card)
      return
    }
    if (inbound.type !== 'message' && inbound.type !== 'command') return
    const card =
      answer.kind === 'reply'
        ? answer.card
        : answer.kind === 'form'
          ? formButton(answer.form.verb, answer.form.incident)
          : errorsCard(answer.errors)
    const { actor: person, room, thread } = inbound
    await whisper(api, log, { person, room, thread, direct: inbound.type === 'command' }, card)
  } catch (error) {
    log.warn({ code: codeOf(error) }, 'slack answer did not arrive')
  }
}

/** Slack dropped events for a minute and will not send them again. */
function rateLimited(intake: Intake, body: Body): void {
  const minute = Number(body.minute_rate_limited)
  const since = Number.isFinite(minute) && minute > 0 ? new Date(minute * 1000) : intake.api.now()
  intake.log.error({ code: 'app_rate_limited' }, 'slack dropped events')
  intake.onGap(since, 'app_rate_limited')
}

function reason(event: ReceiverEvent): string {
  return (event.retryReason ?? 'unnamed').slice(0, 40)
}
