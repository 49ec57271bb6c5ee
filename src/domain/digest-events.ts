/** The managers' digest, on the organisation's log: it is about all incidents and changes none. */
export interface DigestEvents {
  'digest.sent': {
    readonly on: string
    readonly platform: string
    readonly room: string
    readonly message: string
    readonly incidents: number
    readonly clocks: number
  }
}
