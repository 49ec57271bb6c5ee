import { describe, expect, test } from 'vitest'
import { makeDirectory } from '../../../src/chat/teams/reading/directory.ts'
import { activityInbound, unknownInbound } from '../../../src/chat/teams/reading/events.ts'
import {
  account,
  at,
  atMs,
  bot,
  dana,
  key,
  knowing,
  message,
  now,
  otherTeam,
  personal,
  posted,
  room,
  sam,
  self,
  stranger,
  team,
  teamThread,
  tenant,
  updated,
} from './activities.ts'

const all = (activity: unknown) => activityInbound(self, knowing(), activity, now)
const nothing: object[] = []
const stamp = { platform: 'teams', workspace: tenant, at: new Date(at) }
const withoutGroup = { channelData: { ...updated('x').channelData, team: { id: teamThread } } }
const noGroup = (eventType: string, more: object = {}) =>
  updated(eventType, { channelData: { ...withoutGroup.channelData, eventType }, ...more })
const installed = (action: string | undefined, more: object = {}, inTeam = team) => {
  const { membersAdded: _, ...rest } = updated('', {}, inTeam) as { membersAdded?: unknown }
  return { ...rest, type: 'installationUpdate', action, ...more }
}

describe('what happens to a channel becomes', () => {
  const rows: [string, readonly object[], readonly object[]][] = [
    [
      'a rename, with the new name',
      all(updated('channelRenamed')),
      [
        {
          type: 'room',
          change: 'renamed',
          room,
          name: 'inc-2026-0007',
          actor: sam.id,
          actorKind: 'human',
          ...stamp,
          key: `teams:${tenant}:${room}:renamed::f:0001`,
        },
      ],
    ],
    ['a deletion', all(updated('channelDeleted')), [{ change: 'deleted', room }]],
    ['a return, when it was restored', all(updated('channelRestored')), [{ change: 'unarchived', room }]],
    ['a room shared outside', all(updated('channelShared')), [{ change: 'shared', room }]],
    ['nothing when it was made, by us or by anybody', all(updated('channelCreated')), nothing],
    [
      'nothing where only a private or shared channel is meant',
      all(updated('channelMemberAdded', { membersAdded: [account(dana)] })),
      nothing,
    ],
    [
      'a rename where nobody tells whose team it is',
      all(noGroup('channelRenamed')),
      [{ change: 'renamed', room }],
    ],
    [
      'a rename by nobody we can name',
      all(updated('channelRenamed', { from: { id: stranger.member } })),
      [{ change: 'renamed', actor: '', actorKind: 'system' }],
    ],
    [
      'a rename by nobody',
      all(updated('channelRenamed', { from: undefined })),
      [{ actor: '', actorKind: 'system' }],
    ],
    ['a rename by us', all(updated('channelRenamed', { from: bot })), [{ actor: bot.id, actorKind: 'bot' }]],
    [
      'nothing known without the new name',
      all(
        updated('channelRenamed', {
          channelData: { ...updated('').channelData, eventType: 'channelRenamed', channel: { id: room } },
        }),
      ),
      [{ type: 'unknown' }],
    ],
    [
      'nothing known without the channel',
      all(
        updated('channelDeleted', {
          channelData: { ...updated('').channelData, eventType: 'channelDeleted', channel: null },
        }),
      ),
      [{ type: 'unknown' }],
    ],
    ['nothing in another team', all(updated('channelDeleted', {}, otherTeam)), nothing],
  ]
  for (const [name, got, wanted] of rows)
    test(name, () => {
      expect(got).toHaveLength(wanted.length)
      expect(got).toMatchObject(wanted)
      for (const each of got) expect(each).not.toHaveProperty('everyRoom')
    })
})

describe('what happens to the incidents team happens to every room:', () => {
  const every = { type: 'room', everyRoom: true, room: '', ...stamp }
  const members = (eventType: string, more: object, inTeam = team) => updated(eventType, more, inTeam)
  const added = (...who: object[]) => members('teamMemberAdded', { membersAdded: who })
  const taken = (...who: object[]) => members('teamMemberRemoved', { membersRemoved: who })
  const rows: [string, readonly object[], readonly object[]][] = [
    [
      'archived',
      all(updated('teamArchived')),
      [{ ...every, change: 'archived', actor: sam.id, key: `teams:${tenant}:team:${team}:archived::f:0001` }],
    ],
    ['taken out of the archive', all(updated('teamUnarchived')), [{ ...every, change: 'unarchived' }]],
    ['deleted', all(updated('teamDeleted')), [{ ...every, change: 'deleted' }]],
    ['deleted for good', all(updated('teamHardDeleted')), [{ ...every, change: 'deleted' }]],
    ['restored', all(updated('teamRestored')), [{ ...every, change: 'unarchived' }]],
    ['its own name changes nothing', all(updated('teamRenamed')), nothing],
    [
      'somebody joins, by standing membership',
      all(added(account(dana))),
      [
        {
          ...every,
          change: 'joined',
          person: dana.id,
          standing: true,
          actor: sam.id,
          key: `teams:${tenant}:team:${team}:joined:${dana.id}:f:0001`,
        },
      ],
    ],
    [
      'two join at once',
      all(added(account(dana), account(sam))),
      [
        { change: 'joined', person: dana.id },
        { change: 'joined', person: sam.id },
      ],
    ],
    [
      'somebody joins of whom only the member id is told',
      all(added({ id: dana.member })),
      [{ change: 'joined', person: dana.id }],
    ],
    ['somebody leaves', all(taken({ id: dana.member })), [{ ...every, change: 'left', person: dana.id }]],
    [
      'some come and some go',
      all(members('', { membersAdded: [account(sam)], membersRemoved: [account(dana)] })),
      [
        { change: 'joined', person: sam.id },
        { change: 'left', person: dana.id },
      ],
    ],
    [
      'somebody joins whom nobody can name',
      all(added({ id: stranger.member }, account(dana))),
      [{ type: 'unknown' }, { change: 'joined', person: dana.id }],
    ],
    ['the bot is put in', all(added(bot)), [{ ...every, change: 'bot-added' }]],
    [
      'the bot is taken out',
      all(taken({ id: bot.id.toUpperCase() })),
      [{ ...every, change: 'bot-removed', key: `teams:${tenant}:team:${team}:bot-removed::f:0001` }],
    ],
    ['another bot comes and is nobody', all(added({ id: '28:0b07' })), nothing],
    ['installed', all(installed('add')), [{ ...every, change: 'bot-added' }]],
    ['uninstalled', all(installed('remove')), [{ ...every, change: 'bot-removed' }]],
    [
      'upgraded, which takes nothing away',
      [...all(installed('remove-upgrade')), ...all(installed('add-upgrade'))],
      nothing,
    ],
    ['nothing is known of another action', all(installed('explode')), [{ type: 'unknown' }]],
    ['nothing is known of no action', all(installed(undefined)), [{ type: 'unknown' }]],
    ['nothing is known of an event nobody told us of', all(updated('teamMoved')), [{ type: 'unknown' }]],
    [
      'nothing is known of an event that is none',
      all(updated('', { channelData: { ...updated('').channelData, eventType: null } })),
      [{ type: 'unknown' }],
    ],
    [
      'nothing is known where nobody tells whose team it is',
      [
        ...all(noGroup('teamArchived')),
        ...all(noGroup('teamMemberAdded', { membersAdded: [account(dana)] })),
      ],
      [{ type: 'unknown' }, { type: 'unknown' }],
    ],
  ]
  for (const [name, got, wanted] of rows)
    test(name, () => {
      expect(got).toHaveLength(wanted.length)
      expect(got).toMatchObject(wanted)
    })

  test('a guest is said to be one, where a roster told', () => {
    const directory = makeDirectory()
    directory.learn({ id: dana.id, name: dana.name, guest: true })
    expect(activityInbound(self, directory, added(account(dana), account(sam)), now)).toMatchObject([
      { person: dana.id, guest: true },
      { person: sam.id },
    ])
    expect(activityInbound(self, directory, added(account(sam)), now)[0]).not.toHaveProperty('guest')
  })
  test('only who joins has standing', () => {
    for (const activity of [taken(account(dana)), updated('teamArchived'), installed('add')])
      expect(all(activity)[0]).not.toHaveProperty('standing')
  })
  test('a retry carries the same key, another activity another', () => {
    const keys = (activity: object) => all(activity).map((each) => each.key)
    expect(keys(added(account(dana)))).toEqual(keys(added(account(dana))))
    expect(keys({ ...added(account(dana)), id: 'f:0002' })).not.toEqual(keys(added(account(dana))))
    const unmarked = { ...added(account(dana)), id: undefined }
    expect(keys(unmarked)).toEqual(keys({ ...unmarked }))
    expect(keys(unmarked)).not.toEqual(keys({ ...unmarked, timestamp: '2026-11-21T00:00:00Z' }))
  })
  test('nothing of it happens when it happens to another team, or in a chat', () => {
    const events = ['teamArchived', 'teamDeleted', 'teamUnarchived']
    for (const event of events) expect(all(updated(event, {}, otherTeam))).toEqual([])
    expect(all(members('teamMemberAdded', { membersAdded: [account(dana), bot] }, otherTeam))).toEqual([])
    expect(all(installed('remove', {}, otherTeam))).toEqual([])
    expect(all(installed('add', personal))).toEqual([])
    expect(all(updated('', { ...personal, membersAdded: [bot] }))).toEqual([])
  })
})

describe('a reaction becomes', () => {
  const reacted = (more: object) =>
    posted({ type: 'messageReaction', id: 'f:77', replyToId: message, ...more })
  const like = { reactionsAdded: [{ type: 'like' }] }
  const rows: [string, readonly object[], readonly object[]][] = [
    [
      'one on its message',
      all(reacted(like)),
      [
        {
          type: 'reaction',
          room,
          message,
          name: 'like',
          added: true,
          actor: sam.id,
          actorKind: 'human',
          ...stamp,
          key: `${key}:r:${sam.id}:like:+:${atMs}`,
        },
      ],
    ],
    [
      'one taken back, under another key',
      all(reacted({ reactionsRemoved: [{ type: 'heart' }] })),
      [{ added: false, name: 'heart', key: `${key}:r:${sam.id}:heart:-:${atMs}` }],
    ],
    [
      'two, where one was exchanged for another',
      all(reacted({ ...like, reactionsRemoved: [{ type: 'sad' }] })),
      [
        { added: false, name: 'sad' },
        { added: true, name: 'like' },
      ],
    ],
    ['one of any sign', all(reacted({ reactionsAdded: [{ type: '👍' }] })), [{ name: '👍' }]],
    [
      'one on the message it names, not on the thread it is in',
      all(reacted({ ...like, replyToId: '1795300000999' })),
      [{ room, message: '1795300000999' }],
    ],
    [
      'one by somebody known by member id',
      all(reacted({ ...like, from: { id: dana.member } })),
      [{ actor: dana.id }],
    ],
    ['nothing from ourselves', all(reacted({ ...like, from: bot })), nothing],
    ['nothing where nothing changed', all(reacted({})), nothing],
    [
      'nothing known by somebody nobody told of',
      all(reacted({ ...like, from: { id: stranger.member } })),
      [{ type: 'unknown' }],
    ],
    [
      'nothing known without its message',
      all(reacted({ ...like, replyToId: undefined })),
      [{ type: 'unknown' }],
    ],
    [
      'nothing known without its time',
      all(reacted({ ...like, timestamp: undefined })),
      [{ type: 'unknown' }],
    ],
    [
      'nothing known of a sign that is none',
      all(reacted({ reactionsAdded: [{ type: 7 }] })),
      [{ type: 'unknown' }],
    ],
  ]
  for (const [name, got, wanted] of rows)
    test(name, () => {
      expect(got).toHaveLength(wanted.length)
      expect(got).toMatchObject(wanted)
    })
})

describe('what no schema knows', () => {
  const odd: [string, unknown][] = [
    ['nothing at all', undefined],
    ['null', null],
    ['a number', 7],
    ['a word', 'message'],
    ['a list', [posted()]],
    ['an activity of no type', posted({ type: undefined })],
    ['an activity of a type nobody knows', posted({ type: 'telepathy' })],
    ['an activity of a type that objects inherit', posted({ type: 'constructor' })],
    ['an invoke, which somebody waits for', posted({ type: 'invoke', name: 'task/fetch' })],
    ['an activity of no conversation', posted({ conversation: undefined })],
    ['a conversation without an id', posted({ conversation: { conversationType: 'channel' } })],
    ['a sender that is a name', posted({ from: sam.name })],
    ['a sender without an id', posted({ from: { aadObjectId: sam.id } })],
    ['a time that is none', posted({ timestamp: 'soon' })],
    ['a time that is a number', posted({ timestamp: 1795300000123 })],
    ['a text that is an object', posted({ text: { toString: 'x' } })],
    ['attachments that are none', posted({ attachments: 'x' })],
    ['an id that is a number', posted({ id: 1795300000123 })],
    ['an id without end', posted({ id: '1'.repeat(10_000) })],
    ['members that are names', updated('teamMemberAdded', { membersAdded: ['dana'] })],
    ['a tenant that is a number', posted({ channelData: { tenant: { id: 7 } } })],
  ]
  for (const [name, payload] of odd)
    test(`${name}: is kept whole, under the key of its content`, () => {
      const [got, ...rest] = all(payload)
      expect(rest).toEqual([])
      expect(got).toMatchObject({
        type: 'unknown',
        platform: 'teams',
        workspace: tenant,
        actor: '',
        actorKind: 'system',
        payload: JSON.stringify(payload) ?? 'undefined',
      })
      expect(got?.key).toMatch(new RegExp(`^teams:${tenant}:unknown:[0-9a-f]{64}$`))
      expect(all(payload)[0]?.key).toBe(got?.key)
    })

  test('has the time it tells, else the time it came', () => {
    expect(all(posted({ type: 'telepathy' }))[0]?.at).toEqual(new Date(at))
    expect(all(7)[0]?.at).toBe(now)
    expect(unknownInbound(self, { a: 1 }, now)).toMatchObject({ payload: '{"a":1}', at: now })
  })
  test('teaches nothing', () => {
    const directory = makeDirectory()
    activityInbound(self, directory, posted({ text: 7 }), now)
    expect(directory.all()).toEqual([])
  })
})

test('what clients and meetings do is understood and nothing', () => {
  for (const more of [
    { type: 'typing' },
    { type: 'event', name: 'application/vnd.microsoft.readReceipt' },
    { type: 'endOfConversation' },
  ])
    expect(all(posted(more))).toEqual([])
})

test('what nobody asked for in an activity is no hindrance', () => {
  const more = {
    text: 'x',
    entities: [null, 7, { type: 'mention' }, { type: 'mention', mentioned: { id: 7 } }],
    localTimezone: 'Mars',
    value: { a: [1] },
  }
  expect(all(posted(more))).toMatchObject([{ type: 'message', body: { text: 'x' } }])
})
