/** A phase's checklist: what is open first, each with its one button; what is settled last, in grey. */
import { type Item, isOpen, itemsOf } from '../domain/incident-items.ts'
import { isLate } from '../domain/late.ts'
import { isPhase, nextPhase, type PhaseId, phaseIndex, phaseLabel } from '../domain/phases.ts'
import type { Block, Card, Line, Span } from './card.ts'
import { itemButton, labelSeqs, shortItem, titleOf } from './items.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  form,
  lines,
  momentOf,
  namedRole,
  nameOf,
  numberArg,
  type OpenScene,
  quiet,
  type Scene,
  wordArg,
} from './scene.ts'
import type { View } from './view.ts'

/** Slack draws fifty blocks; what is beyond is counted and reached by the command. */
const shown = 25
const settledShown = 12

function openItem({ state, text }: OpenScene, item: Item): Block {
  const small: Span[] = [item.required ? 'required · ' : '']
  small.push(...(item.role ? namedRole(state, item.role) : ['anyone']))
  if (item.evidence) small.push(` · keep: ${item.evidence}`)
  return lines([['○ ', ...shortItem(item, text)], small], itemButton(state, item))
}

function settledLine({ state, text }: OpenScene, item: Item): Line {
  const { settled } = item
  const mark = item.status === 'done' ? '✓' : '– skipped:'
  const out: Span[] = [`${mark} ${item.id} ${titleOf(item, text)}`]
  if (!settled) return out
  out.push(' — ', byWhom(settled.byPerson ?? settled.actor), `, ${momentOf(state, settled.at)}`)
  if (settled.occurredAt && isLate(settled.occurredAt, settled.at, state.organisation.zone))
    out.push(` (late entry: ${momentOf(state, settled.occurredAt)})`)
  return out
}

/** How the phase was entered; nothing for the phase an incident is declared into. */
function entered({ state }: Scene, phase: PhaseId): Line[] {
  const at = state.phases.findLastIndex((each) => each.phase === phase)
  const move = state.phases[at]
  const from = state.phases[at - 1]
  if (!move || !from) return []
  const line: Line = [
    byWhom(move.by),
    ` moved here from ${phaseLabel(from.phase)}, ${momentOf(state, move.at)}.`,
  ]
  const isBehind = (item: Item) =>
    item.phase === from.phase ||
    (phaseIndex(item.phase) > phaseIndex(from.phase) && phaseIndex(item.phase) < phaseIndex(phase))
  const left = itemsOf(state).filter((item) => item.required && isOpen(item) && isBehind(item))
  if (left.length === 0) return [line]
  const where = left.every((item) => item.phase === from.phase) ? phaseLabel(from.phase) : 'earlier phases'
  return [line, `Still required from ${where}: ${left.map(({ id }) => id).join(', ')}.`]
}

export function checklistCard(scene: OpenScene, phase: PhaseId): Card {
  const { state } = scene
  const items = itemsOf(state, phase)
  const open = items.filter(isOpen)
  const ordered = [...open.filter(({ required }) => required), ...open.filter(({ required }) => !required)]
  const hidden = ordered.length - shown
  const settled = items.filter((item) => !isOpen(item))
  const required = open.filter((item) => item.required).length
  const after = nextPhase(phase)
  const isHere = phase === state.phase
  return about(
    state,
    `${phaseLabel(phase)}: ${required} required and ${open.length - required} other items open`,
    [
      { kind: 'title', text: `${phaseLabel(phase)} · ${nameOf(state)}` },
      lines([
        ...(isHere ? entered(scene, phase) : [`The incident is in ${phaseLabel(state.phase)} now.`]),
        `${required} required open · ${open.length} of ${items.length} open`,
      ]),
      ...ordered.slice(0, shown).map((item) => openItem(scene, item)),
      ...(hidden > 0 ? [quiet(`${hidden} more open: ${scene.word} check`)] : []),
      ...(settled.length > 0
        ? [
            quiet(
              ...settled.slice(-settledShown).map((item) => settledLine(scene, item)),
              ...(settled.length > settledShown
                ? [`and ${settled.length - settledShown} settled before`]
                : []),
            ),
          ]
        : []),
      ...buttons(
        form(state, 'Skip an item', 'check skip'),
        form(state, 'Add an item', 'check add'),
        ...(isHere && after ? [act(state, `Move to ${phaseLabel(after)}`, `phase ${after}`)] : []),
      ),
    ],
  )
}

/** The phase named by the row, or the one that was entered with this entry. */
function phaseOf({
  state,
  args,
}: {
  state: Scene['state']
  args: Readonly<Record<string, unknown>>
}): PhaseId {
  const seq = numberArg(args, 'seq')
  const named = wordArg(args, 'phase')
  const entry = state.phases.find((each) => each.seq === seq)
  return entry?.phase ?? (named && isPhase(named) ? named : state.phase)
}

export const checklist: View = {
  texts: (drawing) => labelSeqs(itemsOf(drawing.state, phaseOf(drawing))),
  draw: (drawing) => checklistCard(drawing, phaseOf(drawing)),
}
