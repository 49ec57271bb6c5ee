/** Slack lets some apps read a room once a minute, fifteen messages at a time: all of it is read, and nobody waits for it. */
import { expect, test } from 'vitest'
import { readBack } from '../src/delivery/read-back.ts'
import { hurry, start } from './support/patience.ts'
import { declareRoom, kinds } from './support/war-room.ts'

const MINUTE = 60_000

test('a long time in which nothing was told is read minute by minute, once, while posts go out and time moves', async () => {
  const wardroom = await start()
  const { practice, clock, store } = wardroom
  const { room, incident } = await declareRoom(wardroom)
  const priya = practice.as('priya')
  const since = clock.now()
  practice.faults.dropEvents(99, ({ type }) => type === 'message')
  const root = await priya.post(room, 'unseen 0')
  for (let n = 1; n < 40; n += 1) await priya.post(room, `unseen ${n}`)
  for (let n = 40; n < 60; n += 1) await priya.reply(room, root, `unseen ${n}`)
  await wardroom.settle()
  practice.faults.clear()
  practice.faults.slowHistory()
  const asked = () => practice.calls.filter(({ method }) => /^conversations\.(history|replies)$/.test(method))
  const before = asked().length
  await readBack(wardroom.delivering, 'slack', 'sockets_down', since)
  await wardroom.settle()
  await priya.command(room, '/incident decide wipe it because it is lost')
  await wardroom.settle()
  expect(JSON.stringify(priya.everything(room))).toContain('wipe it')
  const found = async () =>
    (await kinds(wardroom, incident, 'message.posted'))
      .map(({ text }) => text.body ?? '')
      .filter((body) => body.startsWith('unseen'))
  expect((await found()).length).toBeLessThan(40)
  let minutes = 0
  for (; minutes < 20 && (await kinds(wardroom, incident, 'coverage.gap')).length === 0; minutes += 1) {
    await wardroom.moveTo(new Date(clock.now().getTime() + MINUTE).toISOString())
    await hurry(wardroom)
    await wardroom.settle()
  }
  expect((await found()).sort()).toEqual(Array.from({ length: 60 }, (_, n) => `unseen ${n}`).sort())
  const [gap] = await kinds(wardroom, incident, 'coverage.gap')
  expect(gap!.data).toMatchObject({ why: 'sockets_down', recovered: 60, vanished: 0 })
  const refused = asked().filter(({ answer }) => answer.error === 'ratelimited')
  // Turned away once, when it did not know yet, and never again.
  expect(refused).toHaveLength(1)
  expect(asked().length - before - refused.length).toBeLessThanOrEqual(minutes + 1)
  expect((await store.incident(incident))!.gaps).toHaveLength(1)
})
