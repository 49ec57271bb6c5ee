/**
 * `wardroom verify`: a line a log, the first bad entry by number, exit 1 when anything is wrong. Whoever ran it may have
 * it put on the record, so what came of it is told when it is done.
 */
import type { Store } from '../store/store.ts'
import type { VerifyOptions } from '../store/verify.ts'

export interface Verification {
  readonly ok: boolean
  /** `whole`, or the first fault's place. */
  readonly code: string
  readonly logs: number
  readonly entries: number
  readonly opened: number
  readonly checkpoints: number
}

interface Options extends VerifyOptions {
  /** After everything was read: what it records is not part of what was checked. */
  readonly onDone?: (verification: Verification) => Promise<void>
}

export async function verifyRecord(
  store: Pick<Store, 'verify'>,
  out: (line: string) => void,
  { onDone, ...options }: Options = {},
): Promise<0 | 1> {
  const sum = { logs: 0, entries: 0, opened: 0, checkpoints: 0 }
  let bad = 0
  let code = 'whole'
  for await (const { incident, entries, opened, checkpoints, fault } of store.verify(options)) {
    sum.logs += 1
    sum.entries += entries
    sum.opened += opened
    sum.checkpoints += checkpoints
    if (!fault) {
      const signed = checkpoints > 0 ? `, ${checkpoints} checkpoints` : ''
      out(`${incident}: ${entries} entries, ${opened} opened${signed} — whole`)
    } else {
      bad += 1
      if (bad === 1) code = `${incident}/${fault.seq ?? 'state'}`
      out(`${incident}: ${fault.seq === null ? 'stored state' : `entry ${fault.seq}`} — ${fault.what}`)
    }
  }
  const ok = bad === 0
  out(ok ? `${sum.logs} logs: the record is whole.` : `${bad} of ${sum.logs} logs: the record is NOT whole.`)
  for (const { note } of ok ? (options.witnesses ?? []) : [])
    out(`The post over entry ${note.seq} of ${note.incident} agrees.`)
  await onDone?.({ ok, code, ...sum })
  return ok ? 0 : 1
}
