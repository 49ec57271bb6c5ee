import { describe, expect, test } from 'vitest'
import type { Inbound } from '../../../src/chat/port.ts'
import { eventInbound } from '../../../src/chat/slack/events.ts'
import { recoveredMessage } from '../../../src/chat/slack/message.ts'
import { messageSchema } from '../../../src/chat/slack/payload.ts'
import { botId, botUser, eventBody, self, team } from './stub.ts'

const now = new Date('2026-11-20T22:41:00Z')
const ts = '1800000000.000100'
const inbound = (event: object): Inbound | undefined => eventInbound(self, eventBody(event), now)
const message = (more: object) =>
  inbound({ type: 'message', channel: 'C1', channel_type: 'group', ts, event_ts: ts, ...more })
const changed = (more: object, previous?: unknown) =>
  message({
    subtype: 'message_changed',
    hidden: true,
    event_ts: '1800000009.000900',
    ts: '1800000009.000900',
    message: { ts, user: 'U1', text: 'two', ...more },
    ...(previous === undefined ? {} : { previous_message: previous }),
  })

describe('a message event becomes', () => {
  const key = `slack:${team}:C1:${ts}`
  const rows: [string, Inbound | undefined, object | undefined][] = [
    [
      'a message with the text as Slack has it, entities decoded',
      message({ user: 'U1', text: 'a &lt;b&gt; &amp;amp; <@U2>' }),
      { key, change: 'posted', actor: 'U1', actorKind: 'human', body: { text: 'a <b> &amp; <@U2>' } },
    ],
    [
      'a reply that knows its thread',
      message({ user: 'U1', text: 'x', thread_ts: '1799999999.000000' }),
      { thread: '1799999999.000000' },
    ],
    [
      'a reply also sent to the room',
      message({ user: 'U1', text: 'x', subtype: 'thread_broadcast', thread_ts: '1799999999.000000' }),
      { key, thread: '1799999999.000000' },
    ],
    ['a message in the first person', message({ user: 'U1', text: 'x', subtype: 'me_message' }), { key }],
    [
      'a file with what Slack says of it',
      message({
        user: 'U1',
        text: '',
        subtype: 'file_share',
        files: [{ id: 'F1', name: 'log.txt', mimetype: 'text/plain', size: 12 }],
      }),
      { body: { text: '', files: [{ id: 'F1', name: 'log.txt', mime: 'text/plain', size: 12 }] } },
    ],
    [
      'a file known by its id only',
      message({ user: 'U1', text: 'x', files: [{ id: 'F1', file_access: 'check_file_info' }] }),
      { body: { files: [{ id: 'F1', name: '', mime: '', size: 0 }] } },
    ],
    [
      'another bot’s message, kept',
      message({ subtype: 'bot_message', bot_id: 'B9', text: 'alert' }),
      { actor: 'B9', actorKind: 'bot', body: { author: 'B9' } },
    ],
    [
      'another bot’s message that has attachments only',
      message({
        subtype: 'bot_message',
        bot_id: 'B9',
        text: '',
        attachments: [{ title: 'Disk', text: 'full' }],
      }),
      { body: { text: 'Disk\nfull' } },
    ],
    [
      'the words of blocks when there is no text',
      message({
        user: 'U1',
        text: '',
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'user', user_id: 'U2' },
                  { type: 'text', text: ' saw ' },
                  { type: 'link', url: 'https://x.test' },
                ],
              },
            ],
          },
        ],
      }),
      { body: { text: '<@U2> saw https://x.test' } },
    ],
    [
      'our own post, with its delivery',
      message({
        user: botUser,
        bot_id: botId,
        text: 'x',
        metadata: { event_type: 'wardroom_delivery', event_payload: { delivery: 'd7' } },
      }),
      { own: true, delivery: 'd7', actorKind: 'bot' },
    ],
    [
      'our own post told without its author',
      message({ subtype: 'bot_message', bot_id: botId, text: 'x' }),
      { own: true, actorKind: 'bot' },
    ],
    [
      'our own doing told without a bot',
      message({ user: botUser, subtype: 'me_message', text: 'x' }),
      { own: true, actorKind: 'bot' },
    ],
    [
      'another bot’s post that claims a delivery of ours, without it',
      message({
        user: 'U9',
        bot_id: 'B9',
        text: 'x',
        metadata: { event_type: 'wardroom_delivery', event_payload: { delivery: 'd7' } },
      }),
      { own: undefined, delivery: undefined },
    ],
    [
      'nothing when the bot itself set the topic',
      message({ user: botUser, bot_id: botId, subtype: 'group_topic', text: 'set the topic', topic: 'x' }),
      undefined,
    ],
    [
      'a topic notice',
      message({ user: 'U1', subtype: 'group_topic', text: 'set the topic', topic: 'x' }),
      { body: { text: 'set the topic' } },
    ],
    [
      'an edit with the version before it',
      changed({ edited: { user: 'U1', ts: '1800000009.000000' } }, { ts, user: 'U1', text: 'one' }),
      {
        key: `${key}:e1800000009.000000`,
        change: 'edited',
        body: { text: 'two' },
        previous: { text: 'one' },
        message: ts,
      },
    ],
    [
      'an edit whose previous version Slack sent as an empty list',
      changed({ edited: { user: 'U1', ts: '1800000009.000000' } }, []),
      { key: `${key}:e1800000009.000000`, previous: undefined },
    ],
    ['an edit without a previous version', changed({ edited: { user: 'U1', ts: '1800000009.000000' } }), {}],
    [
      'an edit of our own post',
      changed(
        { user: botUser, bot_id: botId, edited: { user: botUser, ts: '1800000009.000000' } },
        { ts, user: botUser, bot_id: botId, text: 'one' },
      ),
      { own: true, change: 'edited' },
    ],
    [
      'an edit that only changed the blocks',
      changed(
        { text: 'two', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'new' } }] },
        { ts, user: 'U1', text: 'two', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'old' } }] },
      ),
      { change: 'edited', key: `${key}:e1800000009.000900` },
    ],
    [
      'an edit that took a file out',
      changed(
        { files: [{ id: 'F1', mode: 'tombstone' }] },
        { ts, user: 'U1', text: 'two', files: [{ id: 'F1', name: 'a', mimetype: 'b/c', size: 1 }] },
      ),
      { change: 'edited', body: { files: [] }, previous: { files: [{ id: 'F1' }] } },
    ],
    [
      'nothing when a link got its preview',
      changed(
        { text: 'two', attachments: [{ from_url: 'https://x.test' }] },
        { ts, user: 'U1', text: 'two' },
      ),
      undefined,
    ],
    [
      'nothing when a link got its preview and Slack left the version before out',
      changed({ text: 'two', attachments: [{ from_url: 'https://x.test' }] }),
      undefined,
    ],
    [
      'nothing when a thread was counted',
      changed({ text: 'two', reply_count: 2 }, { ts, user: 'U1', text: 'two', reply_count: 1 }),
      undefined,
    ],
    [
      'a deletion that keeps the words',
      message({
        subtype: 'message_deleted',
        deleted_ts: ts,
        ts: '1800000010.000000',
        previous_message: { ts, user: 'U1', text: 'gone' },
      }),
      {
        key: `${key}:d`,
        change: 'deleted',
        message: ts,
        actor: '',
        previous: { text: 'gone', author: 'U1' },
      },
    ],
    [
      'a deletion of which Slack tells no words',
      message({ subtype: 'message_deleted', deleted_ts: ts, ts: '1800000010.000000' }),
      { key: `${key}:d`, previous: undefined },
    ],
    [
      'a deletion when a thread’s first message became a tombstone',
      changed({ subtype: 'tombstone', user: 'USLACKBOT', text: 'deleted' }, { ts, user: 'U1', text: 'root' }),
      { key: `${key}:d`, change: 'deleted', previous: { text: 'root' } },
    ],
    [
      'a deletion of our own post',
      message({
        subtype: 'message_deleted',
        deleted_ts: ts,
        ts: '1800000010.000000',
        previous_message: { ts, user: botUser, bot_id: botId, text: 'x' },
      }),
      { own: true, change: 'deleted' },
    ],
    ...[
      'channel_join',
      'group_join',
      'channel_leave',
      'group_name',
      'channel_archive',
      'group_unarchive',
    ].map((subtype): [string, Inbound | undefined, undefined] => [
      `nothing from ${subtype}, which its own event tells`,
      message({ user: 'U1', subtype, text: 'x' }),
      undefined,
    ]),
    [
      'a room made public',
      message({ user: 'U1', subtype: 'channel_convert_to_public', text: 'x' }),
      { type: 'room', change: 'made-public' },
    ],
  ]
  for (const [name, got, wanted] of rows)
    test(name, () => {
      if (!wanted) return expect(got).toBeUndefined()
      for (const [field, value] of Object.entries(wanted))
        if (value === undefined) expect(got).not.toHaveProperty(field)
        else expect(got).toHaveProperty(field)
      expect(got).toMatchObject(
        Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
      )
    })
})

describe('a message that addresses the bot', () => {
  const line = (text: string, more: object = {}) => {
    const got = message({ user: 'U1', text, ...more })
    return got?.type === 'message' ? got.line : 'no message'
  }
  const rows: [string, string | undefined, string | undefined][] = [
    ['is a command line without the mention', line(`<@${botUser}> status`), 'status'],
    ['may be followed by a comma', line(`<@${botUser}>, status`), 'status'],
    ['may have odd spaces and quotes', line(`\u00a0<@${botUser}>\u00a0note “it’s off”`), `note "it's off"`],
    ['keeps other mentions bare', line(`<@${botUser}> assign commander <@U2|sam>`), 'assign commander <@U2>'],
    ['may be empty', line(`<@${botUser}>`), ''],
    ['in a thread works the same', line(`<@${botUser}> note x`, { thread_ts: '1799999999.0' }), 'note x'],
    ['with a file works the same', line(`<@${botUser}> note x`, { subtype: 'file_share' }), 'note x'],
    ['must begin with the mention', line(`ask <@${botUser}> status`), undefined],
    ['must mention this bot', line('<@U2> status'), undefined],
    ['from another bot runs nothing', line(`<@${botUser}> close`, { bot_id: 'B9' }), undefined],
    ['from ourselves runs nothing', line(`<@${botUser}> close`, { user: botUser }), undefined],
  ]
  for (const [name, got, wanted] of rows) test(name, () => expect(got).toBe(wanted))

  test('edited into a command runs nothing', () => {
    const edit = changed(
      { text: `<@${botUser}> close`, edited: { user: 'U1', ts: '1800000009.0' } },
      { ts, user: 'U1', text: 'x' },
    )
    expect(edit).toMatchObject({ change: 'edited' })
    expect(edit).not.toHaveProperty('line')
  })

  test('read from history runs nothing', () => {
    const row = messageSchema.parse({ ts, user: 'U1', text: `<@${botUser}> close` })
    expect(recoveredMessage(self, 'C1', row)).not.toHaveProperty('line')
  })
})

describe('a direct message to the bot', () => {
  const direct = (more: object) => message({ channel: 'D1', channel_type: 'im', user: 'U1', ...more })

  test('is a command, never a message', () => {
    expect(direct({ text: 'my laptop &amp; bag were stolen' })).toMatchObject({
      type: 'command',
      via: 'direct',
      line: 'my laptop & bag were stolen',
      room: 'D1',
      canOpenForm: false,
    })
  })

  test('may mention the bot', () =>
    expect(direct({ text: `<@${botUser}> help` })).toMatchObject({ line: 'help' }))

  test('edited, deleted, or written by us is nothing', () => {
    expect(direct({ text: 'x', user: botUser })).toBeUndefined()
    expect(direct({ text: 'x', bot_id: 'B9' })).toBeUndefined()
    expect(direct({ subtype: 'message_changed', message: { ts, text: 'x' } })).toBeUndefined()
    expect(direct({ subtype: 'message_deleted', deleted_ts: ts })).toBeUndefined()
  })
})

describe('push and history carry the same key', () => {
  const rows: [string, Inbound | undefined, object][] = [
    ['for a post', message({ user: 'U1', text: 'x' }), { ts, user: 'U1', text: 'x' }],
    [
      'for an edit',
      changed({ edited: { user: 'U1', ts: '1800000009.0' } }, { ts, user: 'U1', text: 'one' }),
      { ts, user: 'U1', text: 'two', edited: { user: 'U1', ts: '1800000009.0' } },
    ],
    [
      'for a deleted root',
      changed({ subtype: 'tombstone' }, { ts, user: 'U1', text: 'root' }),
      { ts, user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' },
    ],
  ]
  for (const [name, pushed, row] of rows)
    test(name, () => {
      const read = recoveredMessage(self, 'C1', messageSchema.parse(row))
      expect(read).toMatchObject({ key: pushed?.key, recovered: true })
    })
})
