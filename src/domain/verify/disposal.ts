/** Whether content was disposed of as the record demands: asked for, and approved by two. Its lines are all there is to go by. */
import { disposals, isDisposalKind } from '../disposal.ts'
import type { EntryLine } from '../record.ts'

/** To be asked of every line in order. */
export function disposalFaults(): (line: EntryLine, record: Uint8Array) => string | undefined {
  const known = disposals()
  return (line, record) => {
    if (!isDisposalKind(line.kind)) return undefined
    try {
      return known.add(line, record)
    } catch {
      return 'entry is not an entry'
    }
  }
}
