/** The events of exports. Inert: a bundle leaves the incident as it is. */

export interface ExportEvents {
  /** The last entry of the bundle it asks for. Days are calendar dates in the incident's zone. */
  'export.requested': {
    readonly scope: 'decision-file' | 'full' | 'dates'
    readonly from: string | null
    readonly to: string | null
  }
  /** Its `ref` is the request. `sha256` and `bytes` are of the ZIP, `head` of the request's own line. */
  'export.created': {
    readonly sha256: string
    readonly bytes: number
    readonly head: string
    readonly scope: 'decision-file' | 'full' | 'dates'
    readonly through: number
  }
  'export.delivered': {
    readonly how: 'direct-message' | 'server'
    readonly to: string
    readonly room: string | null
    readonly message: string | null
  }
  'export.removed': { readonly room: string | null; readonly message: string | null }
  'export.failed': { readonly code: string }
}
