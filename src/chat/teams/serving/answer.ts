/**
 * Answer → what an invoke must be answered with at once. A pressed card comes back as it now reads; a form opens as a
 * dialog; a refused form stays open with what was typed. Whatever is private goes to the chat with the person, and only
 * where it cannot reach them there is it shown in place.
 */
import type { Block, Card, Form } from '../../../views/card.ts'
import { say } from '../../../views/say.ts'
import type { Answer } from '../../port.ts'
import type { Api } from '../api.ts'
import { adaptiveCard } from '../cards/adaptive.ts'
import { type Asked, dialog, readDialog } from '../cards/dialog.ts'
import { knownDrawing } from '../cards/drawing.ts'

const cardType = 'application/vnd.microsoft.card.adaptive'
const messageType = 'application/vnd.microsoft.activity.message'

/** Who asked for a form, and where. */
export interface AskedBy extends Asked {
  readonly person: string
}

/** Resolves with whether the person can read it. */
export type Whisper = (card: Card) => Promise<boolean>

/** For a press of `Action.Execute`. */
export async function executed(api: Api, answer: Answer, whisper: Whisper): Promise<object> {
  if (answer.kind === 'form') return message('This needs a form. Ask for it in the chat with Wardroom.')
  if (answer.kind === 'none') return message('Nothing to do.')
  const card = answer.kind === 'reply' ? answer.card : errorsCard(answer.errors)
  const pressed = answer.kind === 'reply' ? answer.pressed : undefined
  const reached = await whisper(card)
  if (reached) return pressed ? drawn(api, pressed) : message(card.summary)
  return drawn(api, pressed ? { ...card, blocks: [...card.blocks, divider, ...pressed.blocks] } : card)
}

const divider: Block = { kind: 'divider' }

/** For a dialog that is to open. Buttons that act do not work in a dialog, so a card that has them goes to the chat too. */
export async function fetched(api: Api, answer: Answer, asked: AskedBy, whisper: Whisper): Promise<object> {
  if (answer.kind === 'form')
    return { task: { type: 'continue', value: formDialog(api, answer.form, asked) } }
  if (answer.kind === 'none') return { task: { type: 'message', value: 'Nothing to do.' } }
  const card = answer.kind === 'reply' ? answer.card : errorsCard(answer.errors)
  if (hasButtons(card)) await whisper(card)
  return shown(api, card)
}

/** For a dialog that was sent. */
export async function submitted(
  api: Api,
  answer: Answer,
  data: unknown,
  asked: AskedBy,
  whisper: Whisper,
): Promise<object> {
  if (answer.kind === 'form')
    return { task: { type: 'continue', value: formDialog(api, answer.form, asked) } }
  if (answer.kind === 'errors') {
    const read = readDialog(data, api.self.zone)
    if (!read) return shown(api, errorsCard(answer.errors))
    const again = { filled: read.values, errors: answer.errors }
    return { task: { type: 'continue', value: formDialog(api, read.form, asked, again) } }
  }
  if (answer.kind === 'none') return {}
  const reached = await whisper(answer.card)
  return reached ? { task: { type: 'message', value: answer.card.summary } } : shown(api, answer.card)
}

export const errorsCard = (errors: Readonly<Record<string, string>>): Card =>
  say('Nothing was recorded.', [...Object.values(errors), 'Nothing was recorded.'])

const hasButtons = (card: Card): boolean =>
  card.blocks.some((block) => block.kind === 'buttons' || (block.kind === 'lines' && block.button))

function formDialog(
  api: Api,
  form: Form,
  asked: AskedBy,
  again: {
    filled?: Record<string, string | readonly string[]>
    errors?: Readonly<Record<string, string>>
  } = {},
) {
  const { person, ...place } = asked
  const people = api.directory
    .all()
    .filter(({ guest, name }) => !guest && name)
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const { title, width, height, card } = dialog(form, knownDrawing(api), {
    people,
    zone: api.self.zone,
    sign: api.self.sign,
    asked: place,
    person,
    ...again,
  })
  return { title, width, height, card: attached(card) }
}

function shown(api: Api, card: Card): object {
  const blocks = card.blocks.flatMap((block): Block[] => {
    if (block.kind === 'buttons') return []
    return block.kind === 'lines' ? [{ kind: 'lines', lines: block.lines }] : [block]
  })
  const content = adaptiveCard({ ...card, blocks }, knownDrawing(api))
  return {
    task: {
      type: 'continue',
      value: { title: 'Wardroom', width: 'medium', height: 'medium', card: attached(content) },
    },
  }
}

const attached = (content: object) => ({ contentType: cardType, content })

const drawn = (api: Api, card: Card): object => ({
  statusCode: 200,
  type: cardType,
  value: adaptiveCard(card, knownDrawing(api)),
})

const message = (value: string): object => ({ statusCode: 200, type: messageType, value })

/** One sentence, in the shape this invoke is answered in: the client shows an error where it gets another's. */
export const sentence = (invoke: unknown, value: string): object =>
  invoke === 'adaptiveCard/action' ? message(value) : { task: { type: 'message', value } }
