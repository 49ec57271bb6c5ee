/** The bundle's own check, as an auditor runs it: on a fresh bundle, and on copies that somebody changed. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pemOf } from '../../src/bundle/write-keys.ts'
import { noteOf, noteText, signText } from '../../src/domain/checkpoint.ts'
import { event } from '../../src/domain/events.ts'
import { sha256Hex } from '../../src/domain/record.ts'
import { nonceOf, timeStampRequest } from '../../src/domain/timestamp/request.ts'
import { anyEvent, bundleOf, DECLARED, memoryLog, newKey, unzipped } from '../support/bundle.ts'
import { type Authority, authority, hasOpenssl } from '../support/tsa.ts'

const scratch = mkdtempSync(join(tmpdir(), 'wardroom-bundle-'))
const fresh = join(scratch, 'fresh')
/** More entries than the script takes at a time. */
const long = join(scratch, 'long')
let tsa: Authority
/** Entries of the story below, and the last of a bundle of it. */
const file = 3
const signed = 5
const last = 13

const posted = (message: string, body: string) =>
  anyEvent('message.posted', { room: 'C1', message, thread: null, author: 'U1', files: [] }, { body })

/** `messages` after the checkpoint and the change of key. */
async function bundle(folder: string, messages: number): Promise<void> {
  const log = memoryLog()
  log.add(event('incident.declared', DECLARED, { sentence: 'a laptop was stolen' }))
  const said = log.add(posted('m1', '100% “née” 💾\n\\n %s $(id) `id` "}'))
  log.addFile(said, 'disk.img', Buffer.from([0, 10, 13, 37, 255]))
  log.add(event('decision.recorded', { number: 1, message: null }, { what: 'wipe it' }))
  log.sign()
  log.rotate()
  for (let n = 0; n < messages; n += 1) log.add(posted(`n${n}`, `line ${n}`))
  const note = noteOf(JSON.parse(log.rows.entries[signed - 1]!.record.toString()))
  const reply = tsa.stamp(timeStampRequest(noteText(note), nonceOf(Buffer.alloc(8, 7))))
  const stamp = { entry: signed, token: reply.toString('base64'), tsa: 'here', at: note.at }
  log.add(anyEvent('checkpoint.timestamped', stamp, undefined, signed), { actor: '' })
  const source = log.source(undefined, { tsaCa: Buffer.from(tsa.caPem) })
  for (const [name, bytes] of await unzipped((await bundleOf(source)).bytes)) put(folder, name, bytes)
}

beforeAll(async () => {
  if (!hasOpenssl) return
  tsa = authority()
  await bundle(fresh, 6)
  await bundle(long, 600)
})
afterAll(() => {
  tsa?.close()
  rmSync(scratch, { recursive: true, force: true })
})

function put(folder: string, name: string, bytes: string | Buffer): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), bytes)
}
const get = (folder: string, name: string): Buffer => readFileSync(join(folder, name))

const edit = (folder: string, name: string, change: (text: string) => string): void =>
  put(folder, name, Buffer.from(change(get(folder, name).toString('latin1')), 'latin1'))
const editLines = (folder: string, name: string, change: (lines: string[]) => string[]): void =>
  edit(folder, name, (text) =>
    change(text.trimEnd().split('\n'))
      .map((line) => `${line}\n`)
      .join(''),
  )

/** What whoever changed something would do next. */
function sumAgain(folder: string): void {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && each.name !== 'SHA256SUMS')
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
  put(
    folder,
    'SHA256SUMS',
    names
      .sort()
      .map((name) => `${sha256Hex(get(folder, name))}  ${name}\n`)
      .join(''),
  )
}

function run(folder: string, shell = 'sh') {
  const { status, stdout, stderr } = spawnSync(shell, [join(folder, 'verify.sh')], {
    cwd: tmpdir(),
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

function attacked(attack: (folder: string) => void): string {
  const folder = mkdtempSync(join(scratch, 'attacked-'))
  cpSync(fresh, folder, { recursive: true })
  attack(folder)
  return folder
}

const note = (entry: number, part = 'txt') => `checkpoints/${String(entry).padStart(8, '0')}.${part}`
const withSums = (attack: (folder: string) => void) => (folder: string) => {
  attack(folder)
  sumAgain(folder)
}
const swapped = (lines: string[], one: number, other: number): string[] =>
  lines.map((line, index) => (index === one ? lines[other]! : index === other ? lines[one]! : line))

/** The end of the log taken away, and everything that says so made to agree. */
function cutAfter(folder: string, entry: number): void {
  editLines(folder, 'events.jsonl', (lines) => lines.slice(0, entry))
  const head = sha256Hex(Buffer.from(get(folder, 'events.jsonl').toString().trimEnd().split('\n').at(-1)!))
  edit(folder, 'bundle.json', (text) =>
    text.replace(/"head":"\w+"/, `"head":"${head}"`).replace(/"through":\d+/, `"through":${entry}`),
  )
  editLines(folder, 'content/text.txt', (lines) =>
    lines.filter((line) => Number(line.split(' ')[0]) <= entry),
  )
}

const attacks: readonly [string, (folder: string) => void, string | RegExp][] = [
  [
    'a file was changed, and its sum not',
    (at) => edit(at, 'report.html', (text) => `${text} `),
    'report.html: FAILED',
  ],
  ['a file was taken away', (at) => rmSync(join(at, 'decisions.csv')), 'decisions.csv'],
  [
    'a file was put in',
    (at) => put(at, 'content/files/99', 'x'),
    'no such file was packed: content/files/99',
  ],
  [
    'an entry was changed',
    withSums((at) => edit(at, 'events.jsonl', (text) => text.replace('"number":1', '"number":7'))),
    'entry 5 does not continue',
  ],
  [
    'an entry was taken out',
    withSums((at) => editLines(at, 'events.jsonl', (lines) => lines.toSpliced(7, 1))),
    'entry 8 does not continue',
  ],
  [
    'two entries changed places',
    withSums((at) => editLines(at, 'events.jsonl', (lines) => swapped(lines, 1, 2))),
    'entry 2 does not continue',
  ],
  [
    'an entry is there twice',
    withSums((at) => editLines(at, 'events.jsonl', (lines) => lines.toSpliced(3, 0, lines[2]!))),
    'entry 4 does not continue',
  ],
  [
    'a line is no entry',
    withSums((at) => editLines(at, 'events.jsonl', (lines) => lines.with(9, '{}'))),
    'entry 10 does not continue',
  ],
  [
    'the last entry was changed, and the head with it',
    withSums((at) => {
      editLines(at, 'events.jsonl', (lines) => lines.with(-1, lines.at(-1)!.replace('"full"', '"dates"')))
      cutAfter(at, last)
    }),
    new RegExp(`${String(last + 1)}.txt is not over entry`),
  ],
  [
    'the end was cut off',
    withSums((at) => editLines(at, 'events.jsonl', (lines) => lines.slice(0, 9))),
    'entry 10 does not continue',
  ],
  [
    'the end was cut off, and what says so made to agree',
    withSums((at) => {
      cutAfter(at, 9)
      for (const part of ['txt', 'sig']) rmSync(join(at, note(last + 1, part)))
    }),
    `no checkpoint covers the last entry, 9: the last one covers ${4}`,
  ],
  [
    'words were changed',
    withSums((at) => edit(at, 'content/text.txt', (text) => text.replace('wipe it', 'keep it'))),
    'entry 4 commits to another text',
  ],
  [
    'words are those of another entry',
    withSums((at) => edit(at, 'content/text.txt', (text) => text.replace(/^4 /m, '9999 '))),
    'content/text.txt is not in order',
  ],
  [
    'a salt is none',
    withSums((at) => editLines(at, 'content/text.txt', (lines) => lines.with(1, '2 %s%n {"body":"x"}'))),
    'entry 2 commits to another text',
  ],
  [
    'a file was swapped',
    withSums((at) => put(at, `content/files/${file}`, 'another')),
    'entry 3 commits to another file',
  ],
  [
    'the salt of a file is gone',
    withSums((at) => rmSync(join(at, `content/files/${file}.salt`))),
    'entry 3 commits to another file',
  ],
  [
    'a signature was changed',
    withSums((at) => put(at, note(signed, 'sig'), Buffer.alloc(64, 1))),
    `${note(signed)} is not signed by the key`,
  ],
  [
    'a checkpoint was changed',
    withSums((at) => edit(at, note(signed), (text) => text.replace('2026', '2025'))),
    `${note(signed)} is not signed by the key`,
  ],
  [
    'a checkpoint was taken away',
    withSums((at) => {
      for (const part of ['txt', 'sig']) rmSync(join(at, note(signed, part)))
    }),
    'checkpoints/00000005.txt is missing',
  ],
  [
    'a time stamp was taken away',
    withSums((at) => rmSync(join(at, note(signed, 'tsr')))),
    'checkpoints/00000005.tsr is missing',
  ],
  [
    'a checkpoint was signed again with another key under the same name',
    withSums((at) => {
      const key = newKey()
      const [, , , , named] = get(at, note(last + 1))
        .toString()
        .split('\n')
      put(at, `keys/${named}.pem`, pemOf(key.publicKey))
      put(at, 'key.pem', pemOf(key.publicKey))
      put(
        at,
        note(last + 1, 'sig'),
        Buffer.from(signText(key.secret, get(at, note(last + 1)).toString()), 'base64'),
      )
    }),
    'is another key',
  ],
  [
    'a checkpoint was signed again with a key that was never handed on to',
    withSums((at) => {
      const key = newKey()
      edit(at, note(last + 1), (text) => text.replace(/[0-9A-F-]{19}/, key.fingerprint))
      put(at, `keys/${key.fingerprint}.pem`, pemOf(key.publicKey))
      put(at, 'key.pem', pemOf(key.publicKey))
      put(
        at,
        note(last + 1, 'sig'),
        Buffer.from(signText(key.secret, get(at, note(last + 1)).toString()), 'base64'),
      )
    }),
    'keys do not follow each other',
  ],
  [
    'the handing on of a key was changed',
    withSums((at) => edit(at, 'keys/1-rotation.txt', (text) => text.replace('2026', '2025'))),
    'one key did not hand on to the other',
  ],
  [
    'a time stamp is of something else',
    withSums((at) =>
      put(at, note(signed, 'tsr'), tsa.stamp(timeStampRequest('else', nonceOf(Buffer.alloc(8, 9))))),
    ),
    `${note(signed, 'tsr')} does not stamp`,
  ],
  [
    'a checkpoint holds a command for sed and a path for openssl',
    withSums((at) => {
      put(at, note(signed), `wardroom checkpoint inc-2026-0007\n1w ${scratch}/written\nx\n2026\n../../key\n`)
    }),
    'is not over entry 1w',
  ],
]

describe.skipIf(!hasOpenssl)('verify.sh', () => {
  test.each([
    ['sh', fresh, last],
    ['bash', long, last + 594],
  ])('finds a fresh bundle as recorded, in %s', (shell, folder, through) => {
    const { status, said } = run(folder, shell)
    expect(said).toContain(`As recorded: ${through} entries, ${through - 3} texts and 1 files`)
    expect(said).toContain(get(folder, note(through + 1)).toString())
    expect(said).not.toMatch(/^(?:ALTERED|NOT CHECKED)/m)
    expect(status).toBe(0)
  })

  test('names a bad entry among many', () => {
    const folder = mkdtempSync(join(scratch, 'long-'))
    cpSync(long, folder, { recursive: true })
    withSums((at) => {
      edit(at, 'events.jsonl', (text) => text.replace('"n543"', '"n999"'))
      edit(at, 'content/text.txt', (text) => text.replace('line 580', 'line 581'))
    })(folder)
    const { said } = run(folder)
    expect(said).toContain('entry 550 does not continue')
    expect(said).toContain('entry 586 commits to another text')
  })

  test.each(attacks)('%s', (_, attack, words) => {
    const { status, said } = run(attacked(attack))
    expect(said).toMatch(words)
    expect(status).toBe(1)
    expect(existsSync(join(scratch, 'written'))).toBe(false)
  })

  test('the end cut off at a checkpoint, with all that came after it, shows by what the last entry is', () => {
    const folder = attacked(
      withSums((at) => {
        cutAfter(at, signed - 1)
        for (const part of ['txt', 'sig']) rmSync(join(at, note(last + 1, part)))
        for (const name of readdirSync(join(at, 'keys')).filter((each) => each.includes('rotation')))
          rmSync(join(at, 'keys', name))
        const named = get(at, note(signed)).toString().split('\n')[4]
        for (const name of readdirSync(join(at, 'keys')))
          if (name !== `${named}.pem`) rmSync(join(at, 'keys', name))
        put(at, 'key.pem', get(at, `keys/${named}.pem`))
      }),
    )
    const { status, said } = run(folder)
    expect(said).toBe('ALTERED: the last entry does not ask for this bundle\n')
    expect(status).toBe(1)
  })

  test('a stamp whose authority is not known is said not to be checked', () => {
    const { status, said } = run(attacked(withSums((at) => rmSync(join(at, 'tsa-ca.pem')))))
    expect(said).toContain(`NOT CHECKED: ${note(signed, 'tsr')}`)
    expect(status).toBe(0)
  })

  test.each([
    ['without its lines', (at: string) => rmSync(join(at, 'events.jsonl')), 'events.jsonl is missing'],
    [
      'of another format',
      (at: string) => edit(at, 'bundle.json', (text) => text.replace('"format":1', '"format":2')),
      'format 1',
    ],
    [
      'that says not how far it goes',
      (at: string) => edit(at, 'bundle.json', (text) => text.replace(/"through":\d+/, '"through":"1;id"')),
      'how far',
    ],
  ])('a bundle %s is unreadable', (_, attack, words) => {
    const { status, said } = run(attacked(attack))
    expect(said).toContain(`UNREADABLE: `)
    expect(said).toContain(words)
    expect(status).toBe(2)
  })

  test('is short enough to be read, and asks for nothing but what it says', () => {
    const script = get(fresh, 'verify.sh').toString()
    expect(script.split('\n').length).toBeLessThan(100)
    expect(script).not.toMatch(/\b(?:awk|perl|python|curl|wget|xargs|find|eval|jq|cmp|diff)\b/)
  })

  test('what the first page says to type is what it says it is', () => {
    const readme = get(fresh, 'README.txt').toString()
    const folder = attacked(() => {})
    const typed = (from: string): string => {
      const [, line] = new RegExp(`^ {4}(${from}.*(?:\\n {6}.*)*)$`, 'm').exec(readme) ?? []
      return spawnSync('sh', ['-c', line ?? 'exit 1'], { cwd: folder, encoding: 'utf8' }).stdout
    }
    const [first] = get(fresh, 'events.jsonl').toString().split('\n')
    expect(typed('sha256sum -c')).toContain('events.jsonl: OK')
    expect(typed('sed -n 1p')).toContain(sha256Hex(Buffer.from(first!)))
    expect(typed('tail -n 1')).toContain(JSON.parse(get(fresh, 'bundle.json').toString()).head)
    expect(typed('openssl pkeyutl')).toContain('Verified Successfully')
    expect(typed("sed -n 's/.1 ")).toContain(JSON.parse(first!).commit)
    expect(readme.split('\n').filter((line) => line.length > 110)).toEqual([])
  })
})
