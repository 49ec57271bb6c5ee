/** What people call the chat platforms. */

const names: Readonly<Record<string, string>> = { slack: 'Slack', teams: 'Teams' }

export const platformName = (platform: string): string => names[platform] ?? 'the chat'
