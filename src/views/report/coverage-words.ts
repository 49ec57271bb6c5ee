/** What of a time was seen, in words: read afterwards or not, and what cannot be had any more. */
import { RETENTION } from '../../domain/coverage.ts'
import type { Gap, Lost } from '../../domain/coverage-events.ts'
import { upperFirst } from '../scene.ts'
import { people } from './fact-words.ts'

export const gapWords = ({ to, lost, why }: Gap): string => {
  if (why === RETENTION) return 'Deleted by the platform of its own accord'
  return to === null || lost.includes('all') ? 'Not seen' : 'Read afterwards'
}

const losses: Readonly<Record<Lost, string>> = {
  all: 'everything of that time',
  'deleted-unseen': 'what was posted and deleted within it',
  'who-deleted': 'who deleted messages, and when',
  'deleted-text': 'what deleted messages said at the end',
  versions: 'versions between two edits',
  reactions: 'reactions',
  'reactions-undone': 'reactions taken back',
  retained: 'what was never read before the platform deleted it',
}

export const lostWords = ({ lost }: Gap): string => lost.map((each) => losses[each] ?? each).join('; ')

/** `3 messages recovered, 1 no longer shown` */
export function foundWords({ recovered, vanished }: Gap): string {
  return [
    ...(recovered > 0 ? [`${people(recovered)} recovered`] : []),
    ...(vanished > 0 ? [`${people(vanished)} no longer shown by the platform`] : []),
  ].join(', ')
}

export const whyWords = (why: string): string => upperFirst(why.replaceAll(/[_-]/g, ' '))
