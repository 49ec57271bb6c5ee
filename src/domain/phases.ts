// The phases of a response, in order. Clocks never wait for a phase; going back is allowed.
export const phases = [
  { id: 'preparation', label: 'Preparation' },
  { id: 'detection', label: 'Detection & analysis' },
  { id: 'containment', label: 'Containment' },
  { id: 'eradication', label: 'Eradication' },
  { id: 'recovery', label: 'Recovery' },
  { id: 'post-incident', label: 'Post-incident' },
] as const

export type PhaseId = (typeof phases)[number]['id']

/** An incident is declared into detection & analysis; preparation is what was there before. */
export const firstPhase: PhaseId = 'detection'

export const phaseIndex = (id: PhaseId): number => phases.findIndex((phase) => phase.id === id)
export const isPhase = (text: string): text is PhaseId => phases.some((phase) => phase.id === text)
export const phaseLabel = (id: PhaseId): string => phases[phaseIndex(id)]!.label
export const nextPhase = (id: PhaseId): PhaseId | null => phases[phaseIndex(id) + 1]?.id ?? null

const words: Record<PhaseId, readonly string[]> = {
  preparation: ['preparation', 'prepare', 'preparing'],
  detection: ['detection', 'detect', 'analysis', 'analyse', 'analyze', 'detection and analysis', 'triage'],
  containment: ['containment', 'contain', 'containing'],
  eradication: ['eradication', 'eradicate', 'eradicating'],
  recovery: ['recovery', 'recover', 'recovering', 'restore'],
  'post-incident': ['post-incident', 'post incident', 'postincident', 'post', 'after', 'lessons', 'review'],
}

export const phaseFromWords = (text: string): PhaseId | null => {
  const typed = text.trim().toLowerCase().replace(/&/g, 'and').replace(/\s+/g, ' ')
  return phases.find(({ id }) => words[id].includes(typed))?.id ?? null
}
