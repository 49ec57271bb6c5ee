/**
 * The register of incidents and their outcomes (45 CFR 164.308(a)(6)(ii)): one row each, structured facts only, so that
 * nothing in it is anybody's health information or words.
 */
import type { IncidentState } from '../domain/incident.ts'
import { kindLabel } from '../domain/kinds.ts'
import { outcomeLabel } from '../domain/outcomes.ts'
import { phaseLabel } from '../domain/phases.ts'
import { regulations } from '../domain/regulations.ts'
import { localIso } from '../domain/zone.ts'
import type { Card } from './card.ts'
import { comesHow, sizeWords } from './exports.ts'
import { say } from './say.ts'

export const registerColumns: readonly string[] = [
  'incident',
  'drill',
  'kind',
  'declared at (UTC)',
  'declared at (organisation)',
  'declared by',
  'discovered',
  'discovery confirmed',
  'severity',
  'PHI involved',
  'unsecured PHI',
  'people affected',
  'status',
  'phase',
  'outcome',
  'duplicate of',
  'closed at (UTC)',
  'decisions',
  'notices sent',
  'last days still open',
]

type Cell = string | number | null

const yesNo = (value: boolean | undefined): string | null =>
  value === undefined ? null : value ? 'yes' : 'no'

const clockLabel = (clock: string): string => regulations.find(({ id }) => id === clock)?.label ?? clock

/** `name`: of whoever declared it, as the record has it. */
export function registerRow(state: IncidentState, name: string | undefined): readonly Cell[] {
  const { declared, facts, closed, notified, clocks, organisation } = state
  const { discovered, severity, phi, unsecured, affected } = facts
  const sent = Object.entries(notified).sort(([one], [other]) => (one < other ? -1 : 1))
  const open = Object.entries(clocks)
    .filter(([clock, { lastDay }]) => lastDay !== null && !notified[clock])
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return [
    state.incident,
    state.drill ? 'yes' : 'no',
    kindLabel(state.kind),
    declared.at,
    localIso(organisation.zone, declared.at),
    name ?? 'no name on record',
    discovered?.value.at ?? null,
    yesNo(discovered?.value.confirmed),
    severity?.value.severity ?? null,
    yesNo(phi?.value.involved),
    yesNo(unsecured?.value.unsecured),
    affected?.value.total ?? null,
    closed ? 'closed' : 'open',
    phaseLabel(state.phase),
    closed ? outcomeLabel(closed.outcome) : null,
    closed?.duplicateOf ?? null,
    closed?.at ?? null,
    state.decisions.length,
    sent.map(([clock, { on }]) => `${clockLabel(clock)}: ${on}`).join('; '),
    open.map(([clock, { lastDay }]) => `${clockLabel(clock)}: ${lastDay}`).join('; '),
  ]
}

export const registerAsked = (platform: string): Card =>
  say('The register is being made.', [
    `The register of incidents and outcomes is being made. ${comesHow(platform)}`,
  ])

export const registerSentWith = (incidents: number, sha256: string): string =>
  [
    `Register of incidents and outcomes: ${incidents}. 45 CFR 164.308(a)(6)(ii)`,
    `SHA-256 ${sha256}`,
    'Save it where your records are kept: it is deleted here after 24 hours.',
  ].join('\n')

export const registerKept = (host: string, path: string, bytes: number, sha256: string): Card =>
  say('The register is ready.', [
    `The register of incidents and outcomes is ready. It lies on the server ${host}; whoever runs it can hand it to you.`,
    [{ code: path }],
    `${sizeWords(bytes)} · SHA-256 ${sha256}`,
  ])

export const registerFailed = (step: string, code: string): Card =>
  step === 'remove'
    ? say('The register is still in this chat.', [
        'The register could not be deleted from this chat. Delete it yourself.',
        `The platform said ${code}.`,
      ])
    : say('The register was not made.', [
        'The register could not be made. Nothing left. Ask for it again; if it fails again, whoever runs Wardroom finds the reason in its log.',
      ])
