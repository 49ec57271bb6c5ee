// Rooms survive a restart; nothing half-written is ever read; one clock, one sequence of times across both lives.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startPractice } from '../../src/practice/server.ts'
import { call, manifest, movableClock } from './bot.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-'))
})
afterEach(() => rm(folder, { recursive: true }))

const start = (now: () => Date) =>
  startPractice({
    now,
    manifest,
    delivery: { mode: 'socket' },
    retryScale: 0,
    file: join(folder, 'workspace.json'),
  })

it('rooms, messages, files, pins and homes are there again, and no message time comes twice', async () => {
  const { now } = movableClock()
  const first = await start(now)
  const { channel } = await call(first, 'conversations.create', { name: 'inc-2026-0001', is_private: true })
  await call(first, 'conversations.invite', { channel: channel.id, users: first.as('sam').id })
  const ts = await first.as('sam').post(channel.id, 'before')
  const { fileId } = await first.as('sam').upload(channel.id, { name: 'a.txt', bytes: 'bytes' })
  await call(first, 'pins.add', { channel: channel.id, timestamp: ts })
  const home = { type: 'home', blocks: [{ type: 'divider' }] }
  await call(first, 'views.publish', { user_id: first.as('sam').id, view: home })
  await first.close()
  expect(await readdir(folder)).toEqual(['workspace.json'])

  const second = await start(now)
  const sam = second.as('sam')
  const seen = sam.messages(channel.id)
  expect(seen.find((row) => row.ts === ts)).toMatchObject({ text: 'before', isPinned: true })
  expect(sam.home()?.view.blocks).toMatchObject([{ type: 'divider' }])
  const { file } = await call(second, 'files.info', { file: fileId })
  const headers = { authorization: `Bearer ${second.botToken}` }
  expect(await (await fetch(file.url_private, { headers })).text()).toBe('bytes')
  const after = await sam.post(channel.id, 'after')
  expect(seen.every((row) => row.ts < after)).toBe(true)
  const { channel: next } = await call(second, 'conversations.create', {
    name: 'inc-2026-0002',
    is_private: true,
  })
  expect(next.id).not.toBe(channel.id)
  await second.close()
})

it('a damaged file stops the start with one sentence instead of losing rooms', async () => {
  await writeFile(join(folder, 'workspace.json'), '{"version":1,"st')
  await expect(start(movableClock().now)).rejects.toThrow('cannot be read; move it away to start afresh')
})

it('reset begins again without reusing ids or times', async () => {
  const { now } = movableClock()
  const practice = await start(now)
  const room = await practice.as('sam').createChannel('mine', true)
  const ts = await practice.as('sam').post(room, 'x')
  practice.reset()
  expect(
    practice
      .as('sam')
      .channels()
      .map((row) => row.name),
  ).toEqual(['general', 'it-helpdesk'])
  expect(await practice.as('sam').createChannel('mine', true)).not.toBe(room)
  expect((await practice.as('sam').post('general', 'y')) > ts).toBe(true)
  await practice.close()
})
