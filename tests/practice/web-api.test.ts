// The Web API's refusals as Slack words them, one sentence a row, and what a call leaves behind.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, startPractice } from '../../src/practice/server.ts'
import { call, manifest, movableClock } from './bot.ts'

let practice: Practice
let room = ''
let post = ''
let userPost = ''
let foreign = ''
const clock = movableClock()

beforeAll(async () => {
  practice = await startPractice({ now: clock.now, manifest, delivery: { mode: 'socket' }, retryScale: 0 })
  room = (await call(practice, 'conversations.create', { name: 'inc-2026-0001', is_private: true })).channel
    .id
  const users = `${practice.as('dana').id},${practice.as('sam').id}`
  await call(practice, 'conversations.invite', { channel: room, users })
  post = (await call(practice, 'chat.postMessage', { channel: room, text: 'hello' })).ts
  userPost = await practice.as('sam').post(room, 'mine')
  foreign = await practice.as('sam').createChannel('secret', true)
})
afterAll(() => practice.close())

const long = (length: number) => 'x'.repeat(length)
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
const plain = (text: string) => ({ type: 'plain_text', text })
const modal = (more: object = {}) => ({ type: 'modal', title: plain('T'), blocks: [section('a')], ...more })
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...more })
const blocks = (...list: object[]) => ({ channel: room, text: 't', blocks: list })
const actions = (...elements: object[]) => blocks({ type: 'actions', elements })

type Row = [sentence: string, method: string, args: () => Record<string, unknown>, error: string]

const rows: Row[] = [
  ['a method nobody knows', 'chat.shout', () => ({}), 'unknown_method'],
  ['a missing argument', 'chat.postMessage', () => ({ text: 'x' }), 'invalid_arguments'],
  [
    'an argument nobody knows',
    'chat.postMessage',
    () => ({ channel: room, text: 'x', texxt: 'y' }),
    'invalid_arguments',
  ],
  ['a post without content', 'chat.postMessage', () => ({ channel: room }), 'no_text'],
  [
    'a post to a room that does not exist',
    'chat.postMessage',
    () => ({ channel: 'C1', text: 'x' }),
    'channel_not_found',
  ],
  [
    'a post to a public channel without the bot',
    'chat.postMessage',
    () => ({ channel: 'C0GENERAL01', text: 'x' }),
    'not_in_channel',
  ],
  [
    'a post to a private channel without the bot',
    'chat.postMessage',
    () => ({ channel: foreign, text: 'x' }),
    'channel_not_found',
  ],
  [
    'a reply to nothing',
    'chat.postMessage',
    () => ({ channel: room, text: 'x', thread_ts: '1.000001' }),
    'cannot_reply_to_message',
  ],
  [
    'blocks that are not JSON',
    'chat.postMessage',
    () => ({ channel: room, text: 'x', blocks: '[' }),
    'invalid_blocks_format',
  ],
  [
    '51 blocks',
    'chat.postMessage',
    () => blocks(...Array.from({ length: 51 }, () => ({ type: 'divider' }))),
    'invalid_blocks',
  ],
  ['a section over 3000 characters', 'chat.postMessage', () => blocks(section(long(3001))), 'invalid_blocks'],
  ['an empty section', 'chat.postMessage', () => blocks({ type: 'section' }), 'invalid_blocks'],
  [
    'a header over 150 characters',
    'chat.postMessage',
    () => blocks({ type: 'header', text: plain(long(151)) }),
    'invalid_blocks',
  ],
  [
    'a header in mrkdwn',
    'chat.postMessage',
    () => blocks({ type: 'header', text: section('x').text }),
    'invalid_blocks',
  ],
  [
    '11 fields',
    'chat.postMessage',
    () => blocks({ type: 'section', fields: Array(11).fill(plain('x')) }),
    'invalid_blocks',
  ],
  [
    '26 buttons in a row',
    'chat.postMessage',
    () => actions(...Array.from({ length: 26 }, (_, at) => button({ action_id: `b${at}` }))),
    'invalid_blocks',
  ],
  ['two buttons with one action_id', 'chat.postMessage', () => actions(button(), button()), 'invalid_blocks'],
  [
    'two blocks with one block_id',
    'chat.postMessage',
    () => blocks({ ...section('a'), block_id: 'b' }, { ...section('c'), block_id: 'b' }),
    'invalid_blocks',
  ],
  [
    'a button text over 75 characters',
    'chat.postMessage',
    () => actions(button({ text: plain(long(76)) })),
    'invalid_blocks',
  ],
  [
    'a button value over 2000 characters',
    'chat.postMessage',
    () => actions(button({ value: long(2001) })),
    'invalid_blocks',
  ],
  [
    'a confirm title over 100 characters',
    'chat.postMessage',
    () =>
      actions(
        button({
          confirm: { title: plain(long(101)), text: plain('x'), confirm: plain('y'), deny: plain('n') },
        }),
      ),
    'invalid_blocks',
  ],
  [
    'a select without options',
    'chat.postMessage',
    () => actions({ type: 'static_select', action_id: 's', options: [] }),
    'invalid_blocks',
  ],
  [
    'an initial option that is no option',
    'chat.postMessage',
    () =>
      actions({
        type: 'static_select',
        action_id: 's',
        options: [{ text: plain('a'), value: 'a' }],
        initial_option: { text: plain('b'), value: 'b' },
      }),
    'invalid_blocks',
  ],
  [
    'an overflow of six',
    'chat.postMessage',
    () =>
      actions({
        type: 'overflow',
        action_id: 's',
        options: Array.from({ length: 6 }, (_, at) => ({ text: plain('a'), value: `${at}` })),
      }),
    'invalid_blocks',
  ],
  ['a block type nobody knows', 'chat.postMessage', () => blocks({ type: 'hologram' }), 'invalid_blocks'],
  [
    'markdown beside text',
    'chat.postMessage',
    () => ({ channel: room, text: 'x', markdown_text: 'y' }),
    'markdown_text_conflict',
  ],
  [
    'metadata without a payload',
    'chat.postMessage',
    () => ({ channel: room, text: 'x', metadata: { event_type: 'a' } }),
    'invalid_metadata_schema',
  ],
  [
    'metadata that is too large',
    'chat.postMessage',
    () => ({ channel: room, text: 'x', metadata: { event_type: 'a', event_payload: { a: long(9000) } } }),
    'metadata_too_large',
  ],
  [
    'an update of a person’s message',
    'chat.update',
    () => ({ channel: room, ts: userPost, text: 'x' }),
    'cant_update_message',
  ],
  [
    'an update of nothing',
    'chat.update',
    () => ({ channel: room, ts: '1.000001', text: 'x' }),
    'message_not_found',
  ],
  [
    'an update over 4000 characters',
    'chat.update',
    () => ({ channel: room, ts: post, text: long(4001) }),
    'msg_too_long',
  ],
  [
    'a deletion of a person’s message',
    'chat.delete',
    () => ({ channel: room, ts: userPost }),
    'cant_delete_message',
  ],
  [
    'an ephemeral to somebody outside',
    'chat.postEphemeral',
    () => ({ channel: room, user: practice.as('jo').id, text: 'x' }),
    'user_not_in_channel',
  ],
  [
    'a link to nothing',
    'chat.getPermalink',
    () => ({ channel: room, message_ts: '1.000001' }),
    'message_not_found',
  ],
  [
    'a taken room name',
    'conversations.create',
    () => ({ name: 'inc-2026-0001', is_private: true }),
    'name_taken',
  ],
  [
    'a room name in capitals',
    'conversations.create',
    () => ({ name: 'Inc', is_private: true }),
    'invalid_name_specials',
  ],
  [
    'a room name of dashes',
    'conversations.create',
    () => ({ name: '---', is_private: true }),
    'invalid_name_punctuation',
  ],
  [
    'a room name over 80 characters',
    'conversations.create',
    () => ({ name: long(81), is_private: true }),
    'invalid_name_maxlength',
  ],
  [
    'a topic over 250 characters',
    'conversations.setTopic',
    () => ({ channel: room, topic: long(251) }),
    'too_long',
  ],
  [
    'inviting the bot itself',
    'conversations.invite',
    () => ({ channel: room, users: practice.botUserId }),
    'cant_invite_self',
  ],
  [
    'inviting a member',
    'conversations.invite',
    () => ({ channel: room, users: practice.as('dana').id }),
    'already_in_channel',
  ],
  ['inviting nobody known', 'conversations.invite', () => ({ channel: room, users: 'U1' }), 'user_not_found'],
  ['inviting without users', 'conversations.invite', () => ({ channel: room, users: ' , ' }), 'no_user'],
  [
    'reading a public channel without the bot',
    'conversations.history',
    () => ({ channel: 'C0GENERAL01' }),
    'not_in_channel',
  ],
  [
    'reading a private channel without the bot',
    'conversations.history',
    () => ({ channel: foreign }),
    'channel_not_found',
  ],
  [
    'a bad time bound',
    'conversations.history',
    () => ({ channel: room, oldest: 'yesterday' }),
    'invalid_ts_oldest',
  ],
  ['a bad cursor', 'conversations.history', () => ({ channel: room, cursor: 'abc' }), 'invalid_cursor'],
  [
    'a thread of nothing',
    'conversations.replies',
    () => ({ channel: room, ts: '1.000001' }),
    'thread_not_found',
  ],
  ['a limit of 1000', 'conversations.history', () => ({ channel: room, limit: 1000 }), 'invalid_limit'],
  ['leaving #general', 'conversations.leave', () => ({ channel: 'C0GENERAL01' }), 'cant_leave_general'],
  ['opening messages with nobody', 'conversations.open', () => ({ users: 'U1' }), 'user_not_found'],
  ['pinning without a message', 'pins.add', () => ({ channel: room }), 'no_item_specified'],
  [
    'pinning a join message',
    'pins.add',
    () => ({ channel: room, timestamp: practice.as('dana').messages(room)[0]?.ts }),
    'not_pinnable',
  ],
  ['unpinning what is not pinned', 'pins.remove', () => ({ channel: room, timestamp: post }), 'no_pin'],
  [
    'a bookmark that is no link',
    'bookmarks.add',
    () => ({ channel_id: room, title: 'T', type: 'canvas' }),
    'invalid_bookmark_type',
  ],
  [
    'a bookmark to a script',
    'bookmarks.add',
    () => ({ channel_id: room, title: 'T', type: 'link', link: 'javascript:1' }),
    'invalid_link',
  ],
  [
    'editing a bookmark that is not there',
    'bookmarks.edit',
    () => ({ channel_id: room, bookmark_id: 'Bk1', title: 'x' }),
    'not_found',
  ],
  [
    'a reaction with no such name',
    'reactions.add',
    () => ({ channel: room, timestamp: post, name: 'a b' }),
    'invalid_name',
  ],
  ['a view without a trigger', 'views.open', () => ({ view: modal() }), 'invalid_arguments'],
  [
    'a trigger nobody issued',
    'views.open',
    () => ({ trigger_id: '1.2.3', view: modal() }),
    'invalid_trigger_id',
  ],
  [
    'a view title over 24 characters',
    'views.open',
    () => ({ trigger_id: '1', view: modal({ title: plain(long(25)) }) }),
    'invalid_arguments',
  ],
  [
    'an input without submit',
    'views.open',
    () => ({
      trigger_id: '1',
      view: modal({ blocks: [{ type: 'input', label: plain('L'), element: { type: 'plain_text_input' } }] }),
    }),
    'invalid_arguments',
  ],
  [
    'private_metadata over 3000',
    'views.open',
    () => ({ trigger_id: '1', view: modal({ private_metadata: long(3001) }) }),
    'invalid_arguments',
  ],
  [
    'a view over 250 kB, in bytes',
    'views.open',
    () => ({
      trigger_id: '1',
      view: modal({ blocks: Array.from({ length: 50 }, () => section('é'.repeat(2600))) }),
    }),
    'view_too_large',
  ],
  ['an update of a closed view', 'views.update', () => ({ view_id: 'V1', view: modal() }), 'not_found'],
  [
    'an upload without bytes',
    'files.completeUploadExternal',
    () => ({ files: [{ id: 'F1' }] }),
    'file_not_found',
  ],
  ['a file nobody shared with the bot', 'files.info', () => ({ file: 'F1' }), 'file_not_found'],
  ['nobody', 'users.info', () => ({ user: 'U1' }), 'user_not_found'],
  ['a group that is not there', 'usergroups.users.list', () => ({ usergroup: 'S1' }), 'no_such_subteam'],
  ['sockets with the bot token', 'apps.connections.open', () => ({}), 'not_allowed_token_type'],
]

describe('refused, at HTTP 200', () => {
  it.each(rows)('%s', async (_, method, args, error) => {
    expect(await call(practice, method, args())).toMatchObject({ ok: false, error })
  })
})

describe('tokens and scopes', () => {
  it('no token, a wrong token', async () => {
    expect(await call(practice, 'auth.test', {}, '')).toMatchObject({ error: 'not_authed' })
    expect(await call(practice, 'auth.test', {}, 'xoxb-no')).toMatchObject({ error: 'invalid_auth' })
  })

  it('a scope the manifest does not ask for is missing, by kind of channel', async () => {
    const bare = { ...manifest, oauth_config: { scopes: { bot: ['groups:write'] } } }
    const other = await startPractice({ now: clock.now, manifest: bare, delivery: { mode: 'socket' } })
    expect(await call(other, 'conversations.create', { name: 'open' })).toMatchObject({
      error: 'missing_scope',
      needed: 'channels:manage',
    })
    const { channel } = await call(other, 'conversations.create', { name: 'closed', is_private: true })
    expect(await call(other, 'conversations.history', { channel: channel.id })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:history',
    })
    expect(await call(other, 'chat.postMessage', { channel: channel.id, text: 'x' })).toMatchObject({
      needed: 'chat:write',
    })
    await other.close()
  })
})

describe('accepted', () => {
  it('form, JSON and multipart bodies alike, team_id everywhere', async () => {
    const url = `${practice.apiUrl}chat.postMessage`
    const headers = { authorization: `Bearer ${practice.botToken}` }
    const args = { channel: room, text: 'é😀', team_id: practice.teamId }
    const form = new FormData()
    for (const [name, value] of Object.entries(args)) form.set(name, value)
    const bodies = [
      { body: new URLSearchParams(args), headers },
      { body: JSON.stringify(args), headers: { ...headers, 'content-type': 'application/json' } },
      { body: form, headers },
    ]
    for (const init of bodies) {
      const response = await fetch(url, { method: 'POST', ...init })
      expect(await response.json()).toMatchObject({ ok: true, message: { text: 'é😀' } })
    }
  })

  it('a partial invitation with force names what failed; without it nobody is invited', async () => {
    const jo = practice.as('jo')
    const users = `${jo.id},U1,${practice.as('dana').id}`
    expect(await call(practice, 'conversations.invite', { channel: room, users })).toMatchObject({
      ok: false,
      errors: [{ user: 'U1' }, {}],
    })
    expect(jo.channels().some((channel) => channel.id === room)).toBe(false)
    expect(await call(practice, 'conversations.invite', { channel: room, users, force: true })).toMatchObject(
      { ok: true, errors: [{ error: 'user_not_found' }, { error: 'already_in_channel' }] },
    )
    expect(jo.channels().some((channel) => channel.id === room)).toBe(true)
  })

  it('history gives parents only, newest first, paged, with metadata on request; replies give the thread', async () => {
    const { channel } = await call(practice, 'conversations.create', { name: 'paged', is_private: true })
    const metadata = { event_type: 'delivery', event_payload: { id: 'd1' } }
    const { ts } = await call(practice, 'chat.postMessage', { channel: channel.id, text: 'one', metadata })
    await call(practice, 'chat.postMessage', { channel: channel.id, text: 'below', thread_ts: ts })
    await call(practice, 'chat.postMessage', { channel: channel.id, text: 'two' })
    await call(practice, 'chat.postMessage', { channel: channel.id, text: 'three' })
    const first = await call(practice, 'conversations.history', { channel: channel.id, limit: 2 })
    expect(first.messages.map((row: { text: string }) => row.text)).toEqual(['three', 'two'])
    const cursor = first.response_metadata.next_cursor
    const second = await call(practice, 'conversations.history', {
      channel: channel.id,
      limit: 2,
      cursor,
      include_all_metadata: true,
    })
    expect(second.messages).toMatchObject([{ text: 'one', metadata, reply_count: 1 }])
    expect(second).toMatchObject({ has_more: false, response_metadata: { next_cursor: '' } })
    const after = await call(practice, 'conversations.history', { channel: channel.id, oldest: ts })
    expect(after.messages).toHaveLength(2)
    const inclusive = await call(practice, 'conversations.history', {
      channel: channel.id,
      oldest: ts,
      inclusive: true,
    })
    expect(inclusive.messages).toHaveLength(3)
    const replies = await call(practice, 'conversations.replies', { channel: channel.id, ts })
    expect(replies.messages.map((row: { text: string }) => row.text)).toEqual(['one', 'below'])
  })

  it('pins, bookmarks, topic, archive; an archived room keeps its name and takes no posts', async () => {
    const { channel } = await call(practice, 'conversations.create', { name: 'whole-life', is_private: true })
    const { ts } = await call(practice, 'chat.postMessage', { channel: channel.id, text: 'card' })
    await call(practice, 'pins.add', { channel: channel.id, timestamp: ts })
    expect(await call(practice, 'pins.add', { channel: channel.id, timestamp: ts })).toMatchObject({
      error: 'already_pinned',
    })
    expect((await call(practice, 'pins.list', { channel: channel.id })).items).toMatchObject([
      { message: { ts } },
    ])
    const { bookmark } = await call(practice, 'bookmarks.add', {
      channel_id: channel.id,
      title: 'Record',
      type: 'link',
      link: 'https://example.org',
    })
    await call(practice, 'bookmarks.edit', {
      channel_id: channel.id,
      bookmark_id: bookmark.id,
      title: 'The record',
    })
    expect((await call(practice, 'bookmarks.list', { channel_id: channel.id })).bookmarks).toMatchObject([
      { title: 'The record' },
    ])
    expect(await call(practice, 'conversations.setTopic', { channel: channel.id, topic: 't' })).toMatchObject(
      { ok: true },
    )
    expect(
      await call(practice, 'conversations.rename', { channel: channel.id, name: 'whole-life-2' }),
    ).toMatchObject({ channel: { name: 'whole-life-2' } })
    await call(practice, 'conversations.archive', { channel: channel.id })
    expect(await call(practice, 'chat.postMessage', { channel: channel.id, text: 'x' })).toMatchObject({
      error: 'is_archived',
    })
    expect(await call(practice, 'conversations.create', { name: 'whole-life-2' })).toMatchObject({
      error: 'name_taken',
    })
    expect(await call(practice, 'conversations.archive', { channel: channel.id })).toMatchObject({
      error: 'already_archived',
    })
    expect(await call(practice, 'conversations.history', { channel: channel.id })).toMatchObject({ ok: true })
  })

  it('guests are marked, listed people have zones, the bot is a bot', async () => {
    const { members } = await call(practice, 'users.list', {})
    const byName = Object.fromEntries(members.map((row: { name: string }) => [row.name, row]))
    expect(byName.gus).toMatchObject({ is_restricted: true })
    expect(byName.dana).toMatchObject({ is_restricted: false, tz: 'America/New_York', tz_offset: -18000 })
    expect(byName.wardroom).toMatchObject({ is_bot: true })
    expect(
      practice
        .as('gus')
        .channels()
        .map((row) => row.name),
    ).toEqual(['it-helpdesk'])
  })

  it('message times strictly increase while the clock stands still', async () => {
    const times: string[] = []
    for (let at = 0; at < 5; at += 1) times.push(await practice.as('sam').post(room, `n${at}`))
    expect([...new Set(times)].sort()).toEqual(times)
  })

  it('an update without blocks keeps them; a text over 40,000 characters is cut', async () => {
    const { ts } = await call(practice, 'chat.postMessage', {
      channel: room,
      text: 'a',
      blocks: [section('kept')],
    })
    const updated = await call(practice, 'chat.update', { channel: room, ts, text: 'b' })
    expect(updated.message).toMatchObject({ text: 'b', blocks: [{ text: { text: 'kept' } }] })
    expect(
      (await call(practice, 'chat.postMessage', { channel: room, text: long(40_001) })).message.text,
    ).toHaveLength(40_000)
  })

  it('calls are logged with their arguments and answers', () => {
    const created = practice.calls.find((row) => row.method === 'conversations.create')
    expect(created).toMatchObject({ args: { name: 'inc-2026-0001', is_private: true }, answer: { ok: true } })
    expect(JSON.stringify(practice.calls)).not.toContain(practice.botToken)
  })
})
