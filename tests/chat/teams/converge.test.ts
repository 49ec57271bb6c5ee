/** What people do in a local Teams, as the bot is pushed it and as Graph remembers it: the same facts, the same keys. */
import { describe, expect, test } from 'vitest'
import type { Inbound, InboundMessage } from '../../../src/chat/port.ts'
import { makeDirectory } from '../../../src/chat/teams/reading/directory.ts'
import { activityInbound } from '../../../src/chat/teams/reading/events.ts'
import { recoveredMessage } from '../../../src/chat/teams/reading/message.ts'
import { type ChatMessage, chatMessageSchema } from '../../../src/chat/teams/reading/payload.ts'
import type { Self } from '../../../src/chat/teams/wire/self.ts'
import { at, card, proving } from '../../support/teams/proving.ts'

const { arrived, botPosts, calls, general, restart, teams } = proving()

function known() {
  const directory = makeDirectory()
  for (const { id, member, realName: name, isGuest } of teams().people)
    directory.learn({ id, member, name, guest: isGuest })
  return directory
}

const self = (): Self => {
  const { tenant, appId, teamId: team, hospitalTeamId } = teams()
  return {
    tenant,
    appId,
    team,
    teams: [team, hospitalTeamId],
    zone: 'America/New_York',
    sign: (words: string) => words,
  }
}

async function pushed(): Promise<Inbound[]> {
  const directory = known()
  return (await arrived()).flatMap((activity) => activityInbound(self(), directory, activity, at))
}

const messages = (inbound: readonly Inbound[]): InboundMessage[] =>
  inbound.filter((each) => each.type === 'message')

/** Every row of the General channel, roots before their replies. */
async function remembered(): Promise<InboundMessage[]> {
  const path = `/teams/${teams().teamId}/channels/${general()}/messages/delta?$expand=replies`
  const { body } = await calls().graph('GET', path)
  const roots = (body as { value: (ChatMessage & { replies?: ChatMessage[] })[] }).value
  return roots
    .flatMap((root) => [root, ...(root.replies ?? [])])
    .flatMap((row) => recoveredMessage(self(), general(), chatMessageSchema.parse(row)) ?? [])
    .sort((one, other) => Number(one.message) - Number(other.message))
}

const facts = ({ key, sameAs, change, thread, actor, actorKind, body }: InboundMessage) => ({
  key,
  sameAs,
  change,
  thread,
  actor,
  actorKind,
  text: body?.text,
  files: body?.files.map(({ id }) => id),
})

describe('the same from push and from Graph', () => {
  test('are posts, replies, mentions, emoji and files', async () => {
    const [dana, sam] = [teams().as('dana'), teams().as('sam')]
    const root = await dana.post(general(), 'laptop <gone> & locked 🙂\n@sam look')
    await sam.reply(general(), root, 'on it, @Dana Reyes')
    await dana.mention(general(), 'status')
    await dana.post(general(), 'see', { html: '<p>s<b>e</b>e</p>' })
    await sam.upload(
      general(),
      { name: 'log.txt', bytes: 'x', mime: 'text/plain' },
      { text: 'the log', thread: root },
    )
    await dana.paste(general(), { bytes: 'x' }, { text: 'screen:' })
    const told = messages(await pushed())
    expect((await remembered()).map(facts)).toEqual(told.map(facts))
    expect(told.at(-1)?.body?.files).toMatchObject([{ id: expect.stringMatching(/^image-0-eus-d11-/) }])
    expect(told.map(({ body }) => body?.text)).toEqual([
      `laptop <gone> & locked 🙂\n<@${sam.id}> look`,
      `on it, <@${dana.id}>`,
      '@Wardroom status',
      'see',
      'the log',
      'screen:\n[image]',
    ])
    expect(told.map(({ line }) => line)).toEqual([
      undefined,
      undefined,
      'status',
      undefined,
      undefined,
      undefined,
    ])
    expect((await remembered()).every((each) => each.recovered && each.line === undefined)).toBe(true)
  })

  test('are an edit and a deletion, by the coarser key where the clocks differ', async () => {
    const dana = teams().as('dana')
    const one = await dana.post(general(), 'one')
    const two = await dana.post(general(), 'two')
    await dana.edit(general(), one, 'one, @sam')
    await dana.remove(general(), two)
    const [, , edit, deletion] = messages(await pushed())
    const [edited, deleted] = await remembered()
    expect([edit?.change, deletion?.change]).toEqual(['edited', 'deleted'])
    for (const [asPushed, asRead] of [
      [edit, edited],
      [deletion, deleted],
    ] as const) {
      expect(asRead?.sameAs).toBe(asPushed?.sameAs)
      expect(asRead).toMatchObject({
        change: asPushed?.change,
        actor: asPushed?.actor,
        message: asPushed?.message,
      })
    }
    expect(edited?.key).not.toBe(edit?.key)
  })
})

test('a deletion taken back is told as one, and Graph has the message as it was', async () => {
  const dana = teams().as('dana')
  const id = await dana.post(general(), 'keep')
  await dana.remove(general(), id)
  await dana.undelete(general(), id)
  const told = messages(await pushed())
  expect(told.map(({ change }) => change)).toEqual(['posted', 'deleted', 'restored'])
  expect(told[2]).toMatchObject({ message: id, body: { text: 'keep' } })
  expect((await remembered()).map(({ key }) => key)).toEqual([told[0]?.key])
})

test('our own card comes back with its delivery, and what Teams says of a channel’s making does not', async () => {
  const content = card()
  const hidden = { type: 'TextBlock', isVisible: false, id: 'delivery:d7', text: '·' }
  const post = await botPosts(general(), { ...content, body: [...(content.body as object[]), hidden] })
  expect(await remembered()).toMatchObject([
    { message: post, own: true, delivery: 'd7', change: 'posted', body: { text: 'Status' } },
  ])
})

test('a slash command and a word in the chat with the bot are commands that nobody reads back', async () => {
  const sam = teams().as('sam')
  await sam.command(general(), '/assign commander @dana')
  await sam.direct('my laptop was stolen')
  const told = (await pushed()).filter((each) => each.type === 'command')
  expect(told).toMatchObject([
    { via: 'slash', line: `assign commander <@${teams().as('dana').id}>`, room: general(), actor: sam.id },
    { via: 'direct', line: 'my laptop was stolen', room: sam.chat, actor: sam.id },
  ])
  expect(await remembered()).toEqual([])
})

test('what happens to the team happens to every room, where the activity names the team’s group and where it does not', async () => {
  for (const namesGroups of [true, false]) {
    await restart({ namesGroups })
    const { admin } = teams()
    const room = admin.createChannel('Incidents', 'inc-2026-0007')
    admin.renameChannel(room, 'inc-2026-0007-2')
    admin.addToTeam('Incidents', 'victor')
    admin.removeFromTeam('Incidents', 'victor')
    admin.addToTeam('Hospital', 'victor')
    const victor = teams().as('victor').id
    expect(await pushed()).toMatchObject([
      { type: 'room', change: 'renamed', room, name: 'inc-2026-0007-2' },
      { type: 'room', change: 'joined', everyRoom: true, standing: true, person: victor },
      { type: 'room', change: 'left', everyRoom: true, person: victor },
    ])
  }
})

test('a reaction to the bot’s post is one, given and taken back', async () => {
  const post = await botPosts(general(), card())
  const sam = teams().as('sam')
  await sam.react(general(), post, 'like')
  await sam.unreact(general(), post, 'like')
  const told = (await pushed()).filter((each) => each.type === 'reaction')
  expect(told).toMatchObject([
    { name: 'like', added: true, room: general(), message: post, actor: sam.id },
    { name: 'like', added: false, message: post },
  ])
})
