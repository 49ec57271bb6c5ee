/**
 * A private answer may be read elsewhere than where it was asked for, as in the chat between bot and person: a button on
 * it then stands in no incident's room, so it names the incident itself.
 */
import type { Answer } from '../chat/port.ts'
import { findCommand } from '../commands/index.ts'
import type { Block, Button, Card } from '../views/card.ts'

export const naming = (answer: Answer, incident: string | undefined): Answer =>
  answer.kind === 'reply' && incident ? { ...answer, card: named(answer.card, incident) } : answer

const named = (card: Card, incident: string): Card => ({
  ...card,
  blocks: card.blocks.map((block): Block => {
    if (block.kind === 'buttons')
      return { ...block, buttons: block.buttons.map((button) => about(button, incident)) }
    return block.kind === 'lines' && block.button
      ? { ...block, button: about(block.button, incident) }
      : block
  }),
})

/** What is about no incident, or may be about all of them, stays so. */
const about = (button: Button, incident: string): Button => {
  const isAbout = findCommand(button.line.split(/\s/, 1)[0]?.toLowerCase() ?? '')?.about === 'incident'
  return isAbout && button.incident === undefined ? { ...button, incident } : button
}
