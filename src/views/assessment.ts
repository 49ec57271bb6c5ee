/** The breach risk assessment as it stands: what was answered, what is missing, and who signed. Rationales are sealed. */
import { concluded, conclusionLabel } from '../domain/assessment.ts'
import {
  type Assessment,
  type AssessmentPart,
  answers,
  exceptions,
  factors,
} from '../domain/assessment-parts.ts'
import { factLabel } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import type { Block, Button, Card, Line, Span } from './card.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  form,
  lines,
  momentOf,
  type OpenScene,
  quiet,
  upperFirst,
} from './scene.ts'
import { sealedLine } from './sealed.ts'
import type { View } from './view.ts'

export const answerLabel = (answer: string): string =>
  answers.find(({ id }) => id === answer)?.label ??
  exceptions.find(({ id }) => id === answer)?.label ??
  'none applies'

function part(scene: OpenScene, id: AssessmentPart, head: string, law: string): Block {
  const given = scene.state.assessment.answers[id]
  if (!given) return lines([[{ bold: head }, `  not answered yet · 45 CFR ${law}`]])
  const shown = given.evidence.length > 0 ? ` · see entries ${given.evidence.join(', ')}` : ''
  const rationale = sealedLine(scene.text(given.seq), 'rationale', 400)
  return lines([
    [{ bold: head }, `  ${answerLabel(given.answer)} · 45 CFR ${law}`],
    ...(rationale ? [rationale] : []),
    [byWhom(given.by), `, ${momentOf(scene.state, given.at)} · entry ${given.seq}${shown}`],
  ])
}

/** The three questions before the factors are facts of their own. */
function before({ facts }: IncidentState): Line {
  const say = (fact: 'phi' | 'permitted' | 'encryption', words: string | undefined) =>
    `${factLabel(fact)}: ${words ?? 'not recorded'}`
  const { phi, permitted, encryption, unsecured } = facts
  const secured = encryption
    ? encryption.value.encrypted
      ? `encrypted, key ${encryption.value.key}`
      : 'no'
    : unsecured
      ? unsecured.value.unsecured
        ? 'unsecured'
        : 'secured'
      : undefined
  return [
    say('phi', phi && (phi.value.involved ? 'yes' : 'no')),
    ' · ',
    say('permitted', permitted && (permitted.value.permitted ? 'yes' : 'no')),
    ' · ',
    say('encryption', secured),
  ]
}

/** What comes before the factors and nobody recorded yet: one button each, at most three. */
function unasked(state: IncidentState): readonly Button[] {
  const { phi, permitted, encryption, unsecured } = state.facts
  return [
    ...(phi ? [] : [form(state, 'Was PHI involved?', 'fact phi')]),
    ...(permitted ? [] : [form(state, 'Was it permitted?', 'fact permitted')]),
    ...(encryption || unsecured ? [] : [form(state, 'Was it encrypted?', 'fact encryption')]),
  ]
}

export function standingWords(state: IncidentState, assessment: Assessment = state.assessment): Span[] {
  const { signed, confirmed } = assessment
  if (!signed) return ['Presumed a breach until a named person signs otherwise.']
  const what = conclusionLabel(signed.conclusion)
  const signedBy: Span[] = [
    'Signed as ',
    { bold: what },
    ' by ',
    byWhom(signed.by),
    `, ${momentOf(state, signed.at)}`,
  ]
  if (signed.conclusion === 'breach') return [...signedBy, '.']
  if (!confirmed)
    return [...signedBy, '. It holds once another officer confirms it; until then it is presumed a breach.']
  return [...signedBy, ', confirmed by ', byWhom(confirmed.by), `, ${momentOf(state, confirmed.at)}.`]
}

export function assessmentCard(scene: OpenScene): Card {
  const { state } = scene
  const { assessment } = state
  const waits =
    assessment.signed !== null && assessment.signed.conclusion !== 'breach' && !assessment.confirmed
  return about(state, 'breach risk assessment', [
    lines([[{ bold: `Breach risk assessment, version ${assessment.version}` }], standingWords(state)]),
    quiet(before(state)),
    part(scene, 'exception', 'An exception applies?', '164.402(1)'),
    ...factors.map(({ id, label, law }) => part(scene, id, upperFirst(label), law)),
    quiet(
      'Nothing here is added up: people weigh it, and a named person decides (45 CFR 164.402(2), 164.414(b)).',
    ),
    ...buttons(
      ...unasked(state),
      form(state, 'Answer the factors', 'assess answer'),
      ...(waits ? [form(state, 'Confirm it', 'assess confirm')] : []),
      ...(concluded(assessment) === null ? [form(state, 'Sign it', 'assess sign')] : []),
    ),
  ])
}

/** One post in the room: what was signed, or that what was signed no longer holds. The reason stands on the card, not here. */
export const assessment: View = {
  texts: () => [],
  draw: ({ state }) =>
    about(state, 'the breach risk assessment changed', [
      lines([[{ bold: 'Breach risk assessment' }], standingWords(state)]),
      ...buttons(act(state, 'See it', 'assess')),
    ]),
}
