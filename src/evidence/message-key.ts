/** The content key of a message itself; edits and deletions add to it. Adapters use the same. */
export const messageKey = (at: {
  platform: string
  workspace: string
  room: string
  message: string
}): string => `${at.platform}:${at.workspace}:${at.room}:${at.message}`
