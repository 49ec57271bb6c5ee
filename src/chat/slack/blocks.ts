/**
 * Card → Block Kit, inside Slack's limits: 50 blocks a message, 3000 characters a section, 25 elements a row, 2000 a
 * button's value. What does not fit ends in "…", never in a refused post. `text` is the summary, which push shows.
 */
import type { Block, Button, Card, Line } from '../../views/card.ts'
import { clip, mrkdwn, splitLines } from './mrkdwn.ts'

export type SlackBlock = Readonly<Record<string, unknown>> & { readonly type: string }

const sectionLimit = 3000
const rowLimit = 25
/** Slack refuses a message whose blocks hold more text than some 13,000 characters (msg_blocks_too_long). */
const textBudget = 12_000

export function cardMessage(card: Card, limit = 50): { text: string; blocks: SlackBlock[] } {
  return { text: clip(mrkdwn(card.summary), 3000), blocks: cardBlocks(card, limit) }
}

export function cardBlocks(card: Card, limit = 50): SlackBlock[] {
  let buttons = 0
  const number = () => buttons++
  const drawn = card.blocks.flatMap((block) => drawBlock(block, number))
  if (drawn.length === 0) return sections([card.summary], undefined, number)
  return bounded(drawn.length > limit ? merged(drawn) : drawn, limit)
}

function drawBlock(block: Block, number: () => number): SlackBlock[] {
  switch (block.kind) {
    case 'title':
      return block.text.trim() === '' ? [] : [{ type: 'header', text: plainText(block.text, 150) }]
    case 'divider':
      return [{ type: 'divider' }]
    case 'lines':
      return sections(block.lines, block.button, number)
    case 'facts':
      return sections(
        block.rows.map((row) => factLine(row.label, row.value)),
        undefined,
        number,
      )
    case 'quiet':
      return splitLines(block.lines.map(mrkdwn), sectionLimit).map((text) => ({
        type: 'context',
        elements: [markdown(text)],
      }))
    case 'buttons': {
      const rows: SlackBlock[] = []
      for (let at = 0; at < block.buttons.length; at += rowLimit) {
        const elements = block.buttons.slice(at, at + rowLimit).map((each) => button(each, number()))
        rows.push({ type: 'actions', elements })
      }
      return rows
    }
  }
}

/** A label and its value on one line: two columns would fall apart on a phone. */
function factLine(label: string, value: Line): Line {
  return [{ bold: label }, '  ', ...(typeof value === 'string' ? [value] : value)]
}

function sections(lines: readonly Line[], last: Button | undefined, number: () => number): SlackBlock[] {
  const texts = splitLines(lines.map(mrkdwn), sectionLimit)
  if (texts.length === 0) return last ? [{ type: 'actions', elements: [button(last, number())] }] : []
  return texts.map((text, at) => ({
    type: 'section',
    text: markdown(text),
    ...(last && at === texts.length - 1 ? { accessory: button(last, number()) } : {}),
  }))
}

function button(each: Button, number: number): SlackBlock {
  return {
    type: 'button',
    action_id: `b${number}`,
    text: plainText(each.label, 75),
    value: buttonValue(each),
    ...(each.style ? { style: each.style } : {}),
    ...(each.confirm ? { confirm: confirmation(each, each.confirm) } : {}),
  }
}

function confirmation(each: Button, sentence: string): object {
  return {
    title: plainText('Are you sure?', 100),
    text: plainText(sentence, 300),
    confirm: plainText(each.label, 30),
    deny: plainText('Cancel', 30),
    ...(each.style ? { style: each.style } : {}),
  }
}

/** A line cut short would be another command: one too long asks for its verb's form instead. */
function buttonValue(each: Button): string {
  const named = each.incident === undefined ? {} : { i: each.incident }
  const value = JSON.stringify({ l: each.line, ...named, ...(each.form ? { f: 1 } : {}) })
  if (value.length <= 2000) return value
  return JSON.stringify({ l: each.line.split(/\s/, 1)[0]?.slice(0, 40) ?? '', ...named, f: 1 })
}

export function plainText(text: string, limit: number): object {
  return { type: 'plain_text', text: clip(text.trim() === '' ? '–' : text, limit), emoji: true }
}

/** `verbatim`: Slack makes no links or mentions of its own out of what people typed. */
export function markdown(text: string): object {
  return { type: 'mrkdwn', text, verbatim: true }
}

/** Neighbouring sections and context lines joined, where that keeps the words and saves blocks. */
function merged(blocks: readonly SlackBlock[]): SlackBlock[] {
  const out: SlackBlock[] = []
  for (const block of blocks) {
    const before = out.at(-1)
    const text = before && joined(before, block)
    if (text !== undefined) out[out.length - 1] = { type: 'section', text: markdown(text) }
    else out.push(block)
  }
  return out
}

function joined(a: SlackBlock, b: SlackBlock): string | undefined {
  if (a.type !== 'section' || b.type !== 'section' || a.accessory || b.accessory) return undefined
  const text = `${textLength(a).text}\n${textLength(b).text}`
  return text.length <= sectionLimit ? text : undefined
}

function textLength(block: SlackBlock): { text: string } {
  return block.text as { text: string }
}

/** Over the limit, the last row of buttons stays and the middle goes. */
function bounded(blocks: readonly SlackBlock[], limit: number): SlackBlock[] {
  const tail = blocks.at(-1)
  const keep = tail?.type === 'actions' ? [tail] : []
  const body = keep.length > 0 ? blocks.slice(0, -1) : blocks
  const out: SlackBlock[] = []
  let left = textBudget
  for (const [at, block] of body.entries()) {
    left -= wordsIn(block)
    const room = limit - keep.length - out.length
    const isLast = at === body.length - 1
    if (left < 0 || room < 1 || (room === 1 && !isLast)) {
      const rest = body.length - at
      return [...out, { type: 'context', elements: [markdown(`… ${rest} more not shown here`)] }, ...keep]
    }
    out.push(block)
  }
  return [...out, ...keep]
}

function wordsIn(block: SlackBlock): number {
  const { text, elements } = block as { text?: { text?: string }; elements?: { text?: unknown }[] }
  const inner = elements?.map((each) => (typeof each.text === 'string' ? each.text.length : 0)) ?? []
  return (text?.text?.length ?? 0) + inner.reduce((sum, each) => sum + each, 0)
}
