/** The part of the fold that concerns custody: exhibits and whose hands they are in, the legal hold, what is disposed of. */
import type { Recorded } from './events.ts'
import type { DisposalAsked, Exhibit, IncidentState } from './incident-state.ts'

/** Undefined where the event is none of custody's. */
export function custodyChange(state: IncidentState, event: Recorded): Partial<IncidentState> | undefined {
  const { at, actor, seq } = event
  switch (event.kind) {
    case 'evidence.added': {
      const { exhibit: number, source, sha256, seal, custodian } = event.data
      const added = { number, seq, at, by: actor, source, sha256, seal, custodian, since: { at, seq } }
      return { exhibits: [...state.exhibits, { ...added, offer: null }] }
    }
    case 'evidence.offered': {
      const { from, to } = event.data
      return withExhibit(state, event.data.exhibit, { offer: { from, to, by: actor, at, seq } })
    }
    case 'evidence.transferred':
      return withExhibit(state, event.data.exhibit, {
        custodian: event.data.to,
        since: { at, seq },
        offer: null,
      })
    case 'evidence.declined':
      return withExhibit(state, event.data.exhibit, { offer: null })
    case 'legal_hold.placed':
      return { legalHold: { at, by: actor, seq } }
    case 'legal_hold.lifted':
      return { legalHold: null }
    case 'disposal.requested': {
      const { what, seqs, keptUntilOn, signer } = event.data
      const of = what === 'incident' ? { what, seqs: null } : { what, seqs }
      const asked: DisposalAsked = {
        ...{ seq, at, by: actor, of, keptUntilOn, signer },
        ...{ approvedBy: [actor], isSigned: false },
      }
      return { disposals: [...state.disposals, asked] }
    }
    case 'disposal.approved': {
      const { request, by } = event.data
      return {
        disposals: state.disposals.map((asked) =>
          asked.seq !== request
            ? asked
            : by === 'signature'
              ? { ...asked, isSigned: true }
              : { ...asked, approvedBy: [...new Set([...asked.approvedBy, actor])] },
        ),
      }
    }
    case 'disposal.withdrawn':
      return { disposals: without(state, event.data.request) }
    case 'content.disposed': {
      const { request, what, seqs } = event.data
      // What was asked of single entries before is gone with the whole.
      return what === 'incident'
        ? { disposed: { at, seq }, disposals: [], redacted: [] }
        : { disposals: without(state, request), redacted: [...state.redacted, ...seqs] }
    }
    default:
      return undefined
  }
}

const withExhibit = (
  state: IncidentState,
  number: number,
  change: Partial<Exhibit>,
): Partial<IncidentState> => ({
  exhibits: state.exhibits.map((exhibit) =>
    exhibit.number === number ? { ...exhibit, ...change } : exhibit,
  ),
})

const without = (state: IncidentState, request: number): readonly DisposalAsked[] =>
  state.disposals.filter(({ seq }) => seq !== request)
