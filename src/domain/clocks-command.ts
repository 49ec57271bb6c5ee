// `wardroom clocks`: JSON text in, JSON text out. One facts object gives one result, a list gives a list; bad facts give
// exit 2 and one line a mistake, and then nothing is computed at all.
import { type ClockFacts, computeClocks, parseFacts } from './clocks.ts'
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

// A start or a day sent is named by a row of the table; under another name it would move nothing, and nobody would see it.
const namesNoRow = (facts: ClockFacts, table: readonly Regulation[]): string[] => {
  const all = table.map(({ id }) => id)
  const own = table.flatMap(({ id, start, enabled }) => (enabled && start === 'recorded' ? [id] : []))
  const wrong = (of: 'starts' | 'sentAt', ids: readonly string[], accepted: string) =>
    Object.keys(facts[of] ?? {})
      .filter((id) => !ids.includes(id))
      .map((id) => `${of}[${JSON.stringify(id)}]: is not such a clock; accepted: ${accepted}`)
  return [...wrong('starts', own, own.join(', ')), ...wrong('sentAt', all, 'the id of a clock')]
}

const readFacts = (input: unknown, table: readonly Regulation[]) => {
  const parsed = parseFacts(input)
  const mistakes = parsed.ok ? namesNoRow(parsed.facts, table) : []
  return mistakes.length > 0 ? { ok: false as const, mistakes } : parsed
}

export const runClocks = (input: string, table: readonly Regulation[] = regulations): ClocksRun => {
  const json = readJson(input)
  if (!json.ok) {
    const err = 'facts: is not JSON; accepted: one facts object, or a list of them\n'
    return { exit: 2, out: '', err }
  }
  const many = Array.isArray(json.value)
  const parsed = (many ? (json.value as unknown[]) : [json.value]).map((one) => readFacts(one, table))
  const mistakes = parsed.flatMap((one, index) =>
    one.ok ? [] : one.mistakes.map((line) => (many ? `[${index}].${line}` : line)),
  )
  if (mistakes.length > 0) return { exit: 2, out: '', err: lines(mistakes) }
  const results = parsed.flatMap((one) => (one.ok ? [computeClocks(one.facts, table)] : []))
  return { exit: 0, out: `${JSON.stringify(many ? results : results[0], null, 2)}\n`, err: '' }
}
