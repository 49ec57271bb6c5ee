/** What every part of a running Wardroom is handed: the record, the settings, the time, and ways to say and to wait. */
import type { Settings } from './commands/command.ts'
import type { PhiMode } from './domain/phi-mode.ts'
import type { Capture } from './evidence/capture.ts'
import type { Log } from './log.ts'
import type { Telling } from './outgoing/told.ts'
import type { CheckpointKey } from './store/checkpoint-key.ts'
import type { Store } from './store/store.ts'

export interface Wardroom {
  readonly store: Store
  readonly settings: Settings
  readonly telling: Telling
  readonly capture: Capture
  readonly log: Log
  readonly now: () => Date
  /** Short fingerprint of the record key, shown when a room opens. */
  readonly fingerprint: string
  /** Signs checkpoints; its fingerprint is shown beside the record key's. */
  readonly checkpointKey: CheckpointKey
  /** What people of a platform type before a verb: `/incident`, `@Wardroom`. */
  readonly wordOn: (platform: string) => string
  /** Who sees every room there, as last known: `ChatPort.audience`. */
  readonly audienceOn: (platform: string) => readonly string[]
  /** How watchful it is there about what people should not have written. */
  readonly phiModeOn: (platform: string) => PhiMode
  /** Something may be waiting to be delivered. */
  readonly poke: () => void
}
