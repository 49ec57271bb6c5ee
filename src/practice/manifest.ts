// What installing an app manifest gives the bot: commands, shortcuts, scopes, event subscriptions.
// The type is structural: any Slack manifest object fits.
export type PracticeManifest = {
  display_information?: { name?: string }
  features?: {
    bot_user?: { display_name?: string }
    app_home?: {
      home_tab_enabled?: boolean
      messages_tab_enabled?: boolean
      messages_tab_read_only_enabled?: boolean
    }
    slash_commands?: readonly {
      command: string
      description?: string
      usage_hint?: string
      should_escape?: boolean
      url?: string
    }[]
    shortcuts?: readonly {
      name: string
      type: 'global' | 'message'
      callback_id: string
      description?: string
    }[]
  }
  oauth_config?: { scopes?: { bot?: readonly string[] } }
  settings?: { event_subscriptions?: { bot_events?: readonly string[] } }
}

export type Installed = {
  appName: string
  homeTab: boolean
  messagesTab: boolean
  commands: { command: string; description: string; usageHint: string; shouldEscape: boolean }[]
  shortcuts: { name: string; type: 'global' | 'message'; callbackId: string; description: string }[]
  scopes: ReadonlySet<string>
  events: ReadonlySet<string>
}

export const install = (manifest: PracticeManifest): Installed => ({
  appName: manifest.features?.bot_user?.display_name ?? manifest.display_information?.name ?? 'Wardroom',
  homeTab: manifest.features?.app_home?.home_tab_enabled ?? false,
  messagesTab: manifest.features?.app_home?.messages_tab_enabled ?? false,
  commands: (manifest.features?.slash_commands ?? []).map((row) => ({
    command: row.command,
    description: row.description ?? '',
    usageHint: row.usage_hint ?? '',
    shouldEscape: row.should_escape ?? false,
  })),
  shortcuts: (manifest.features?.shortcuts ?? []).map((row) => ({
    name: row.name,
    type: row.type,
    callbackId: row.callback_id,
    description: row.description ?? '',
  })),
  scopes: new Set(manifest.oauth_config?.scopes?.bot ?? []),
  events: new Set(manifest.settings?.event_subscriptions?.bot_events ?? []),
})
