/** The events of PHI hygiene. Inert, and without any word of what was said: which kinds, whose, where, and that they were asked. */
import type { PhiKind } from './phi.ts'

export interface PhiEvents {
  /** Somebody was asked privately to look again at their message (`ref`), or at a file in it. */
  'phi.nudged': {
    readonly to: string
    readonly kinds: readonly PhiKind[]
    readonly carrier: 'message' | 'file'
    readonly room: string
    readonly message: string
    readonly strict: boolean
  }
}
