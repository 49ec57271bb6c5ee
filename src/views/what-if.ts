/** The clocks of something that did not happen, for whoever asked: no incident, no owner, nothing to press but to ask again. */
import { sayDay } from '../domain/dates-in-words.ts'
import { discoveryOn } from '../domain/incident-clocks.ts'
import type { Block, Card } from './card.ts'
import { clocksOf } from './clock-words.ts'
import { clockBlocks } from './clocks.ts'
import { button } from './say.ts'
import { buttons, lines, type OpenScene, quiet } from './scene.ts'
import { offLines, stateLines } from './state-clocks.ts'

const number = (people: number) => people.toLocaleString('en-US')

export function whatIfCard(scene: OpenScene): Card {
  const { state } = scene
  const { zone } = state.organisation
  const affected = state.facts.affected?.value
  const on = discoveryOn(state)
  const byState = Object.entries(affected?.byState ?? {})
  const places = byState.map(([place, people]) => `${place} ${number(people)}`)
  const off = offLines(state)
  const total =
    affected?.total == null ? 'a number nobody knows yet' : `${number(affected.total)} people affected`
  return {
    summary: 'What if: nothing was recorded.',
    blocks: [
      lines([
        [{ bold: `If it was discovered on ${on ? sayDay(on) : 'that day'}` }],
        [total, ...(places.length > 0 ? [` — ${places.join(', ')}`] : [])],
      ]),
      ...clockBlocks(scene).map(unpressed),
      ...(off.length > 0 ? [quiet(...off)] : []),
      quiet(
        ...stateLines(clocksOf(scene)),
        `Days are counted in ${zone}, as for unsecured PHI that was impermissibly used or disclosed.`,
        'Nothing was recorded, and no incident was declared.',
      ),
      ...buttons(
        button('Ask again…', 'what-if', { form: true }),
        button('Declare…', 'declare', { form: true }),
      ),
    ],
  }
}

/** Its buttons record facts of an incident, and there is none. */
function unpressed(block: Block): Block {
  if (block.kind !== 'lines') return block
  return { kind: 'lines', lines: block.lines }
}
