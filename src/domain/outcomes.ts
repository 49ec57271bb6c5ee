// How an incident ends. An outcome stops no clock and no capture; it says what the closing person found.
export const outcomes = [
  {
    id: 'breach-notified',
    label: 'breach notified',
    meaning: 'A breach of unsecured PHI; the notices are sent or under way.',
    citation: '45 CFR 164.404–408',
  },
  {
    id: 'low-probability',
    label: 'low probability',
    meaning: 'A signed risk assessment shows a low probability that PHI was compromised.',
    citation: '45 CFR 164.402(2)',
  },
  {
    id: 'exception',
    label: 'exception',
    meaning: 'One of the three exceptions to the definition of breach applies.',
    citation: '45 CFR 164.402(1)',
  },
  {
    id: 'secured-phi',
    label: 'secured PHI',
    meaning: 'The PHI was secured and the key was not taken.',
    citation: '45 CFR 164.402',
  },
  { id: 'no-phi', label: 'no PHI', meaning: 'No PHI was involved.', citation: '45 CFR 160.103' },
  {
    id: 'false-alarm',
    label: 'false alarm',
    meaning: 'It was looked into and nothing had happened.',
    citation: '45 CFR 164.308(a)(6)(ii)',
  },
  {
    id: 'duplicate',
    label: 'duplicate of',
    meaning: 'The same event is run as another incident, which is named.',
    citation: '45 CFR 164.308(a)(6)(ii)',
  },
  {
    id: 'drill',
    label: 'drill',
    meaning: 'An exercise; nothing real happened.',
    citation: '45 CFR 164.308(a)(7)(ii)(D)',
  },
] as const

export type Outcome = (typeof outcomes)[number]['id']

export const isOutcome = (text: string): text is Outcome => outcomes.some((outcome) => outcome.id === text)
export const outcomeLabel = (id: Outcome): string => outcomes.find((outcome) => outcome.id === id)!.label

/** Accepts the id and the label, with spaces or hyphens, in any case. */
export const outcomeFromWords = (text: string): Outcome | null => {
  const plain = (words: string) =>
    words
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
  return (
    outcomes.find(({ id, label }) => plain(id) === plain(text) || plain(label) === plain(text))?.id ?? null
  )
}
