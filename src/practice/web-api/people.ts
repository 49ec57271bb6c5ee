// auth.test, apps.connections.open, team.*, users.*, usergroups.*
import { type Core, findPerson } from '../core.ts'
import type { Json } from '../page-api.ts'
import type { Person } from '../people.ts'
import { appId, botId, botUserId, teamId } from '../state.ts'
import { pageOf } from './access.ts'
import { SlackError } from './args.ts'
import type { Methods } from './method.ts'

const tzOffset = (at: Date, tz: string): number => {
  const zone = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' })
  const name = zone.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60) : 0
}

const personJson = (core: Core, person: Person): Json => {
  const tz = person.tz ?? 'America/New_York'
  return {
    id: person.id,
    team_id: teamId,
    name: person.name,
    deleted: false,
    real_name: person.realName,
    tz,
    tz_label: tz,
    tz_offset: tzOffset(core.now(), tz),
    profile: { title: person.title, real_name: person.realName, display_name: person.name, team: teamId },
    is_admin: false,
    is_owner: false,
    is_bot: false,
    is_app_user: false,
    is_restricted: person.isGuest ?? false,
    is_ultra_restricted: false,
    updated: 0,
  }
}

const botJson = (core: Core): Json => ({
  ...personJson(core, { id: botUserId, name: 'wardroom', realName: core.installed.appName, title: '' }),
  profile: {
    real_name: core.installed.appName,
    display_name: '',
    bot_id: botId,
    api_app_id: appId,
    team: teamId,
  },
  is_bot: true,
})

const slackbot: Json = {
  id: 'USLACKBOT',
  team_id: teamId,
  name: 'slackbot',
  real_name: 'Slackbot',
  is_bot: false,
}

const groupJson = (
  group: { id: string; handle: string; name: string; users: string[] },
  withUsers: boolean,
): Json => ({
  id: group.id,
  team_id: teamId,
  is_usergroup: true,
  name: group.name,
  handle: group.handle,
  description: '',
  date_delete: 0,
  user_count: group.users.length,
  ...(withUsers ? { users: group.users } : {}),
})

export const peopleMethods: Methods = {
  'auth.test': {
    anyToken: true,
    required: [],
    optional: [],
    run: (core) => ({
      url: `${core.origin()}/`,
      team: core.state.team.name,
      user: 'wardroom',
      team_id: teamId,
      user_id: botUserId,
      bot_id: botId,
      is_enterprise_install: false,
    }),
  },
  'team.info': {
    scope: ['team:read'],
    required: [],
    optional: ['team', 'domain'],
    run: (core, args) => {
      if (args.team && args.team !== teamId) throw new SlackError('team_not_found')
      return { team: { ...core.state.team, email_domain: '', icon: {} } }
    },
  },
  'users.info': {
    scope: ['users:read'],
    required: ['user'],
    optional: ['include_locale'],
    run: (core, args) => {
      if (args.user === botUserId) return { user: botJson(core) }
      const person = findPerson(core, args.user)
      if (!person) throw new SlackError('user_not_found')
      const locale = args.include_locale ? { locale: 'en-US' } : {}
      return { user: { ...personJson(core, person), ...locale } }
    },
  },
  'users.list': {
    scope: ['users:read'],
    required: [],
    optional: ['cursor', 'limit', 'include_locale', 'team_id'],
    run: (core, args) => {
      const everybody = [slackbot, ...core.state.people.map((row) => personJson(core, row)), botJson(core)]
      const { rows, next } = pageOf(everybody, args, 1000, 1000)
      return {
        members: rows,
        cache_ts: Math.floor(core.now().getTime() / 1000),
        response_metadata: { next_cursor: next },
      }
    },
  },
  'usergroups.list': {
    scope: ['usergroups:read'],
    required: [],
    optional: ['include_count', 'include_disabled', 'include_users', 'team_id'],
    run: (core, args) => ({
      usergroups: core.state.usergroups.map((group) => groupJson(group, args.include_users === true)),
    }),
  },
  'usergroups.users.list': {
    scope: ['usergroups:read'],
    required: ['usergroup'],
    optional: ['include_disabled', 'team_id'],
    run: (core, args) => {
      const group = core.state.usergroups.find((row) => row.id === args.usergroup)
      if (!group) throw new SlackError('no_such_subteam')
      return { users: group.users }
    },
  },
}
