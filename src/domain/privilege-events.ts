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
}

/** One mark as the state holds it, in the order they were made. */
export interface PrivilegeMark extends PrivilegedPlace {
  readonly seq: number
  readonly at: string
  readonly by: string
  readonly lifted: { readonly seq: number; readonly at: string; readonly by: string } | null
}
