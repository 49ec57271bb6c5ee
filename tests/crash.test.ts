/**
 * kill -9 at any moment, again and again, while people post, run commands and reminders fall due. Afterwards every
 * event that was acknowledged is on the record once, and no post in a room appears twice.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { slackManifest } from '../src/chat/slack/manifest.ts'
import { manifestRows } from '../src/commands/manifest-rows.ts'
import { nextWake } from '../src/domain/due.ts'
import { startPractice } from '../src/practice/server.ts'
import { newCheckpointKeyText } from '../src/store/checkpoint-key.ts'
import { openDatabase } from '../src/store/db.ts'
import { loadKeys } from '../src/store/keys.ts'
import { openStore } from '../src/store/store.ts'
import { startChild, type TestChild } from './support/child.ts'
import { begunDataDir, databaseOf, silent, testServerUrl } from './support/database.ts'
import { faults, linesOf } from './support/record.ts'
import { deliveries, HELPDESK } from './support/war-room.ts'
import { newRecordKey } from './support/wardroom.ts'

const KILLS = 3
const FRIDAY = Date.parse('2026-11-21T03:41:00Z')
/** Each life begins where time has come to, some hours on, so that something is always falling due. */
const lifeBegins = (life: number) => new Date(FRIDAY + life * 5 * 3_600_000)

interface Place {
  readonly env: Record<string, string>
  readonly open: () => ReturnType<typeof openDatabase>
  readonly keys: () => ReturnType<typeof loadKeys>
  readonly remove: () => Promise<void>
}

async function embedded(): Promise<Place> {
  const dataDir = await begunDataDir(mkdtempSync(join(tmpdir(), 'wardroom-crash-')))
  return {
    env: { DATA_DIR: dataDir },
    open: () => openDatabase({ dataDir, log: silent }),
    keys: () => loadKeys({ dataDir }),
    remove: async () => rmSync(dataDir, { recursive: true, force: true }),
  }
}

async function server(url: string): Promise<Place> {
  const name = `wardroom_crash_${randomUUID().replaceAll('-', '')}`
  const owner = postgres(url, { max: 1, onnotice: () => {} })
  await owner`create database ${owner(name)}`
  const databaseUrl = databaseOf(url, name)
  const recordKey = newRecordKey()
  return {
    env: { DATABASE_URL: databaseUrl, RECORD_KEY: recordKey, CHECKPOINT_KEY: newCheckpointKeyText() },
    open: () => openDatabase({ databaseUrl, log: silent }),
    keys: () => loadKeys({ recordKey }),
    async remove() {
      await owner`drop database if exists ${owner(name)} with (force)`
      await owner.end()
    },
  }
}

const places: [string, () => Promise<Place>][] = [
  ['the embedded database', embedded],
  ...(testServerUrl ? [['Postgres', () => server(testServerUrl!)] as [string, () => Promise<Place>]] : []),
]

test.each(places)('on %s', { timeout: 180_000 }, async (_, make) => {
  const place = await make()
  let life = 0
  const practice = await startPractice({
    now: () => lifeBegins(life),
    manifest: slackManifest({
      name: 'Wardroom',
      commands: manifestRows(['incident', 'inc']),
      mode: 'socket',
    }),
    delivery: { mode: 'socket' },
    // Retries at once, after 1.2 s and after 6 s: most reach the next life.
    retryScale: 0.02,
  })
  const connection = { apiUrl: practice.apiUrl, botToken: practice.botToken, appToken: practice.appToken }
  const start = async (): Promise<TestChild> => {
    const child = startChild(new URL('./crash-child.js', import.meta.url), [
      JSON.stringify({ ...connection, ...place.env, at: lifeBegins(life).toISOString() }),
    ])
    const line = await child.line()
    if (line !== 'up') throw new Error(`Wardroom did not start: ${child.errors()}`)
    return child
  }
  const sam = practice.as('sam')
  const said: { text: string; ts: string }[] = []
  const noted: { text: string; acked: boolean }[] = []
  let child = await start()
  try {
    await sam.command(HELPDESK, '/incident declare my laptop was stolen')
    const room = await practice.waitFor(
      () => sam.channels().find((each) => each.name === 'inc-2026-0001' && each.isMember)?.id,
      'the room',
      30_000,
    )
    for (life = 1; life <= KILLS; life += 1) {
      let isOver = false
      const talking = (async () => {
        for (let n = 1; !isOver; n += 1) {
          const text = `life ${life} line ${n}`
          said.push({ text, ts: await sam.post(room, text) })
          await sleep(20)
        }
      })()
      const commanding = (async () => {
        for (let n = 1; !isOver; n += 1) {
          const text = `note ${life} ${n}`
          const answer = await sam.command(room, `/incident note ${text}`).catch(() => undefined)
          noted.push({ text, acked: answer?.ok === true && answer.payload !== null })
          await sleep(30)
        }
      })()
      // However busy the machine, people get to say something, and an answer once. Then the moment is not chosen: it
      // falls from the middle of the first commits to the middle of the deliveries.
      const isHeard = () => said.length > life * 3 && (life > 1 || noted.some(({ acked }) => acked))
      await practice.waitFor(isHeard, 'people at work', 60_000)
      await sleep(Math.random() * 900)
      await child.kill('SIGKILL')
      isOver = true
      await Promise.all([talking, commanding])
      if (life === KILLS) await endLeases(place)
      child = await start()
    }
    await practice.idle()
    await sam.post(room, 'the last line')
    await practice.idle()
    child.process.kill('SIGUSR2')
    expect(await child.line()).toBe('still')
    await child.kill('SIGTERM')

    const again = await place.open()
    const store = await openStore(again, place.keys(), (state) => nextWake(state, lifeBegins(life)))
    const record = { store, database: { ...again, url: undefined } }
    expect(await faults(store)).toEqual([])
    const lines = await linesOf(record, 'inc-2026-0001')
    const count = (kind: string) => {
      const bodies = lines.filter((line) => line.kind === kind).map((line) => line.text.body ?? '')
      return (text: string) => bodies.filter((body) => body === text).length
    }
    const messages = count('message.posted')
    // Even what Slack gave up on: the next life reads it back.
    expect(said.filter(({ text }) => messages(text) !== 1)).toEqual([])
    const notes = count('note.recorded')
    expect(noted.filter(({ text, acked }) => acked && notes(text) !== 1)).toEqual([])
    expect(noted.filter(({ text }) => notes(text) > 1)).toEqual([])
    const posts = deliveries({ practice } as Parameters<typeof deliveries>[0], room)
    expect(posts.filter((id, index) => posts.indexOf(id) !== index)).toEqual([])
    const sent = lines.filter((line) => line.kind === 'post.sent').map((line) => line.data.delivery)
    expect(sent.filter((id, index) => sent.indexOf(id) !== index)).toEqual([])
    expect(posts.filter((id) => !sent.includes(id))).toEqual([])
    const identities = (await store.incident('inc-2026-0001'))!.fired
    expect(new Set(identities).size).toBe(identities.length)
    expect(said.length).toBeGreaterThan(KILLS * 3)
    expect(noted.some(({ acked }) => acked)).toBe(true)
    await store.close()
  } finally {
    if (child.process.exitCode === null && child.process.signalCode === null) await child.kill('SIGKILL')
    await practice.close()
    await place.remove()
  }
})

/** What was interrupted is claimed again when its lease runs out. */
async function endLeases(place: Place): Promise<void> {
  const database = await place.open()
  await database.transaction((tx) =>
    tx.execute('update outbox set leased_until = null, not_before = clock_timestamp() where done_at is null'),
  )
  await database.close()
}
