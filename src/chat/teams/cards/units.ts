/** Blocks → units of elements: what must stay on one page is one unit, so that pages may be cut between any two. */
import type { Block, Card, Line } from '../../../views/card.ts'
import { actionSets } from './actions.ts'
import { drawLine, type Json, type Look } from './line.ts'
import { inert } from './markdown.ts'
import type { Ink } from './mentions.ts'
import { shortened } from './pieces.ts'

export interface Unit {
  /** What it ends with: a heading stays with what follows it, buttons stay with the text before them. */
  readonly ends: 'heading' | 'text' | 'buttons'
  readonly elements: readonly Json[]
  readonly people: readonly string[]
  /** How many lines of the card it shows. */
  readonly lines: number
}

export function units(card: Card, ink: Ink): Unit[] {
  const out: Unit[] = []
  for (const unit of divided(card.blocks, ink)) {
    const before = out.at(-1)
    const clings = before?.ends === 'heading' || (before?.ends === 'text' && unit.ends === 'buttons')
    if (before && clings) out[out.length - 1] = joined(before, unit)
    else out.push(unit)
  }
  return out.length > 0 ? out : texts([card.summary], 'plain', ink)
}

/** A divider is a line above whatever comes next. */
function divided(blocks: readonly Block[], ink: Ink): Unit[] {
  const out: Unit[] = []
  let isApart = false
  for (const block of blocks) {
    const drawn = drawBlock(block, ink)
    const [first, ...rest] = drawn
    if (first) out.push(isApart ? apart(first) : first, ...rest)
    isApart = block.kind === 'divider' || (isApart && drawn.length === 0)
  }
  return out
}

const apart = (unit: Unit): Unit => ({
  ...unit,
  elements: unit.elements.map((element, at) => (at === 0 ? { ...element, separator: true } : element)),
})

const joined = (a: Unit, b: Unit): Unit => ({
  ends: b.ends,
  elements: [...a.elements, ...b.elements],
  people: [...a.people, ...b.people],
  lines: a.lines + b.lines,
})

function drawBlock(block: Block, ink: Ink): Unit[] {
  switch (block.kind) {
    case 'title':
      return block.text.trim() === '' ? [] : [heading(block.text)]
    case 'lines':
      return [...texts(block.lines, 'plain', ink), ...buttons(block.button ? [block.button] : [], ink)]
    case 'facts':
      return texts(block.rows.map(factLine), 'plain', ink)
    case 'quiet':
      return texts(block.lines, 'quiet', ink)
    case 'buttons':
      return buttons(block.buttons, ink)
    case 'divider':
      return []
  }
}

const headingLook = { wrap: true, style: 'heading', size: 'medium', weight: 'bolder' }

const heading = (text: string): Unit => ({
  ends: 'heading',
  elements: [{ type: 'TextBlock', text: inert(shortened(text, 150)), ...headingLook }],
  people: [],
  lines: 1,
})

/** A label and its value on one line: two columns would fall apart on a phone. */
const factLine = ({ label, value }: { label: string; value: Line }): Line => [
  { bold: label },
  '\u2002',
  ...(typeof value === 'string' ? [value] : value),
]

/** Lines of one block stand close together. */
const texts = (lines: readonly Line[], look: Look, ink: Ink): Unit[] =>
  lines
    .flatMap((line) => drawLine(line, look, ink))
    .map(({ element, people }, at) => ({
      ends: 'text',
      elements: [at === 0 ? element : { ...element, spacing: 'small' }],
      people,
      lines: 1,
    }))

const buttons = (all: Parameters<typeof actionSets>[0], ink: Ink): Unit[] =>
  actionSets(all, ink.delivery).map((set) => ({ ends: 'buttons', elements: [set], people: [], lines: 0 }))
