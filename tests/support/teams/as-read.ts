/** An Adaptive Card as a person reads it: plain lines, buttons in brackets, what is struck through between tildes. */
import { list, record, text } from './core.ts'
import type { Json } from './state.ts'

export function asRead(card: Json): string {
  const body = list(card.body).map(record)
  return [...body, { type: 'ActionSet', actions: card.actions }]
    .map(elementRead)
    .filter((words) => words.trim() !== '')
    .join('\n')
}

export function elementRead(element: Json): string {
  if (element.isVisible === false) return ''
  const type = text(element.type)
  if (type === 'TextBlock') return blockRead(text(element.text))
  if (type === 'RichTextBlock') return list(element.inlines).map(record).map(runRead).join('')
  if (type === 'ActionSet')
    return list(element.actions)
      .map((action) => `[${text(record(action).title)}]`)
      .join(' ')
  if (type.startsWith('Input.')) return `${text(element.label)}: ${valueRead(element)}`
  return ''
}

/** An emphasis or a link is drawn as one, and loses its marks; a mention is its name. */
const blockRead = (words: string): string =>
  shown(
    words
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\*\*(.+?)\*\*/g, '$1')
      .replace(/<at>(.*?)<\/at>/g, '$1'),
  )

function runRead(run: Json): string {
  const words = shown(text(run.text))
  return run.strikethrough === true ? `~${words}~` : words
}

const lookalikes: Readonly<Record<string, string>> = {
  '∗': '*',
  ˍ: '_',
  '∼': '~',
  ˋ: '`',
  '［': '[',
  '］': ']',
  '‹': '<',
  '›': '>',
  '∖': '\\',
  '＆': '&',
}

/** Lookalikes are read as what they stand for, and a space of no width is not seen. */
const shown = (words: string): string =>
  words.replaceAll('\u200b', '').replace(/[∗ˍ∼ˋ［］‹›∖＆]/g, (mark) => lookalikes[mark] ?? mark)

function valueRead(input: Json): string {
  const values = text(input.value).split(',')
  const chosen = list(input.choices)
    .map(record)
    .filter(({ value }) => values.includes(text(value)))
  return chosen.length > 0
    ? chosen.map(({ title }) => shown(text(title))).join(', ')
    : String(input.value ?? '')
}
