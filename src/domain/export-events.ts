/** The events of exports. Inert: a bundle leaves the incident as it is. */

export interface ExportEvents {
  /**
   * The last entry of the bundle it asks for. Days are calendar dates in the incident's zone. With a `ref` it takes the
   * place of the request it names: people of the log who had no name were put on the record first.
   */
  'export.requested': {
    readonly scope: 'decision-file' | 'full' | 'dates'
    readonly from: string | null
    readonly to: string | null
  }
  /** Its `ref` is the request, as of all that follow. `sha256` and `bytes` are of the ZIP, `head` of the request's own line. */
  'export.created': {
    readonly sha256: string
    readonly bytes: number
    readonly head: string
    readonly scope: 'decision-file' | 'full' | 'dates'
    readonly through: number
    /** Texts and files it lacks because what is stored of them is not as it was recorded; the first entries of them. */
    readonly damaged?: { readonly parts: number; readonly entries: readonly number[] }
  }
  /** `message`: what the platform calls the file that was sent. */
  'export.delivered': {
    readonly how: 'direct-message' | 'server'
    readonly to: string
    readonly room: string | null
    readonly message: string | null
  }
  'export.removed': { readonly room: string | null; readonly message: string | null }
  /** The bundle could not be made or told of; or the copy in the chat could not be taken back. */
  'export.failed': { readonly code: string; readonly step: 'make' | 'remove'; readonly to: string }
}
