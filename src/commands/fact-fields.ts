/** What the forms and refusals of facts share. */
import type { Field, Option } from '../views/card.ts'
import type { Context } from './command.ts'

export const formButton = (fact: string, context: Context) => ({
  label: 'Open the form',
  line: `fact ${fact}`,
  form: true,
  ...(context.state ? { incident: context.state.incident } : {}),
})

export const choice = (label: string, options: readonly Option[], initial: string | undefined): Field => ({
  kind: 'choice',
  name: 'value',
  label,
  options,
  ...(options.some(({ value }) => value === initial) && initial ? { initial } : {}),
})

export const dayField = (label: string, initial: string): Field => ({
  kind: 'text',
  name: 'value',
  label,
  hint: 'For example: 10 Nov 2026',
  maxLength: 60,
  ...(initial ? { initial } : {}),
})
