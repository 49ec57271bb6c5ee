/** What would leave with a bundle asked for now, counted from the chain: no text is opened for it. */
import { hasFile, type Scope, type ScopeKind, selecting } from './bundle-scope.ts'
import type { EntryLine } from './record.ts'

export interface Amount {
  readonly texts: number
  readonly files: number
  readonly fileBytes: number
  readonly privileged: number
}

export interface Leaving {
  readonly entries: number
  /** Undefined: the log is too long to be counted while a form waits. */
  readonly scopes: Readonly<Record<Exclude<ScopeKind, 'dates'>, Amount>> | undefined
}

/** Some tenth of a second; a form must open within three. */
export const MOST_COUNTED = 10_000

export const leavingOf = (lines: readonly EntryLine[]): Leaving => ({
  entries: lines.length,
  scopes: { 'decision-file': amountOf(lines, 'decision-file'), full: amountOf(lines, 'full') },
})

function amountOf(lines: readonly EntryLine[], kind: Scope['kind']): Amount {
  const selection = selecting({ kind, from: null, to: null })
  for (const line of lines) selection.note(line)
  let [texts, files, fileBytes, privileged] = [0, 0, 0, 0]
  for (const line of lines) {
    const verdict = selection.verdict(line)
    if (verdict === 'privileged') privileged += 1
    if (verdict !== 'opened') continue
    texts += 1
    if (!hasFile(line)) continue
    files += 1
    fileBytes += (line.data as { readonly size?: number }).size ?? 0
  }
  return { texts, files, fileBytes, privileged }
}
