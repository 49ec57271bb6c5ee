/** The words after `close`: the outcome, the other incident of a duplicate, the reason. */
import { z } from 'zod'
import { maybe } from './here.ts'
import { splitReason } from './late-entry.ts'

export const closeArgs = z.object({ outcome: z.string(), of: maybe, reason: maybe })
export type CloseArgs = z.infer<typeof closeArgs>

const number = /\binc-\d{4}-\d{4,}\b/i

export function typedClose(words: string): { outcome: string; of?: string; reason?: string } {
  const { before, because } = splitReason(words)
  const of = number.exec(before)?.[0].toLowerCase()
  const outcome = before
    .replace(number, '')
    .replace(/\s+of\s*$/i, '')
    .trim()
  return { outcome, ...(of ? { of } : {}), ...(because ? { reason: because } : {}) }
}
