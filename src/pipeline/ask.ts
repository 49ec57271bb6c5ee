/** Forms the pipeline opens: a command's own, and the one that asks why somebody acts while nobody holds the role. */
import { randomUUID } from 'node:crypto'
import type { Answer } from '../chat/port.ts'
import type { Context } from '../commands/command.ts'
import { isStopped } from '../domain/phi-border.ts'
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
    title: isStopped(drawn.title) ? 'One more step' : drawn.title,
    verb: row.verb,
    ...(around.incident ? { incident: around.incident } : {}),
    nonce: randomUUID(),
  }
  const why = row.about === 'new' ? perhapsDeclare(call, context) : more(call)
  return canOpen(inbound) ? { kind: 'form', form } : opener(form, call.typed || row.verb, why, context)
}

/** In the room of an incident the message that asked is evidence, whatever becomes of the question. */
const soFar = ({ heard }: Call): string =>
  heard ? 'So far only your message is on the record.' : 'Nothing was recorded yet.'

const perhapsDeclare = (call: Call, { word }: Context): readonly string[] =>
  call.heard
    ? [
        `I know no command in that. ${soFar(call)}`,
        `What you can ask: ${word} help. If it is another incident, declare it: your words are in the form already.`,
      ]
    : [
        `If something happened, declare it: your words are in the form already. ${soFar(call)}`,
        'If not, type help to see what you can ask.',
      ]

const more = (call: Call): readonly string[] => [`This needs a few answers. ${soFar(call)}`]

const canOpen = (inbound: CommandInbound): boolean => inbound.type === 'command' && inbound.canOpenForm

/** Where no form can be opened (a mention, a direct message), a button opens it, which holds only so much of a line. */
function opener(form: Form, line: string, why: readonly string[], { word }: Context): Answer {
  if (JSON.stringify(line).length > 1_900) return asCard(say('One more step.', typeIt(word)))
  const open = button(form.title, line, {
    form: true,
    style: 'primary',
    ...(form.incident ? { incident: form.incident } : {}),
  })
  return asCard(say('One more step.', why, [open]))
}

const typeIt = (word: string) => [
  `This needs a few answers, and a button cannot hold all that you typed. Nothing was recorded yet.`,
  `Type the same after ${word}: there the form opens with it.`,
]

export function askReason(call: Call, context: Context, refusal: Refusal): Answer {
  const { inbound, typed } = call
  if (inbound.type === 'form') return asCard(refusalCard(refusal, ''))
  const form: Form = {
    ...reasonForm(refusal),
    verb: call.row.verb,
    ...(context.state ? { incident: context.state.incident } : {}),
    nonce: randomUUID(),
    carry: { acting: refusal.askReasonFor ?? '', line: typed },
    carryTitle: 'What you typed, as it will be run:',
  }
  return canOpen(inbound) ? { kind: 'form', form } : opener(form, typed, more(call), context)
}
