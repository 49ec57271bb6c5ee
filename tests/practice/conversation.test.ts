// The same sentences in both delivery modes: what reaches a real Bolt app, and what people see of its answers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from './bot.ts'

const modal = (blocks: object[]) => ({
  type: 'modal' as const,
  callback_id: 'form',
  title: { type: 'plain_text' as const, text: 'A form' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  blocks: blocks as never,
})
const field = {
  type: 'input',
  block_id: 'what',
  label: { type: 'plain_text', text: 'What' },
  element: { type: 'plain_text_input', action_id: 'text' },
}
const button = (text: string, value: string) => ({
  type: 'button',
  action_id: 'press',
  text: { type: 'plain_text', text },
  value,
})

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  let world: World
  let room = ''
  const seen: { kind: string; body: Record<string, never> }[] = []
  const last = (kind: string) =>
    seen.filter((row) => row.kind === kind).at(-1)?.body as never as Record<string, unknown>

  beforeAll(async () => {
    world = await startWorld(mode, {
      setUp: (app) => {
        app.command('/incident', async ({ ack, body, client, respond }) => {
          seen.push({ kind: 'command', body: body as never })
          if (body.text === 'form') {
            await ack()
            await client.views.open({ trigger_id: body.trigger_id, view: modal([field]) })
          } else if (body.text === 'silent') {
            // never acknowledged
          } else if (body.text === 'respond') {
            await ack()
            await respond({ text: 'later' })
          } else await ack({ text: `you typed ${body.text}` })
        })
        app.command('/raw', async ({ ack, body }) => {
          seen.push({ kind: 'raw', body: body as never })
          await ack()
        })
        app.action('press', async ({ ack, body, respond }) => {
          seen.push({ kind: 'action', body: body as never })
          await ack()
          await respond({ text: 'pressed', replace_original: true })
        })
        app.action('pick', async ({ ack, body }) => {
          seen.push({ kind: 'action', body: body as never })
          await ack()
        })
        app.view('form', async ({ ack, body }) => {
          seen.push({ kind: 'submission', body: body as never })
          const text = body.view.state.values.what?.text?.value
          if (text === 'bad') await ack({ response_action: 'errors', errors: { what: 'Not that.' } })
          else if (text === 'more') await ack({ response_action: 'push', view: modal([field]) })
          else if (text === 'other')
            await ack({ response_action: 'update', view: { ...modal([field]), notify_on_close: true } })
          else if (text === 'clear') await ack({ response_action: 'clear' })
          else await ack()
        })
        app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
          seen.push({ kind: 'closed', body: body as never })
          await ack()
        })
        app.shortcut('declare', async ({ ack, body, client }) => {
          seen.push({ kind: 'shortcut', body: body as never })
          await ack()
          await client.views.open({ trigger_id: body.trigger_id, view: modal([field]) })
        })
        app.shortcut('record', async ({ ack, body }) => {
          seen.push({ kind: 'shortcut', body: body as never })
          await ack()
        })
      },
      ackMs: 1500,
    })
    const { channel } = await world.bot.app.client.conversations.create({
      name: 'inc-2026-0001',
      is_private: true,
    })
    room = channel?.id ?? ''
    const users = ['dana', 'sam'].map((name) => world.practice.as(name).id).join(',')
    await world.bot.app.client.conversations.invite({ channel: room, users })
    await world.practice.idle()
  })
  afterAll(() => world.close())

  it('a command arrives with escaped mentions, and its answer is private', async () => {
    const sam = world.practice.as('sam')
    await sam.command('it-helpdesk', '/incident assign commander @dana in #general')
    const dana = world.practice.as('dana').id
    expect(last('command').text).toBe(`assign commander <@${dana}|dana> in <#C0GENERAL01|general>`)
    expect(sam.ephemerals('it-helpdesk').at(-1)?.text).toContain('you typed assign')
    expect(world.practice.as('dana').ephemerals('it-helpdesk')).toEqual([])
  })

  it('a command without should_escape gets the bare words, and a private room is called privategroup', async () => {
    await world.practice.as('sam').command(room, '/raw tell @dana')
    expect(last('raw')).toMatchObject({ text: 'tell @dana', channel_name: 'privategroup', channel_id: room })
  })

  it('an unacknowledged command shows Slack’s own timeout error to its author', async () => {
    const sam = world.practice.as('sam')
    await sam.command(room, '/incident silent')
    expect(sam.ephemerals(room).at(-1)?.text).toMatch(
      /failed with the error "(operation_timeout|dispatch_failed)"/,
    )
  })

  it('commands are refused in threads and unknown ones never reach the bot', async () => {
    const sam = world.practice.as('sam')
    await expect(sam.command(room, '/incident status', { thread: '1.1' })).rejects.toThrow(
      'not supported in threads',
    )
    await expect(sam.command(room, '/nothing')).rejects.toThrow('not a valid command')
  })

  it('a later answer through response_url is private too', async () => {
    const sam = world.practice.as('sam')
    await sam.command(room, '/incident respond')
    await world.practice.waitFor(() => sam.ephemerals(room).at(-1)?.text === 'later', 'the answer')
  })

  it('a message, its thread, edit and deletion arrive with previous versions', async () => {
    const sam = world.practice.as('sam')
    world.bot.heard.length = 0
    const ts = await sam.post(room, 'a <b> & c @dana')
    await sam.reply(room, ts, 'below')
    await sam.reply(room, ts, 'below and above', { broadcast: true })
    await sam.edit(room, ts, 'changed')
    await sam.remove(room, ts)
    const alone = await sam.post(room, 'alone')
    await sam.remove(room, alone)
    await world.practice.idle()
    const events = [...world.bot.heard.map((row) => row.event)].sort(
      (a, b) => Number(a.event_ts) - Number(b.event_ts),
    )
    const dana = world.practice.as('dana').id
    expect(events.map((event) => event.subtype ?? 'plain')).toEqual([
      'plain',
      'plain',
      'thread_broadcast',
      'message_changed',
      'message_changed',
      'plain',
      'message_deleted',
    ])
    expect(events[0]).toMatchObject({
      channel: room,
      channel_type: 'group',
      text: `a &lt;b&gt; &amp; c <@${dana}>`,
    })
    expect(events[1]).toMatchObject({ thread_ts: ts, parent_user_id: sam.id })
    expect(events[3]).toMatchObject({
      hidden: true,
      message: { text: 'changed', edited: { user: sam.id } },
      previous_message: { ts },
    })
    expect(events[4]?.message).toMatchObject({ subtype: 'tombstone', user: 'USLACKBOT' })
    expect(events[4]?.previous_message).toMatchObject({ text: 'changed' })
    expect(events[6]).toMatchObject({ deleted_ts: alone, previous_message: { text: 'alone' } })
  })

  it('a mention beside its message, reactions and pins arrive', async () => {
    const sam = world.practice.as('sam')
    world.bot.heard.length = 0
    const ts = await sam.post(room, '@wardroom note hello')
    await sam.react(room, ts, 'pushpin')
    await sam.unreact(room, ts, 'pushpin')
    await sam.pin(room, ts)
    await world.practice.idle()
    expect(world.bot.types().sort()).toEqual([
      'app_mention',
      'message',
      'pin_added',
      'reaction_added',
      'reaction_removed',
    ])
    const reaction = world.bot.heard.find((row) => row.event.type === 'reaction_added')?.event
    expect(reaction).toMatchObject({
      reaction: 'pushpin',
      user: sam.id,
      item: { type: 'message', channel: room, ts },
    })
  })

  it('the bot hears its own posts with bot_id, and its direct messages reach one person', async () => {
    world.bot.heard.length = 0
    const dana = world.practice.as('dana')
    await world.bot.app.client.chat.postMessage({
      channel: dana.id,
      text: 'for you',
      metadata: { event_type: 'd', event_payload: { id: '1' } },
    })
    await world.practice.idle()
    expect(world.bot.heard[0]?.event).toMatchObject({
      bot_id: 'B0WARDROOM',
      channel_type: 'im',
      metadata: { event_type: 'd' },
    })
    const dm = dana.dms()[0]
    expect(dm).toMatchObject({ name: 'Wardroom', unread: 1 })
    expect(world.practice.as('sam').dms()).toEqual([])
  })

  it('a button sends value and message once, and its response_url replaces the message', async () => {
    const sam = world.practice.as('sam')
    const { ts } = await world.bot.app.client.chat.postMessage({
      channel: room,
      text: 'card',
      blocks: [
        { type: 'actions', block_id: 'row', elements: [button('I lead this', 'claim commander')] },
      ] as never,
    })
    await sam.click({ channel: room, ts: ts ?? '' }, 'I lead this')
    expect(last('action')).toMatchObject({
      type: 'block_actions',
      actions: [{ action_id: 'press', block_id: 'row', value: 'claim commander', type: 'button' }],
      channel: { id: room, name: 'privategroup' },
      message: { ts },
      user: { id: sam.id },
    })
    await world.practice.waitFor(
      () => sam.messages(room).find((row) => row.ts === ts)?.text === 'pressed',
      'replacement',
    )
  })

  it('selects carry users, options and date-times, with state.values', async () => {
    const sam = world.practice.as('sam')
    const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text.toLowerCase() })
    const { ts = '' } = await world.bot.app.client.chat.postMessage({
      channel: room,
      text: 'pickers',
      blocks: [
        {
          type: 'actions',
          block_id: 'p',
          elements: [
            { type: 'users_select', action_id: 'who' },
            { type: 'static_select', action_id: 'pick', options: [option('High'), option('Low')] },
            { type: 'datetimepicker', action_id: 'when' },
          ],
        },
      ] as never,
    })
    await sam.select({ channel: room, ts }, 'pick', 'High', { who: sam.id, when: 1_795_000_000 })
    expect(last('action')).toMatchObject({
      actions: [{ type: 'static_select', selected_option: { value: 'high' } }],
      state: {
        values: {
          p: {
            who: { selected_user: sam.id },
            pick: { selected_option: { value: 'high' } },
            when: { selected_date_time: 1_795_000_000 },
          },
        },
      },
    })
  })

  it('a form: required field, errors, push, update, clear, close', async () => {
    const sam = world.practice.as('sam')
    await sam.command(room, '/incident form')
    await world.practice.waitFor(() => sam.modal(), 'the form')
    expect(await sam.submit({})).toMatchObject({
      isSent: false,
      errors: { what: 'Please complete this required field.' },
    })
    expect(await sam.submit({ what: 'bad' })).toMatchObject({ isSent: true, errors: { what: 'Not that.' } })
    await sam.submit({ what: 'more' })
    expect(sam.modals()).toHaveLength(2)
    await sam.submit({ text: 'more' })
    expect(sam.modals()).toHaveLength(3)
    await sam.submit({ what: 'good' })
    expect(sam.modals()).toHaveLength(2)
    await sam.submit({ what: 'other' })
    await sam.close()
    expect(last('closed')).toMatchObject({ type: 'view_closed', is_cleared: false })
    await sam.submit({ what: 'clear' })
    expect(sam.modals()).toEqual([])
    expect(last('submission')).toMatchObject({
      type: 'view_submission',
      view: { callback_id: 'form', state: { values: {} } },
    })
  })

  it('global and message shortcuts', async () => {
    const sam = world.practice.as('sam')
    await sam.globalShortcut('declare')
    await world.practice.waitFor(() => sam.modal(), 'the form')
    await sam.close({ all: true })
    const ts = await sam.post(room, 'we decided')
    await sam.messageShortcut('record', room, ts)
    expect(last('shortcut')).toMatchObject({
      type: 'message_action',
      callback_id: 'record',
      message: { ts, text: 'we decided' },
      channel: { id: room },
    })
  })

  it('a file arrives as file_share and file_shared; its bytes need the token, without it a login page at 200', async () => {
    const sam = world.practice.as('sam')
    world.bot.heard.length = 0
    const { fileId } = await sam.upload(room, { name: 'Scan 1.txt', bytes: 'evidence' }, { text: 'see' })
    await world.practice.idle()
    expect(world.bot.types().sort()).toEqual(['file_share', 'file_shared'])
    const share = world.bot.heard.find((row) => row.event.subtype === 'file_share')?.event
    const url = share?.files[0].url_private
    const headers = { authorization: `Bearer ${world.practice.botToken}` }
    expect(await (await fetch(url, { headers })).text()).toBe('evidence')
    const without = await fetch(url)
    expect(without.status).toBe(200)
    expect(without.headers.get('content-type')).toContain('text/html')
    const info = await world.bot.app.client.files.info({ file: fileId })
    expect(info.file).toMatchObject({ size: 8, mimetype: 'text/plain' })
  })

  it('filesUploadV2 posts a file into the room', async () => {
    await world.bot.app.client.filesUploadV2({
      channel_id: room,
      file: Buffer.from('report'),
      filename: 'report.txt',
      initial_comment: 'done',
    })
    const message = world.practice.as('dana').messages(room).at(-1)
    expect(message).toMatchObject({ text: 'done', files: [{ name: 'report.txt', size: 6 }] })
  })
})
