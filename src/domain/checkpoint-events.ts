/** The events of checkpoints and of the keys that sign them. Inert: they move the head of a log, never its state. */
export interface CheckpointEvents {
  /** The head before this entry, signed. In a log of the organisation, the keys that sign. */
  'checkpoint.signed': {
    readonly seq: number
    readonly head: string
    readonly key: string
    readonly signature: string
    readonly why: string
    readonly practice?: boolean
  }
  /**
   * An authority's word that a checkpoint existed. `token`: its whole answer (RFC 3161), DER in base64, checked before it
   * was kept; `at`: the time it says; `tsa`: the host that was asked.
   */
  'checkpoint.timestamped': {
    readonly entry: number
    readonly token: string
    readonly at: string
    readonly tsa: string
  }
  'checkpoint.key_set': { readonly key: string; readonly publicKey: string }
  /** Signed by the key that goes and, as `accepted`, by the one that comes. */
  'checkpoint.key_rotated': {
    readonly from: string
    readonly to: string
    readonly publicKey: string
    readonly signature: string
    readonly accepted: string
  }
}
