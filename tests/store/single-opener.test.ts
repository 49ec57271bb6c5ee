/** The lock file against holders that this machine's kernel cannot vouch for: other hosts, other containers. */
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeMe, type Holder, heartbeatMs, staleAfterMs, takeFile } from '../../src/store/lock-file.ts'
import { openAlone } from '../../src/store/single-opener.ts'
import { silent } from '../support/database.ts'

let dataDir: string
let file: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'wardroom-lock-'))
  file = join(dataDir, 'lock')
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const me = describeMe('me', new Date())
const elsewhere: Holder = { ...me, token: 'theirs', host: 'ward-7', pid: 1, network: 'net:[1]' }

function leave(holder: Holder | string, ageMs: number): void {
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder))
  const then = new Date(Date.now() - ageMs)
  utimesSync(file, then, then)
}
const holds = () => (JSON.parse(readFileSync(file, 'utf8')) as Holder).token

test.each<[string, Holder | string, number]>([
  ['a process in another container whose heart still beats', elsewhere, 1_000],
  [
    'a process on another host whose heart still beats',
    { ...elsewhere, boot: 'other' },
    staleAfterMs - 2_000,
  ],
  ['a process that has only just begun to write the file', '', 0],
])('refuses beside %s', async (_name, holder, ageMs) => {
  leave(holder, ageMs)
  const before = readFileSync(file, 'utf8')
  await expect(openAlone(dataDir, silent)).rejects.toThrow(/^The data directory is in use by .+$/)
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test.each<[string, Holder | string, number]>([
  ['a dead process of this network namespace, at once', { ...me, token: 'dead' }, 0],
  ['a process elsewhere whose heart stopped', elsewhere, staleAfterMs + 1_000],
  ['half a file left by a crash long ago', '{"tok', staleAfterMs + 1_000],
])('takes over from %s', async (_name, holder, ageMs) => {
  leave(holder, ageMs)
  const opener = await openAlone(dataDir, silent)
  expect(holds()).not.toBe(typeof holder === 'string' ? '' : holder.token)
  await opener.release()
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined()
})

test('the refusal names host and process', async () => {
  leave(elsewhere, 0)
  await expect(openAlone(dataDir, silent)).rejects.toThrow('process 1 on ward-7')
})

test('after a refusal the socket is free again', async () => {
  leave(elsewhere, 0)
  await expect(openAlone(dataDir, silent)).rejects.toThrow()
  rmSync(file)
  await (await openAlone(dataDir, silent)).release()
})

test('the same directory by another path is the same directory', async () => {
  const opener = await openAlone(dataDir, silent)
  await expect(openAlone(join(dataDir, '..', dataDir.split('/').at(-1)!), silent)).rejects.toThrow(/in use/)
  await opener.release()
})

test('without a socket a dead process of this host is taken over, a living one is not', () => {
  leave({ ...me, token: 'dead', pid: 2 ** 22 + 1 }, 0)
  takeFile(file, me, false, silent)
  expect(holds()).toBe('me')
  expect(() => takeFile(file, { ...me, token: 'second' }, false, silent)).toThrow(/in use/)
})

test('the heart beats, and a lost lock is noticed', { timeout: 20_000 }, async () => {
  const lost: string[] = []
  const opener = await openAlone(dataDir, silent, (path) => lost.push(path))
  const then = new Date(Date.now() - staleAfterMs)
  utimesSync(file, then, then)
  const age = () => Date.now() - statSync(file).mtimeMs
  await expect.poll(age, { timeout: heartbeatMs * 2 }).toBeLessThan(heartbeatMs)
  expect(lost).toEqual([])
  leave(elsewhere, 0)
  await expect.poll(() => lost.length, { timeout: heartbeatMs * 2 }).toBeGreaterThan(0)
  await opener.release()
  expect(holds()).toBe('theirs')
})
