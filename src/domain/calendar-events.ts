/** The events of calendar files. Inert: a file of last days leaves the incident as it is. */
export interface CalendarEvents {
  'calendar.requested': Record<string, never>
  /** Its `ref` is the request. `message`: what the platform calls the file; `clocks`: how many last days it holds. */
  'calendar.delivered': {
    readonly to: string
    readonly room: string
    readonly message: string
    readonly sha256: string
    readonly bytes: number
    readonly clocks: number
  }
}
