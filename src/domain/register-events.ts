/**
 * The register of all incidents, taken out. On the organisation's log: it is one act about all of them, and an entry in
 * each would tell everybody who takes part in one that somebody looked at the whole.
 */
export interface RegisterEvents {
  'register.requested': { readonly platform: string; readonly workspace: string }
  /** `incidents`: how many it lists; `message`: what the platform calls the file that was sent. */
  'register.delivered': {
    readonly how: 'direct-message' | 'server'
    readonly to: string
    readonly room: string | null
    readonly message: string | null
    readonly sha256: string
    readonly bytes: number
    readonly incidents: number
  }
  'register.removed': { readonly room: string; readonly message: string }
  'register.failed': { readonly code: string; readonly step: 'make' | 'remove'; readonly to: string }
}
