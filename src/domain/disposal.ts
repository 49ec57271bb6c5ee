/**
 * Disposal as the chain tells it: what was asked, who approved, and so which sealed content is lawfully gone. Nobody's
 * word but the log's is taken: content that is missing otherwise was taken away.
 */
import { isSignedBy, publicKeyOf } from './checkpoint.ts'
import type { DisposalOf } from './custody-events.ts'
import type { EventOf } from './events.ts'
import type { DisposalAsked } from './incident-state.ts'
import { type EntryLine, sha256Hex } from './record.ts'

/** So many different people must have approved; one of them may sign from outside. */
export const APPROVALS = 2

export const isApproved = ({
  approvedBy,
  isSigned,
}: Pick<DisposalAsked, 'approvedBy' | 'isSigned'>): boolean =>
  new Set(approvedBy).size + (isSigned ? 1 : 0) >= APPROVALS

/** What somebody outside the roster signs: the request, bound to its entry by the entry's hash. */
export const requestText = (request: {
  readonly incident: string
  readonly seq: number
  readonly hash: string
  readonly of: DisposalOf
  readonly keptUntilOn: string | null
}): string =>
  [
    `wardroom disposal ${request.incident}`,
    request.seq,
    request.hash,
    request.of.what === 'incident' ? 'incident' : `entries ${request.of.seqs.join(' ')}`,
    request.keptUntilOn === null ? 'whatever its age' : `kept through ${request.keptUntilOn}`,
  ]
    .map((line) => `${line}\n`)
    .join('')

interface Asked {
  readonly of: DisposalOf
  readonly signer: string | null
  readonly text: string
  readonly approvedBy: string[]
  isSigned: boolean
}

export interface Disposals {
  /** Each line of the log in order, or only those of `isDisposalKind`. A sentence when the line claims what was not approved. */
  readonly add: (line: EntryLine, record: Uint8Array) => string | undefined
  /** Whether what was sealed with this entry was disposed of. */
  readonly isGone: (seq: number) => boolean
}

export const isDisposalKind = (kind: string): boolean =>
  kind.startsWith('disposal.') || kind === 'content.disposed'

const same = (a: DisposalOf, b: DisposalOf): boolean => a.what === b.what && String(a.seqs) === String(b.seqs)

export function disposals(): Disposals {
  const asked = new Map<number, Asked>()
  const gone = new Set<number>()
  let before = 0

  function disposed(line: EntryLine): string | undefined {
    const data = line.data as EventOf<'content.disposed'>['data']
    const request = asked.get(data.request)
    if (!request || !same(request.of, data)) return 'content was disposed of that nobody asked to dispose of'
    if (!isApproved(request)) return 'content was disposed of without two people’s approval'
    if (data.what === 'incident') before = line.seq
    else for (const seq of data.seqs) gone.add(seq)
    asked.delete(data.request)
    return undefined
  }

  return {
    add(line, record) {
      if (line.kind === 'disposal.requested') {
        const { signer, keptUntilOn, what, seqs } = line.data as EventOf<'disposal.requested'>['data']
        const of = what === 'incident' ? { what, seqs: null } : { what, seqs }
        const { incident, seq } = line
        const text = requestText({ incident, seq, hash: sha256Hex(record), of, keptUntilOn })
        asked.set(seq, { of, signer, text, approvedBy: [line.actor.id], isSigned: false })
      } else if (line.kind === 'disposal.approved') {
        const { request, by, signature = '' } = line.data as EventOf<'disposal.approved'>['data']
        const about = asked.get(request)
        if (!about) return undefined
        if (by === 'person') about.approvedBy.push(line.actor.id)
        else if (about.signer !== null && isSignatureOf(about.signer, about.text, signature))
          about.isSigned = true
        else return 'approval of a disposal bears a signature that is not the one asked for'
      } else if (line.kind === 'disposal.withdrawn')
        asked.delete((line.data as EventOf<'disposal.withdrawn'>['data']).request)
      else if (line.kind === 'content.disposed') return disposed(line)
      return undefined
    },
    isGone: (seq) => seq < before || gone.has(seq),
  }
}

export function isSignatureOf(publicKey: string, text: string, signature: string): boolean {
  try {
    return isSignedBy(publicKeyOf(publicKey), text, signature)
  } catch {
    return false
  }
}
