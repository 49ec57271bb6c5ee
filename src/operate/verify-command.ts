/** `wardroom verify`: a line a log, the first bad entry by number, exit 1 when anything is wrong. */
import type { Store } from '../store/store.ts'

export async function verifyRecord(
  store: Pick<Store, 'verify'>,
  out: (line: string) => void,
  checkpointKey?: string,
): Promise<0 | 1> {
  let logs = 0
  let bad = 0
  for await (const { incident, entries, opened, checkpoints, fault } of store.verify(checkpointKey)) {
    logs += 1
    if (!fault) {
      const signed = checkpoints > 0 ? `, ${checkpoints} checkpoints` : ''
      out(`${incident}: ${entries} entries, ${opened} opened${signed} — whole`)
    } else {
      bad += 1
      out(`${incident}: ${fault.seq === null ? 'stored state' : `entry ${fault.seq}`} — ${fault.what}`)
    }
  }
  out(bad === 0 ? `${logs} logs: the record is whole.` : `${bad} of ${logs} logs: the record is NOT whole.`)
  return bad === 0 ? 0 : 1
}
