/** Activities and Graph rows as Teams sends them, a few lines each, for tables. */
import { type Directory, makeDirectory } from '../../../src/chat/teams/reading/directory.ts'
import type { Self } from '../../../src/chat/teams/wire/self.ts'

export const tenant = '7e000000-0000-4000-8000-00000000007e'
export const team = '1c000000-0000-4000-8000-0000000000c1'
export const otherTeam = '2c000000-0000-4000-8000-0000000000c2'
export const appId = 'b0700000-0000-4000-8000-00000000b07a'
export const self: Self = {
  tenant,
  appId,
  team,
  teams: [team, otherTeam],
  zone: 'America/Chicago',
  sign: (words) => `signed ${words.length} ${words}`,
}

export const sam = { id: '5a000000-0000-4000-8000-00000000005a', member: '29:1sam', name: 'Sam Okafor' }
export const dana = { id: 'da000000-0000-4000-8000-0000000000da', member: '29:1dana', name: 'Dana Reyes' }
export const stranger = { member: '29:1who', name: 'Who Ever' }
export const bot = { id: `28:${appId}`, name: 'Wardroom' }

export const room = '19:aa11@thread.tacv2'
export const teamThread = '19:7eaa@thread.tacv2'
export const message = '1795300000123'
export const key = `teams:${tenant}:${room}:${message}`
export const at = '2026-11-20T22:40:00.123Z'
export const atMs = Date.parse(at)
export const now = new Date('2026-11-20T22:41:00Z')

/** Who was met before: Dana, not the stranger. */
export function knowing(): Directory {
  const directory = makeDirectory()
  directory.learn({ id: dana.id, member: dana.member, name: dana.name, guest: false })
  return directory
}

export const account = (who: { id: string; member: string; name: string }) => ({
  id: who.member,
  aadObjectId: who.id,
  name: who.name,
})

const channelData = (aadGroupId: string, more: object = {}) => ({
  tenant: { id: tenant },
  team: { id: teamThread, name: 'Incidents', aadGroupId },
  ...more,
})

/** A message Sam posted in a channel of the incidents team. */
export const posted = (more: object = {}, inTeam = team) => ({
  type: 'message',
  id: message,
  timestamp: at,
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/amer/',
  from: account(sam),
  recipient: bot,
  conversation: {
    id: `${room};messageid=${message}`,
    conversationType: 'channel',
    isGroup: true,
    tenantId: tenant,
  },
  channelData: channelData(inTeam, { channel: { id: room } }),
  ...more,
})

export const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] })

/** `text` with mentions as `{bot}`, `{sam}`, `{dana}`, `{who}`: an activity's HTML and entities. */
export function says(typed: string, more: object = {}) {
  const people = {
    bot,
    sam: account(sam),
    dana: account(dana),
    who: { id: stranger.member, name: stranger.name },
  }
  const entities: object[] = []
  const body = typed.replace(/\{(bot|sam|dana|who)\}/g, (_, who: keyof typeof people) => {
    const { id, name } = people[who]
    entities.push({ type: 'mention', text: `<at>${name}</at>`, mentioned: { id, name } })
    return `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="${entities.length - 1}">${name}</span>`
  })
  return posted({ ...html(`<p>${body}</p>`), entities, ...more })
}

/** In the chat between the bot and Sam. */
export const personal = {
  conversation: { id: 'a:1chat', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
}

export const updated = (eventType: string, more: object = {}, inTeam = team) => ({
  type: 'conversationUpdate',
  id: 'f:0001',
  timestamp: at,
  from: account(sam),
  recipient: bot,
  conversation: { id: teamThread, conversationType: 'channel', isGroup: true, tenantId: tenant },
  channelData: channelData(inTeam, { eventType, channel: { id: room, name: 'inc-2026-0007' } }),
  ...more,
})

export const row = (more: object = {}) => ({
  id: message,
  replyToId: null,
  messageType: 'message',
  createdDateTime: at,
  lastModifiedDateTime: at,
  lastEditedDateTime: null,
  deletedDateTime: null,
  subject: null,
  from: { application: null, user: { id: sam.id, displayName: sam.name, userIdentityType: 'aadUser' } },
  body: { contentType: 'html', content: '<p>x</p>' },
  attachments: [],
  mentions: [],
  reactions: [],
  ...more,
})
