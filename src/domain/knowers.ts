/**
 * Whose knowledge is the organisation's own: any workforce member or agent other than the person who committed the breach
 * (45 CFR 164.404(a)(2), 164.410(a)(2)). Also the words for why a discovery is on the day it is.
 */

export const knowers = [
  {
    id: 'workforce',
    words: ['workforce', 'colleague', 'staff', 'volunteer', 'trainee'],
    label: 'a colleague',
  },
  { id: 'employee', words: ['employee'], label: 'an employee' },
  { id: 'officer', words: ['officer', 'director', 'executive'], label: 'an officer' },
  { id: 'agent', words: ['agent'], label: 'an agent' },
] as const

export type Knower = (typeof knowers)[number]['id']

/** Somebody who knew, as one piece of what is recorded of the discovery. */
export interface Knowledge {
  readonly who: Knower
  readonly at: string
  /** Their own knowledge never counts. */
  readonly committedBreach: boolean
}

export const knowerFromWord = (word: string): Knower | undefined =>
  knowers.find(({ words }) => (words as readonly string[]).includes(word.toLowerCase()))?.id

export const knowerLabel = (who: Knower): string => knowers.find(({ id }) => id === who)!.label

/** After the day: `Wed 11 Nov 2026, which a colleague knew`. Nothing where somebody recorded the discovery itself. */
export function basisWords(basis: string | null): string {
  const imputed = knowers.find(({ id }) => basis === `imputed_${id}`)
  if (imputed) return `, when ${imputed.label} knew`
  return basis ? (others[basis] ?? '') : ''
}

const others: Readonly<Record<string, string>> = {
  reasonable_diligence: ', when it would have been known by reasonable diligence',
  imputed_agent_business_associate: ', when the vendor knew, counted as our agent',
  notice_from_business_associate: ", when the vendor's notice reached us",
}
