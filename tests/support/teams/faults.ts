/** Failures on demand. Each rule is used up after `times`; rules are tried in the order they were made. */
import type { Json } from './state.ts'

/** How a call of the bot goes wrong. `done`: it took effect all the same. */
export type CallFault =
  | {
      readonly kind: 'status'
      readonly status: number
      readonly code?: string
      readonly message?: string
      readonly retryAfterSeconds?: number
      readonly done?: boolean
    }
  /** The connection is cut, before or after anything was done. */
  | { readonly kind: 'cut'; readonly done: boolean }
  /** Never answered; the caller's own time-out ends it. */
  | { readonly kind: 'hang'; readonly done: boolean }
  /** A page where data was asked for, at HTTP 200. */
  | { readonly kind: 'page' }

export type Match = (activity: Json) => boolean
export type Fate = 'send' | 'drop' | 'duplicate' | 'hold' | 'cut'
type Rule = { readonly fate: Fate; readonly ms: number; readonly match: Match; left: number }

export interface FaultBook {
  /** What becomes of this activity now. */
  readonly fateOf: (activity: Json) => { readonly fate: Fate; readonly delayMs: number }
  /** `connector.send` is met by rules for `connector.send`, `connector.*` and `*`. */
  readonly callFault: (op: string) => CallFault | undefined
  readonly dropActivities: (times: number, match?: Match) => void
  readonly duplicateActivities: (times: number, match?: Match) => void
  readonly delayActivities: (ms: number, times: number, match?: Match) => void
  /** The bot gets it and answers; the answer is lost on its way, so it comes again. */
  readonly loseAnswers: (times: number, match?: Match) => void
  /** Keep matching activities back until `releaseActivities`. */
  readonly holdActivities: (match?: Match) => void
  readonly stopHolding: () => void
  readonly failCalls: (op: string, fault: CallFault, times?: number) => void
  readonly clear: () => void
}

export function faultBook(): FaultBook {
  const rules: Rule[] = []
  const calls: { op: string; fault: CallFault; left: number }[] = []
  let holding: Match | undefined
  const every: Match = () => true
  const add = (fate: Fate, ms: number, left: number, match: Match) =>
    void rules.push({ fate, ms, match, left })
  const covers = (rule: string, op: string) =>
    rule === '*' || rule === op || (rule.endsWith('.*') && op.startsWith(rule.slice(0, -1)))
  return {
    fateOf(activity) {
      const rule = rules.find((row) => row.left > 0 && row.match(activity))
      if (rule) rule.left -= 1
      if (rule && rule.ms === 0) return { fate: rule.fate, delayMs: 0 }
      if (holding?.(activity)) return { fate: 'hold', delayMs: 0 }
      return { fate: 'send', delayMs: rule?.ms ?? 0 }
    },
    callFault(op) {
      const rule = calls.find((row) => row.left > 0 && covers(row.op, op))
      if (rule) rule.left -= 1
      return rule?.fault
    },
    dropActivities: (times, match = every) => add('drop', 0, times, match),
    duplicateActivities: (times, match = every) => add('duplicate', 0, times, match),
    delayActivities: (ms, times, match = every) => add('send', ms, times, match),
    loseAnswers: (times, match = every) => add('cut', 0, times, match),
    holdActivities: (match = every) => {
      holding = match
    },
    stopHolding: () => {
      holding = undefined
    },
    failCalls: (op, fault, times = 1) => void calls.push({ op, fault, left: times }),
    clear: () => {
      rules.length = 0
      calls.length = 0
      holding = undefined
    },
  }
}
