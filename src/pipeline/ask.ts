/** Forms the pipeline opens: a command's own, and the one that asks why somebody acts while nobody holds the role. */
import { randomUUID } from 'node:crypto'
import type { Answer } from '../chat/port.ts'
import type { Context } from '../commands/command.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Card, Form } from '../views/card.ts'
import { reasonForm } from '../views/reason.ts'
import { button, refusalCard, say } from '../views/say.ts'
import type { Call, CommandInbound } from './call.ts'

import type { Surroundings } from './surroundings.ts'

const asCard = (card: Card): Answer => ({ kind: 'reply', card })

export function openForm(call: Call, context: Context, around: Surroundings): Answer {
  const { row, inbound } = call
  const drawn = row.form?.(context, call.prefill)
  if (!drawn) return { kind: 'none' }
  const form: Form = {
    ...drawn,
    verb: row.verb,
    ...(around.incident ? { incident: around.incident } : {}),
    nonce: randomUUID(),
  }
  return withForm(inbound, form, call.typed || row.verb, row.about === 'new' ? PERHAPS_DECLARE : undefined)
}

const PERHAPS_DECLARE = [
  'If something happened, declare it: your words are in the form already. Nothing was recorded yet.',
  'If not, type help to see what you can ask.',
]
const MORE = ['This needs a few answers. Nothing was recorded yet.']

/** Where no form can be opened (a mention, a direct message), a button opens it. */
function withForm(inbound: CommandInbound, form: Form, line: string, why: readonly string[] = MORE): Answer {
  if (inbound.type === 'command' && inbound.canOpenForm) return { kind: 'form', form }
  const open = button(form.title, line, {
    form: true,
    style: 'primary',
    ...(form.incident ? { incident: form.incident } : {}),
  })
  return asCard(say('One more step.', why, [open]))
}

/** A form carries some three thousand characters: a longer line would come back cut, and be run and recorded cut. */
const CARRIED = 2_000

const TOO_LONG: Refusal = {
  reason: 'too-long-to-carry',
  refusal:
    'Nobody holds that role yet, so a reason is asked first, and what you typed is too long to wait for it. Claim the role, or type a shorter line and add the rest as a note.',
}

export function askReason(call: Call, context: Context, refusal: Refusal): Answer {
  const { inbound } = call
  if (inbound.type === 'form') return asCard(refusalCard(refusal, ''))
  if (JSON.stringify(call.typed).length > CARRIED) return asCard(refusalCard(TOO_LONG, call.typed))
  const form: Form = {
    ...reasonForm(refusal),
    verb: call.row.verb,
    ...(context.state ? { incident: context.state.incident } : {}),
    nonce: randomUUID(),
    carry: { acting: refusal.askReasonFor ?? '', line: call.typed },
  }
  return withForm(inbound, form, call.typed)
}
