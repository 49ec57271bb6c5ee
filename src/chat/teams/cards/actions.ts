/**
 * Buttons → actions. A button is its command line as data, authorised like typed text when it comes back: nothing here
 * is trusted. One that opens a form is a Submit, which Teams answers with a dialog; one that confirms unfolds a sentence.
 */
import type { Button } from '../../../views/card.ts'
import type { Json } from './line.ts'
import { shortened } from './pieces.ts'

/** What a button brings back: its line, the incident it names, whether it asks for the form, and its post's delivery. */
export interface ButtonData {
  readonly w: { readonly l: string; readonly i?: string; readonly f?: 1 }
  readonly d?: string
}

/** Teams shows six actions of a set and drops the rest. */
const setLimit = 6
const setBytes = 6000

export const bytesOf = (json: unknown): number => Buffer.byteLength(JSON.stringify(json))

export function actionSets(buttons: readonly Button[], delivery: string | undefined): Json[] {
  const sets: Json[][] = []
  for (const each of buttons.map((button) => action(button, delivery))) {
    const last = sets.at(-1)
    if (last && last.length < setLimit && bytesOf([...last, each]) <= setBytes) last.push(each)
    else sets.push([each])
  }
  return sets.map((actions) => ({ type: 'ActionSet', actions }))
}

function action(button: Button, delivery: string | undefined): Json {
  const title = { title: shortened(button.label.trim() || '–', 75) }
  const act = { ...acting(button, delivery), ...title, ...style(button) }
  if (!button.confirm) return act
  const sentence = { type: 'TextRun', text: shortened(button.confirm, 300) }
  const body = [{ type: 'RichTextBlock', inlines: [sentence] }]
  return { type: 'Action.ShowCard', ...title, card: { type: 'AdaptiveCard', body, actions: [act] } }
}

function acting(button: Button, delivery: string | undefined): Json {
  const w = lineOf(button)
  const data: ButtonData = { w, ...(delivery === undefined ? {} : { d: delivery }) }
  // The line says all; a client may refuse an action without a verb.
  if (!w.f) return { type: 'Action.Execute', verb: w.l.split(/\s/, 1)[0] || 'home', data }
  return { type: 'Action.Submit', data: { ...data, msteams: { type: 'task/fetch' } } }
}

const styles = { primary: 'positive', danger: 'destructive' } as const

const style = (button: Button) => (button.style ? { style: styles[button.style] } : {})

/** A line cut short would be another command: one too long asks for its verb's form instead, as on every platform. */
function lineOf({ line, incident, form }: Button): ButtonData['w'] {
  const named = incident === undefined ? {} : { i: incident }
  const whole = { l: line, ...named, ...(form ? { f: 1 as const } : {}) }
  if (bytesOf(whole) <= 2000) return whole
  return { l: line.split(/\s/, 1)[0]?.slice(0, 40) ?? '', ...named, f: 1 }
}
