/** A time stamp on the record: over the text of the checkpoint it names, and of the time that stands there. */
import type { EventOf } from '../events.ts'
import type { EntryLine } from '../record.ts'
import { checkTimeStamp } from '../timestamp/check.ts'

export interface StampCheck {
  readonly fault: string | undefined
  readonly signer: string
  readonly isTrusted: boolean
}

/** `text`: of the checkpoint, undefined where there is none of that number. Roots are those the reader trusts, as PEM. */
export function stampOf(line: EntryLine, text: string | undefined, roots: string | undefined): StampCheck {
  const { token, at } = line.data as EventOf<'checkpoint.timestamped'>['data']
  const none = { signer: '', isTrusted: false }
  if (text === undefined || typeof token !== 'string')
    return { ...none, fault: 'it stamps the time of a checkpoint that is not there' }
  const stamp = checkTimeStamp(Buffer.from(token, 'base64'), text, roots)
  if (stamp.fault !== null) return { ...none, fault: `its time stamp: ${stamp.fault}` }
  const fault = stamp.at === at ? undefined : 'its time stamp is of another time than it says'
  return { fault, signer: stamp.signer, isTrusted: stamp.isTrusted }
}
