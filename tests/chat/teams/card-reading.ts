/** An Adaptive Card as somebody reads it: its words line by line, and its buttons with what they bring back. */

export interface Pressable {
  readonly label: string
  readonly type: string
  readonly style?: string
  readonly confirm?: string
  readonly data: { readonly w: Record<string, unknown>; readonly d?: string; readonly msteams?: unknown }
}

type Node = Record<string, unknown>

export function elementsOf(card: unknown): Node[] {
  return ((card as { body: Node[] }).body ?? []).filter((element) => element.isVisible !== false)
}

const lineOf = (element: Node): string =>
  element.type === 'TextBlock'
    ? String(element.text)
    : ((element.inlines ?? []) as Node[]).map((run) => String(run.text)).join('')

export const linesOf = (card: unknown): string[] =>
  elementsOf(card)
    .filter(({ type }) => type === 'TextBlock' || type === 'RichTextBlock')
    .map(lineOf)

export const buttonsOf = (card: unknown): Pressable[] =>
  elementsOf(card)
    .filter(({ type }) => type === 'ActionSet')
    .flatMap(({ actions }) => actions as Node[])
    .map(pressable)

function pressable(action: Node): Pressable {
  const inner =
    action.type === 'Action.ShowCard' ? (action.card as { body: Node[]; actions: Node[] }) : undefined
  if (inner) return { ...pressable(inner.actions[0]!), confirm: lineOf(inner.body[0]!) }
  const { title, type, style, data } = action
  return {
    label: String(title),
    type: String(type),
    ...(style ? { style: String(style) } : {}),
    data: data as Pressable['data'],
  }
}
