/**
 * Moves the response to another phase. Required items left open behind it ask for a reason, which is recorded as a
 * decision too. Going back is allowed and recorded. Clocks never wait for a phase.
 */
import { z } from 'zod'
import { event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { openItems } from '../domain/incident-items.ts'
import { mayAct } from '../domain/permit.ts'
import { nextPhase, type PhaseId, phaseIndex, phaseLabel, phases } from '../domain/phases.ts'
import { isRefusal, refuse } from '../domain/refusal.ts'
import { titleOf } from '../views/items.ts'
import { button, say } from '../views/say.ts'
import { allow } from './allow.ts'
import type { Command, Context, Decision } from './command.ts'
import { nextDecision } from './decide.ts'
import { maybe, participantsIncident, seen } from './here.ts'
import { splitReason } from './late-entry.ts'
import { leftOpen, phaseForm } from './phase-form.ts'
import { readPhase } from './phase-words.ts'
import { ofIncident } from './role-words.ts'

const ids = phases.map(({ id }) => id) as [PhaseId, ...PhaseId[]]
const args = z.object({ phase: z.enum(ids, 'Choose a phase.'), reason: maybe })
type Args = z.infer<typeof args>

export const phase: Command<Args> = {
  verb: 'phase',
  aliases: ['stage', 'move'],
  summary: 'Move to the next phase, or to another',
  usage: 'phase [next | back | <name>] [because <why>]',
  examples: ['phase next', 'phase recovery because the last server was rebuilt'],
  who: 'The incident commander or deputy.',
  about: 'incident',
  args,
  parse: (words, context) => {
    const { before, because } = splitReason(words)
    if (before === '') return undefined
    const to = readPhase(before, context)
    if (isRefusal(to)) return to
    const { state, organisation, actor } = context
    const needsReason =
      state !== undefined && !because && to !== state.phase && leftOpen(state, to).length > 0
    const refusal = state && mayAct(state, organisation, 'phase.move', actor)
    // Somebody who may not move it is told so before, not after, writing a reason.
    if (needsReason && (!refusal || refusal.askReasonFor)) return undefined
    return { phase: to, ...(because ? { reason: because } : {}) }
  },
  form: (context, prefill) => phaseForm(seen(context), context, prefill),
  decide: ({ phase: to, reason }, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    const allowed = allow(state, 'phase.move', context, reason)
    if (isRefusal(allowed)) return allowed
    if (to === 'preparation')
      return refuse(
        'phase-preparation',
        'Preparation is what was done before this incident, so nothing can move there. Its items stay open to you: type check preparation.',
        {
          field: 'phase',
          buttons: [{ label: 'Preparation items', line: 'check preparation', ...ofIncident(context) }],
        },
      )
    if (to === state.phase)
      return refuse('phase-same', `The incident is in ${phaseLabel(to)} already; nothing needs to change.`, {
        field: 'phase',
        buttons: [{ label: 'Checklist', line: 'check', ...ofIncident(context) }],
      })
    const open = leftOpen(state, to)
    if (open.length > 0 && !reason)
      return refuse(
        'phase-reason',
        `Leaving ${phaseLabel(state.phase)} with ${openWords(open)} open needs a reason, which is recorded as a decision. Say because … or complete them first.`,
        {
          field: 'reason',
          buttons: [
            { label: 'Give the reason', line: `phase ${to}`, form: true, ...ofIncident(context) },
            { label: 'Checklist', line: 'check', ...ofIncident(context) },
          ],
        },
      )
    const entered = event(
      'phase.entered',
      { phase: to, from: state.phase, openRequired: open },
      reason ? { reason } : undefined,
    )
    const decision =
      open.length > 0 && reason
        ? [
            event(
              'decision.recorded',
              { number: nextDecision(state.decisions), message: null },
              {
                what: `Move from ${phaseLabel(state.phase)} to ${phaseLabel(to)} with ${openWords(open)} open.`,
                why: reason,
              },
            ),
          ]
        : []
    return {
      events: [...allowed, entered, ...decision],
      reply: moved(state, to, decision[0]?.data.number, context),
    }
  },
}

const openWords = (ids: readonly string[]): string =>
  `required ${ids.length === 1 ? 'item' : 'items'} ${ids.join(', ')}`

function moved(
  state: IncidentState,
  to: PhaseId,
  decision: number | undefined,
  context: Context,
): Decision['reply'] {
  const back = phaseIndex(to) < phaseIndex(state.phase)
  const next = openItems({ ...state, phase: to }).slice(0, 3)
  const after = nextPhase(to)
  return say(
    'Recorded.',
    [
      `${back ? 'Back in' : 'Now in'} ${phaseLabel(to)}; it was ${phaseLabel(state.phase)}.`,
      ...(decision ? [`Your reason is recorded as decision ${decision}.`] : []),
      ...next.map((item) => `○ ${item.id} ${titleOf(item)}${item.required ? ' — required' : ''}`),
    ],
    [
      button('Checklist', 'check', ofIncident(context)),
      ...(after ? [button(`Move to ${phaseLabel(after)}`, `phase ${after}`, ofIncident(context))] : []),
    ],
  )
}
