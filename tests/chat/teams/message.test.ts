import { describe, expect, test } from 'vitest'
import type { Inbound } from '../../../src/chat/port.ts'
import { activityInbound } from '../../../src/chat/teams/reading/events.ts'
import { recoveredMessage } from '../../../src/chat/teams/reading/message.ts'
import { chatMessageSchema } from '../../../src/chat/teams/reading/payload.ts'
import { messageKey } from '../../../src/evidence/evidence-of.ts'
import {
  account,
  appId,
  at,
  atMs,
  bot,
  dana,
  html,
  key,
  knowing,
  message,
  now,
  otherTeam,
  personal,
  posted,
  room,
  row,
  sam,
  says,
  self,
  stranger,
  teamThread,
  tenant,
} from './activities.ts'

const inbound = (activity: object): Inbound | undefined => activityInbound(self, knowing(), activity, now)[0]
const read = (more: object) => recoveredMessage(self, room, chatMessageSchema.parse(row(more)))
const later = '2026-11-20T22:45:00.500Z'
const laterMs = Date.parse(later)
const inThread = { conversation: { ...posted().conversation, id: `${room};messageid=1795300000001` } }
const updated = (eventType: string | undefined, more: object = {}) =>
  posted({
    type: 'messageUpdate',
    timestamp: later,
    ...html('<p>two</p>'),
    channelData: { ...posted().channelData, ...(eventType ? { eventType } : {}) },
    ...more,
  })
const removed = (more: object = {}) =>
  posted({
    type: 'messageDelete',
    timestamp: later,
    channelData: { ...posted().channelData, eventType: 'softDeleteMessage' },
    ...more,
  })
const file = '15fa4700-0000-4000-8000-000000000f11'
const reference = {
  id: file,
  contentType: 'reference',
  contentUrl: 'https://hospital.sharepoint.test/sites/Incidents/Shared%20Documents/log.txt',
  name: 'log.txt',
}
const object = '0-eus-d11-0123456789abcdef0123456789abcdef'
const image = `image-${object}`
const mediaUrl = `https://eu-api.asm.skype.test/v1/objects/${object}/views/imgo`
const hosted = Buffer.from(`id=,type=1,url=${mediaUrl}`).toString('base64')
const hostedUrl = `https://graph.test/v1.0/teams/t/channels/c/messages/1/hostedContents/${hosted}/$value`

function expectFields(got: object | undefined, wanted: object | undefined) {
  if (!wanted) return expect(got).toBeUndefined()
  for (const [field, value] of Object.entries(wanted))
    if (value === undefined) expect(got).not.toHaveProperty(field)
    else expect(got).toHaveProperty(field)
  return expect(got).toMatchObject(
    Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
  )
}

describe('a channel message becomes', () => {
  const rows: [string, Inbound | undefined, object | undefined][] = [
    [
      'a message with its author, time and place',
      inbound(posted(html('<p>a &lt;b&gt;</p>'))),
      {
        type: 'message',
        platform: 'teams',
        workspace: tenant,
        room,
        message,
        key,
        change: 'posted',
        actor: sam.id,
        actorKind: 'human',
        at: new Date(at),
        thread: undefined,
        own: undefined,
        recovered: undefined,
        line: undefined,
        sameAs: undefined,
        body: { text: 'a <b>', author: sam.id, files: [] },
      },
    ],
    [
      'a reply that knows its thread',
      inbound(posted({ ...inThread, text: 'x' })),
      { room, thread: '1795300000001', key },
    ],
    [
      'a message of a channel id without a thread',
      inbound(posted({ text: 'x', conversation: { ...posted().conversation, id: room } })),
      { room, thread: undefined },
    ],
    [
      'a message in another team all the same',
      inbound(posted({ text: 'x' }, otherTeam)),
      { type: 'message', room },
    ],
    [
      'a message at the time its id tells, where nothing else does',
      inbound(posted({ timestamp: undefined, text: 'x' })),
      { at: new Date(Number(message)) },
    ],
    [
      'a message of somebody known by member id only',
      inbound(posted({ from: { id: dana.member }, text: 'x' })),
      { actor: dana.id, body: { author: dana.id } },
    ],
    [
      'nothing known of somebody nobody told of',
      inbound(posted({ from: { id: stranger.member, name: sam.name }, text: 'x' })),
      { type: 'unknown' },
    ],
    ['nothing known without an author', inbound(posted({ from: undefined, text: 'x' })), { type: 'unknown' }],
    ['nothing known without an id', inbound(posted({ id: undefined, text: 'x' })), { type: 'unknown' }],
    [
      'nothing known where neither id nor time tell when',
      inbound(posted({ id: 'x', timestamp: undefined })),
      { type: 'unknown' },
    ],
    [
      'another bot’s message, kept under its app’s id',
      inbound(posted({ from: { id: '28:0B07', name: 'Alerts' }, text: 'x' })),
      { actor: '28:0b07', actorKind: 'bot', own: undefined, body: { author: '28:0b07' } },
    ],
    [
      'our own message',
      inbound(posted({ from: bot, text: 'x' })),
      { own: true, actor: bot.id, actorKind: 'bot' },
    ],
    ['an empty message', inbound(posted()), { body: { text: '' } }],
    [
      'a message with the HTML where it holds more',
      inbound(posted(html('<p>a <b>b</b></p>'))),
      { body: { text: 'a b', original: '<p>a <b>b</b></p>' } },
    ],
    [
      'a shared file known by its id only',
      inbound(posted(html(`<p>x</p><attachment id="${file.toUpperCase()}"></attachment>`))),
      { body: { text: 'x', files: [{ id: file, name: '', mime: '', size: 0 }] } },
    ],
    [
      'no file of what hangs on it otherwise',
      inbound(
        posted(
          html(
            '<attachment id="1795300000001"></attachment><attachment id="74d20c7f34aa4a7fb74e2b30004247c5"></attachment>',
          ),
        ),
      ),
      { body: { text: '', files: [] } },
    ],
    [
      'a file that is told in full',
      inbound(posted({ attachments: [reference] })),
      { body: { files: [{ id: file, name: 'log.txt' }] } },
    ],
    [
      'a file that the bot may download',
      inbound(
        posted({
          attachments: [
            {
              contentType: 'application/vnd.microsoft.teams.file.download.info',
              name: 'log.txt',
              contentUrl: 'https://x.test/log.txt',
              content: { uniqueId: file.toUpperCase(), downloadUrl: 'https://x.test/secret' },
            },
          ],
        }),
      ),
      { body: { files: [{ id: file, name: 'log.txt' }] } },
    ],
    [
      'one picture where two places tell of it',
      inbound(
        posted({
          attachments: [
            {
              contentType: 'image/*',
              contentUrl: `https://smba.test/v3/attachments/${object.toUpperCase()}/views/original`,
            },
            { contentType: 'text/html', content: `<p>see <img src="${mediaUrl}" alt="image"></p>` },
          ],
        }),
      ),
      { body: { text: 'see [image]', files: [{ id: image, name: 'image' }] } },
    ],
  ]
  for (const [name, got, wanted] of rows) test(name, () => void expectFields(got, wanted))

  test('an author in upper case is the same author', () =>
    expect(
      inbound(posted({ from: { id: '29:x', aadObjectId: sam.id.toUpperCase() }, text: 'x' })),
    ).toMatchObject({ actor: sam.id }))
  test('a key that evidence builds too', () =>
    expect(key).toBe(messageKey({ platform: 'teams', workspace: tenant, room, message })))
})

describe('a change of a channel message becomes', () => {
  const rows: [string, Inbound | undefined, object][] = [
    [
      'an edit',
      inbound(updated('editMessage')),
      {
        change: 'edited',
        key: `${key}:e${laterMs}`,
        at: new Date(later),
        actor: sam.id,
        body: { text: 'two' },
        previous: undefined,
      },
    ],
    ['an edit where Teams does not say what it is', inbound(updated(undefined)), { change: 'edited' }],
    [
      'an edit of a reply',
      inbound(updated('editMessage', inThread)),
      { change: 'edited', thread: '1795300000001', room },
    ],
    [
      'an edit of our own post',
      inbound(updated('editMessage', { from: bot })),
      { change: 'edited', own: true },
    ],
    [
      'an edit into a command that runs nothing',
      inbound(says('{bot} close', { type: 'messageUpdate', timestamp: later })),
      { change: 'edited', line: undefined },
    ],
    [
      'a deletion taken back',
      inbound(updated('undeleteMessage')),
      {
        change: 'restored',
        key: `${key}:u${laterMs}`,
        sameAs: undefined,
        actor: sam.id,
        body: { text: 'two' },
      },
    ],
    [
      'a deletion, which tells no words and nobody who did it',
      inbound(removed()),
      {
        change: 'deleted',
        key: `${key}:d${laterMs}`,
        sameAs: `${key}:d`,
        at: new Date(later),
        actor: '',
        actorKind: 'system',
        body: undefined,
        previous: undefined,
      },
    ],
    [
      'a deletion by whom nobody told of',
      inbound(removed({ from: { id: stranger.member } })),
      { change: 'deleted' },
    ],
    ['a deletion by nobody', inbound(removed({ from: undefined })), { change: 'deleted' }],
    ['a deletion of our own post', inbound(removed({ from: bot })), { change: 'deleted', own: true }],
    [
      'a deletion that repeats the words, without them',
      inbound(removed({ text: 'PHI', ...html('PHI') })),
      { change: 'deleted', body: undefined },
    ],
    [
      'nothing known where it does not say when it was edited',
      inbound(updated('editMessage', { timestamp: undefined })),
      { type: 'unknown' },
    ],
    [
      'nothing known where it does not say when it was deleted',
      inbound(removed({ timestamp: undefined })),
      { type: 'unknown' },
    ],
    [
      'nothing known where its author is not known',
      inbound(updated('editMessage', { from: { id: stranger.member } })),
      { type: 'unknown' },
    ],
    [
      'nothing known where it does not say of which message',
      inbound(removed({ id: undefined })),
      { type: 'unknown' },
    ],
  ]
  for (const [name, got, wanted] of rows) test(name, () => void expectFields(got, wanted))
})

describe('a row of Graph becomes', () => {
  const app = (id: string) => ({ from: { user: null, application: { id, applicationIdentityType: 'bot' } } })
  const card = (more: object = {}) => ({
    body: { contentType: 'html', content: '<attachment id="74d20c7f34aa4a7fb74e2b30004247c5"></attachment>' },
    attachments: [
      {
        id: '74d20c7f34aa4a7fb74e2b30004247c5',
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: JSON.stringify({
          type: 'AdaptiveCard',
          body: [
            { type: 'TextBlock', text: 'Status' },
            { type: 'TextBlock', isVisible: false, id: 'delivery:d7', text: '·' },
          ],
        }),
        ...more,
      },
    ],
  })
  const rows: [string, ReturnType<typeof read>, object | undefined][] = [
    [
      'a message read back',
      read({}),
      {
        key,
        change: 'posted',
        recovered: true,
        actor: sam.id,
        actorKind: 'human',
        at: new Date(at),
        room,
        message,
        thread: undefined,
        body: { text: 'x', author: sam.id },
      },
    ],
    ['a reply that knows its thread', read({ replyToId: '1795300000001' }), { thread: '1795300000001' }],
    [
      'an edit, with the last words only',
      read({ lastEditedDateTime: later }),
      { change: 'edited', key: `${key}:e${laterMs}`, at: new Date(later), previous: undefined },
    ],
    [
      'a deletion, with nothing but its time',
      read({ deletedDateTime: later, from: null, body: { contentType: 'html', content: '' } }),
      {
        change: 'deleted',
        key: `${key}:d${laterMs}`,
        sameAs: `${key}:d`,
        at: new Date(later),
        body: undefined,
        actor: '',
        actorKind: 'system',
      },
    ],
    [
      'a deletion, where it was edited before',
      read({ deletedDateTime: later, lastEditedDateTime: at }),
      { change: 'deleted' },
    ],
    [
      'a message that runs nothing',
      read({
        body: { contentType: 'html', content: '<at id="0">Wardroom</at> close' },
        mentions: [{ id: 0, mentionText: 'Wardroom', mentioned: { application: { id: appId } } }],
      }),
      { line: undefined, body: { text: '@Wardroom close' } },
    ],
    [
      'our own post with the delivery its card carries',
      read({ ...app(appId.toUpperCase()), ...card() }),
      { own: true, delivery: 'd7', actor: bot.id, actorKind: 'bot', body: { text: 'Status' } },
    ],
    [
      'our own post whose card is an object already',
      read({ ...app(appId), ...card({ content: { body: [{ id: 'delivery:d8' }] } }) }),
      { own: true, delivery: 'd8' },
    ],
    [
      'our own post after an update of its card',
      read({ ...app(appId), ...card(), lastEditedDateTime: later }),
      { own: true, delivery: 'd7', change: 'edited' },
    ],
    ['our own post without a card', read(app(appId)), { own: true, delivery: undefined }],
    [
      'our own post whose card nobody can read',
      read({ ...app(appId), ...card({ content: '{"body":' }) }),
      { own: true, delivery: undefined },
    ],
    [
      'another bot’s post that claims a delivery of ours, without it',
      read({ ...app('0b07'), ...card() }),
      {
        own: undefined,
        delivery: undefined,
        actor: '28:0b07',
        actorKind: 'bot',
        body: { author: '28:0b07', text: 'Status' },
      },
    ],
    [
      'a person’s message that claims a delivery of ours, without it',
      read(card()),
      { own: undefined, delivery: undefined },
    ],
    [
      'the words of whoever has no account',
      read({
        from: { user: { id: 'x@y.test', displayName: 'Ann <ann@y.test>', userIdentityType: 'emailUser' } },
      }),
      {
        actor: '',
        actorKind: 'system',
        body: { author: '', text: '[from Ann ann@y.test, who has no account here]\nx' },
      },
    ],
    ['the words of nobody', read({ from: null }), { actor: '', actorKind: 'system', body: { text: 'x' } }],
    [
      'a message at the time its id tells, where nothing else does',
      read({ createdDateTime: null }),
      { at: new Date(Number(message)) },
    ],
    ['nothing where nothing tells when', read({ createdDateTime: null, id: 'x' }), undefined],
    ['a message where the kind is left out', read({ messageType: null }), { change: 'posted' }],
    ['nothing from a system message', read({ messageType: 'systemEventMessage', from: null }), undefined],
    [
      'nothing from a system message as Graph names it to old callers',
      read({ messageType: 'unknownFutureValue', from: null }),
      undefined,
    ],
    ['nothing from an event of a chat', read({ messageType: 'chatEvent' }), undefined],
    ['nothing from typing', read({ messageType: 'typing' }), undefined],
    [
      'nothing from a deleted system message',
      read({ messageType: 'systemEventMessage', deletedDateTime: later }),
      undefined,
    ],
    [
      'a file with its name',
      read({ attachments: [reference] }),
      { body: { files: [{ id: file, name: 'log.txt', mime: '', size: 0 }] } },
    ],
    [
      'a file without an id of its own by its address',
      read({ attachments: [{ ...reference, id: '7' }] }),
      { body: { files: [{ id: expect.stringMatching(/^url-[0-9a-f]{32}$/), name: 'log.txt' }] } },
    ],
    [
      'a picture of its own hosting',
      read({ body: { contentType: 'html', content: `<img src="${hostedUrl}" alt="image">` } }),
      { body: { text: '[image]', files: [{ id: image }] } },
    ],
    [
      'a picture by whatever address it has',
      read({
        body: { contentType: 'html', content: '<img src="https://graph.test/hostedContents/%zz/$value">' },
      }),
      { body: { files: [{ id: expect.stringMatching(/^image-[0-9a-f]{32}$/) }] } },
    ],
  ]
  for (const [name, got, wanted] of rows) test(name, () => void expectFields(got, wanted))

  test('what no schema knows is refused, not guessed at', () => {
    for (const odd of [
      { id: undefined },
      { id: 7 },
      { createdDateTime: 'soon' },
      { body: 'x' },
      { attachments: {} },
      { deletedDateTime: 0 },
    ])
      expect(chatMessageSchema.safeParse(row(odd)).success).toBe(false)
  })
})

describe('push and Graph carry the same keys', () => {
  const pushed = (activity: object) => {
    const got = inbound(activity)
    return got?.type === 'message' ? got : undefined
  }
  test('for a post', () => expect(read({})?.key).toBe(pushed(posted({ text: 'x' }))?.key))
  test('for a reply', () => {
    const told = read({ replyToId: '1795300000001' })
    expect(told).toMatchObject({
      key: pushed(posted({ ...inThread, text: 'x' }))?.key,
      thread: '1795300000001',
    })
  })
  test('for a file and a picture', () => {
    const ids = (got: { body?: { files: readonly { id: string }[] } } | undefined) =>
      got?.body?.files.map(({ id }) => id)
    const asPushed = pushed(posted(html(`<attachment id="${file}"></attachment><img src="${mediaUrl}">`)))
    const asRead = read({
      attachments: [reference],
      body: {
        contentType: 'html',
        content: `<attachment id="${file}"></attachment><img src="${hostedUrl}">`,
      },
    })
    expect(ids(asPushed)).toEqual([file, image])
    expect(ids(asRead)).toEqual(ids(asPushed))
  })
  test('for an edit at the same time, and a coarser one where the times differ', () => {
    const edit = pushed(updated('editMessage'))
    const words = { body: { contentType: 'html', content: '<div><p>two</p></div>' } }
    expect(read({ ...words, lastEditedDateTime: later })).toMatchObject({
      key: edit?.key,
      sameAs: edit?.sameAs,
    })
    const other = read({ ...words, lastEditedDateTime: '2026-11-20T22:45:00.9Z' })
    expect(other?.key).not.toBe(edit?.key)
    expect(other?.sameAs).toBe(edit?.sameAs)
  })
  test('for a deletion, coarser where the times differ', () => {
    const deletion = pushed(removed())
    expect(read({ deletedDateTime: later })?.key).toBe(deletion?.key)
    expect(read({ deletedDateTime: at })?.sameAs).toBe(deletion?.sameAs)
    expect(read({ deletedDateTime: at })?.key).not.toBe(deletion?.key)
  })
  test('for our own and another bot’s author', () => {
    expect(read({ from: { application: { id: appId } } })?.actor).toBe(pushed(posted({ from: bot }))?.actor)
  })
})

test('edits there and back are three versions, told apart', () => {
  const edit = (words: string, seconds: number) => {
    const got = inbound(
      updated('editMessage', { ...html(words), timestamp: new Date(atMs + seconds * 1000).toISOString() }),
    )
    return got?.type === 'message' ? got : undefined
  }
  const [a, b, again] = [edit('A', 1), edit('B', 2), edit('A', 3)]
  expect(new Set([a?.key, b?.key, again?.key]).size).toBe(3)
  expect(a?.sameAs).toBe(again?.sameAs)
  expect(a?.sameAs).not.toBe(b?.sameAs)
  expect(a?.sameAs).toMatch(new RegExp(`^${key.replaceAll('.', '\\.')}:v[0-9a-f]{32}$`))
  expect(edit('A', 1)?.key).toBe(a?.key)
})

describe('a message that addresses the bot', () => {
  const line = (typed: string, more: object = {}) => {
    const got = inbound(says(typed, more))
    return got?.type === 'message' ? got.line : 'no message'
  }
  const rows: [string, string | undefined, string | undefined][] = [
    ['is a command line', line('{bot} status'), 'status'],
    ['in a thread works the same', line('{bot} note x', inThread), 'note x'],
    [
      'in another team works the same',
      line('{bot} list', { channelData: posted({}, otherTeam).channelData }),
      'list',
    ],
    ['from another bot runs nothing', line('{bot} close', { from: { id: '28:0b07' } }), undefined],
    ['from ourselves runs nothing', line('{bot} close', { from: bot }), undefined],
    ['with a mention elsewhere runs nothing', line('ask {bot} to close'), undefined],
    ['with a lookalike’s mention runs nothing', inboundLine(), undefined],
  ]
  function inboundLine() {
    const name = '<at>Wardroom</at>'
    const got = inbound(
      posted({
        text: `<at>${name}</at> close`,
        ...html(
          `<p><span itemtype="http://schema.skype.com/Mention" itemid="0">&lt;at&gt;Wardroom&lt;/at&gt;</span> close</p>`,
        ),
        entities: [{ type: 'mention', text: `<at>${name}</at>`, mentioned: { id: dana.member, name } }],
      }),
    )
    return got?.type === 'message' ? got.line : 'no message'
  }
  for (const [name, got, wanted] of rows) test(name, () => expect(got).toBe(wanted))
})

describe('a message to the bot alone', () => {
  const direct = (more: object) => inbound(says('my laptop &amp; bag', { ...personal, id: '1:abc', ...more }))

  test('is a command, never a message', () =>
    expect(direct({})).toEqual({
      type: 'command',
      via: 'direct',
      platform: 'teams',
      workspace: tenant,
      room: 'a:1chat',
      actor: sam.id,
      actorKind: 'human',
      at: new Date(at),
      line: 'my laptop & bag',
      canOpenForm: false,
      key: `teams:${tenant}:activity:a:1chat:1:abc`,
    }))
  test('may mention the bot', () =>
    expect(inbound(says('{bot} help', personal))).toMatchObject({ line: 'help' }))
  test('changed, deleted, reacted to, or written by a bot is nothing', () => {
    for (const more of [
      { type: 'messageUpdate' },
      { type: 'messageDelete' },
      { type: 'messageReaction', replyToId: '1' },
      { from: bot },
      { from: { id: '28:0b07' } },
    ])
      expect(activityInbound(self, knowing(), posted({ ...personal, ...more }), now)).toEqual([])
  })
  test('of somebody nobody told of is not known', () =>
    expect(direct({ from: { id: stranger.member } })).toMatchObject({ type: 'unknown' }))
})

describe('a slash command', () => {
  const slash = (typed: string, more: object = {}) =>
    says(typed, { recipient: { ...bot, isTargeted: true }, ...more })

  test('is a command of its channel, never a message', () =>
    expect(inbound(slash('assign commander {dana}'))).toEqual({
      type: 'command',
      via: 'slash',
      platform: 'teams',
      workspace: tenant,
      room,
      actor: sam.id,
      actorKind: 'human',
      at: new Date(at),
      line: `assign commander <@${dana.id}>`,
      canOpenForm: false,
      key: `teams:${tenant}:activity:${room}:${message}`,
    }))
  test('may mention the bot, and knows its thread', () =>
    expect(inbound(slash('{bot} status', inThread))).toMatchObject({
      line: 'status',
      thread: '1795300000001',
      room,
    }))
  test('has the words of its text where there is no HTML', () =>
    expect(inbound(posted({ recipient: { id: bot.id, isTargeted: true }, text: 'status ' }))).toMatchObject({
      via: 'slash',
      line: 'status',
    }))
  test('changed or deleted is nothing', () => {
    for (const type of ['messageUpdate', 'messageDelete'])
      expect(activityInbound(self, knowing(), slash('close', { type }), now)).toEqual([])
  })
  test('and a message of the same millisecond elsewhere are two', () => {
    const elsewhere = { conversation: { ...posted().conversation, id: teamThread } }
    expect(inbound(slash('status'))?.key).not.toBe(inbound(slash('status', elsewhere))?.key)
  })
})

test('what is said in a chat of several is nothing', () => {
  const conversation = {
    id: '19:chat@thread.v2',
    conversationType: 'groupChat',
    isGroup: true,
    tenantId: tenant,
  }
  for (const more of [
    {},
    { type: 'messageUpdate' },
    { type: 'messageDelete' },
    { type: 'messageReaction' },
    { recipient: { ...bot, isTargeted: true } },
  ])
    expect(
      activityInbound(
        self,
        knowing(),
        says('{bot} close', { conversation, channelData: { tenant: { id: tenant } }, ...more }),
        now,
      ),
    ).toEqual([])
})

test('who writes is known by member id from then on', () => {
  const directory = knowing()
  activityInbound(self, directory, posted({ text: 'x' }), now)
  expect(directory.byMember(account(sam).id)).toEqual({
    id: sam.id,
    member: sam.member,
    name: sam.name,
    guest: undefined,
  })
})
