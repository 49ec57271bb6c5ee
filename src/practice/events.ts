// Which events reach the bot: subscribed in the manifest, allowed by its scopes, and only from rooms it is in.
import { type Core, nextTs, secret } from './core.ts'
import type { Json } from './page-api.ts'
import { appId, botUserId, type Channel, teamId } from './state.ts'

const messageRoutes = {
  public: { subscription: 'message.channels', scope: 'channels:history', channelType: 'channel' },
  private: { subscription: 'message.groups', scope: 'groups:history', channelType: 'group' },
  im: { subscription: 'message.im', scope: 'im:history', channelType: 'im' },
} as const

/** Scopes that an event needs besides its subscription; any one of the listed will do. */
const eventScopes: Record<string, readonly string[]> = {
  app_mention: ['app_mentions:read'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
  pin_added: ['pins:read'],
  pin_removed: ['pins:read'],
  file_shared: ['files:read'],
  file_deleted: ['files:read'],
  file_change: ['files:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  member_left_channel: ['channels:read', 'groups:read'],
  channel_rename: ['channels:read'],
  channel_archive: ['channels:read'],
  channel_unarchive: ['channels:read'],
  channel_deleted: ['channels:read'],
  channel_created: ['channels:read'],
  channel_left: ['channels:read'],
  group_rename: ['groups:read'],
  group_archive: ['groups:read'],
  group_unarchive: ['groups:read'],
  group_deleted: ['groups:read'],
  group_left: ['groups:read'],
  channel_shared: ['channels:read', 'groups:read'],
  channel_id_changed: ['channels:read', 'groups:read'],
  subteam_members_changed: ['usergroups:read'],
}

const wrap = (core: Core, event: Json, isShared: boolean): Json => ({
  token: core.secrets.verification,
  team_id: teamId,
  context_team_id: teamId,
  context_enterprise_id: null,
  api_app_id: appId,
  event,
  type: 'event_callback',
  event_id: `Ev${secret(5).toUpperCase()}`,
  event_time: Math.floor(Number(event.event_ts)),
  authorizations: [
    { enterprise_id: null, team_id: teamId, user_id: botUserId, is_bot: true, is_enterprise_install: false },
  ],
  is_ext_shared_channel: isShared,
  event_context: `4-${secret(12)}`,
})

const isAllowed = (core: Core, subscription: string, scopes: readonly string[]): boolean =>
  core.installed.events.has(subscription) &&
  (scopes.length === 0 || scopes.some((scope) => core.installed.scopes.has(scope)))

/** Any event but a message. `channel` null: not about one room. Public rooms' own life is told without membership. */
export const emit = (core: Core, event: Json, channel: Channel | null, needsMembership = true): void => {
  if (channel && needsMembership && !channel.members.includes(botUserId)) return
  const type = String(event.type)
  if (!isAllowed(core, type, eventScopes[type] ?? [])) return
  const stamped = event.event_ts ? event : { ...event, event_ts: nextTs(core) }
  core.delivery.event(wrap(core, stamped, channel?.isShared ?? false))
}

export const emitMessage = (core: Core, event: Json, channel: Channel): void => {
  if (!channel.members.includes(botUserId)) return
  const route = messageRoutes[channel.kind]
  if (!isAllowed(core, route.subscription, [route.scope])) return
  const stamped = { ...event, channel: channel.id, channel_type: route.channelType }
  core.delivery.event(wrap(core, stamped, channel.isShared))
}
