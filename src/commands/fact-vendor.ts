/**
 * It happened at a vendor. Whether it is our agent decides from when we are counted; its notice counts from the day it
 * reached us (45 CFR 164.404(a)(2), 164.410).
 */
import { factDate } from '../domain/clock-facts.ts'
import type { FactValues } from '../domain/facts.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { beforeBreach, type Reading, readMoment, refused, sayOn, together } from './fact-days.ts'
import { choice } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

type Vendor = FactValues['vendor']
type Window = NonNullable<Vendor['contract']>

const how = 'Type it like fact vendor agent no discovered 3 Nov 2026 reached 20 Nov 2026 contract 5 days.'

const KEYS = ['agent', 'discovered', 'reached', 'contract'] as const
type Key = (typeof KEYS)[number]

/** What stands after each keyword; undefined where there is other text. */
function split(typed: string): Partial<Record<Key, string>> | undefined {
  const parts = typed.trim().split(/\b(agent|discovered|reached|contract)\b/i)
  if (parts[0]?.trim()) return undefined
  const found: Partial<Record<Key, string>> = {}
  for (let at = 1; at < parts.length; at += 2) {
    const key = parts[at]!.toLowerCase() as Key
    if (found[key] !== undefined) return undefined
    found[key] = parts[at + 1]!.trim()
  }
  return found
}

const agents: Readonly<Record<string, boolean | null>> = { yes: true, no: false, unknown: null }

function windowOf(reading: Reading, typed: string): Window | Refusal {
  const found = /^(\d{1,4})\s*(business|working)?\s*(days?|hours?|h|d)$/i.exec(typed)
  const amount = Number(found?.[1])
  if (!found || amount < 1 || (found[2] && /^h/i.test(found[3]!)))
    return refused(
      reading,
      'contract',
      `The contract's window is a number of days, business days or hours, such as 5 days or 72 hours. ${how}`,
      'window',
    )
  if (found[2]) return { amount, unit: 'business_days' }
  return { amount, unit: /^h/i.test(found[3]!) ? 'hours' : 'days' }
}

export const vendor: FactReader<Vendor> = {
  read: ({ value = '', more, extra, window }, context, state) => {
    const reading: Reading = { fact: 'vendor', context, state }
    const isForm = more !== undefined || extra !== undefined || window !== undefined || value in agents
    const typed = isForm ? { agent: value, discovered: more, reached: extra, contract: window } : split(value)
    if (!typed || Object.values(typed).every((said) => !said)) return refused(reading, 'words', how, 'value')
    const before = state.facts.vendor?.value
    const agent = typed.agent?.toLowerCase()
    const notAgent =
      agent && !(agent in agents)
        ? refused(
            reading,
            'agent',
            `Is the vendor your agent: yes, no or unknown? It is one if you control how it does the work. ${how}`,
            'value',
          )
        : null
    const day = (said: string | undefined, field: 'more' | 'extra', old: string | null | undefined) =>
      said ? readMoment(reading, said, field) : (old ?? null)
    const discoveredAt = day(typed.discovered, 'more', before?.discoveredAt)
    const reachedAt = day(typed.reached, 'extra', before?.reachedAt)
    const contract = typed.contract ? windowOf(reading, typed.contract) : (before?.contract ?? null)
    if (notAgent || isRefusal(discoveredAt) || isRefusal(reachedAt) || isRefusal(contract))
      return together([notAgent, discoveredAt, reachedAt, contract], how)
    const impossible =
      (discoveredAt && beforeBreach(reading, discoveredAt, 'more')) ||
      (reachedAt && beforeBreach(reading, reachedAt, 'extra'))
    if (impossible) return impossible
    const { zone } = state.organisation
    if (discoveredAt && reachedAt && factDate(zone, reachedAt) < factDate(zone, discoveredAt))
      return refused(
        reading,
        'reached-before',
        `Its notice cannot have reached us ${sayOn(reachedAt, state)}, before the vendor discovered it ${sayOn(discoveredAt, state)}. Check the two days.`,
        'extra',
      )
    const isAgent = agent ? agents[agent]! : (before?.isAgent ?? null)
    return { isAgent, discoveredAt, reachedAt, contract }
  },
  say: ({ isAgent, discoveredAt, reachedAt, contract }, state) =>
    [
      isAgent === null
        ? 'a vendor, perhaps our agent'
        : isAgent
          ? 'a vendor that is our agent'
          : 'a vendor that is no agent of ours',
      ...(discoveredAt ? [`it discovered it ${sayOn(discoveredAt, state)}`] : []),
      ...(reachedAt ? [`its notice reached us ${sayOn(reachedAt, state)}`] : []),
      ...(contract ? [`its contract allows ${contract.amount} ${contract.unit.replace('_', ' ')}`] : []),
    ].join(', '),
  intro: [
    'The day its notice reached us is the day it came into our mailbox or post, not the day somebody read it.',
  ],
  fields: (context, typed) => {
    const known = context.state?.facts.vendor?.value
    const words = split(typed) ?? {}
    const agent =
      words.agent ?? (known ? (known.isAgent === null ? 'unknown' : known.isAgent ? 'yes' : 'no') : undefined)
    const initial = (said: string | undefined) => (said ? { initial: said } : {})
    return [
      choice(
        'Is it our agent (we control how it works)?',
        [
          { value: 'unknown', label: 'Not known: counted as if, the earlier date' },
          { value: 'yes', label: 'Yes: its discovery is ours' },
          { value: 'no', label: 'No: its notice starts our clock' },
        ],
        agent,
      ),
      {
        kind: 'text',
        name: 'more',
        label: 'The vendor discovered it on',
        optional: true,
        maxLength: 60,
        ...initial(words.discovered ?? known?.discoveredAt ?? undefined),
      },
      {
        kind: 'text',
        name: 'extra',
        label: 'Its notice reached our mailbox on',
        optional: true,
        maxLength: 60,
        ...initial(words.reached ?? known?.reachedAt ?? undefined),
      },
      {
        kind: 'text',
        name: 'window',
        label: 'Its contract’s window',
        hint: 'For example: 5 days, 10 business days, 72 hours',
        optional: true,
        maxLength: 30,
        ...initial(words.contract),
      },
    ]
  },
}
