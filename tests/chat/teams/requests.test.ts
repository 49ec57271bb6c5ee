import { describe, expect, test } from 'vitest'
import { dialog } from '../../../src/chat/teams/cards/dialog.ts'
import { signedWords } from '../../../src/chat/teams/cards/form-data.ts'
import { invokeInbound } from '../../../src/chat/teams/reading/requests.ts'
import type { Form } from '../../../src/views/card.ts'
import {
  account,
  appId,
  at,
  bot,
  dana,
  knowing,
  message,
  now,
  personal,
  posted,
  room,
  sam,
  self,
  stranger,
  tenant,
} from './activities.ts'

const invoke = (name: string, value: unknown, more: object = {}) =>
  posted({ type: 'invoke', name, value, id: 'f:1', ...more })
const read = (name: string, value: unknown, more: object = {}) =>
  invokeInbound(self, knowing(), invoke(name, value, more), now)
const base = {
  platform: 'teams',
  workspace: tenant,
  room,
  actor: sam.id,
  actorKind: 'human',
  at: new Date(at),
  key: `teams:${tenant}:activity:${room}:f:1`,
}
const onPost = { replyToId: message }
const inThread = { conversation: { ...posted().conversation, id: `${room};messageid=1795300000001` } }
const execute = (data: unknown, more: object = {}) =>
  read(
    'adaptiveCard/action',
    { action: { type: 'Action.Execute', title: 'Press', data }, trigger: 'manual' },
    { ...onPost, ...more },
  )
const fetched = (data: unknown, more: object = {}) =>
  read('task/fetch', { data, context: { theme: 'default' } }, { ...onPost, ...more })
const w = { l: 'ack hhs', i: 'inc-2026-0007' }

describe('a pressed button', () => {
  test('is its line, by whoever pressed it, on the post it sits on', () =>
    expect(execute({ w, d: 'd7' })).toEqual({
      kind: 'execute',
      person: sam.id,
      pressed: { room, message },
      inbound: {
        ...base,
        type: 'command',
        via: 'button',
        line: 'ack hhs',
        incident: 'inc-2026-0007',
        canOpenForm: false,
        pressed: { room, message },
      },
    }))

  const rows: [string, ReturnType<typeof execute>, object | undefined][] = [
    [
      'may name no incident',
      execute({ w: { l: 'help' } }),
      { inbound: { line: 'help', incident: undefined } },
    ],
    [
      'may ask for the form, which it cannot open',
      execute({ w: { ...w, f: 1 } }),
      { inbound: { form: true, canOpenForm: false } },
    ],
    [
      'on a reply knows the thread',
      execute({ w }, inThread),
      { inbound: { room, thread: '1795300000001' }, pressed: { room, message } },
    ],
    ['on the root of a thread is in none', execute({ w }), { inbound: { thread: undefined } }],
    [
      'in the chat with the bot is in that room',
      execute({ w }, personal),
      { inbound: { room: 'a:1chat' }, pressed: { room: 'a:1chat' } },
    ],
    [
      'by somebody known by member id is theirs',
      execute({ w }, { from: { id: dana.member } }),
      { person: dana.id, inbound: { actor: dana.id } },
    ],
    ['may bring what else the card asked for', execute({ w, note: 'x' }), { inbound: { line: 'ack hhs' } }],
    [
      'without a time is pressed now',
      execute({ w }, { timestamp: undefined, id: undefined }),
      { inbound: { at: now } },
    ],
    [
      'by nobody we can name is nothing',
      execute({ w }, { from: { id: stranger.member, name: sam.name } }),
      undefined,
    ],
    ['by nobody is nothing', execute({ w }, { from: undefined }), undefined],
    ['by a bot is nothing', execute({ w }, { from: bot }), undefined],
    ['on no post is nothing', execute({ w }, { replyToId: undefined }), undefined],
    ['without data is nothing', execute(undefined), undefined],
    ['with a line that is no text is nothing', execute({ w: { l: { l: 'close' } } }), undefined],
    ['with a line alone is nothing', execute({ l: 'close' }), undefined],
    ['with an incident that is no text is nothing', execute({ w: { l: 'close', i: 7 } }), undefined],
    ['with the data of a form is nothing', execute({ w: { verb: 'close', nonce: '12345678' } }), undefined],
  ]
  for (const [name, got, wanted] of rows) test(name, () => void expectRead(got, wanted))

  test('pressed twice are two, delivered twice is one', () => {
    expect(execute({ w })?.inbound.key).toBe(execute({ w })?.inbound.key)
    expect(execute({ w }, { id: 'f:2' })?.inbound.key).not.toBe(execute({ w })?.inbound.key)
    const keyless = { id: undefined }
    expect(execute({ w }, keyless)?.inbound.key).toBe(execute({ w }, keyless)?.inbound.key)
    expect(execute({ w }, keyless)?.inbound.key).not.toBe(execute({ w: { l: 'x' } }, keyless)?.inbound.key)
  })
})

describe('a button that opens a form', () => {
  const form = { w: { l: 'close', i: 'inc-2026-0007', f: 1 }, msteams: { type: 'task/fetch' } }
  test('asks for it, and a dialog may answer', () =>
    expect(fetched(form)).toEqual({
      kind: 'fetch',
      person: sam.id,
      pressed: { room, message },
      inbound: {
        ...base,
        type: 'command',
        via: 'button',
        line: 'close',
        incident: 'inc-2026-0007',
        form: true,
        canOpenForm: true,
      },
    }))
  test('need sit on no post', () => {
    expect(fetched(form, { replyToId: undefined })).toMatchObject({ kind: 'fetch' })
    expect(fetched(form, { replyToId: undefined })).not.toHaveProperty('pressed')
  })
  test('without a line is nothing', () => {
    for (const data of [undefined, null, 'close', {}, { w: {} }, { w: { l: 'x', f: 2 } }])
      expect(fetched(data)).toBeUndefined()
  })
})

const payload = {
  id: '1795290000000',
  replyToId: null,
  createdDateTime: '2026-11-20T19:53:20.000Z',
  lastModifiedDateTime: null,
  deleted: false,
  subject: null,
  from: {
    device: null,
    conversation: null,
    user: { id: dana.id.toUpperCase(), displayName: dana.name, userIdentityType: 'aadUser' },
    application: null,
  },
  reactions: [],
  mentions: [{ id: 0, mentionText: 'Sam' }],
  body: {
    contentType: 'html',
    content: '<p>laptop <b>gone</b>, <at id="0">Sam</at> &amp; I looked <emoji alt="🙁"></emoji></p>',
  },
  attachments: [],
}
const about = {
  room,
  message: payload.id,
  author: dana.id,
  at: new Date(payload.createdDateTime),
  text: 'laptop gone, @Sam & I looked 🙁',
}
const used = (commandId: unknown, messagePayload?: unknown, more: object = {}) =>
  read(
    'composeExtension/fetchTask',
    {
      commandId,
      commandContext: messagePayload ? 'message' : 'compose',
      ...(messagePayload ? { messagePayload } : {}),
    },
    more,
  )

describe('a command of the message extension', () => {
  test('declares from nothing', () =>
    expect(used('declare')).toEqual({
      kind: 'fetch',
      person: sam.id,
      inbound: {
        ...base,
        type: 'command',
        via: 'shortcut',
        line: 'declare',
        form: true,
        canOpenForm: true,
        thread: message,
      },
    }))
  test('declares from a message', () =>
    expect(used('declare_from_message', payload)).toEqual({
      kind: 'fetch',
      person: sam.id,
      inbound: {
        ...base,
        type: 'command',
        via: 'shortcut',
        line: 'declare',
        form: true,
        canOpenForm: true,
        about,
      },
    }))

  const withAbout = (more: object) => ({ inbound: { about: { ...about, ...more } } })
  const rows: [string, ReturnType<typeof used>, object | undefined][] = [
    [
      'records a message as a decision, which needs the form',
      used('record_decision', payload),
      { inbound: { line: 'decide', form: true, about } },
    ],
    [
      'records a message as evidence, which needs none',
      used('record_evidence', payload),
      { inbound: { line: 'evidence', form: undefined, about } },
    ],
    [
      'on a reply knows the thread',
      used('record_evidence', { ...payload, replyToId: '1795280000000' }),
      { inbound: { thread: '1795280000000' } },
    ],
    [
      'on a root message is in no thread',
      used('record_evidence', payload),
      { inbound: { thread: undefined } },
    ],
    [
      'in a chat between people names that chat',
      used('declare_from_message', payload, {
        conversation: { id: '19:a_b@unq.gbl.spaces', conversationType: 'personal' },
      }),
      { inbound: { room: '19:a_b@unq.gbl.spaces', about: { room: '19:a_b@unq.gbl.spaces' } } },
    ],
    [
      'on another bot’s message names the app',
      used('record_evidence', { ...payload, from: { user: null, application: { id: '0B07' } } }),
      withAbout({ author: '28:0b07' }),
    ],
    [
      'on our own message names us',
      used('record_evidence', { ...payload, from: { application: { id: appId } } }),
      withAbout({ author: bot.id }),
    ],
    [
      'on a message of nobody names nobody',
      used('record_evidence', { ...payload, from: null }),
      withAbout({ author: '' }),
    ],
    [
      'on a message of somebody without an account names nobody',
      used('record_evidence', { ...payload, from: { user: { id: '29:x', displayName: sam.name } } }),
      withAbout({ author: '' }),
    ],
    [
      'on a message without a time has its id’s',
      used('record_evidence', { ...payload, createdDateTime: null }),
      withAbout({ at: new Date(1795290000000) }),
    ],
    [
      'on a message that tells no time at all has now',
      used('record_evidence', { ...payload, id: 'x', createdDateTime: null }),
      withAbout({ message: 'x', at: now }),
    ],
    [
      'on a message without a body has no words',
      used('record_evidence', { ...payload, body: undefined, mentions: undefined }),
      withAbout({ text: '' }),
    ],
    [
      'on a plain message has its words as they are',
      used('record_evidence', { ...payload, body: { contentType: 'text', content: 'a <b>' } }),
      withAbout({ text: 'a <b>' }),
    ],
    [
      'on a titled message has the title too',
      used('record_evidence', { ...payload, subject: 'Lost', body: { contentType: 'html', content: 'x' } }),
      withAbout({ text: 'Lost\nx' }),
    ],
    ['that is not ours is nothing', used('shout', payload), undefined],
    ['that objects inherit is nothing', used('constructor', payload), undefined],
    ['without a name is nothing', used(undefined, payload), undefined],
    ['on a message without an id is nothing', used('record_evidence', { ...payload, id: null }), undefined],
    ['on what is no message is nothing', used('record_evidence', 'x'), undefined],
    [
      'on a message whose body is a word is nothing',
      used('record_evidence', { ...payload, body: 'x' }),
      undefined,
    ],
  ]
  for (const [name, got, wanted] of rows) test(name, () => void expectRead(got, wanted))
})

describe('a sent dialog', () => {
  const form: Form = {
    verb: 'decide',
    incident: 'inc-2026-0007',
    title: 'Record a decision',
    submit: 'Record',
    nonce: 'nonce-0001',
    carry: { message: payload.id },
    fields: [
      { kind: 'long-text', name: 'what', label: 'What' },
      { kind: 'person', name: 'who', label: 'Who' },
      { kind: 'instant', name: 'when', label: 'When' },
    ],
  }
  const drawn = dialog(
    form,
    { name: () => 'x', room: () => undefined },
    {
      people: [{ id: dana.id, name: dana.name }],
      zone: self.zone,
      asked: { room: '19:elsewhere@thread.tacv2' },
      person: sam.id,
      sign: self.sign,
    },
  )
  const carried = (drawn.card as unknown as { actions: { data: object }[] }).actions[0]?.data ?? {}
  const filled = {
    'f:what': 'isolate',
    'f:who': dana.id,
    'f:when:date': '2026-11-20',
    'f:when:time': '16:40',
  }
  const sent = (name: string, data: unknown, more: object = {}) =>
    read(name, { commandId: 'declare', data }, more)

  test('is its form filled in, wherever it was opened', () => {
    for (const name of ['task/submit', 'composeExtension/submitAction'])
      expect(sent(name, { ...carried, ...filled })).toEqual({
        kind: 'submit',
        person: sam.id,
        inbound: {
          ...base,
          key: `teams:${tenant}:form:${sam.id}:nonce-0001`,
          type: 'form',
          verb: 'decide',
          incident: 'inc-2026-0007',
          values: { what: 'isolate', who: dana.id, when: '2026-11-20T22:40:00.000Z' },
          carry: { message: payload.id },
        },
      })
  })
  test('is of the room it was sent from, whatever room it says', () =>
    expect(sent('task/submit', { ...carried, ...filled }, personal)).toMatchObject({
      inbound: { room: 'a:1chat' },
    }))
  test('sent twice is one', () => {
    const keyOf = (more: object) => sent('task/submit', carried, more)?.inbound.key
    expect(keyOf({ id: 'f:2' })).toBe(keyOf({ id: 'f:3' }))
  })
  test('is nothing where what it carries is not as it was handed to this person', () => {
    const { w } = carried as { w: object }
    const forged = [
      { carry: { message: payload.id, about_author: dana.id } },
      { incident: 'inc-2026-0001' },
      { verb: 'close' },
      { nonce: 'nonce-0002' },
      { cut: ['message'] },
      { sign: '' },
      { sign: undefined },
    ]
    for (const other of forged)
      expect(sent('task/submit', { ...carried, w: { ...w, ...other } })).toBeUndefined()
    expect(sent('task/submit', carried, { from: account(dana) })).toBeUndefined()
  })
  test('names what no dialog could hold whole', () => {
    const long: Form = { ...form, carry: { line: 'x'.repeat(40_000) } }
    const cut = dialog(
      long,
      { name: () => 'x', room: () => undefined },
      {
        ...{ people: [], zone: self.zone, asked: {}, person: sam.id, sign: self.sign },
      },
    )
    const { data } = (cut.card as unknown as { actions: { data: object }[] }).actions[0]!
    expect(sent('task/submit', data)).toMatchObject({ inbound: { altered: ['line'] } })
  })
  test('may carry nothing and name no incident', () => {
    const { nonce, verb } = form
    const bare = { ...carried, w: { nonce, verb, sign: self.sign(signedWords(sam.id, { nonce, verb })) } }
    expect(sent('task/submit', bare)).toMatchObject({ inbound: { type: 'form', carry: {} } })
    expect(sent('task/submit', bare)?.inbound).not.toHaveProperty('incident')
  })
  test('that nobody drew is nothing', () => {
    const odd = [
      undefined,
      null,
      'x',
      [],
      {},
      { w },
      { ...carried, w: { ...(carried as { w: object }).w, nonce: 'short' } },
      { ...carried, q: undefined },
    ]
    for (const data of odd) expect(sent('task/submit', data)).toBeUndefined()
  })
})

test('what asks for nothing of ours is nothing', () => {
  for (const name of [
    'signin/verifyState',
    'composeExtension/query',
    'message/submitAction',
    'constructor',
    '',
    undefined,
  ])
    expect(read(name as string, { data: { w } }, onPost)).toBeUndefined()
  for (const activity of [
    undefined,
    null,
    7,
    'invoke',
    [],
    {},
    posted({ name: 'task/fetch', value: { data: { w } } }),
  ])
    expect(invokeInbound(self, knowing(), activity, now)).toBeUndefined()
})

test('who presses is known by member id from then on', () => {
  const directory = knowing()
  invokeInbound(self, directory, invoke('task/fetch', { data: { w } }), now)
  expect(directory.byMember(sam.member)?.id).toBe(sam.id)
})

function expectRead(got: object | undefined, wanted: object | undefined) {
  if (!wanted) return expect(got).toBeUndefined()
  const inbound = (of: object) => (of as { inbound?: object }).inbound ?? {}
  for (const [field, value] of Object.entries(inbound(wanted)))
    if (value === undefined) expect(inbound(got ?? {})).not.toHaveProperty(field)
  return expect(got).toMatchObject(JSON.parse(JSON.stringify(wanted), revived))
}

/** Dates through JSON, which leaves fields out that are undefined. */
function revived(_: string, value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? new Date(value) : value
}
