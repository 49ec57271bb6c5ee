/** The form of `phase`: where to, and why where required items stay open behind. */
import { findItem, openRequired } from '../domain/checklists.ts'
import type { IncidentState } from '../domain/incident.ts'
import { settledItems } from '../domain/incident-items.ts'
import { nextPhase, type PhaseId, phaseIndex, phaseLabel, phases } from '../domain/phases.ts'
import { isRefusal } from '../domain/refusal.ts'
import type { Form, Line } from '../views/card.ts'
import { actingIntro } from './acting.ts'
import type { Context } from './command.ts'
import { splitReason } from './late-entry.ts'
import { readPhase } from './phase-words.ts'
import { reasonField } from './role-words.ts'

/** Required items open in the phase that is left and in every phase jumped over. Going back leaves nothing behind. */
export function leftOpen(state: IncidentState, to: PhaseId): readonly string[] {
  const settled = settledItems(state)
  return phases
    .slice(phaseIndex(state.phase), Math.max(phaseIndex(state.phase), phaseIndex(to)))
    .flatMap(({ id }) => openRequired(state, id, settled))
    .map(({ id }) => id)
}

export function phaseForm(
  state: IncidentState | null,
  context: Context,
  prefill: Readonly<Record<string, string>>,
): Omit<Form, 'verb' | 'nonce' | 'incident'> {
  const { before, because } = splitReason(prefill.words ?? '')
  const named = before ? readPhase(before, context) : undefined
  const current = state?.phase
  const wanted = named && !isRefusal(named) ? named : current && nextPhase(current)
  const open = state && wanted ? leftOpen(state, wanted) : []
  const acting = state ? actingIntro(state, 'phase.move', context) : undefined
  return {
    title: 'Move the phase',
    submit: 'Move',
    intro: [
      ...(current ? [`Now in ${phaseLabel(current)}.`] : []),
      ...(acting ? [acting] : []),
      ...openLines(open),
    ],
    fields: [
      {
        kind: 'choice',
        name: 'phase',
        label: 'Move to',
        options: phases
          .filter(({ id }) => id !== 'preparation' && id !== current)
          .map(({ id, label }) => ({ value: id, label, ...(current ? { hint: hintFor(current, id) } : {}) })),
        ...(wanted && wanted !== current && wanted !== 'preparation' ? { initial: wanted } : {}),
      },
      {
        ...reasonField(because, { label: 'Why', required: open.length > 0 || acting !== undefined }),
        hint: 'Needed while required items stay open behind; it is recorded as a decision.',
      },
    ],
  }
}

const hintFor = (current: PhaseId, id: PhaseId): string =>
  phaseIndex(id) < phaseIndex(current)
    ? 'Going back; it is recorded'
    : nextPhase(current) === id
      ? 'Next'
      : 'Later'

const openLines = (open: readonly string[]): readonly Line[] =>
  open.length === 0
    ? []
    : ['Required and still open:', ...open.map((id) => `○ ${id} ${findItem(id)?.title ?? ''}`)]
