/**
 * The Slack app manifest, from the command table. Scopes and events are what the adapter calls and reads, and no more:
 * no public channels, no user tokens, nothing administrative.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface ManifestCommand {
  /** With the slash. */
  readonly command: string
  readonly description: string
  readonly usageHint: string
}

export interface ManifestInput {
  readonly name: string
  readonly commands: readonly ManifestCommand[]
  readonly mode: 'socket' | 'http'
  /** HTTP only: the public https address whose `/slack/events` reaches the bot. */
  readonly url?: string
}

/** Scope → what we need it for. */
export const scopes: Readonly<Record<string, string>> = {
  'chat:write': 'chat.postMessage, chat.update, chat.postEphemeral',
  commands: 'slash commands and shortcuts',
  'files:read': 'files.info and the bytes',
  'files:write':
    'files.getUploadURLExternal, files.completeUploadExternal and files.delete, for exports sent to one person',
  'groups:history': 'message.groups, conversations.history, conversations.replies',
  'groups:read': 'conversations.info, conversations.list, conversations.members, group and member events',
  'groups:write': 'conversations.create, conversations.invite, conversations.setTopic',
  'im:history': 'message.im, reading a direct post back',
  'im:write': 'conversations.open',
  'pins:write': 'pins.add',
  'reactions:read': 'reaction_added, reaction_removed',
  'users:read': 'users.info',
}

export const events: readonly string[] = [
  'app_home_opened',
  'app_uninstalled',
  'channel_id_changed',
  'channel_shared',
  'group_archive',
  'group_deleted',
  'group_left',
  'group_rename',
  'group_unarchive',
  'member_joined_channel',
  'member_left_channel',
  'message.groups',
  'message.im',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
]

export const shortcuts = [
  {
    name: 'Declare incident',
    type: 'global',
    callback_id: 'declare',
    description: 'Opens the form that declares an incident',
  },
  {
    name: 'Record as decision',
    type: 'message',
    callback_id: 'record_decision',
    description: 'Puts this message on the record as a decision',
  },
  {
    name: 'Record as evidence',
    type: 'message',
    callback_id: 'record_evidence',
    description: 'Marks this message as key evidence',
  },
  {
    name: 'Mark as privileged',
    type: 'message',
    callback_id: 'mark_privileged',
    description: 'Counsel: keeps its content out of exports',
  },
  {
    name: 'Declare from message',
    type: 'message',
    callback_id: 'declare_from_message',
    description: 'Declares an incident with this message as its first entry',
  },
] as const

export function slackManifest(input: ManifestInput): Record<string, unknown> {
  const url =
    input.mode === 'http' ? `${input.url ?? 'https://wardroom.example.org'}/slack/events` : undefined
  return {
    _metadata: { major_version: 2, minor_version: 0 },
    display_information: {
      name: input.name.slice(0, 35),
      description: 'Runs HIPAA incidents from detection to closure',
      background_color: '#1f3a4d',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: input.name.slice(0, 80), always_online: true },
      shortcuts,
      slash_commands: input.commands.map((row) => ({
        command: row.command,
        description: row.description,
        usage_hint: row.usageHint.slice(0, 1000),
        should_escape: true,
        ...(url ? { url } : {}),
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(scopes) } },
    settings: {
      event_subscriptions: { bot_events: events, ...(url ? { request_url: url } : {}) },
      interactivity: { is_enabled: true, ...(url ? { request_url: url } : {}) },
      org_deploy_enabled: false,
      socket_mode_enabled: input.mode === 'socket',
      token_rotation_enabled: false,
    },
  }
}

/** Both variants by file name, as they are kept in `manifest/`. */
export function manifestFiles(
  rows: readonly ManifestCommand[],
  name = 'Wardroom',
): Readonly<Record<string, string>> {
  const text = (mode: 'socket' | 'http') =>
    `${JSON.stringify(slackManifest({ name, commands: rows, mode }), null, 2)}\n`
  return { 'slack-socket.json': text('socket'), 'slack-http.json': text('http') }
}

export async function writeManifests(rows: readonly ManifestCommand[], folder = 'manifest'): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [file, text] of Object.entries(manifestFiles(rows))) await writeFile(join(folder, file), text)
}
