/** What the pipeline relies on, asked of every platform's port in the same words. */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChatError, type ChatPort, type InboundMessage } from '../../src/chat/port.ts'
import { roomsOn, sendsFiles } from '../../src/domain/platforms.ts'
import type { Card } from '../../src/views/card.ts'
import { historyOf } from '../support/history.ts'
import { type Bench, failureOf, slackBench, teamsBench } from './benches.ts'

const card = (text: string): Card => ({
  summary: 'Status changed.',
  blocks: [{ kind: 'lines', lines: [text] }],
})

describe.each([
  ['Slack', slackBench],
  ['Teams', teamsBench],
] as const)('on %s', (_, start) => {
  let bench: Bench
  let port: ChatPort
  let count = 0
  beforeAll(async () => {
    bench = await start()
    port = bench.port
  })
  afterAll(() => bench.close())

  const named = () => `inc-2026-${String(++count).padStart(4, '0')}`
  const open = (name = named(), more: { since?: Date; keptOut?: string[] } = {}) =>
    port.openRoom({ name, since: bench.now(), keptOut: [], ...more })
  const room = async () => {
    const opened = await open()
    bench.later(1000)
    await bench.pushed()
    return opened.room
  }
  const says = (where: string, who = 'dana') => bench.read(who, where).map((each) => each.says)
  const history = (where: string, since: Date) => historyOf(port, where, since)

  test('people are told of rooms in the words for whom they are open to', () => {
    expect(roomsOn(port.platform)).toBe(port.capabilities.audience)
  })

  test('people are told that a file comes to them where one can', () => {
    expect(sendsFiles(port.platform)).toBe(port.capabilities.privateFileBytes > 0)
  })

  test('a message has an address that names it, and the thread it is in', async () => {
    const where = await room()
    const { message } = await port.post({ room: where }, card('Here.'), randomUUID())
    const digits = message.replace(/\D/g, '')
    const alone = new URL(port.linkTo({ room: where, message }) ?? '')
    expect(decodeURIComponent(alone.pathname)).toContain(where)
    expect(alone.pathname).toContain(digits)
    const within = port.linkTo({ room: where, message: '1795000000.000100', thread: message })
    expect(within?.replaceAll('.', '')).toContain(digits)
  })

  describe('a room', () => {
    test('has the name it was asked for, and is private and not shared', async () => {
      const name = named()
      const opened = await open(name)
      expect(opened.name).toBe(name)
      expect(await port.roomInfo(opened.room)).toMatchObject({
        room: opened.room,
        name,
        private: true,
        shared: false,
        archived: false,
        present: true,
        members: expect.arrayContaining([bench.person('dana'), bench.person('sam')]),
      })
    })

    test('that was made though no answer came is adopted, not made again', async () => {
      const [name, since] = [named(), bench.now()]
      bench.fail('open', 'lost answer')
      expect(await failureOf(open(name, { since }))).toMatchObject({ failure: 'transient', maybeDone: true })
      const adopted = await open(name, { since })
      expect(adopted.name).toBe(name)
      expect(await open(name, { since })).toEqual(adopted)
    })

    test('whose name somebody else took gets the next one', async () => {
      const name = named()
      await bench.makeRoom(name)
      const opened = await open(name)
      expect(opened.name).toBe(`${name}-2`)
      expect((await port.roomInfo(opened.room)).name).toBe(`${name}-2`)
    })

    test('of ours from before the incident is not adopted', async () => {
      const name = named()
      const old = await open(name)
      bench.later(3_600_000)
      const opened = await open(name)
      expect(opened).toEqual({ room: expect.not.stringMatching(old.room), name: `${name}-2` })
    })

    test('that was archived says so', async () => {
      const where = await room()
      await bench.archive(where)
      expect((await port.roomInfo(where)).archived).toBe(true)
    })

    test('keeps somebody out, or is not opened at all', async () => {
      const keptOut = [bench.person('lee')]
      const opening = open(named(), { keptOut })
      if (port.capabilities.audience === 'team')
        expect(await failureOf(opening)).toMatchObject({ failure: 'refused', code: 'kept_out_in_audience' })
      else expect((await port.roomInfo((await opening).room)).members).not.toContain(keptOut[0])
    })

    test('is seen by the audience the platform says it has', async () => {
      const audience = await port.audience()
      const { members } = await port.roomInfo(await room())
      if (port.capabilities.audience === 'team') expect([...audience].sort()).toEqual([...members].sort())
      else expect(audience).toEqual([])
    })

    test('takes those in who can come, and names those who cannot', async () => {
      const where = await room()
      expect(await port.invite(where, [bench.person('dana'), bench.person('lee')])).toEqual([])
      expect(await port.invite(where, [bench.stranger])).toEqual([
        { person: bench.stranger, code: expect.any(String) },
      ])
    })

    test('is given a topic, and a pin where there are pins', async () => {
      const where = await room()
      await port.dress(where, { kind: 'topic', text: 'Contained' })
      const { message } = await port.post({ room: where }, card('Status'), 'd-pin')
      const pinning = port.dress(where, { kind: 'pin', message })
      if (port.capabilities.pins) await pinning
      else expect(await failureOf(pinning)).toMatchObject({ failure: 'unsupported' })
    })
  })

  describe('a post', () => {
    test('appears once, and is found again by its delivery alone', async () => {
      const where = await room()
      const since = bench.now()
      const ref = await port.post({ room: where }, card('Contained at noon'), 'd-1')
      expect(says(where).filter((each) => each.includes('Contained at noon'))).toHaveLength(1)
      expect(await port.findPost({ room: where }, 'd-1', since)).toEqual(ref)
      expect(await port.findPost({ room: where }, 'd-2', since)).toBeUndefined()
    })

    test('in a thread is found there', async () => {
      const where = await room()
      const thread = await bench.say('sam', where, 'hello')
      const ref = await port.post({ room: where, thread }, card('Yes'), 'd-1')
      expect(await port.findPost({ room: where, thread }, 'd-1', bench.now())).toEqual(ref)
    })

    test('that landed though no answer came is found again', async () => {
      const where = await room()
      bench.fail('post', 'lost answer')
      const failure = await failureOf(port.post({ room: where }, card('Once only'), 'd-1'))
      expect(failure).toMatchObject({ failure: 'transient', maybeDone: true })
      const found = await port.findPost({ room: where }, 'd-1', bench.now())
      expect(bench.read('dana', where).map((each) => each.id)).toContain(found?.message)
      expect(says(where).filter((each) => each.includes('Once only'))).toHaveLength(1)
    })

    test('that did not land is not found, and was sent once', async () => {
      const where = await room()
      const asked = bench.asked('post')
      bench.fail('post', 'nothing done')
      expect(await failureOf(port.post({ room: where }, card('Never'), 'd-1'))).toMatchObject({
        failure: 'transient',
      })
      expect(bench.asked('post') - asked).toBeLessThanOrEqual(1)
      expect(await port.findPost({ room: where }, 'd-1', bench.now())).toBeUndefined()
    })

    test('too many a second says when to come again, and did not happen', async () => {
      const where = await room()
      const asked = bench.asked('post')
      bench.fail('post', 'rate')
      expect(await failureOf(port.post({ room: where }, card('Later'), 'd-1'))).toMatchObject({
        failure: 'transient',
        retryAfterMs: 7000,
        maybeDone: false,
      })
      expect(bench.asked('post')).toBe(asked + 1)
    })

    test('that fails inside the platform may have happened, and was sent once', async () => {
      const where = await room()
      const asked = bench.asked('post')
      bench.fail('post', 'error')
      const failure = await failureOf(port.post({ room: where }, card('Perhaps'), 'd-1'))
      expect(failure).toBeInstanceOf(ChatError)
      expect(failure).toMatchObject({ failure: 'transient', maybeDone: true })
      expect(bench.asked('post')).toBe(asked + 1)
    })

    test('into a room that is no more is gone', async () => {
      const where = await room()
      await bench.lose(where)
      expect(await failureOf(port.post({ room: where }, card('Too late'), 'd-1'))).toMatchObject({
        failure: 'gone',
      })
    })

    test('is replaced where it stands', async () => {
      const where = await room()
      const ref = await port.post({ room: where }, card('the first words'), 'd-1')
      await port.update(ref, card('the second words'))
      const [only, ...more] = bench.read('dana', where).filter((each) => each.id === ref.message)
      expect(only?.says).toContain('the second words')
      expect(more).toEqual([])
      expect(says(where).join()).not.toContain('the first words')
    })

    test('replaced too often a second says when to come again, and is asked for once', async () => {
      const ref = await port.post({ room: await room() }, card('before'), 'd-1')
      const asked = bench.asked('update')
      bench.fail('update', 'rate')
      expect(await failureOf(port.update(ref, card('after')))).toMatchObject({
        failure: 'transient',
        retryAfterMs: 7000,
      })
      expect(bench.asked('update')).toBe(asked + 1)
    })

    test('that somebody deleted cannot be replaced, which says nothing of its room', async () => {
      const where = await room()
      const ref = await port.post({ room: where }, card('before'), 'd-1')
      await bench.removePost(ref)
      const failure = await failureOf(port.update(ref, card('after')))
      expect(failure).toMatchObject({ failure: 'gone' })
      expect(failure.code).not.toBe('channel_not_found')
      expect((await port.roomInfo(where)).archived).toBe(false)
    })
  })

  describe('a direct message', () => {
    test('lands in a chat of its own, seen by that person, and is replaced there', async () => {
      const ref = await port.post({ person: bench.person('dana') }, card('You lead'), 'd-1')
      expect(says(ref.room).join()).toContain('You lead')
      await port.update(ref, card('You led'))
      expect(says(ref.room).join()).toContain('You led')
      expect(says(ref.room).join()).not.toContain('You lead')
    })

    test('to nobody it knows, or to whoever shut the bot out, is refused for good', async () => {
      const said = (person: string) => failureOf(port.post({ person }, card('You lead'), `d-${person}`))
      expect((await said(bench.stranger)).failure).not.toBe('transient')
      const letIn = bench.shutOut('dana')
      expect(await said(bench.person('dana'))).toMatchObject({ failure: 'refused', credentials: false })
      letIn()
      await port.post({ person: bench.person('dana') }, card('You lead'), 'd-in-again')
    })

    test('is found again where that can be, and otherwise said not to be known', async () => {
      const target = { person: bench.person('dana') }
      const ref = await port.post(target, card('Again'), 'd-again')
      const finding = port.findPost(target, 'd-again', bench.now())
      if (port.capabilities.readBackDirect) expect(await finding).toEqual(ref)
      else expect(await failureOf(finding)).toMatchObject({ failure: 'unsupported' })
    })

    test('would reach whoever it would reach: asking posts nothing', async () => {
      await port.reach(bench.person('sam'))
      expect(bench.readChat('sam')).toEqual([])
      expect(await failureOf(port.reach(bench.stranger))).toMatchObject({ failure: 'gone' })
    })
  })

  describe('history', () => {
    test('tells what was said with the keys it was pushed with, oldest first, and runs nothing', async () => {
      const where = await room()
      const since = bench.now()
      const root = await bench.say('sam', where, 'The laptop is gone')
      await bench.say('dana', where, 'Since when?', root)
      await bench.say('sam', where, 'Since noon')
      const told = await history(where, since)
      expect(told.map(({ body, thread, change }) => [body?.text, thread, change])).toEqual([
        ['The laptop is gone', undefined, 'posted'],
        ['Since when?', root, 'posted'],
        ['Since noon', undefined, 'posted'],
      ])
      const live = await bench.pushed()
      const kept = ({ key, actor, actorKind, message }: InboundMessage) => [key, actor, actorKind, message]
      // In which order pushes arrive is not promised.
      expect(told.map(kept)).toEqual(live.map(kept).sort((one, other) => (one[3]! < other[3]! ? -1 : 1)))
      expect(told.every(({ recovered, line }) => recovered === true && line === undefined)).toBe(true)
    })

    test('names an edit as its push did, by its key or by the coarser one', async () => {
      const where = await room()
      const since = bench.now()
      const message = await bench.say('sam', where, 'first')
      await bench.pushed()
      bench.later(60_000)
      await bench.edit('sam', { room: where, message }, 'first, corrected')
      const [live] = await bench.pushed()
      const [told] = await history(where, since)
      expect(told).toMatchObject({ change: 'edited', message, body: { text: 'first, corrected' } })
      expect(told!.sameAs ?? told!.key).toBe(live!.sameAs ?? live!.key)
    })

    test('and a deletion is told with the text that was deleted where the platform tells it, else without any', async () => {
      const where = await room()
      const message = await bench.say('sam', where, 'wrong room')
      await bench.pushed()
      bench.later(60_000)
      await bench.remove('sam', { room: where, message })
      const [live] = await bench.pushed()
      expect(live).toMatchObject({ change: 'deleted', message })
      const told = [live?.body, live?.previous].map((body) => body?.text)
      expect(told.includes('wrong room')).toBe(port.capabilities.deletedText)
    })

    test('knows our own posts, and by which delivery', async () => {
      const where = await room()
      const since = bench.now()
      await port.post({ room: where }, card('Status'), 'd-1')
      expect(await history(where, since)).toMatchObject([{ own: true, delivery: 'd-1', actorKind: 'bot' }])
    })

    test('of a room that is no more is gone', async () => {
      const where = await room()
      const since = bench.now()
      await bench.say('sam', where, 'hello')
      await bench.lose(where)
      expect(await failureOf(history(where, since))).toMatchObject({ failure: 'gone' })
    })
  })

  describe('a person', () => {
    test('is known by name, and a guest told apart', async () => {
      const name = (who: string) => port.person(bench.person(who))
      expect(await name('dana')).toEqual({
        id: bench.person('dana'),
        name: 'Dana Reyes',
        kind: 'human',
        guest: false,
        deactivated: false,
      })
      expect((await name('gus')).guest).toBe(true)
    })

    test('nobody knows is gone', async () => {
      expect(await failureOf(port.person(bench.stranger))).toMatchObject({
        failure: 'gone',
        code: 'user_not_found',
      })
    })
  })

  describe('a file', () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 251))

    test('comes to the last byte', async () => {
      const { file, at } = await bench.upload('sam', await room(), bytes)
      const parts: Uint8Array[] = []
      for await (const part of await port.download(file, at)) parts.push(part)
      expect(Buffer.concat(parts).equals(bytes)).toBe(true)
    })

    test('that was deleted is gone', async () => {
      const { file, at } = await bench.upload('sam', await room(), bytes)
      await bench.dropFile('sam', file)
      expect(await failureOf(port.download(file, at))).toMatchObject({ failure: 'gone' })
    })
  })

  describe('a file for one person', () => {
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, at) => at % 253))
    const named = (name: string) => ({
      name,
      bytes: content.length,
      read: () => Readable.from([content.subarray(0, 40_000), content.subarray(40_000)]),
      comment: 'Asked for by you',
    })
    const shown = () => bench.readFiles('dana').map(({ name }) => name)
    const canBe = () => port.capabilities.privateFileBytes > 0
    async function cannotBe(): Promise<void> {
      for (const asked of [
        port.sendFile(bench.person('dana'), named('whole.zip')),
        port.removeFile({ room: 'x', message: 'x' }),
      ])
        expect(await failureOf(asked)).toMatchObject({ failure: 'unsupported' })
    }

    test('comes whole into their own chat, and is taken back, where the platform can; else is unsupported', async () => {
      if (!canBe()) return cannotBe()
      const ref = await port.sendFile(bench.person('dana'), named('whole.zip'))
      const [only] = bench.readFiles('dana').filter(({ name }) => name === 'whole.zip')
      expect(only?.bytes.equals(content)).toBe(true)
      expect(only?.says).toContain('Asked for by you')
      expect(bench.readFiles('sam')).toEqual([])
      await port.removeFile(ref)
      expect(shown()).not.toContain('whole.zip')
      expect(await failureOf(port.removeFile(ref))).toMatchObject({ failure: 'gone' })
    })

    test('that landed though no answer came is found by its name and not sent again', async () => {
      if (!canBe()) return cannotBe()
      const since = bench.now()
      bench.fail('share', 'lost answer')
      const failure = await failureOf(port.sendFile(bench.person('dana'), named('twice.zip'), since))
      expect(failure).toMatchObject({ failure: 'transient', maybeDone: true })
      const ref = await port.sendFile(bench.person('dana'), named('twice.zip'), since)
      expect(shown().filter((name) => name === 'twice.zip')).toHaveLength(1)
      await port.removeFile(ref)
      expect(shown()).not.toContain('twice.zip')
    })

    test('that never landed is sent by the next attempt', async () => {
      if (!canBe()) return cannotBe()
      const since = bench.now()
      bench.fail('share', 'nothing done')
      await failureOf(port.sendFile(bench.person('dana'), named('later.zip'), since))
      expect(shown()).not.toContain('later.zip')
      await port.sendFile(bench.person('dana'), named('later.zip'), since)
      expect(shown()).toContain('later.zip')
    })
  })

  describe('a picture', () => {
    const png = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * 7) % 251))
    const picture = {
      ...{ name: 'inc-2026-0001-clocks', title: 'inc-2026-0001 · clocks', alt: 'Letters: open' },
      ...{ png, width: 1280, height: 900 },
    }
    const show = (where: string, delivery: string, words = 'All in words') =>
      port.postPicture(where, picture, card(words), delivery)
    const shown = (where: string) => bench.pictures('dana', where)

    test('is small enough for every platform that shows one', () => {
      expect(png.length).toBeLessThanOrEqual(port.capabilities.pictureBytes)
    })

    test('stands in the room whole, with the words and for who cannot see it, as one post of its delivery', async () => {
      const where = await room()
      const [since, delivery] = [bench.now(), randomUUID()]
      const ref = await show(where, delivery)
      const [only, ...more] = shown(where)
      expect(more).toEqual([])
      expect(only).toMatchObject({ id: ref.message, alt: 'Letters: open' })
      expect(only?.says).toContain('All in words')
      expect(only?.bytes.equals(png)).toBe(true)
      expect(await port.findPost({ room: where }, delivery, since)).toEqual(ref)
      expect(await port.findPost({ room: where }, randomUUID(), since)).toBeUndefined()
    })

    test('that is told of again names its delivery, so that nobody takes it for a stranger’s', async () => {
      const where = await room()
      const [since, delivery] = [bench.now(), randomUUID()]
      await show(where, delivery)
      const told = [...(await bench.pushed()), ...(await history(where, since))]
      expect(told.filter(({ own }) => own).every((each) => each.delivery === delivery)).toBe(true)
      expect(told.some((each) => each.delivery === delivery)).toBe(true)
    })

    test('that landed though no answer came is found again, and is not there twice', async () => {
      const where = await room()
      const delivery = randomUUID()
      bench.fail('share', 'lost answer')
      expect(await failureOf(show(where, delivery))).toMatchObject({ failure: 'transient', maybeDone: true })
      const found = await port.findPost({ room: where }, delivery, bench.now())
      expect(shown(where).map(({ id }) => id)).toEqual([found?.message])
    })

    test('into a room that is no more is gone', async () => {
      const where = await room()
      await bench.lose(where)
      expect(await failureOf(show(where, randomUUID()))).toMatchObject({ failure: 'gone' })
    })
  })

  test('a home is shown where people have one, and is otherwise unsupported', async () => {
    const showing = port.publishHome(bench.person('dana'), card('Nothing is late'))
    if (port.capabilities.home) await showing
    else expect(await failureOf(showing)).toMatchObject({ failure: 'unsupported' })
  })
})
