/** An Adaptive Card as the client works it: its actions and inputs in reading order, and what inputs send. */
import { isRecord, list, record, text } from './core.ts'
import type { Json } from './state.ts'

export interface Placed {
  readonly action: Json
  readonly title: string
  /** The elements around it: of its action set and whatever stands above that in the same container. */
  readonly above: readonly Json[]
  /** Behind this `Action.ShowCard`, which has to be opened first. */
  readonly behind: Json | undefined
}

const children = (element: Json): readonly Json[] =>
  [
    ...list(element.items),
    ...list(element.columns),
    ...list(element.body),
    ...list(element.rows),
    ...list(element.cells),
  ].filter(isRecord)

function placed(actions: readonly unknown[], above: readonly Json[], behind: Json | undefined): Placed[] {
  return actions.filter(isRecord).flatMap((action) => {
    const own = { action, title: text(action.title), above, behind }
    return action.type === 'Action.ShowCard' ? [own, ...actionsIn(record(action.card), action)] : [own]
  })
}

export function actionsIn(card: Json, behind?: Json): Placed[] {
  const walk = (elements: readonly Json[]): Placed[] =>
    elements.flatMap((element, at) => {
      const above = elements.slice(0, at)
      const select = element.selectAction ? placed([element.selectAction], above, behind) : []
      return [
        ...select,
        ...(element.type === 'ActionSet' ? placed(list(element.actions), above, behind) : []),
        ...walk(children(element)),
      ]
    })
  const body = list(card.body).filter(isRecord)
  return [...walk(body), ...placed(list(card.actions), body, behind)]
}

/** Every element, depth first. */
export function elementsIn(card: Json): Json[] {
  const walk = (elements: readonly Json[]): Json[] =>
    elements.flatMap((element) => [element, ...walk(children(element))])
  return walk(list(card.body).filter(isRecord))
}

export const inputsIn = (card: Json): Json[] =>
  elementsIn(card).filter(({ type }) => text(type).startsWith('Input.'))

export type Filled = Readonly<Record<string, string | readonly string[]>>

const titled = (input: Json, value: string): string => {
  const choice = list(input.choices)
    .map(record)
    .find((each) => each.title === value)
  return choice ? text(choice.value) : value
}

/** By id, by label, or by the label's beginning. A choice may be named by its title. */
function inputNamed(inputs: readonly Json[], key: string): Json | undefined {
  const byLabel = (fits: (label: string) => boolean) => inputs.find(({ label }) => fits(text(label)))
  return (
    inputs.find(({ id }) => id === key) ??
    byLabel((label) => label === key) ??
    byLabel((label) => label.startsWith(key))
  )
}

/** What the client sends: by input id, strings only, several choices with commas between. */
export function collect(
  card: Json,
  filled: Filled,
): { values: Record<string, string>; strays: readonly string[] } {
  const inputs = inputsIn(card)
  const values: Record<string, string> = {}
  for (const input of inputs)
    values[text(input.id)] = input.type === 'Input.Toggle' ? text(input.value) || 'false' : text(input.value)
  const strays: string[] = []
  for (const [key, value] of Object.entries(filled)) {
    const input = inputNamed(inputs, key)
    if (!input) strays.push(key)
    else
      values[text(input.id)] =
        typeof value === 'string' ? titled(input, value) : value.map((each) => titled(input, each)).join(',')
  }
  return { values, strays }
}

/** What the client says before it sends anything, by input id. */
export function missing(card: Json, values: Readonly<Record<string, string>>): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const input of inputsIn(card)) {
    const value = values[text(input.id)] ?? ''
    const isWrong =
      typeof input.regex === 'string' && value !== '' && !new RegExp(input.regex, 'u').test(value)
    const isLong = typeof input.maxLength === 'number' && value.length > input.maxLength
    const choices = list(input.choices).map((each) => record(each).value)
    const isNoChoice =
      input.type === 'Input.ChoiceSet' &&
      value !== '' &&
      !value.split(',').every((each) => choices.includes(each))
    if ((input.isRequired === true && value === '') || isWrong || isLong || isNoChoice)
      errors[text(input.id)] = text(input.errorMessage) || 'This does not fit.'
  }
  return errors
}
