import { describe, expect, test } from 'vitest'
import { eventInbound } from '../../../src/chat/slack/events.ts'
import { botUser, eventBody, self, team } from './stub.ts'

const now = new Date('2026-11-20T22:41:00Z')
const event_ts = '1800000000.000100'
const inbound = (event: object) => eventInbound(self, eventBody({ event_ts, ...event }), now)

describe('an event becomes', () => {
  const item = { type: 'message', channel: 'C1', ts: '1799999999.000100' }
  const rows: [string, ReturnType<typeof inbound>, object | undefined][] = [
    [
      'a reaction without its skin tone',
      inbound({ type: 'reaction_added', user: 'U1', reaction: 'thumbsup::skin-tone-3', item }),
      { type: 'reaction', name: 'thumbsup', added: true, room: 'C1', message: item.ts },
    ],
    [
      'a reaction taken back, under another key',
      inbound({ type: 'reaction_removed', user: 'U1', reaction: 'pushpin', item }),
      { added: false, key: `slack:${team}:C1:${item.ts}:r:U1:pushpin:-:${event_ts}` },
    ],
    [
      'nothing when a file was reacted to',
      inbound({ type: 'reaction_added', user: 'U1', reaction: 'x', item: { type: 'file', file: 'F1' } }),
      undefined,
    ],
    [
      'someone joining',
      inbound({ type: 'member_joined_channel', user: 'U1', channel: 'C1' }),
      { type: 'room', change: 'joined', person: 'U1', room: 'C1', actor: 'U1' },
    ],
    [
      'someone asked in by a colleague, who did it',
      inbound({ type: 'member_joined_channel', user: 'U1', channel: 'C1', inviter: 'U2' }),
      { change: 'joined', person: 'U1', actor: 'U2' },
    ],
    [
      'someone who comes by our invitation, of themselves',
      inbound({ type: 'member_joined_channel', user: 'U1', channel: 'C1', inviter: botUser }),
      { change: 'joined', person: 'U1', actor: 'U1' },
    ],
    [
      'someone leaving',
      inbound({ type: 'member_left_channel', user: 'U1', channel: 'C1' }),
      { change: 'left' },
    ],
    [
      'the bot removed, when it is the one who left',
      inbound({ type: 'member_left_channel', user: botUser, channel: 'C1' }),
      { change: 'bot-removed' },
    ],
    [
      'the bot back, when it is the one who joined',
      inbound({ type: 'member_joined_channel', user: botUser, channel: 'C1' }),
      { change: 'bot-added', room: 'C1' },
    ],
    [
      'the bot removed, told as group_left',
      inbound({ type: 'group_left', channel: 'C1' }),
      { change: 'bot-removed' },
    ],
    [
      'a rename',
      inbound({ type: 'group_rename', channel: { id: 'C1', name: 'new', created: 1 } }),
      { change: 'renamed', room: 'C1', name: 'new' },
    ],
    [
      'archiving',
      inbound({ type: 'group_archive', channel: 'C1', user: 'U1' }),
      { change: 'archived', actor: 'U1' },
    ],
    ['unarchiving', inbound({ type: 'group_unarchive', channel: 'C1' }), { change: 'unarchived' }],
    ['a deletion', inbound({ type: 'group_deleted', channel: 'C1' }), { change: 'deleted' }],
    ['sharing outside', inbound({ type: 'channel_shared', channel: 'C1' }), { change: 'shared' }],
    [
      'a room that got another id',
      inbound({ type: 'channel_id_changed', old_channel_id: 'C1', new_channel_id: 'C2' }),
      { change: 'id-changed', room: 'C1', newRoom: 'C2' },
    ],
    [
      'the home opened',
      inbound({ type: 'app_home_opened', user: 'U1', tab: 'home' }),
      { type: 'home', actor: 'U1' },
    ],
    [
      'nothing from the messages tab',
      inbound({ type: 'app_home_opened', user: 'U1', tab: 'messages' }),
      undefined,
    ],
    [
      'nothing from a mention',
      inbound({ type: 'app_mention', user: 'U1', text: 'x', channel: 'C1' }),
      undefined,
    ],
    [
      'unknown when tokens were revoked',
      inbound({ type: 'tokens_revoked', tokens: {} }),
      { type: 'unknown' },
    ],
    ['unknown when the app was taken out', inbound({ type: 'app_uninstalled' }), { type: 'unknown' }],
    ['unknown when no schema knows it', inbound({ type: 'telepathy', thought: 'x' }), { type: 'unknown' }],
    [
      'unknown when a message has no ts',
      inbound({ type: 'message', channel: 'C1', text: 'x' }),
      { type: 'unknown' },
    ],
    ['unknown when a room event names no room', inbound({ type: 'group_archive' }), { type: 'unknown' }],
    [
      'unknown when a name is where a number belongs',
      inbound({ type: 'message', channel: 7, ts: 'soon' }),
      { type: 'unknown' },
    ],
  ]
  for (const [name, got, wanted] of rows)
    test(name, () => (wanted ? expect(got).toMatchObject(wanted) : expect(got).toBeUndefined()))

  test('what is unknown keeps its whole payload, and the same payload has the same key', () => {
    const odd = { type: 'telepathy', thought: 'x' }
    const got = inbound(odd)
    expect(got?.type === 'unknown' && JSON.parse(got.payload).event).toMatchObject(odd)
    expect(inbound(odd)?.key).toBe(got?.key)
    for (const payload of [null, 7, 'x', [], {}, { type: 'event_callback' }])
      expect(eventInbound(self, payload, now)).toMatchObject({ type: 'unknown' })
  })
})
