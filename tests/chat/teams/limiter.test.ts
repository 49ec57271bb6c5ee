import { expect, test } from 'vitest'
import { graphWindows, limiter, sendWindows, type Time } from '../../../src/chat/teams/wire/limiter.ts'

/** A clock that only waiting moves. */
function still(): Time & { at: number } {
  const time = {
    at: 0,
    now: () => time.at,
    wait: async (ms: number) => {
      time.at += ms
    },
  }
  return time
}

async function times(
  allow: (key: string) => Promise<void>,
  time: { at: number },
  key: string,
  count: number,
) {
  const out: number[] = []
  for (let n = 0; n < count; n++) {
    await allow(key)
    out.push(time.at)
  }
  return out
}

test('a team is asked four times a second and no more', async () => {
  const time = still()
  expect(await times(limiter(graphWindows, time), time, 'team', 9)).toEqual([
    0, 0, 0, 0, 1000, 1000, 1000, 1000, 2000,
  ])
})

test('another team does not wait for the first', async () => {
  const time = still()
  const allow = limiter(graphWindows, time)
  await times(allow, time, 'one', 4)
  expect(await times(allow, time, 'two', 4)).toEqual([0, 0, 0, 0])
})

test('a conversation keeps to each of its windows: seven in one second, eight in two, sixty in thirty', async () => {
  const time = still()
  const sent = await times(limiter(sendWindows, time), time, 'room', 61)
  for (const { most, inMs } of sendWindows)
    for (let at = most; at < sent.length; at++)
      expect(sent[at]! - sent[at - most]!).toBeGreaterThanOrEqual(inMs)
  expect(sent.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 0, 0, 1000, 2000])
})

test('those who wait at once go in the order they came, each in a place of their own', async () => {
  let release: (() => void)[] = []
  const asked: number[] = []
  const time: Time = {
    now: () => 0,
    wait: (ms) => {
      asked.push(ms)
      return new Promise<void>((resolve) => release.push(resolve))
    },
  }
  const allow = limiter([{ most: 1, inMs: 1000 }], time)
  const all = Promise.all([allow('x'), allow('x'), allow('x')])
  await Promise.resolve()
  expect(asked).toEqual([1000, 2000])
  for (const each of release) each()
  release = []
  await all
})

test('a wait longer than a delivery may take is refused with the time to come back', async () => {
  const time = still()
  const allow = limiter([{ most: 1, inMs: 60_000 }], time)
  await allow('room')
  await expect(allow('room')).rejects.toMatchObject({
    failure: 'transient',
    code: 'ratelimited',
    retryAfterMs: 60_000,
    maybeDone: false,
  })
  time.at = 60_000
  await allow('room')
})
