/** The forms of `assess`: the five questions at once, the signature, and its confirmation. */
import { conclusionLabel } from '../domain/assessment.ts'
import { type Assessment, answers, exceptions, factors } from '../domain/assessment-parts.ts'
import type { Field, Form, Option } from '../views/card.ts'
import { conclusionFromWords, type TypedAssess } from './assess-words.ts'
import { reasonField } from './role-words.ts'

type Asked = Omit<Form, 'verb' | 'nonce' | 'incident'>

const asked = (
  assessment: Assessment,
  part: keyof Assessment['answers'],
  label: string,
  hint: string,
  options: readonly Option[],
): Field[] => {
  const given = assessment.answers[part]
  const initial =
    given && options.some(({ value }) => value === given.answer) ? { initial: given.answer } : {}
  return [
    { kind: 'choice', name: `answer_${part}`, label, hint, options, optional: true, ...initial },
    {
      kind: 'long-text',
      name: `why_${part}`,
      label: 'Why',
      hint: given ? 'Left empty, what was recorded stands.' : 'The record keeps the reason with the answer.',
      optional: true,
      maxLength: 3000,
    },
    {
      kind: 'text',
      name: `see_${part}`,
      label: 'Entries that show it',
      hint: 'Their numbers, for example 12, 15',
      optional: true,
      maxLength: 100,
    },
  ]
}

export const answerForm = (assessment: Assessment): Asked => ({
  title: 'Breach risk assessment',
  submit: 'Record',
  intro: [
    'What was impermissible is presumed a breach. Nothing is added up from these answers: a named person signs.',
    'Whether PHI was involved, the use permitted and the data encrypted comes before: the card of assess asks each.',
  ],
  fields: [
    ...asked(assessment, 'exception', 'Does an exception apply?', '45 CFR 164.402(1)', [
      { value: 'none', label: 'None applies' },
      ...exceptions.map(({ id, label }) => ({ value: id, label })),
    ]),
    ...factors.flatMap(({ id, label, question }) =>
      asked(
        assessment,
        id,
        label,
        question,
        answers.map((one) => ({ value: one.id, label: one.label })),
      ),
    ),
  ],
  carry: { do: 'answer' },
})

export const signForm = (typed: TypedAssess): Asked => {
  const initial = typed.answer ? conclusionFromWords(typed.answer) : undefined
  return {
    title: 'Sign the assessment',
    submit: 'Sign',
    intro: [
      'You sign with your name. A low probability or an exception holds only once another officer confirms it.',
    ],
    fields: [
      {
        kind: 'choice',
        name: 'answer',
        label: 'Conclusion',
        options: (['breach', 'low_probability', ...exceptions.map(({ id }) => id)] as const).map((id) => ({
          value: id,
          label: conclusionLabel(id).slice(0, 70),
        })),
        ...(initial ? { initial } : {}),
      },
      reasonField(typed.reason, { label: 'Why', required: true }),
    ],
    carry: { do: 'sign' },
  }
}

export const confirmForm = ({ signed }: Assessment, typed: TypedAssess): Asked => ({
  title: 'Confirm the assessment',
  submit: 'Confirm',
  intro: [
    signed
      ? `What is confirmed: ${conclusionLabel(signed.conclusion)}. The clocks that hang on a breach end with it.`
      : 'Nothing is signed yet.',
  ],
  fields: [reasonField(typed.reason, { label: 'Why you agree', required: true })],
  carry: { do: 'confirm' },
})
