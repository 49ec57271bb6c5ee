/** The events of pictures drawn in a room. Inert: a picture of the clocks leaves the incident as it is. */
export interface PictureEvents {
  'picture.requested': Record<string, never>
  /** Its `ref` is the request; what it says in words is in the post's own entry. `message`: where it stands in the room. */
  'picture.posted': {
    readonly room: string
    readonly message: string
    readonly sha256: string
    readonly bytes: number
    readonly width: number
    readonly height: number
  }
  /** The post says all of it in words; why it has no picture, by a code. */
  'picture.not_drawn': { readonly code: string }
}
