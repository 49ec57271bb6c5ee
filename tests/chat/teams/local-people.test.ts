/** People at the local Teams' clients: presses, dialogs, message actions, and what each of them sees. */
import { describe, expect, test } from 'vitest'
import { actionsIn } from '../../support/teams/cards.ts'
import { asMessage, card, proving } from '../../support/teams/proving.ts'
import type { Json } from '../../support/teams/state.ts'

const { arrived, bot, botPosts, calls, general, helpdesk, teams } = proving()

describe('people at their clients', () => {
  const execute = { type: 'Action.Execute', title: 'Acknowledge', data: { w: { l: 'ack' } } }
  const opens = {
    type: 'Action.Submit',
    title: 'Decide',
    data: { w: { l: 'decide', f: 1 }, msteams: { type: 'task/fetch' } },
  }
  const sure = {
    type: 'Action.ShowCard',
    title: 'Close',
    card: {
      type: 'AdaptiveCard',
      actions: [{ type: 'Action.Execute', title: 'Yes, close', data: { w: { l: 'close' } } }],
    },
  }
  const form: Json = {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'Input.Text',
        id: 'f:what',
        label: 'What was decided',
        isRequired: true,
        errorMessage: 'Say what was decided.',
      },
      {
        type: 'Input.ChoiceSet',
        id: 'f:who',
        label: 'Who',
        isMultiSelect: true,
        choices: [
          { title: 'Jo Park', value: 'jo' },
          { title: 'Lee Chan', value: 'lee' },
        ],
      },
      { type: 'Input.Date', id: 'f:when:date', label: 'When' },
    ],
    actions: [{ type: 'Action.Submit', title: 'Record', data: { w: { v: 'decide' } } }],
  }
  const dialogAnswer = {
    status: 200,
    body: {
      task: {
        type: 'continue',
        value: {
          title: 'Decide',
          height: 'medium',
          width: 'medium',
          card: { contentType: 'application/vnd.microsoft.card.adaptive', content: form },
        },
      },
    },
  }
  const place = async () => ({
    room: helpdesk(),
    message: await botPosts(helpdesk(), card(execute, opens, sure)),
  })

  test('a press is an invoke; its answer is the presser’s alone until the post is updated', async () => {
    const on = await place()
    bot().answers(() => ({
      status: 200,
      body: {
        statusCode: 200,
        type: 'application/vnd.microsoft.card.adaptive',
        value: { ...card(), fallbackText: 'acknowledged' },
      },
    }))
    expect(await teams().as('jo').click(on, 'Acknowledge')).toMatchObject({ ok: true })
    const [invoke] = await arrived()
    expect(invoke).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: on.message,
      from: { aadObjectId: teams().as('jo').id },
      conversation: { id: `${on.room};messageid=${on.message}` },
      value: { action: { type: 'Action.Execute', title: 'Acknowledge', data: { w: { l: 'ack' } } } },
    })
    const reads = (who: string) => teams().as(who).everything(on.room)[0]?.card?.fallbackText
    expect([reads('jo'), reads('sam')]).toEqual(['acknowledged', undefined])
    await calls().connector(
      'PUT',
      `v3/conversations/${on.room}/activities/${on.message}`,
      asMessage({ ...card(), fallbackText: 'for all' }),
    )
    expect([reads('jo'), reads('sam')]).toEqual(['for all', 'for all'])
  })

  test('a button behind a confirmation is reached by its own words; one that is not there is named', async () => {
    const on = await place()
    bot().answers(() => ({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Closed.' },
    }))
    expect(await teams().as('jo').click(on, 'Yes, close')).toMatchObject({ ok: true, toast: 'Closed.' })
    expect(teams().as('jo').toasts()).toEqual(['Closed.'])
    await expect(teams().as('jo').click(on, 'Close')).rejects.toThrow(
      'There is no [Close] here; there is: Acknowledge · Decide · Close · Yes, close.',
    )
    await expect(
      teams()
        .as('victor')
        .click({ ...on, room: general() }, 'Acknowledge'),
    ).rejects.toThrow('cannot see')
    const [placed] = actionsIn(teams().as('jo').everything(on.room)[0]?.card ?? {})
    expect(placed?.above).toEqual([{ type: 'TextBlock', text: 'Status' }])
  })

  test('anything but an answer to an invoke is a failure the person sees', async () => {
    const on = await place()
    for (const reply of [
      { status: 500 },
      { status: 200 },
      {
        status: 200,
        body: {
          statusCode: 403,
          type: 'application/vnd.microsoft.error',
          value: { code: 'no', message: 'Not yours.' },
        },
      },
    ]) {
      bot().answers(() => reply)
      expect((await teams().as('jo').click(on, 'Acknowledge')).ok).toBe(false)
    }
    expect(teams().as('jo').toasts().at(-1)).toBe('Not yours.')
  })

  test('a button opens a dialog; the client holds back what is missing; errors leave it open, an empty answer closes it', async () => {
    const on = await place()
    const jo = teams().as('jo')
    bot().answers(() => dialogAnswer)
    expect(await jo.click(on, 'Decide')).toMatchObject({
      ok: true,
      dialog: { title: 'Decide', kind: 'task' },
    })
    expect(await arrived()).toMatchObject([
      { name: 'task/fetch', replyToId: on.message, value: { data: { w: { l: 'decide', f: 1 } } } },
    ])
    expect(await jo.submit()).toMatchObject({ isSent: false, errors: { 'f:what': 'Say what was decided.' } })
    expect(await arrived()).toEqual([])
    expect(
      await jo.submit({ What: 'off the net', Who: ['Jo Park', 'Lee Chan'], 'f:when:date': '2026-11-20' }),
    ).toMatchObject({ isSent: true })
    expect(await arrived()).toMatchObject([
      {
        name: 'task/submit',
        value: {
          data: {
            w: { v: 'decide' },
            'f:what': 'off the net',
            'f:who': 'jo,lee',
            'f:when:date': '2026-11-20',
          },
        },
      },
    ])
    expect(jo.dialog()?.title).toBe('Decide')
    bot().answers(() => ({ status: 500 }))
    expect(await jo.submit({ What: 'x' })).toMatchObject({ isSent: false, ok: false })
    expect(jo.dialog()).toBeDefined()
    bot().answers(() => ({ status: 200 }))
    await jo.submit({ What: 'x' })
    expect(jo.dialog()).toBeUndefined()
    await expect(jo.submit({ What: 'x' })).rejects.toThrow('No dialog is open.')
  })

  test('a message action hands over the message; its dialog is sent back as a message extension’s', async () => {
    const id = await teams().as('sam').post(helpdesk(), 'we shut it off')
    await arrived()
    bot().answers(() => dialogAnswer)
    await teams().as('dana').messageAction('record_decision', helpdesk(), id)
    await teams().as('dana').submit({ What: 'off' })
    const [fetched, sent] = await arrived()
    expect(fetched).toMatchObject({
      name: 'composeExtension/fetchTask',
      conversation: { id: `${helpdesk()};messageid=${id}` },
      value: {
        commandId: 'record_decision',
        commandContext: 'message',
        messagePayload: {
          id,
          from: { user: { id: teams().as('sam').id } },
          body: { contentType: 'html', content: '<p>we shut it off</p>' },
        },
      },
    })
    expect(sent).toMatchObject({
      name: 'composeExtension/submitAction',
      value: { commandId: 'record_decision', data: { 'f:what': 'off' } },
    })
  })

  test('people see the channels of their teams, and change only their own words', async () => {
    const named = (who: string) =>
      teams()
        .as(who)
        .channels()
        .map(({ teamName, name }) => `${teamName}/${name}`)
    expect(named('victor')).not.toContain('Incidents/General')
    expect(named('dana')).toEqual(expect.arrayContaining(['Incidents/General', 'Hospital/it-helpdesk']))
    const id = await teams().as('sam').post(helpdesk(), 'mine')
    await expect(teams().as('jo').edit(helpdesk(), id, 'yours')).rejects.toThrow('Only its author')
    teams().admin.archiveTeam('Hospital')
    await expect(teams().as('sam').post(helpdesk(), 'more')).rejects.toThrow('is archived')
  })

  test('the chat with the bot has one id from the start, and is a place to write in', async () => {
    const jo = teams().as('jo')
    expect(jo.dms()).toEqual([])
    await jo.post(jo.chat, '@wardroom list')
    await jo.direct('help')
    expect((await arrived()).map(({ type, conversation, text }) => [type, conversation.id, text])).toEqual([
      ['installationUpdate', jo.chat, undefined],
      ['message', jo.chat, '<at>Wardroom</at> list'],
      ['message', jo.chat, 'help'],
    ])
    expect(jo.dms()).toEqual([{ id: jo.chat }])
    teams().admin.uninstallFor('jo')
    await expect(jo.direct('help')).rejects.toThrow('Wardroom is not there for Jo Park.')
  })
})
