/** The time-stamping authority: whether it stamps, for whom its certificate vouches, and what time it thinks it is. */
import { ChatError } from '../../chat/port.ts'
import type { Config } from '../../config.ts'
import { timeStamper } from '../../delivery/time-stamp.ts'
import { tsaOf } from '../tsa.ts'
import { bad, badFrom, type Finding, good, skew, warn } from './finding.ts'

/** It tells whole seconds, and its answer takes a moment. */
const SKEW_MS = 5_000

export async function tsaFindings(
  config: Pick<Config, 'tsaUrl' | 'tsaCaFile'>,
  now: () => Date,
): Promise<Finding[]> {
  try {
    const tsa = tsaOf(config)
    if (!tsa) return [good('No time-stamping authority (TSA_URL is not set): the chat is the one witness')]
    const { at, tsa: host } = await timeStamper(tsa.url, tsa.caPem)('wardroom doctor\n')
    const stamps =
      tsa.caPem === undefined
        ? warn(
            `${host} gives time stamps that only its own certificate vouches for`,
            'give its root certificate as TSA_CA_FILE',
          )
        : good(`${host} gives time stamps, and its certificate leads to a root in TSA_CA_FILE`)
    return [stamps, skew(`The clock of ${host}`, Date.parse(at) - now().getTime(), SKEW_MS)]
  } catch (error) {
    if (!(error instanceof ChatError)) return [badFrom(error)]
    const why =
      error.cause instanceof Error && error.code === 'tsa_no_time_stamp' ? error.cause.message : error.code
    return [
      bad(
        `${new URL(config.tsaUrl!).host} gives no time stamp: ${why}`,
        'see TSA_URL, TSA_CA_FILE and whether this machine may reach it; meanwhile checkpoints wait for their stamps, and nothing else does',
      ),
    ]
  }
}
