/** Whether bytes are the canonical form of what they say, without making that form anew where it can be seen at once. */
import { canonicalBytes } from '../record.ts'

export function isCanonical(value: unknown, bytes: Uint8Array): boolean {
  const text = JSON.stringify(value)
  // In canonical form no surrogate stands alone, so none is written as an escape.
  if (isSorted(value) && !text.includes('\\ud') && Buffer.from(text).equals(bytes)) return true
  try {
    return canonicalBytes(value).equals(bytes)
  } catch {
    return false
  }
}

function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isSorted)
  let last: string | undefined
  for (const name in value) {
    if (last !== undefined && !(last < name)) return false
    if (!isSorted((value as Record<string, unknown>)[name])) return false
    last = name
  }
  return true
}
