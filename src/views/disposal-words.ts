/** What is to be disposed of, or was, in words. */
import type { DisposalOf } from '../domain/custody-events.ts'

export const disposalWords = ({ what, seqs }: DisposalOf): string =>
  what === 'incident'
    ? 'all words and files'
    : `the words of ${seqs.length === 1 ? 'entry' : 'entries'} ${listed(seqs)}`

const SHOWN = 8

const listed = (seqs: readonly number[]): string =>
  seqs.length <= SHOWN
    ? seqs.join(', ')
    : `${seqs.slice(0, SHOWN).join(', ')} and ${seqs.length - SHOWN} more`
