/** Block Kit as something to read and press: the text, and each button with the words it stands by. */
import { elementsOf, type Placed } from '../../practice/inputs.ts'
import type { Json } from '../../practice/page-api.ts'
import type { Practice } from '../../practice/server.ts'
import type { Outcome, Readable, SeenButton } from '../world.ts'
import { asRead, type NameOf } from './as-read.ts'

/** Which element of a surface, exactly: labels repeat. */
export type Exactly = { readonly actionId: string; readonly blockId: string }
export type Press = (person: string, which: Exactly) => Promise<Outcome>

export function buttonsOf(blocks: readonly Json[], name: NameOf, press: Press): SeenButton[] {
  return elementsOf(blocks)
    .filter(({ element }) => element.type === 'button')
    .map(({ block, element }) => ({
      label: String(element.text?.text ?? ''),
      beside: besideOf(blocks, block).map((each) => asRead([each], name)),
      press: (person) => press(person, exactly({ block, element })),
    }))
}

/** A row of buttons belongs to the text above it. */
function besideOf(blocks: readonly Json[], block: Json): Json[] {
  const above = blocks[blocks.indexOf(block) - 1]
  return block.type === 'actions' && above ? [block, above] : [block]
}

const exactly = ({ block, element }: Placed): Exactly => ({
  actionId: element.action_id,
  blockId: block.block_id,
})

/** A form or Home tab: its title, its lines, its button to send. */
export function readView(view: Json, name: NameOf): string {
  const send = view.submit ? `[${view.submit.text}]` : ''
  return [view.title?.text, asRead(view.blocks ?? [], name), send].filter(Boolean).join('\n')
}

export function homeOf(practice: Practice, person: string, name: NameOf): Readable | undefined {
  const view = practice.as(person).home()?.view
  if (!view) return undefined
  return {
    text: readView(view, name),
    buttons: () =>
      buttonsOf(view.blocks ?? [], name, async (who, which) =>
        outcome(practice.as(who).click('home', which)),
      ),
  }
}

export async function outcome(asked: Promise<{ ok: boolean; reason?: unknown }>): Promise<Outcome> {
  const { ok, reason } = await asked
  return ok ? { ok } : { ok: false, reason: String(reason) }
}
