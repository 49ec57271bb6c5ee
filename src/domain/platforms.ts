/** What people call the chat platforms, and what a port can there, for words: its capabilities `audience`, `privateFileBytes` and `home`. */

interface Platform {
  readonly name: string
  readonly rooms: 'invited' | 'team'
  readonly sendsFiles: boolean
  readonly hasHomePage: boolean
}

const platforms: Readonly<Record<string, Platform>> = {
  slack: { name: 'Slack', rooms: 'invited', sendsFiles: true, hasHomePage: true },
  teams: { name: 'Teams', rooms: 'team', sendsFiles: false, hasHomePage: false },
}

export const platformName = (platform: string): string => platforms[platform]?.name ?? 'the chat'

/** An Entra object id, as which people of Teams are known. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The ids among these that can be somebody's there: administrators of all platforms stand in one list. */
export const idsOn = (platform: string, ids: readonly string[]): readonly string[] =>
  ids.filter((id) => GUID.test(id) === (platform === 'teams'))

export const roomsOn = (platform: string): Platform['rooms'] => platforms[platform]?.rooms ?? 'invited'

/** Whether a file can be brought to one person there, and taken back. */
export const sendsFiles = (platform: string): boolean => platforms[platform]?.sendsFiles ?? false

/** A page of the bot's own for each person; elsewhere `home` is answered in the chat with them. */
export const hasHomePage = (platform: string): boolean => platforms[platform]?.hasHomePage ?? false
