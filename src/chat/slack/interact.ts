/**
 * Slash commands, buttons, shortcuts and forms: Bolt hands them over, `handle` commits, and the person is answered
 * privately. Slack shows an error after three seconds without an ack and never retries these, so past `inTimeMs` the
 * ack goes out empty and the answer follows. Nothing is called between a trigger and the form it opens.
 */
import type { App, types } from '@slack/bolt'
import type { Card } from '../../views/card.ts'
import type { Answer, Handle, Inbound } from '../port.ts'
import type { Api } from './api.ts'
import type { SlackBlock } from './blocks.ts'
import { errorsCard, formButton, notOurs, sorry } from './cards.ts'
import { unknownInbound } from './events.ts'
import { cutFormView, formView, isCarryInSight, viewErrors } from './form.ts'
import { codeOf, type Log } from './log.ts'
import { ephemeral, whisper } from './private.ts'
import { actionInbound, commandInbound, type Read, shortcutInbound, viewInbound } from './requests.ts'

export interface Interaction {
  readonly api: Api
  readonly handle: Handle
  readonly log: Log
  readonly commands: readonly string[]
}

/** Slack's three seconds, less the way there and back. */
const inTimeMs = 2500

type Outcome = { readonly answer: Answer } | { readonly failed: true } | 'late'

export function listen(app: App, on: Interaction): void {
  app.command(/.*/, async ({ body, ack }) => {
    const read = commandInbound(on.api, body)
    if (!read) return quarantine(on, body, ack)
    if (!on.commands.includes(read.word)) return ack(ephemeral(notOurs(read.word, on.commands)))
    await answered(on, read, async (outcome) => {
      const card = outcome === 'late' ? undefined : replyOf(outcome)
      await (card ? ack(ephemeral(card)) : ack())
      return card !== undefined
    })
  })
  app.action({ type: 'block_actions' }, async ({ body, ack }) => {
    const read = actionInbound(on.api, body)
    if (read === 'link') return ack()
    if (!read) return quarantine(on, body, ack)
    await answered(on, read, () => acked(ack))
  })
  app.shortcut(/.*/, async ({ body, ack }) => {
    const read = shortcutInbound(on.api, body)
    if (!read) return quarantine(on, body, ack)
    await answered(on, read, () => acked(ack))
  })
  app.view({ type: 'view_submission', callback_id: /.*/ }, async ({ body, ack }) => {
    const read = viewInbound(on.api, body)
    if (!read) return quarantine(on, body, ack)
    const blocks = body.view.blocks as { type?: string; block_id?: string }[]
    await answered(on, read, async (outcome) => {
      if (outcome === 'late') {
        await ack()
        return false
      }
      const answer = 'answer' in outcome ? outcome.answer : undefined
      const errors = answer === undefined ? { '': sorryLine } : answer.kind === 'errors' ? answer.errors : {}
      const placed = viewErrors(errors, blocks)
      if (Object.keys(placed).length > 0) await ack({ response_action: 'errors', errors: placed })
      else if (answer?.kind === 'form') {
        const view = formView(answer.form, read.whisper) as unknown as types.ModalView
        await ack({ response_action: 'update', view })
      } else {
        await ack()
        return false
      }
      return true
    })
  })
}

const sorryLine =
  'Something went wrong on our side. Nothing was recorded; the same form is safe to send again.'

async function acked(ack: () => Promise<void>): Promise<boolean> {
  await ack()
  return false
}

/** `reply` acknowledges and says whether it also answered; whatever it left is told privately. */
async function answered(
  on: Interaction,
  read: Read,
  reply: (outcome: Outcome) => Promise<boolean>,
): Promise<void> {
  const whole = settled(on, read.inbound)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), inTimeMs)
  })
  const first = await Promise.race([whole, late])
  clearTimeout(timer)
  const done = await reply(first).catch((error: unknown) => {
    on.log.warn({ code: codeOf(error) }, 'slack ack failed')
    return false
  })
  if (done) return
  await tell(on, read, await whole)
}

async function settled(on: Interaction, inbound: Inbound): Promise<Exclude<Outcome, 'late'>> {
  try {
    return { answer: await on.handle(inbound) }
  } catch (error) {
    on.log.error({ code: codeOf(error), type: inbound.type }, 'not recorded')
    return { failed: true }
  }
}

/** The card of an outcome that is one; undefined for silence and for a form, which needs its own call. */
function replyOf(outcome: Exclude<Outcome, 'late'>): Card | undefined {
  if ('failed' in outcome) return sorry
  const { answer } = outcome
  if (answer.kind === 'reply') return answer.card
  return answer.kind === 'errors' ? errorsCard(answer.errors) : undefined
}

async function tell(on: Interaction, read: Read, outcome: Exclude<Outcome, 'late'>): Promise<void> {
  if ('answer' in outcome && outcome.answer.kind === 'form') return openForm(on, read, outcome.answer)
  const card = replyOf(outcome)
  if (card) await whisper(on.api, on.log, read.whisper, card)
}

/** Slack's own measure of a form may be stricter than ours. */
const tooMuch = new Set(['view_too_large', 'invalid_arguments'])

async function openForm(
  on: Interaction,
  read: Read,
  { form }: Extract<Answer, { kind: 'form' }>,
): Promise<void> {
  try {
    const { trigger } = read
    if (!trigger) throw Object.assign(new Error('no trigger'), { code: 'no_trigger' })
    const asked = { room: read.room, responseUrl: read.whisper.responseUrl }
    const open = (view: SlackBlock) =>
      on.api.once.views.open({ trigger_id: trigger, view: view as unknown as types.ModalView })
    const view = formView(form, asked)
    await open(view).catch(async (error: unknown) => {
      if (!isCarryInSight(view) || !tooMuch.has(codeOf(error))) throw error
      on.log.warn({ code: codeOf(error) }, 'slack form too large, opened with less')
      await open(cutFormView(form, asked))
    })
  } catch (error) {
    on.log.warn({ code: codeOf(error) }, 'slack form did not open')
    await whisper(on.api, on.log, read.whisper, formButton(form.verb, form.incident))
  }
}

/** An interaction no schema knows: kept sealed, then acknowledged. */
async function quarantine(on: Interaction, body: unknown, ack: () => Promise<void>): Promise<void> {
  const kept = await settled(on, unknownInbound(on.api.self, body, on.api.now()))
  if ('answer' in kept) await ack()
}
