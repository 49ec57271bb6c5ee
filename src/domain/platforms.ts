/** What people call the chat platforms, and whom a room there is open to: the port's capability `audience`, for words. */

interface Platform {
  readonly name: string
  readonly rooms: 'invited' | 'team'
}

const platforms: Readonly<Record<string, Platform>> = {
  slack: { name: 'Slack', rooms: 'invited' },
  teams: { name: 'Teams', rooms: 'team' },
}

export const platformName = (platform: string): string => platforms[platform]?.name ?? 'the chat'

export const roomsOn = (platform: string): Platform['rooms'] => platforms[platform]?.rooms ?? 'invited'
