/** Slack: tokens that work, scopes that suffice, clocks that agree, a channel that can be posted in. */
import { ChatError, type ChatPort, type RoomInfo } from '../../chat/port.ts'
import type { SlackAnswer, SlackCheck } from '../../chat/slack/check.ts'
import type { Config } from '../../config.ts'
import { bad, type Finding, good, skew, warn } from './finding.ts'

const SLACK_SKEW_MS = 5_000
const REINSTALL =
  'add it under OAuth & Permissions (manifest/slack-socket.json has all of them) and reinstall the app'

const fixes: Readonly<Record<string, string>> = {
  invalid_auth: 'copy it again from the app’s settings; Slack does not know this one',
  not_authed: 'copy it again from the app’s settings',
  token_revoked: 'reinstall the app and give the new token',
  token_expired: 'turn token rotation off and reinstall the app',
  account_inactive: 'the app was removed or its workspace closed: install it again',
  not_allowed_token_type: 'this is another kind of token: an app-level one with connections:write is wanted',
  missing_scope: 'make an app-level token with the scope connections:write',
  ratelimited: 'Slack asks us to wait: run doctor again in a minute',
}

const mend = (code: string, host: string): string =>
  fixes[code] ??
  (/^[a-z_]+$/.test(code) && code !== 'network' && code !== 'timeout'
    ? `look the code up in Slack’s reference of the method`
    : `see that this machine reaches ${host} (network, proxy, SLACK_API_URL)`)

export function platformFindings(
  config: Config,
  check: SlackCheck,
  workspaces: readonly string[],
): Finding[] {
  const { bot, host } = check
  if (bot.code !== undefined)
    return [
      bad(`SLACK_BOT_TOKEN does not work (${bot.code})`, mend(bot.code, host)),
      ...deliveryFindings(config, check),
    ]
  const { team_id, bot_id, is_enterprise_install } = bot.body
  return [
    bot_id
      ? good(`SLACK_BOT_TOKEN works: workspace ${String(team_id)}`)
      : bad('SLACK_BOT_TOKEN is not a bot’s', 'give the Bot User OAuth Token, which begins with xoxb-'),
    ...(is_enterprise_install
      ? [warn('The app is installed for a whole organisation', 'install it into the one workspace it serves')]
      : []),
    ...workspaceFindings('workspace', workspaces, String(team_id)),
    ...scopeFindings(bot, check.wanted),
    ...deliveryFindings(config, check),
    ...(bot.skewMs === undefined ? [] : [skew('Slack’s clock', bot.skewMs, SLACK_SKEW_MS)]),
  ]
}

/** A record is of one workspace or tenant of each platform. */
export function workspaceFindings(what: string, known: readonly string[], ours: string): Finding[] {
  const others = known.filter((each) => each !== ours)
  if (others.length === 0) return []
  return [
    bad(
      `The record has rooms of another ${what} (${others.join(', ')})`,
      `use the credentials of that ${what}, or a new DATA_DIR or database for this one; a practice record is never carried over`,
    ),
  ]
}

function scopeFindings({ scopes }: SlackAnswer, wanted: SlackCheck['wanted']): Finding[] {
  if (!scopes)
    return [
      warn('This server does not say which scopes the token has', 'see that it has those of the manifest'),
    ]
  const missing = Object.keys(wanted).filter((scope) => !scopes.includes(scope))
  const extra = scopes.filter((scope) => !(scope in wanted))
  return [
    ...missing.map((scope) => bad(`Scope ${scope} is missing (${wanted[scope]})`, REINSTALL)),
    ...(extra.length > 0
      ? [
          warn(
            `The token has scopes it does not need: ${extra.join(', ')}`,
            'remove these scopes and reinstall the app',
          ),
        ]
      : []),
    ...(missing.length === 0 ? [good('The token has every scope of the manifest')] : []),
  ]
}

function deliveryFindings({ slack }: Config, { app, host }: SlackCheck): Finding[] {
  if (app)
    return [
      app.code === undefined
        ? good('SLACK_APP_TOKEN opens Socket Mode')
        : bad(`SLACK_APP_TOKEN does not work (${app.code})`, mend(app.code, host)),
    ]
  return [
    good(
      `HTTP delivery on ${slack.httpHost}:${slack.httpPort}: a TLS proxy must pass /slack/events to it; the signing secret can only be tried by Slack`,
    ),
  ]
}

/** Only looked at: doctor posts nothing. */
export async function channelFinding(
  name: 'ANNOUNCE_CHANNEL' | 'MANAGERS_CHANNEL',
  channel: string | undefined,
  port: ChatPort,
): Promise<Finding> {
  const isManagers = name === 'MANAGERS_CHANNEL'
  if (!channel)
    return good(
      isManagers
        ? 'Managers get no digest and no channel posts (MANAGERS_CHANNEL is not set)'
        : 'No announcements (ANNOUNCE_CHANNEL is not set)',
    )
  try {
    const room = await port.roomInfo(channel)
    if (room.archived) return bad(`${name} is archived`, 'name another channel, or unarchive it')
    if (!room.present) return bad(`${name} does not have Wardroom in it`, INVITE)
    if (room.shared)
      return warn(`${name} is shared outside the organisation`, 'name a channel of your own people')
    return isManagers ? readersFinding(room) : good(`${name} can be reached`)
  } catch (error) {
    const code = error instanceof ChatError ? error.code : 'unknown'
    if (code === 'missing_scope') return publicFinding(name)
    return bad(
      `${name} cannot be reached (${code})`,
      'give the channel’s id, which begins with C or G, and invite the bot there',
    )
  }
}

const INVITE = 'type /invite and the app’s name in that channel'

/** What managers hear names clocks and owners: who reads it is said. */
function readersFinding({ private: isPrivate, members }: RoomInfo): Finding {
  const readers = `${members.length} ${members.length === 1 ? 'person reads' : 'people read'} it`
  if (isPrivate) return good(`MANAGERS_CHANNEL is private and Wardroom is in it; ${readers}`)
  return warn(
    `MANAGERS_CHANNEL is public: Wardroom is in it, and so may anybody of the workspace be`,
    'name a private channel',
  )
}

const publicFinding = (name: 'ANNOUNCE_CHANNEL' | 'MANAGERS_CHANNEL'): Finding =>
  name === 'MANAGERS_CHANNEL'
    ? warn(
        'MANAGERS_CHANNEL is a public channel: anybody of the workspace may read it, and whether Wardroom is in it cannot be seen',
        'name a private channel and invite the bot to it; in this one, a post that fails is told to WARDROOM_ADMINS and the privacy officer',
      )
    : warn(
        `${name} is a public channel, which the bot does not ask to read, so this cannot be tried`,
        'invite the bot there: without that, what is said there fails',
      )
