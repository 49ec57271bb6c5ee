// `wardroom clocks`: JSON text in, JSON text out. One facts object gives one result, a list gives a list; bad facts give
// exit 2 and one line a mistake, and then nothing is computed at all.
import { computeClocks, parseFacts } from './clocks.ts'
import type { Regulation } from './regulation.ts'
import { regulations } from './regulations.ts'

export type ClocksRun = { exit: 0 | 2; out: string; err: string }

const lines = (mistakes: readonly string[]) => mistakes.map((line) => `${line}\n`).join('')

const readJson = (input: string): { ok: true; value: unknown } | { ok: false } => {
  try {
    return { ok: true, value: JSON.parse(input.replace(/^\uFEFF/, '')) }
  } catch {
    return { ok: false }
  }
}

export const runClocks = (input: string, table: readonly Regulation[] = regulations): ClocksRun => {
  const json = readJson(input)
  if (!json.ok) {
    const err = 'facts: is not JSON; accepted: one facts object, or a list of them\n'
    return { exit: 2, out: '', err }
  }
  const many = Array.isArray(json.value)
  const parsed = (many ? (json.value as unknown[]) : [json.value]).map(parseFacts)
  const mistakes = parsed.flatMap((one, index) =>
    one.ok ? [] : one.mistakes.map((line) => (many ? `[${index}].${line}` : line)),
  )
  if (mistakes.length > 0) return { exit: 2, out: '', err: lines(mistakes) }
  const results = parsed.flatMap((one) => (one.ok ? [computeClocks(one.facts, table)] : []))
  return { exit: 0, out: `${JSON.stringify(many ? results : results[0], null, 2)}\n`, err: '' }
}
