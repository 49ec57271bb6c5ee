/**
 * The facts of an incident that people record with `fact`. Values are structured and never PHI;
 * the reason, and who outside chat said so, are sealed beside them.
 */
import { startWords } from './clock-starts.ts'
import type { IncidentKind } from './kinds.ts'
import type { Knowledge } from './knowers.ts'

export const severities = ['low', 'moderate', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export interface FactValues {
  /** When anyone here first knew. Provisional until the privacy officer confirms it. 45 CFR 164.404(a)(2) */
  discovered: { readonly at: string; readonly confirmed: boolean }
  /** Somebody else who knew, or whose knowledge was recorded by mistake. 45 CFR 164.404(a)(2) */
  knew: Knowledge & { readonly withdrawn: boolean }
  /** The day it would have been known by reasonable diligence. Null: recorded by mistake. 45 CFR 164.404(a)(2) */
  diligence: { readonly at: string | null }
  /** The breach itself, from its first day to its last: starts no clock, but nobody can have known of it before. */
  happened: { readonly from: string; readonly to: string }
  /** People whose unsecured PHI was involved; by State where known. 45 CFR 164.406, 164.408 */
  affected: {
    /** The best number there is. */
    readonly total: number | null
    readonly byState: Readonly<Record<string, number>>
    /** How few and how many it may turn out to be, where that is known. */
    readonly least?: number
    readonly most?: number
  }
  /** False: encrypted by an approved method and the key is safe. 45 CFR 164.402 */
  unsecured: { readonly unsecured: boolean }
  phi: { readonly involved: boolean }
  permitted: { readonly permitted: boolean }
  /** Encrypted data is secured only while its key is safe. 45 CFR 164.402, 74 FR 19006 */
  encryption: { readonly encrypted: boolean; readonly key: 'safe' | 'taken' | 'unknown' }
  /**
   * It happened at a vendor. An agent's discovery is ours; another's notice starts our clock when it reaches us, whenever
   * it is read. 45 CFR 164.404(a)(2), 164.410
   */
  vendor: {
    readonly isAgent: boolean | null
    readonly discoveredAt: string | null
    readonly reachedAt: string | null
    /** Its contract's window for telling; never longer than the law's. */
    readonly contract: { readonly amount: number; readonly unit: 'days' | 'hours' | 'business_days' } | null
  }
  /** What a law-enforcement official stated; days. Withdrawn: the statement of that day was recorded by mistake. 45 CFR 164.412 */
  delay: {
    readonly kind: 'oral' | 'written' | 'withdrawn'
    readonly on: string
    readonly until: string | null
  }
  /** When a clock began that counts from a moment of its own. Null: recorded by mistake. */
  started: { readonly start: string; readonly at: string | null }
  part2: { readonly involved: boolean }
  severity: { readonly severity: Severity }
  kind: { readonly kind: IncidentKind }
  /** A notice that went out: its clock is met, and later clocks start from it. Null: it was recorded by mistake. */
  notified: { readonly clock: string; readonly on: string | null }
  /** People without an address that works, who need substitute notice. 45 CFR 164.404(d)(2) */
  'no-address': { readonly count: number }
  /** The substitute notice is no longer posted. Null: recorded by mistake. 45 CFR 164.404(d)(2)(ii) */
  'taken-down': { readonly on: string | null }
  /** The attacker reads this chat, or it is down: move to another path. */
  'chat-compromised': { readonly compromised: boolean }
}

export type Fact = keyof FactValues
export type FactValue = FactValues[Fact]

/** One row a fact: how it is named, asked and shown. */
export const facts: readonly {
  readonly id: Fact
  readonly label: string
  readonly aliases: readonly string[]
  readonly usage: string
  readonly movesClocks: boolean
}[] = [
  {
    id: 'discovered',
    label: 'discovery date',
    aliases: ['discovered', 'discovery', 'first knew', 'noticed', 'known'],
    usage: 'fact discovered 18 Nov 2026 because the help-desk ticket is from the 18th',
    movesClocks: true,
  },
  {
    id: 'knew',
    label: 'who knew, and when',
    aliases: ['knew', 'who knew', 'knowledge'],
    usage: 'fact knew employee 11 Nov 2026 by "Maria Lopez, help desk"',
    movesClocks: true,
  },
  {
    id: 'diligence',
    label: 'reasonable diligence',
    aliases: ['diligence', 'reasonable diligence', 'should have known'],
    usage: 'fact diligence 10 Nov 2026 because the alert stood unread since the 10th',
    movesClocks: true,
  },
  {
    id: 'happened',
    label: 'when it happened',
    aliases: ['happened', 'occurred', 'breach date', 'breach dates'],
    usage: 'fact happened 3 Nov 2026 to 5 Nov 2026',
    movesClocks: false,
  },
  {
    id: 'affected',
    label: 'affected individuals',
    aliases: ['affected', 'people', 'count', 'individuals', 'patients', 'states', 'residents'],
    usage: 'fact affected 612 TX 501 OK 111',
    movesClocks: true,
  },
  {
    id: 'unsecured',
    label: 'unsecured PHI',
    aliases: ['unsecured', 'secured'],
    usage: 'fact unsecured no because full-disk encryption was on and the key is safe',
    movesClocks: true,
  },
  {
    id: 'phi',
    label: 'PHI involved',
    aliases: ['phi', 'phi involved', 'ephi'],
    usage: 'fact phi yes',
    movesClocks: true,
  },
  {
    id: 'permitted',
    label: 'permitted use or disclosure',
    aliases: ['permitted', 'allowed', 'impermissible'],
    usage: 'fact permitted no',
    movesClocks: true,
  },
  {
    id: 'encryption',
    label: 'encryption and key',
    aliases: ['encryption', 'encrypted', 'key'],
    usage: 'fact encryption yes key safe because the key is kept elsewhere',
    movesClocks: true,
  },
  {
    id: 'vendor',
    label: 'vendor',
    aliases: ['vendor', 'business associate', 'ba', 'supplier'],
    usage: 'fact vendor agent no discovered 3 Nov 2026 reached 20 Nov 2026 contract 5 days',
    movesClocks: true,
  },
  {
    id: 'delay',
    label: 'law-enforcement delay',
    aliases: ['delay', 'law-enforcement delay', 'law enforcement', 'police'],
    usage: 'fact delay written 2 Dec 2026 until 15 Feb 2027 by "Agent Ruiz, FBI"',
    movesClocks: true,
  },
  {
    id: 'started',
    label: 'start of a clock',
    aliases: ['started', 'start', ...startWords],
    usage: 'fact determined 24 Nov 2026',
    movesClocks: true,
  },
  {
    id: 'part2',
    label: 'Part 2 records',
    aliases: ['part2', 'part 2', 'substance use records'],
    usage: 'fact part2 yes',
    movesClocks: true,
  },
  {
    id: 'severity',
    label: 'severity',
    aliases: ['severity', 'sev', 'impact'],
    usage: 'fact severity high because the ward system is down',
    movesClocks: false,
  },
  {
    id: 'kind',
    label: 'kind',
    aliases: ['kind', 'type', 'category'],
    usage: 'fact kind lost-device',
    movesClocks: false,
  },
  {
    id: 'notified',
    label: 'notice sent',
    aliases: ['notified', 'sent', 'notice', 'mailed'],
    usage: 'fact notified individuals 11 Jan 2027 (or: not sent)',
    movesClocks: true,
  },
  {
    id: 'no-address',
    label: 'people without address',
    aliases: ['no-address', 'no address', 'insufficient contacts', 'returned', 'undeliverable'],
    usage: 'fact no-address 14 because the letters came back',
    movesClocks: true,
  },
  {
    id: 'taken-down',
    label: 'posting taken down',
    aliases: ['taken-down', 'taken down', 'posting ended', 'posting taken down'],
    usage: 'fact taken-down 14 Apr 2027 (or: not after all)',
    movesClocks: true,
  },
  {
    id: 'chat-compromised',
    label: 'chat compromised',
    aliases: ['chat-compromised', 'chat compromised', 'compromised', 'chat'],
    usage: 'fact chat-compromised yes because the attacker had an administrator session',
    movesClocks: false,
  },
]

export const factRow = (id: Fact) => facts.find((fact) => fact.id === id)!
export const factLabel = (id: Fact): string => factRow(id).label

export function factFromWords(word: string): Fact | undefined {
  const typed = word.trim().toLowerCase().replace(/_/g, '-')
  return facts.find((fact) => fact.id === typed || fact.aliases.includes(typed))?.id
}
