/** Counsel's marks: what is said under attorney-client privilege, so that its content stays out of what leaves. */
export type PrivilegeTarget = 'message' | 'thread' | 'room'

/** A thread is named by its first message; a room by itself alone. */
export interface PrivilegedPlace {
  readonly target: PrivilegeTarget
  readonly room: string
  readonly message: string | null
}

export interface PrivilegeEvents {
  /** The basis is in the sealed text. */
  'privilege.marked': PrivilegedPlace
  /** Its `ref` is the entry that marked it; the reason is in the sealed text. */
  'privilege.lifted': PrivilegedPlace

  /** Counsel asks for a companion room; the basis is in the sealed text. On the record before any platform is asked. */
  'privilege.room_requested': { readonly suffix: string }
  /** Its `ref` is the request: all that is said in this room is privileged on the basis given there. */
  'privilege.room_opened': {
    readonly platform: string
    readonly workspace: string
    readonly room: string
    readonly name: string
  }
  /** The platform would not make it; it is tried on. Told once for each reason. */
  'privilege.room_not_opened': { readonly code: string }
  /** Let in by counsel. Room null: with the request, before there is a room. */
  'privilege.admitted': { readonly room: string | null; readonly person: string }
  /** Let in by counsel, and the platform or a rule about guests kept them out. */
  'privilege.not_admitted': { readonly room: string; readonly person: string; readonly code: string }
}

/** One mark as the state holds it, in the order they were made. */
export interface PrivilegeMark extends PrivilegedPlace {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly lifted: { readonly seq: number; readonly at: string; readonly by: string } | null
}
