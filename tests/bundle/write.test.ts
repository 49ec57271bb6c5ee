/** What the writer writes: every file of the format, the same bytes twice, and nothing that was not to leave. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { PassThrough, Writable } from 'node:stream'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { damagedIn } from '../../src/bundle/damage.ts'
import { writeBundle } from '../../src/bundle/write.ts'
import { zipWriter } from '../../src/bundle/write-zip.ts'
import { isBundlePath } from '../../src/domain/bundle.ts'
import { parseTextLine } from '../../src/domain/bundle-text.ts'
import { event } from '../../src/domain/events.ts'
import { sha256Hex } from '../../src/domain/record.ts'
import { commitment } from '../../src/domain/seal.ts'
import { anyEvent, bundleOf, DECISION_FILE, DECLARED, kept, memoryLog, unzipped } from '../support/bundle.ts'

const posted = (message: string, body: string, files: readonly object[] = []) =>
  anyEvent('message.posted', { room: 'C1', message, thread: null, author: 'U1', files }, { body })

/** Bigger than a part, so that it is sealed in two. */
const image = Buffer.alloc(1_100_000, 'x')

function story() {
  const log = memoryLog()
  log.add(event('incident.declared', DECLARED, { sentence: 'a laptop was stolen' }))
  log.add(anyEvent('person.named', { person: 'U0SAMOKAFOR' }, { name: 'Sam Okafor' }), { actor: '' })
  const said = log.add(posted('m1', 'what <we> saw: “née” 💾\n\ttabbed', [{ file: 'F1' }]))
  const file = log.addFile(said, 'disk.img', image)
  log.sign()
  log.rotate()
  const secret = log.add(posted('m2', 'what counsel said'))
  const decision = event(
    'decision.recorded',
    { number: 1, message: null },
    { body: 'wipe it', why: 'seen online' },
  )
  log.add(decision)
  const signed = log.sign()
  log.add(anyEvent('privilege.marked', { target: 'message', room: 'C1', message: 'm2' }, { basis: 'advice' }))
  const token = Buffer.from('a token').toString('base64')
  const stamp = { entry: signed, token, tsa: 'local', at: '2026-11-21T04:00:00.000Z' }
  log.add(anyEvent('checkpoint.timestamped', stamp), { actor: '' })
  return { log, said, file, secret, signed }
}

const text = (files: ReadonlyMap<string, Buffer>, path: string) => files.get(path)!.toString('utf8')
const seqsIn = (files: ReadonlyMap<string, Buffer>) =>
  [...text(files, 'content/text.txt').matchAll(/^(\d+) /gm)].map(([, seq]) => Number(seq))

test('a bundle has every file in order, its chain, what leaves of it, its checkpoints and their keys', async () => {
  const { log, said, file, secret, signed } = story()
  const source = log.source()
  const { bytes, written } = await bundleOf(source)
  expect(written).toEqual({ sha256: sha256Hex(bytes), bytes: bytes.length })

  const files = await unzipped(bytes)
  const names = [...files.keys()]
  expect(names.filter((name) => !isBundlePath(name))).toEqual([])
  expect(names.at(-1)).toBe('SHA256SUMS')

  const manifest = JSON.parse(text(files, 'bundle.json'))
  const lines = text(files, 'events.jsonl').split('\n')
  expect(lines.pop()).toBe('')
  expect(lines).toEqual(
    log.rows.entries.slice(0, source.through).map(({ record }) => record.toString('utf8')),
  )
  expect(manifest).toMatchObject({ through: lines.length, head: sha256Hex(Buffer.from(lines.at(-1)!)) })
  expect(manifest.reported).toMatchObject({ kind: 'lost-device', decisions: 1, outcome: null })

  // Every text but what counsel marked, each of it what its line commits to.
  const opened = text(files, 'content/text.txt')
    .trimEnd()
    .split('\n')
    .map((line) => parseTextLine(Buffer.from(line))!)
  const committed = lines.map((line) => JSON.parse(line)).filter(({ commit }) => commit !== null)
  expect(opened.map(({ seq }) => seq)).toEqual(
    committed.map(({ seq }) => seq).filter((seq) => seq !== secret),
  )
  for (const { seq, salt, body } of opened)
    expect(commitment(salt, body)).toBe(JSON.parse(lines[seq - 1]!).commit)
  expect([...files.values()].some((content) => content.includes('what counsel said'))).toBe(false)

  const salt = files.get(`content/files/${file}.salt`)!
  expect(files.get(`content/files/${file}`)!.equals(image)).toBe(true)
  expect(commitment(salt, image)).toBe(JSON.parse(lines[file - 1]!).data.bytes)
  expect(said).toBeLessThan(file)

  const checkpoints = names.filter((name) => /^checkpoints\/.*\.txt$/.test(name))
  expect(checkpoints.map((name) => Number(name.slice(12, 20)))).toEqual([5, signed, source.through + 1])
  for (const name of checkpoints) {
    const [, , , , fingerprint] = text(files, name).split('\n')
    const key = createPublicKey(text(files, `keys/${fingerprint}.pem`))
    expect(verify(null, files.get(name)!, key, files.get(name.replace('.txt', '.sig'))!)).toBe(true)
  }
  expect(text(files, checkpoints.at(-1)!)).toContain(`\n${source.through}\n${manifest.head}\n`)
  expect(text(files, 'checkpoints/00000008.tsr')).toBe('a token')
  expect(text(files, 'key.pem')).toBe(text(files, `keys/${log.key().fingerprint}.pem`))
  expect(text(files, 'keys/1-rotation.txt')).toContain(log.key().fingerprint)

  const sums = text(files, 'SHA256SUMS').trimEnd().split('\n')
  expect(sums).toEqual(
    names
      .filter((name) => name !== 'SHA256SUMS')
      .sort()
      .map((name) => `${createHash('sha256').update(files.get(name)!).digest('hex')}  ${name}`),
  )
})

test('the same request is the same bytes, whatever the zone of the machine', async () => {
  const { log } = story()
  const source = log.source()
  const { bytes } = await bundleOf(source)
  // What is recorded afterwards is not in it.
  log.rotate()
  log.add(posted('m9', 'later'))
  log.sign()
  const zone = process.env.TZ
  try {
    process.env.TZ = 'Asia/Kathmandu'
    expect((await bundleOf(source)).bytes.equals(bytes)).toBe(true)
  } finally {
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  }
})

test('a decision file has no chatter, and still the whole chain', async () => {
  const { log, said, file } = story()
  const source = log.source(DECISION_FILE)
  const files = await unzipped((await bundleOf(source)).bytes)
  expect(seqsIn(files)).not.toContain(said)
  expect(seqsIn(files)).toContain(1)
  expect(files.has(`content/files/${file}`)).toBe(false)
  expect(text(files, 'events.jsonl').split('\n')).toHaveLength(source.through + 1)
  expect(text(files, 'report.html')).not.toContain('née')
})

test('a key the record rotated to later is not in it', async () => {
  const { log } = story()
  const first = log.key().fingerprint
  const source = log.source()
  log.rotate()
  const files = await unzipped((await bundleOf(source)).bytes)
  expect(files.has(`keys/${first}.pem`)).toBe(true)
  expect(files.has('keys/2-rotation.txt')).toBe(false)
})

test.each([
  ['a text that is gone', 'the text of entry 3 cannot leave', '3/0', '3 text gone '],
  ['a file that lacks a part', 'the file of entry 4 cannot leave', '4/2', '4 file gone file.added '],
])(
  '%s ends the writing; named, it is left out, and the rest is there, always in the same bytes',
  async (_, words, part, named) => {
    const { log } = story()
    const source = log.source()
    log.forget(part)
    const sink = kept()
    await expect(writeBundle(source, sink.out)).rejects.toThrow(words)
    expect(sink.out.destroyed).toBe(true)
    await expect(unzipped(sink.bytes())).rejects.toThrow()
    const damaged = await damagedIn(source)
    const { bytes } = await bundleOf({ ...source, damaged })
    const files = await unzipped(bytes)
    expect(text(files, 'damaged.txt')).toMatch(new RegExp(`^${named}.*\n$`))
    expect(text(files, 'README.txt')).toContain(`WHAT IS DAMAGED`)
    expect(text(files, 'report.html')).toContain('Damaged on the server, and left out')
    expect(text(files, 'timeline.csv')).toContain('damaged: damaged.txt')
    expect((await bundleOf({ ...source, damaged: await damagedIn(source) })).bytes.equals(bytes)).toBe(true)
  },
)

test('a log that ends before the request is refused', async () => {
  const { log } = story()
  const source = { ...log.source(), through: 99 }
  await expect(writeBundle(source, kept().out)).rejects.toThrow('does not reach entry 99')
})

test('nobody takes it any more: the writing ends with the reason', async () => {
  const { log } = story()
  let taken = 0
  const full = new Writable({
    write(chunk: Buffer, _, done) {
      taken += chunk.length
      done(taken > 10_000 ? new Error('no space left') : null)
    },
  })
  await expect(writeBundle(log.source(), full)).rejects.toThrow('no space left')
})

test('whoever reads slowly holds the writing back', async () => {
  const { log, said } = story()
  log.addFile(said, 'whole.img', Buffer.alloc(4 << 20))
  const source = log.source()
  let pieces = 0
  const counting = {
    ...source,
    async *file(which: Parameters<typeof source.file>[0]) {
      for await (const { salt, body } of source.file(which))
        for (let at = 0; at < body.length; at += 65_536, pieces += 1)
          yield { salt, body: body.subarray(at, at + 65_536) }
    },
  }
  const slow = new PassThrough({ highWaterMark: 1 })
  const writing = writeBundle(counting, slow)
  let before = -1
  while (pieces === 0 || pieces !== before) {
    before = pieces
    await new Promise((resolve) => setTimeout(resolve, 10))
    if (pieces === 0) slow.read()
  }
  expect(pieces).toBeLessThan(40)
  const chunks: Buffer[] = []
  for await (const chunk of slow) chunks.push(chunk as Buffer)
  await writing
  expect(pieces).toBe(64 + 17)
})

test('a file that has passed is let go, though the ZIP is not finished', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const zip = zipWriter(kept().out, '2026-11-21T03:41:00.000Z')
  async function* content() {
    yield Buffer.alloc(100_000)
  }
  const passed = await (async () => {
    const one = content()
    await zip.add('content/files/1', one)
    return new WeakRef(one)
  })()
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(passed.deref()).toBeUndefined()
  await zip.end()
})
