/** A dialog as somebody fills it in: what Teams sends when it is submitted, the button's data with every input beside it. */
import type { Dialog } from '../../../src/chat/teams/cards/dialog.ts'

/** By input, without `f:`; lists as Teams joins them. */
export type Filled = Readonly<Record<string, string | readonly string[]>>

type Node = Record<string, unknown>

const joined = (value: string | readonly string[]): string =>
  typeof value === 'string'
    ? value
    : value.map((each) => each.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',')

const inputsOf = ({ card }: Dialog): Node[] =>
  (card.body as Node[]).filter(({ type }) => String(type).startsWith('Input.'))

/** What stands in the inputs when it opens: an input with nothing in it is sent as an empty text. */
export const asOpened = (dialog: Dialog): Node =>
  Object.fromEntries(inputsOf(dialog).map(({ id, value }) => [String(id), value ?? '']))

export function submitted(dialog: Dialog, filled: Filled): unknown {
  const [submit] = dialog.card.actions as Node[]
  const ids = inputsOf(dialog).map(({ id }) => id)
  const typed = Object.entries(filled).map(([name, value]) => {
    if (!ids.includes(`f:${name}`)) throw new Error(`no input ${name}`)
    return [`f:${name}`, joined(value)] as const
  })
  return JSON.parse(
    JSON.stringify({ ...(submit?.data as Node), ...asOpened(dialog), ...Object.fromEntries(typed) }),
  )
}
