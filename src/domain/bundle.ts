/**
 * The export bundle, format 1: which files it has, what its first page says, and what the folded log comes to. Whoever
 * writes a bundle and whoever verifies one without a database go by this.
 */
import type { Scope } from './bundle-scope.ts'
import { factDate } from './clock-facts.ts'
import type { IncidentState } from './incident.ts'

export const FORMAT = 1

/** In the order in which they are written; what is between them has a name by number or by fingerprint. */
export const files = {
  readme: 'README.txt',
  manifest: 'bundle.json',
  damaged: 'damaged.txt',
  events: 'events.jsonl',
  text: 'content/text.txt',
  key: 'key.pem',
  tsaCa: 'tsa-ca.pem',
  reportHtml: 'report.html',
  reportPdf: 'report.pdf',
  decisions: 'decisions.csv',
  timeline: 'timeline.csv',
  custody: 'custody.csv',
  privilegeLog: 'privilege-log.csv',
  verify: 'verify.sh',
  sums: 'SHA256SUMS',
} as const

/** A captured file lies under its entry's number, never under its own name: names are words, and words can be paths. */
export const filePath = (seq: number): string => `content/files/${seq}`
export const saltPath = (seq: number): string => `content/files/${seq}.salt`

/** `entry` is the checkpoint's own; eight digits, so that sorted names are in order. */
export const checkpointPath = (entry: number, part: 'txt' | 'sig' | 'tsr'): string =>
  `checkpoints/${String(entry).padStart(8, '0')}.${part}`

export const keyPath = (fingerprint: string): string => `keys/${fingerprint}.pem`

/** `turn`: which of the record's changes of key it is, from 1. */
export const rotationPath = (turn: number, part: 'txt' | 'from.sig' | 'accepted.sig'): string =>
  `keys/${turn}-rotation.${part}`

const NUMBER = '[1-9]\\d{0,9}'
const FINGERPRINT = '[0-9A-F]{4}(?:-[0-9A-F]{4}){3}'
const BY_PATTERN = new RegExp(
  `^(?:content/files/${NUMBER}(?:\\.salt)?|checkpoints/\\d{8,10}\\.(?:txt|sig|tsr)|keys/(?:${FINGERPRINT}\\.pem|${NUMBER}-rotation\\.(?:txt|from\\.sig|accepted\\.sig)))$`,
)

/** Whether format 1 has a file of this name; every other one was put there by somebody else. */
export const isBundlePath = (path: string): boolean =>
  (Object.values(files) as string[]).includes(path) || BY_PATTERN.test(path)

/** What the folded log comes to, in the words of the record. */
export interface Reported {
  readonly kind: string
  readonly phase: string
  readonly outcome: string | null
  readonly declaredAt: string
  readonly closedAt: string | null
  readonly decisions: number
  readonly clocks: readonly {
    readonly clock: string
    readonly lastDay: string | null
    readonly notifiedOn: string | null
  }[]
}

/** The bundle's first page, one canonical line in `bundle.json`. */
export interface Manifest {
  readonly format: typeof FORMAT
  readonly incident: string
  readonly scope: Scope
  /** The entry that asked for it and is the last one in it, and that entry's hash and time. */
  readonly through: number
  readonly head: string
  readonly at: string
  readonly practice: boolean
  readonly platform: string
  readonly zone: string
  readonly reported: Reported
}

/** Of a clock of hours its instant is on the record; reported is the day. */
function notifiedOn({ notified, organisation }: IncidentState, clock: string): string | null {
  const on = notified[clock]?.on
  return on === undefined ? null : factDate(organisation.zone, on)
}

export function reportedOf(state: IncidentState): Reported {
  const clocks = [...new Set([...Object.keys(state.clocks), ...Object.keys(state.notified)])].sort()
  return {
    kind: state.kind,
    phase: state.phase,
    outcome: state.closed?.outcome ?? null,
    declaredAt: state.declared.at,
    closedAt: state.closed?.at ?? null,
    decisions: state.decisions.length,
    clocks: clocks.map((clock) => ({
      clock,
      lastDay: state.clocks[clock]?.lastDay ?? null,
      notifiedOn: notifiedOn(state, clock),
    })),
  }
}
