/** Which entries make up custody: who read, took out, checked, handed on or disposed of what is kept. One table. */

/** A kind, or with a dot at the end every kind that begins so. */
const CUSTODY = [
  'access.',
  'export.',
  'register.',
  'privilege.',
  'evidence.',
  'legal_hold.',
  'disposal.',
  'content.disposed',
  'verification.recorded',
  'checkpoint.key_set',
  'checkpoint.key_rotated',
] as const

export const custodyKinds: readonly string[] = CUSTODY

export const isCustody = (kind: string): boolean =>
  CUSTODY.some((row) => (row.endsWith('.') ? kind.startsWith(row) : kind === row))
