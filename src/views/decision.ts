/** A decision as the room sees it. Its words are sealed: they stand in the body, never in the summary. */
import type { IncidentState } from '../domain/incident.ts'
import { isLate } from '../domain/late.ts'
import type { Card, Line, Span } from './card.ts'
import {
  about,
  buttons,
  byWhom,
  form,
  lines,
  momentOf,
  numberArg,
  type OpenScene,
  quiet,
  wordArg,
} from './scene.ts'
import { decisionWhat, decisionWhy, outsider } from './sealed.ts'
import type { View } from './view.ts'

/** What the state does not keep: who recorded it, and when it was taken where that was earlier. */
export interface DecisionMore {
  readonly recordedBy?: string | undefined
  readonly occurredAt?: string | undefined
}

const decisionAt = (state: IncidentState, seq: number) => state.decisions.find((each) => each.seq === seq)

export function decisionCard({ state, text }: OpenScene, seq: number, more: DecisionMore = {}): Card {
  const decision = decisionAt(state, seq)
  if (!decision) return about(state, 'a decision was recorded', [lines(['A decision was recorded.'])])
  const sealed = text(seq)
  const why = decisionWhy(sealed)
  const decider: Span = outsider(sealed) ?? byWhom(decision.by)
  const by: Span[] = ['Decided by ', decider]
  const occurredAt =
    more.occurredAt && isLate(more.occurredAt, decision.at, state.organisation.zone)
      ? more.occurredAt
      : undefined
  if (occurredAt) by.push(`, ${momentOf(state, occurredAt)}`)
  by.push(` · recorded ${momentOf(state, decision.at)}`)
  const recorder = more.recordedBy
  if (recorder && (recorder !== decision.by || outsider(sealed))) by.push(' by ', byWhom(recorder))
  if (occurredAt) by.push(' · late entry')
  by.push(` · entry ${seq}`)
  const body: Line[] = [[{ bold: `Decision ${decision.number}` }, ` — ${decisionWhat(sealed)}`]]
  if (why) body.push(`Why: ${why}`)
  return about(state, `decision ${decision.number} was recorded`, [
    lines(body),
    quiet(by),
    ...buttons(form(state, 'Correct', `decide Corrects decision ${decision.number}:`)),
  ])
}

export const decision: View = {
  texts: ({ args }) => [numberArg(args, 'seq') ?? 0],
  draw: (drawing) =>
    decisionCard(drawing, numberArg(drawing.args, 'seq') ?? 0, {
      recordedBy: wordArg(drawing.args, 'recordedBy'),
      occurredAt: wordArg(drawing.args, 'occurredAt'),
    }),
}
