import { describe, expect, test } from 'vitest'
import { makeDirectory } from '../../../src/chat/teams/reading/directory.ts'
import { originOf, teach } from '../../../src/chat/teams/reading/origin.ts'
import { activitySchema } from '../../../src/chat/teams/reading/payload.ts'
import { account, bot, dana, personal, posted, sam, team, teamThread, tenant, updated } from './activities.ts'

describe('where an activity comes from', () => {
  const chat = (more: object) => originOf(posted({ ...personal, ...more }))
  const conversation = personal.conversation
  const rows: [string, ReturnType<typeof originOf>, object | undefined][] = [
    [
      'a channel names its tenant, team and person',
      originOf(posted()),
      { tenant, team, teamThread, person: sam.id, scope: 'channel' },
    ],
    [
      'ids are taken in either case',
      originOf(
        posted({
          from: { id: '29:1sam', aadObjectId: sam.id.toUpperCase() },
          channelData: { tenant: { id: tenant.toUpperCase() }, team: { aadGroupId: team.toUpperCase() } },
        }),
      ),
      { tenant, team, person: sam.id },
    ],
    ['a chat with the bot has no team', chat({}), { tenant, team: undefined, scope: 'personal' }],
    [
      'a chat of several is one',
      chat({ conversation: { ...conversation, conversationType: 'groupChat' } }),
      { scope: 'groupChat' },
    ],
    [
      'a conversation of no kind that names a team is a channel',
      originOf(updated('x', { conversation: { id: teamThread } })),
      { scope: 'channel', tenant },
    ],
    [
      'a conversation of no kind and no team is a chat of several',
      chat({ conversation: { id: 'a:1chat' } }),
      { scope: 'groupChat' },
    ],
    [
      'a conversation of a kind nobody knows is a chat of several',
      originOf(posted({ conversation: { ...conversation, conversationType: 'meeting' } })),
      { scope: 'groupChat' },
    ],
    [
      'two tenants are none',
      chat({ channelData: { tenant: { id: '99000000-0000-4000-8000-000000000099' } } }),
      { tenant: undefined },
    ],
    [
      'a tenant beside something that is none is none',
      chat({ channelData: { tenant: { id: 'contoso.com' } } }),
      { tenant: undefined },
    ],
    ['one of the two places is enough', chat({ channelData: null }), { tenant }],
    [
      'no tenant at all is none',
      chat({ conversation: { id: 'a:1', conversationType: 'personal' }, channelData: null }),
      { tenant: undefined },
    ],
    [
      'a team that only the bot API names has no group',
      originOf(posted({ channelData: { team: { id: teamThread } } })),
      { team: undefined, teamThread },
    ],
    [
      'a sender without aadObjectId is nobody',
      originOf(posted({ from: { id: '29:1who', name: sam.id } })),
      { person: undefined },
    ],
    [
      'a member id where the object id belongs is nobody',
      originOf(posted({ from: { id: '29:1who', aadObjectId: '29:1who' } })),
      { person: undefined },
    ],
    ['an activity without a sender has none', originOf(posted({ from: undefined })), { person: undefined }],
    [
      'what names no conversation comes from nowhere',
      originOf(posted({ conversation: undefined })),
      undefined,
    ],
    ['what is no activity comes from nowhere', originOf('message'), undefined],
  ]
  for (const [name, got, wanted] of rows)
    test(name, () => (wanted ? expect(got).toMatchObject(wanted) : expect(got).toBeUndefined()))
})

test('the directory learns who wrote and who was added, never the bot, and of nobody whether they are a guest', () => {
  const directory = makeDirectory()
  directory.learn({ id: dana.id, name: 'Dana', guest: true })
  const membersAdded = [account(dana), { ...bot, aadObjectId: team }, { id: '29:1who' }]
  teach(directory, activitySchema.parse(updated('teamMemberAdded', { membersAdded })))
  expect(directory.all()).toHaveLength(2)
  expect(directory.byMember(dana.member)).toEqual({ ...dana, guest: true })
  expect(directory.byMember(sam.member)).toMatchObject({ id: sam.id, name: sam.name, guest: undefined })
})
