/** That somebody checked the record, and what came of it, is an entry of the organisation's log; a record that takes none is said so. */
import { event } from '../domain/events.ts'
import { ORGANISATION } from '../domain/record.ts'
import { SYSTEM } from '../pipeline/commit.ts'
import { DatabaseFault } from '../store/db.ts'
import type { Store } from '../store/store.ts'
import type { Verification } from './verify-command.ts'

export async function recordVerification(
  store: Store,
  verification: Verification,
  now: Date,
  fail: (line: string) => void,
): Promise<void> {
  // Where nothing was ever recorded there is nothing to have checked.
  if (!(await store.head(ORGANISATION))?.seq) return
  const recorded = event('verification.recorded', { of: 'all', ...verification })
  try {
    await store.write(
      (unit) => unit.appendOrganisation([recorded], { actor: SYSTEM, at: now, source: null }),
      {},
    )
  } catch (error) {
    if (!(error instanceof DatabaseFault)) throw error
    fail(`That it was checked could not be put on the record (${error.code}).`)
  }
}
