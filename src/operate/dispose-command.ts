/**
 * `wardroom dispose`: what is due, and carrying out what two people approved on the record. It decides nothing: holds,
 * dates and approvals are looked at again in the transaction that deletes and says so, so that both happen or neither.
 */
import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { isApproved, isSignatureOf, requestText } from '../domain/disposal.ts'
import { event } from '../domain/events.ts'
import type { DisposalAsked, IncidentState } from '../domain/incident.ts'
import type { Organisation } from '../domain/organisation.ts'
import { canonicalBytes, sha256Hex } from '../domain/record.ts'
import { createdIn, retentionOf } from '../domain/retention.ts'
import { commitEvents, SYSTEM } from '../pipeline/commit.ts'
import { DatabaseFault } from '../store/db.ts'
import { NO_DISPOSAL } from '../store/dispose.ts'
import type { Store } from '../store/store.ts'
import type { Unit } from '../store/unit.ts'
import { disposalWords } from '../views/disposal-words.ts'

export interface DisposeArguments {
  readonly incident?: string
  /** A request's entry number, to print what is to be signed. */
  readonly request?: number
  readonly signedBy?: string
}

export function readDisposeArguments(args: readonly string[]): DisposeArguments | undefined {
  const [incident, flag, value, ...more] = args
  if (incident === undefined) return {}
  if (!/^inc-\d{4}-\d{4,}$/.test(incident) || more.length > 0) return undefined
  if (flag === undefined) return { incident }
  if (value === undefined) return undefined
  if (flag === '--signed-by') return { incident, signedBy: value }
  return flag === '--request' && /^\d{1,9}$/.test(value) ? { incident, request: Number(value) } : undefined
}

/** The login that may delete, where the server's own may not. */
export const disposing = (config: Config): Config => ({
  ...config,
  databaseUrl: config.databaseUrl && (config.disposeDatabaseUrl ?? config.databaseUrl),
})

interface Desk {
  readonly store: Store
  readonly now: () => Date
  readonly out: (line: string) => void
  readonly fail: (line: string) => void
}

export async function dispose({ incident, request, signedBy }: DisposeArguments, desk: Desk): Promise<0 | 1> {
  if (incident === undefined) return listDue(desk)
  if (request !== undefined) return printRequest(incident, request, desk)
  try {
    return await carryOut(incident, signedBy, desk)
  } catch (error) {
    if (!(error instanceof DatabaseFault) || error.code !== NO_DISPOSAL) throw error
    desk.fail(
      'This login may not dispose of sealed content: give one that is a member of wardroom_app and wardroom_disposal as DISPOSE_DATABASE_URL (README, Disposal). Nothing was disposed of.',
    )
    return 1
  }
}

async function listDue({ store, now, out }: Desk): Promise<0> {
  const organisation = await store.organisation()
  let due = 0
  let next: { incident: string; on: string } | undefined
  for (const state of (await store.incidents()).toReversed()) {
    const created = createdIn(await store.lines(state.incident, { of: 'retention' }))
    const { bar, keptUntilOn } = retentionOf(state, organisation, created, now())
    for (const asked of state.disposals) out(`${state.incident}: ${saysAsked(asked, state)}`)
    if (bar === null) due += 1
    if (bar === null && !state.disposals.some(({ of }) => of.what === 'incident'))
      out(
        `${state.incident}: was kept through ${keptUntilOn}; nobody has asked yet: dispose ${state.incident} because …, in chat`,
      )
    if (bar === 'legal-hold') out(`${state.incident}: a legal hold stands`)
    if (bar === 'not-yet' && (!next || keptUntilOn < next.on))
      next = { incident: state.incident, on: keptUntilOn }
  }
  if (due === 0) out(`Nothing is due.${next ? ` Next: ${next.incident}, kept through ${next.on}.` : ''}`)
  return 0
}

const saysAsked = (asked: DisposalAsked, { incident }: IncidentState): string =>
  isApproved(asked)
    ? `entry ${asked.seq}, ${disposalWords(asked.of)}: approved. Carry it out: wardroom dispose ${incident}`
    : `entry ${asked.seq}, ${disposalWords(asked.of)}: asked, one more approval is needed${asked.signer ? `, or a signature: wardroom dispose ${incident} --request ${asked.seq}` : ''}`

async function printRequest(incident: string, request: number, { store, out, fail }: Desk): Promise<0 | 1> {
  const asked = (await store.incident(incident))?.disposals.find(({ seq }) => seq === request)
  if (!asked) {
    fail(`No request for a disposal stands under entry ${request} of ${incident}.`)
    return 1
  }
  out((await wordsOf(store, incident, asked)).trimEnd())
  return 0
}

/** Stored bytes are canonical, so the line read is the line that was hashed. */
async function wordsOf(from: Pick<Unit, 'lines'>, incident: string, asked: DisposalAsked): Promise<string> {
  const lines = await from.lines(incident, { of: 'message', seq: asked.seq })
  const line = lines.find(({ seq }) => seq === asked.seq)
  if (!line) throw new Error(`${incident} has no entry ${asked.seq}`)
  return requestText({ incident, ...asked, hash: sha256Hex(canonicalBytes(line)) })
}

const PATIENT = { lockTimeoutMs: 30_000, statementTimeoutMs: 600_000 }
const QUIET = { announceChannels: {}, pagerWebhook: false }

async function carryOut(
  incident: string,
  signedBy: string | undefined,
  { store, now, out, fail }: Desk,
): Promise<0 | 1> {
  const signature = signedBy === undefined ? undefined : readSignature(signedBy)
  const told = await store.write(async (unit): Promise<readonly string[]> => {
    // The organisation's lock too: a legal hold over every incident waits for us, or we for it.
    const organisation = await unit.organisation()
    let state = await unit.incident(incident)
    if (!state) return [`! ${incident} is not on the record.`]
    const stamp = { actor: SYSTEM, at: now(), source: null }
    if (signature !== undefined) {
      const signed = await approvalBy(signature, state, unit)
      if (!signed) return ['! The signature is of no request that names its key. Nothing was disposed of.']
      state = (await commitEvents(unit, incident, state, [signed], stamp, QUIET)).state
    }
    if (state.disposals.length === 0) return ['! Nobody asks for a disposal here. Ask in chat first.']
    const said: string[] = []
    for (const asked of state.disposals.filter(isApproved)) {
      const barred = await barOf(unit, state, organisation, asked, now())
      if (barred) {
        said.push(`! ${barred} Nothing was disposed of as entry ${asked.seq} asked.`)
        continue
      }
      await unit.dispose(incident, asked.of)
      const disposed = event('content.disposed', { ...asked.of, request: asked.seq }, undefined, asked.seq)
      const before: IncidentState = state
      state = (await commitEvents(unit, incident, before, [disposed], stamp, QUIET)).state
      said.push(`${incident}: ${disposalWords(asked.of)} disposed of, as entry ${asked.seq} asked.`)
      if (asked.of.what === 'incident') break
    }
    const waiting = state.disposals.filter((asked) => !isApproved(asked)).map(({ seq }) => seq)
    return said.length > 0
      ? said
      : [`! One more approval is needed for entry ${waiting.join(', ')}. Nothing was disposed of.`]
  }, PATIENT)
  for (const line of told) line.startsWith('! ') ? fail(line.slice(2)) : out(line)
  if (told.some((line) => !line.startsWith('! '))) await store.compact()
  return told.every((line) => !line.startsWith('! ')) ? 0 : 1
}

async function barOf(
  unit: Unit,
  state: IncidentState,
  organisation: Organisation,
  { of }: DisposalAsked,
  now: Date,
): Promise<string | undefined> {
  const { incident } = state
  if (state.legalHold || organisation.legalHold) return `A legal hold stands on ${incident}.`
  if (of.what === 'entry') return undefined
  const created = createdIn(await unit.lines(incident, { of: 'retention' }))
  const { bar, keptUntilOn } = retentionOf(state, organisation, created, now)
  if (bar === 'open') return `${incident} is open again.`
  if (bar === 'nothing-left') return `Nothing of ${incident} is left.`
  return bar === null ? undefined : `${incident} is kept through ${keptUntilOn}.`
}

/** As `openssl pkeyutl -sign -rawin` writes it, or its base64. */
function readSignature(file: string): string {
  const bytes = readFileSync(file)
  return bytes.length === 64 ? bytes.toString('base64') : bytes.toString('utf8').trim()
}

async function approvalBy(signature: string, state: IncidentState, unit: Unit) {
  for (const asked of state.disposals) {
    if (asked.signer === null || asked.isSigned) continue
    const words = await wordsOf(unit, state.incident, asked)
    if (isSignatureOf(asked.signer, words, signature))
      return event(
        'disposal.approved',
        { ...asked.of, request: asked.seq, by: 'signature', signature },
        undefined,
        asked.seq,
      )
  }
  return undefined
}
