/** Whatever is handed over as a bundle: one line says what is wrong with it, nothing is followed, unpacked or held whole. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { asUnreadable } from '../../src/bundle/read-parts.ts'
import { runBinary, temporaryFolder } from '../support/binary.ts'
import {
  asFolder,
  checked,
  type Files,
  someBundle,
  type Told,
  withSums,
  zipOf,
} from '../support/handed-over.ts'

// Setting the pages takes longer than everything these tests are about.
vi.mock('../../src/bundle/report-pdf.ts', () => ({ reportPdf: () => [Buffer.from('%PDF-1.7')] }))

let zip: Buffer
let files: Files
beforeAll(async () => {
  const made = await someBundle()
  zip = made.zip
  files = made.files
})

async function checkedZip(bytes: Buffer): Promise<Told> {
  const path = join(temporaryFolder(), 'bundle.zip')
  writeFileSync(path, bytes)
  return checked(path)
}
const checkedFolder = (changed: Files, then: (folder: string) => void = () => {}): Promise<Told> => {
  const folder = asFolder(changed, temporaryFolder())
  then(folder)
  return checked(folder)
}
const refused = ({ code, lines }: Told): string => {
  expect(lines).toHaveLength(1)
  expect(code).toBe(2)
  return lines[0]!
}
const replaced = (name: string, bytes: Buffer): Files => withSums(new Map([...files, [name, bytes]]))

test.each(['as it was sent', 'unpacked', 'packed anew by another tool'])(
  'a whole bundle, %s',
  async (how) => {
    const told =
      how === 'unpacked'
        ? await checkedFolder(files)
        : await checkedZip(how === 'as it was sent' ? zip : await zipOf(files, { compress: true }))
    expect(told.lines.at(-1)).toBe('The bundle is whole.')
    expect(told.code).toBe(0)
  },
)

test('the program checks one with no configuration, though what there is of it is wrong', async () => {
  const path = join(temporaryFolder(), 'bundle.zip')
  writeFileSync(path, zip)
  const wrong = { ORG_ZONE: 'Nowhere', DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', LOG_LEVEL: 'loud' }
  const ran = await runBinary(['verify', path], wrong).ended
  expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringContaining('The bundle is whole.') })
})

describe('a ZIP', () => {
  /** Where the name of a file stands in the ZIP's directory, and the header before it. */
  const directoryOf = (bytes: Buffer, name: string) => bytes.lastIndexOf(name) - 46
  const renamed = (bytes: Buffer, from: string, to: string): Buffer =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
  const patched = (bytes: Buffer, name: string, change: (directory: Buffer) => void): Buffer => {
    const copy = Buffer.from(bytes)
    change(copy.subarray(directoryOf(copy, name)))
    return copy
  }
  /** The end of a ZIP alone, which says how many files there are. */
  const claiming = (count: number): Buffer => {
    const end = Buffer.alloc(98)
    end.writeUInt32LE(0x06064b50, 0)
    end.writeBigUInt64LE(BigInt(count), 32)
    end.writeUInt32LE(0x07064b50, 56)
    end.writeUInt32LE(0x06054b50, 76)
    end.writeUInt16LE(0xffff, 86)
    return end
  }

  test.each<readonly [string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['that is empty', () => Buffer.alloc(0), /no ZIP, or cut off/],
    ['that is something else', () => Buffer.from('%PDF-1.7 and so on, for a while'), /no ZIP, or cut off/],
    ['with something behind its end', () => Buffer.concat([zip, Buffer.from('more')]), /behind its end/],
    ['that climbs out', () => renamed(zip, 'content/text.txt', '../../o/text.txt'), /leads out/],
    ['with an absolute path', () => renamed(zip, 'content/text.txt', '/etc/me/text.txt'), /leads out/],
    ['with a drive', () => renamed(zip, 'content/text.txt', 'C:ntent/text.txt'), /leads out/],
    ['with a backslash', () => renamed(zip, 'content/text.txt', 'content\\text.txt'), /leads out/],
    ['with a NUL in a name', () => renamed(zip, 'content/text.txt', 'content/text\0txt'), /leads out/],
    ['with a link in it', () => zipOf(files, { mode: 0o120777 }), /no file \(a link/],
    ['with two files of one name', () => renamed(zip, 'report.html', 'bundle.json'), /two files of one name/],
    [
      'that calls a file by two names',
      () => patched(zip, 'report.html', (at) => at.write('report.htmx', 46)),
      /one file by two names/,
    ],
    [
      'with an encrypted file',
      () =>
        patched(zip, 'bundle.json', (at) => {
          at.writeUInt16LE(at.readUInt16LE(8) | 1, 8)
          at.writeUInt32LE(at.readUInt32LE(20) + 12, 20)
        }),
      /encrypted/,
    ],
    [
      'packed in a way nobody reads',
      () => patched(zip, 'bundle.json', (at) => at.writeUInt16LE(99, 10)),
      /packed in a way/,
    ],
    [
      'that declares more than it holds',
      () =>
        patched(zip, 'events.jsonl', (at) => {
          at.writeUInt32LE(0xfffffff0, 20)
          at.writeUInt32LE(0xfffffff0, 24)
        }),
      /declares more than it holds/,
    ],
    [
      'that packs twenty megabytes of nothing',
      () => zipOf([['events.jsonl', Buffer.alloc(20 * 1024 * 1024)]], { compress: true }),
      /unpacks to more/,
    ],
    ['of a million files', () => claiming(1_000_000), /more than 300000 files/],
    [
      'that holds more files than it counts',
      () => {
        const fewer = Buffer.from(zip)
        fewer.writeUInt16LE(fewer.readUInt16LE(fewer.length - 12) - 1, fewer.length - 12)
        return fewer
      },
      /more files than it counts/,
    ],
    ['of no files', () => zipOf([]), /no bundle of Wardroom: bundle.json is not in it/],
    ['of something else', () => zipOf([['a.txt', Buffer.from('a')]]), /no bundle of Wardroom/],
  ])('%s', async (_, make, what) => {
    expect(refused(await checkedZip(await make()))).toMatch(what)
  })

  test('whose files lie in one place, to pass for many times its size', async () => {
    const twice = await zipOf([
      ['events.jsonl', Buffer.alloc(3000)],
      ['bundle.json', Buffer.alloc(3000)],
    ])
    const offset = twice.subarray(directoryOf(twice, 'events.jsonl')).readUInt32LE(42)
    const bytes = patched(twice, 'bundle.json', (at) => at.writeUInt32LE(offset, 42))
    expect(refused(await checkedZip(bytes))).toMatch(/one file by two names/)
  })

  test('cut off anywhere', async () => {
    for (let part = 0; part < 24; part += 1)
      expect(refused(await checkedZip(zip.subarray(0, (zip.length * part) / 24)))).toMatch(
        /cannot be checked/,
      )
  })
})

describe('a folder', () => {
  test.each<readonly [string, (folder: string) => void, RegExp]>([
    ['with a link', (at) => symlinkSync('/etc/passwd', join(at, 'link')), /no file \(a link/],
    ['with a pipe', (at) => execFileSync('mkfifo', [join(at, 'pipe')]), /no file \(a link, a pipe/],
    [
      'deeper than a bundle',
      (at) => mkdirSync(join(at, 'a/b/c/d'), { recursive: true }),
      /folders no bundle/,
    ],
  ])('%s', async (_, then, what) => {
    expect(refused(await checkedFolder(files, then))).toMatch(what)
  })

  test('that is not there, one of something else, and a pipe instead of one', async () => {
    const folder = temporaryFolder()
    symlinkSync('/etc', join(folder, 'etc'))
    expect(refused(await checked(folder))).toMatch(/no bundle of Wardroom: bundle.json is not in it/)
    expect(refused(await checked(join(folder, 'none')))).toMatch(/there is no such file/)
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(refused(await checked(join(folder, 'pipe')))).toMatch(/neither a file nor a folder/)
  })

  test.each(['EACCES', 'EIO', 'ELOOP', 'EMFILE'])('that the system will not read: %s', (code) => {
    const said = asUnreadable(Object.assign(new Error('no'), { code, syscall: 'read' }))
    expect(said?.message).toMatch(/read|link/)
    expect(asUnreadable(new TypeError('ours'))).toBeUndefined()
  })

  test('one byte turned in any of its files is found', async () => {
    for (const [name, bytes] of files) {
      const turned = Buffer.from(bytes)
      const at = Math.floor(bytes.length / 2)
      turned[at] = turned[at]! ^ 1
      const { code, lines } = await checkedFolder(new Map([...files, [name, turned]]))
      expect([name, code], lines.join('\n')).not.toEqual([name, 0])
      if (code === 1) expect(lines.at(-1)).toBe('The bundle is NOT whole.')
    }
  })
})

describe('what is in it', () => {
  const events = () => files.get('events.jsonl')!
  const edited = (name: string, change: (text: string) => string): Files =>
    replaced(name, Buffer.from(change(files.get(name)!.toString('utf8'))))

  test.each<readonly [string, () => Files, RegExp]>([
    [
      'line ends converted',
      () => edited('events.jsonl', (text) => text.replaceAll('\n', '\r\n')),
      /entry 1 — .*line ends converted/,
    ],
    [
      'line ends of the texts converted',
      () => edited('content/text.txt', (text) => text.replaceAll('\n', '\r\n')),
      /line ends converted/,
    ],
    [
      'a NUL in an entry',
      () => replaced('events.jsonl', Buffer.concat([Buffer.alloc(1), events()])),
      /entry 1 — entry is not JSON/,
    ],
    ['an entry cut off', () => replaced('events.jsonl', events().subarray(0, -1)), /the line is cut off/],
    [
      'an entry that is a list',
      () => edited('events.jsonl', (text) => `[]\n${text}`),
      /entry 1 — entry is not an entry/,
    ],
    [
      'an entry of nobody',
      () => edited('events.jsonl', (text) => text.replace('"kind":"human"}', '"kind":"human","id":7}')),
      /entry 1 — entry is not an entry/,
    ],
    ['no entries', () => replaced('events.jsonl', Buffer.alloc(0)), /ends after 0/],
    [
      'a zone nobody knows',
      () => edited('events.jsonl', (text) => text.replaceAll('America/New_York', 'America/New_Yorkk')),
      /entry \d+ — /,
    ],
    [
      'no salts',
      () => edited('content/text.txt', (text) => text.replaceAll(' ', '')),
      /holds a line that is none/,
    ],
    [
      'a text twice',
      () => edited('content/text.txt', (text) => text.replace(/^.*\n/, '$&$&')),
      /not in the order/,
    ],
    [
      'texts in another order',
      () => edited('content/text.txt', (text) => text.replace(/^(.*\n)(.*\n)/, '$2$1')),
      /entry 1 — its text is missing/,
    ],
    [
      'a key that is none',
      () => replaced('key.pem', Buffer.from('-----BEGIN PUBLIC KEY-----')),
      /key.pem is no Ed25519/,
    ],
    [
      'a note that is none',
      () =>
        new Map(
          [...files].map(([name, bytes]) => [
            name,
            /checkpoints.*txt/.test(name) ? Buffer.from('no') : bytes,
          ]),
        ),
      /checkpoint/,
    ],
  ])('%s', async (_, make, what) => {
    const { code, lines } = await checkedFolder(make())
    expect(lines.join('\n')).toMatch(what)
    expect(code).toBe(1)
  })

  test('a line without an end is given up, not held', async () => {
    const grown = (folder: string) => truncateSync(join(folder, 'events.jsonl'), 6 * 1024 * 1024)
    const { code, lines } = await checkedFolder(files, grown)
    expect(lines[0]).toMatch(/the line is longer than any entry/)
    expect(code).toBe(1)
  })

  test.each([
    ['another format', /made by a newer Wardroom \(format 2\): update/, '"format":1', '"format":2'],
    ['no JSON', /bundle.json cannot be read/, '{', ''],
    ['no number', /bundle.json cannot be read/, '"through":', '"through":"all","t":'],
  ])('its first page is of %s', async (_, what, from, to) => {
    expect(refused(await checkedFolder(edited('bundle.json', (text) => text.replace(from, to))))).toMatch(
      what,
    )
  })

  test('words in it cannot move the cursor or fill the screen', async () => {
    const name = `\u001b[2J${'x'.repeat(200)}`
    const { lines } = await checkedFolder(replaced(name, Buffer.from('x')))
    const line = lines.find((each) => each.includes('a file no bundle has'))!
    expect(line).not.toContain('\u001b')
  })
})
