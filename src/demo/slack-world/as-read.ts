/** Block Kit as a person reads it: plain lines, names instead of ids, buttons in brackets. */
import type { Json } from '../../practice/page-api.ts'

export type NameOf = (id: string) => string

export const asRead = (blocks: readonly Json[], name: NameOf): string =>
  blocks
    .map((block) => blockText(block, name))
    .filter((text) => text.trim() !== '')
    .join('\n')

function blockText(block: Json, name: NameOf): string {
  const words = [block.text, ...(block.fields ?? [])].map((text) => textOf(text, name)).filter(Boolean)
  const inner: string[] = (block.elements ?? []).map((element: Json) => elementText(element, name))
  const own = [words.join('\n'), inner.filter(Boolean).join(' ')].filter(Boolean).join('\n')
  if (block.type === 'input') return inputText(block)
  return block.accessory ? `${own}  ${elementText(block.accessory, name)}`.trim() : own
}

function elementText(element: Json, name: NameOf): string {
  if (element.type === 'button') return `[${element.text?.text ?? ''}]`
  if (Array.isArray(element.elements))
    return element.elements.map((each: Json) => runText(each, name)).join('')
  return textOf(element, name)
}

const runText = (run: Json, name: NameOf): string =>
  run.type === 'user' ? name(run.user_id) : String(run.text ?? run.url ?? '')

function inputText({ label, element, hint }: Json): string {
  const start = element?.initial_value ?? element?.initial_option?.text?.text ?? element?.initial_date ?? ''
  return `${label?.text ?? ''}: ${start}${hint ? ` (${hint.text})` : ''}`
}

function textOf(text: Json | undefined, name: NameOf): string {
  if (typeof text?.text !== 'string') return ''
  return text.type === 'mrkdwn' ? mrkdwnAsRead(text.text, name) : text.text
}

const lookalikes: Readonly<Record<string, string>> = { '∗': '*', ˍ: '_', '∼': '~', ˋ: '`' }

/** Bold and code lose their marks; what is struck through keeps them, because it reads otherwise. */
export function mrkdwnAsRead(text: string, name: NameOf): string {
  return text
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id: string) => name(id))
    .replace(/<#(\w+)(?:\|([^>]*))?>/g, (_, id: string, label?: string) => `#${label || name(id)}`)
    .replace(/<(?:https?|mailto):[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?|mailto):[^>]*)>/g, '$1')
    .replace(/(?<![\p{L}\p{N}])([*`])(\S(?:[^\n]*?\S)?)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/[∗ˍ∼ˋ]/g, (mark) => lookalikes[mark] ?? mark)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
