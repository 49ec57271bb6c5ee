/**
 * The breach risk assessment: answers with their reasons, a named person's signature, and a second person's confirmation
 * where notices would no longer be owed (45 CFR 164.402, 164.414(b)).
 */
import { z } from 'zod'
import { conclusionLabel, missingFor, partLabel } from '../domain/assessment.ts'
import { type AssessmentPart, factors } from '../domain/assessment-parts.ts'
import { type Event, event } from '../domain/events.ts'
import type { IncidentState } from '../domain/incident.ts'
import { clockMoves } from '../domain/incident-clocks.ts'
import { mayAct } from '../domain/permit.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { assessmentCard } from '../views/index.ts'
import { button, say } from '../views/say.ts'
import { answerForm, confirmForm, signForm } from './assess-form.ts'
import {
  ACTS,
  answerFromWords,
  conclusionFromWords,
  entriesFromWords,
  partFromWords,
  typedAssess,
} from './assess-words.ts'
import { moveLine } from './clock-lines.ts'
import type { Command, Context, Decision } from './command.ts'
import { fulfil, unfulfil } from './fulfil.ts'
import { maybe, participantsIncident } from './here.ts'
import { sceneOf } from './overview.ts'
import { after } from './reading.ts'
import { ofIncident } from './role-words.ts'

const PARTS: readonly AssessmentPart[] = ['exception', ...factors.map(({ id }) => id)]

const args = z.object({
  do: z.enum(ACTS),
  part: maybe,
  answer: maybe,
  see: maybe,
  reason: maybe,
  ...Object.fromEntries(
    PARTS.flatMap((part) => [`answer_${part}`, `why_${part}`, `see_${part}`]).map((name) => [name, maybe]),
  ),
})
type Args = z.infer<typeof args> & Readonly<Record<string, string | undefined>>

export const assess: Command<Args> = {
  verb: 'assess',
  aliases: ['assessment', 'risk-assessment'],
  summary: 'The breach risk assessment: answer, sign, confirm',
  usage:
    'assess [<factor> lower | higher | unclear [see <entries>] because <why> | exception <which> because <why> | sign breach | low | <exception> because <why> | confirm because <why>]',
  examples: [
    'assess acquired lower see 41 because the forensic image shows no access',
    'assess sign low because all four factors point that way',
  ],
  who: 'Anyone in the incident answers; the privacy officer or counsel signs; another officer confirms.',
  about: 'incident',
  reads: ({ do: act }) => act === 'show',
  args: args as unknown as z.ZodType<Args>,
  parse: (words) => {
    const typed = typedAssess(words)
    const isWhole = typed.do === 'show' || typed.reason !== undefined || (typed.part && typed.answer)
    return isWhole ? typed : undefined
  },
  form: ({ state }, prefill) => {
    const typed = typedAssess(prefill.words ?? '')
    const assessment = state?.assessment
    if (!assessment || typed.do === 'sign') return signForm(typed)
    return typed.do === 'confirm' ? confirmForm(assessment, typed) : answerForm(assessment)
  },
  texts: ({ state }) => Object.values(state?.assessment.answers ?? {}).map(({ seq }) => seq),
  decide: (given, context) => {
    const state = participantsIncident(context)
    if (isRefusal(state)) return state
    if (given.do === 'show')
      return { events: [], reply: assessmentCard({ ...sceneOf(context, state), text: context.text }) }
    if (given.do === 'answer') return answered(given, state, context)
    return given.do === 'sign' ? signed(given, state, context) : confirmed(given, state, context)
  },
}

const refused = (reason: string, sentence: string, field: string, context: Context, line = 'assess answer') =>
  refuse(`assess-${reason}`, sentence, {
    field,
    buttons: [{ label: 'Open the form', line, form: true, ...ofIncident(context) }],
  })

/** One answer as typed, or those of the form that were given a reason. */
function answered(given: Args, state: IncidentState, context: Context): Decision | Refusal {
  const events: Event[] = []
  if (given.part !== undefined) {
    const part = partFromWords(given.part)
    if (!part)
      return refused(
        'part',
        `That is no part of the assessment: ${PARTS.join(', ')}.`,
        'answer_exception',
        context,
      )
    const one = answerOf(part, given.answer, given.reason, given.see, context)
    if (isRefusal(one)) return one
    events.push(one)
  } else
    for (const part of PARTS) {
      const [answer, why, see] = [given[`answer_${part}`], given[`why_${part}`], given[`see_${part}`]]
      const stands = state.assessment.answers[part]
      if (!why && (answer === undefined || answer === stands?.answer) && !see) continue
      const one = answerOf(part, answer ?? stands?.answer, why, see, context)
      if (isRefusal(one)) return one
      events.push(one)
    }
  if (events.length === 0)
    return refused(
      'nothing',
      'Nothing was answered: choose an answer and say why.',
      'answer_exception',
      context,
    )
  // What was signed under other answers is to be signed again.
  const reopened = state.assessment.signed ? unfulfil(state, 'assess signed') : []
  return outcome([...reopened, ...events, ...fulfil(state, 'assess')], state, context, 'Recorded.')
}

function answerOf(
  part: AssessmentPart,
  typed: string | undefined,
  rationale: string | undefined,
  see: string | undefined,
  context: Context,
): Event | Refusal {
  const answer = typed ? answerFromWords(part, typed) : undefined
  const how =
    part === 'exception'
      ? 'none, unintentional_workforce, inadvertent_internal or not_retained'
      : 'lower, higher or unclear'
  if (!answer) return refused('answer', `${partLabel(part)}: answer ${how}.`, `answer_${part}`, context)
  if (!rationale)
    return refused(
      'why',
      `${partLabel(part)}: say why. An answer without its reason proves nothing later.`,
      `why_${part}`,
      context,
    )
  const evidence = entriesFromWords(see ?? '')
  if (!evidence)
    return refused('see', 'Name entries by their numbers, for example 12, 15.', `see_${part}`, context)
  return event('assessment.answered', { part, answer, evidence }, { rationale })
}

function signed(given: Args, state: IncidentState, context: Context): Decision | Refusal {
  const refusal = mayAct(state, context.organisation, 'assess.sign', context.actor)
  if (refusal) return refusal
  const conclusion = given.answer ? conclusionFromWords(given.answer) : undefined
  if (!conclusion)
    return refused(
      'conclusion',
      'Sign one of: breach, low, unintentional_workforce, inadvertent_internal, not_retained.',
      'answer',
      context,
      'assess sign',
    )
  if (!given.reason)
    return refused('sign-why', 'Say why: whoever signs gives the reason.', 'reason', context, 'assess sign')
  const missing = missingFor(conclusion, state.assessment)
  if (missing.length > 0)
    return refused(
      'missing',
      `Before ${conclusionLabel(conclusion)} can be signed, answer: ${missing.map(partLabel).join(', ')}. Until then it is presumed a breach.`,
      'answer',
      context,
    )
  const { version } = state.assessment
  const events = [event('assessment.signed', { version, conclusion }, { reason: given.reason })]
  const done = conclusion === 'breach' ? fulfil(state, 'assess signed') : []
  const next = conclusion === 'breach' ? 'Signed.' : 'Signed. It holds once another officer confirms it.'
  return outcome([...events, ...done], state, context, next)
}

function confirmed(given: Args, state: IncidentState, context: Context): Decision | Refusal {
  const refusal = mayAct(state, context.organisation, 'assess.confirm', context.actor)
  if (refusal) return refusal
  const { signed: signature, confirmed: already, version } = state.assessment
  if (!signature || signature.conclusion === 'breach')
    return refused(
      'nothing-to-confirm',
      'There is nothing to confirm: no low probability and no exception is signed.',
      'reason',
      context,
      'assess sign',
    )
  if (already)
    return refused('confirmed', `<@${already.by}> confirmed it already.`, 'reason', context, 'assess')
  if (signature.by === context.actor)
    return refused(
      'same-person',
      'You signed it, so somebody else must confirm it: the privacy officer, counsel or the security officer.',
      'reason',
      context,
      'assess',
    )
  if (!given.reason)
    return refused(
      'confirm-why',
      'Say why you agree: the reason stands with your name.',
      'reason',
      context,
      'assess confirm',
    )
  const { conclusion } = signature
  return outcome(
    [
      event('assessment.confirmed', { version, conclusion }, { reason: given.reason }, signature.seq),
      ...fulfil(state, 'assess signed'),
    ],
    state,
    context,
    'Confirmed.',
  )
}

/** What was recorded, and every last day it moves. */
function outcome(events: readonly Event[], state: IncidentState, context: Context, said: string): Decision {
  const next = after(state, events, context)
  const moves = clockMoves(next, null)
  const lapsed = state.assessment.signed !== null && next.assessment.signed === null
  return {
    events,
    reply: say(
      'Recorded.',
      [
        [{ bold: said }],
        ...(lapsed ? ['What was signed before no longer holds: it was signed under other answers.'] : []),
        ...moves.map((move) => moveLine(move, state.organisation.holidays)),
      ],
      [button('See it', 'assess', ofIncident(context)), button('Clocks', 'clocks', ofIncident(context))],
    ),
  }
}
