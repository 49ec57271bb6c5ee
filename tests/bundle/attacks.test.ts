/**
 * What somebody can do to a record, in a bundle and in the database, and which check shows it: exactly that one, so that
 * the README's table, which is these rows, claims nothing that is not so. `WRITE_README=1` writes the table again.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { damagedIn } from '../../src/bundle/damage.ts'
import { formatTextLine } from '../../src/domain/bundle-text.ts'
import { noteOf, publicKeyOf, signedNote } from '../../src/domain/checkpoint.ts'
import { type EntryLine, parseLine } from '../../src/domain/record.ts'
import { commitment } from '../../src/domain/seal.ts'
import { checkTimeStamp } from '../../src/domain/timestamp/check.ts'
import type { Check } from '../../src/domain/verify/finding.ts'
import { readWitness } from '../../src/domain/verify/note.ts'
import type { CheckpointKey } from '../../src/store/checkpoint-key.ts'
import { loadKeys } from '../../src/store/keys.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import {
  AT,
  type Change,
  type Held,
  record,
  renamed,
  rewritten,
  signedBy,
  sourceOf,
  stored,
} from '../support/attacked.ts'
import { temporaryFolder } from '../support/binary.ts'
import { bundleOf, newKey, unzipped } from '../support/bundle.ts'
import { type TestDatabase, testDatabase } from '../support/database.ts'
import { asFolder, caughtBy, checked, type Files, withSums } from '../support/handed-over.ts'
import { faults } from '../support/record.ts'
import { type Authority, authority, hasOpenssl } from '../support/tsa.ts'

// Setting the pages takes longer than everything these tests are about.
vi.mock('../../src/bundle/report-pdf.ts', () => ({ reportPdf: () => [Buffer.from('%PDF-1.7')] }))

/** What shows it in the database: its checks have the bundle's names, and two more. */
type DatabaseCheck = Check | 'head' | 'key given'

interface Tools {
  /** The record's own keys, stolen. */
  readonly keys: readonly CheckpointKey[]
  readonly own: CheckpointKey
}

interface Row {
  readonly what: string
  readonly bundle: readonly Check[]
  /** What of that the bundle's own `verify.sh` shows too, where it is not the same. */
  readonly script?: readonly Check[]
  /** `undefined`: it cannot be done there. */
  readonly database: readonly DatabaseCheck[] | undefined
  /** Whether the last post in the chat before it shows it. */
  readonly post: boolean
  readonly change?: (held: Held, tools: Tools) => Held
  /** To the tables alone. */
  readonly tables?: (held: Held) => Held
  /** To the files of the bundle alone; sums are made anew unless they are what is left. */
  readonly files?: (files: Files, held: Held) => Files
  readonly sums?: 'left'
  /** The log's own row in the database goes on naming the end that was. */
  readonly head?: 'left'
}

const same: Change = (line) => line
const edited =
  (then: Change = same, seq = AT.message): Change =>
  (line, head) =>
    line.seq === seq ? { ...line, actor: { id: 'U0NOBODY', kind: 'human' } } : then(line, head)
const without =
  (gone: (line: EntryLine) => boolean, then: Change): Change =>
  (line, head) =>
    gone(line) ? undefined : then(line, head)
const replaced = (held: Held, seq: number, body: Buffer): Held => {
  const { salt } = held.texts.get(seq)!
  return { ...held, texts: new Map([...held.texts, [seq, { salt, body }]]) }
}
const isStamp = ({ kind }: EntryLine) => kind === 'checkpoint.timestamped'
const pemOf = ({ publicKey }: CheckpointKey) =>
  Buffer.from(publicKeyOf(publicKey).export({ format: 'pem', type: 'spki' }))
const device = Buffer.from('serial,place\n1,bed 5\n')
const lied = Buffer.from('{"what":"keep the laptop","why":"it was stolen"}')
const swapped = (records: readonly Buffer[], one: number, other: number): Buffer[] =>
  records.map((each, index) => (index === one ? records[other]! : index === other ? records[one]! : each))
const file = (name: string, change: (bytes: Buffer) => Buffer) => (files: Files) =>
  new Map([...files, [name, change(files.get(name)!)]])
const put = (name: string, from: string | RegExp, to: string) =>
  file(name, (bytes) => Buffer.from(bytes.toString('utf8').replace(from, to)))
const named = (files: Files): Files =>
  new Map([
    ...files,
    [
      'damaged.txt',
      Buffer.from(`${AT.decision} text does-not-open decision.recorded 2026-11-21T03:46:00.000Z\n`),
    ],
  ])
const cutAfter = (held: Held, seq: number): Held => ({ ...held, lines: held.lines.slice(0, seq) })
const ownKeys = (held: Held, { fingerprint: key, publicKey }: CheckpointKey): Held => ({
  ...held,
  organisation: [
    { ...held.organisation[0]!, kind: 'checkpoint.key_set', data: { key, publicKey } } as EntryLine,
  ],
})

const rows: readonly Row[] = [
  {
    what: 'An entry edited',
    ...{ bundle: ['chain'], database: ['chain'], post: false },
    change: (held) => ({
      ...held,
      lines: held.lines.map((line, index) =>
        index + 1 === AT.message
          ? Buffer.from(line.toString('utf8').replace('U0SAMOKAFOR', 'U0NOBODYXXX'))
          : line,
      ),
    }),
  },
  {
    what: 'An entry deleted',
    ...{ bundle: ['chain'], script: ['chain', 'signature'], database: ['chain'], post: false },
    change: (held) => ({ ...held, lines: held.lines.filter((_, index) => index + 1 !== AT.message) }),
  },
  {
    what: 'Two entries exchanged',
    ...{ bundle: ['chain', 'contents'], script: ['chain'], database: ['chain'], post: false },
    change: (held) => ({ ...held, lines: swapped(held.lines, AT.message - 2, AT.message - 1) }),
  },
  {
    what: 'An entry edited, and every hash after it made anew',
    ...{ bundle: ['signature'], database: ['signature'], post: true },
    change: (held) => rewritten(held, edited()),
  },
  {
    what: '… and the checkpoints made to name the new hashes',
    ...{ bundle: ['signature', 'time stamp'], database: ['signature'], post: true },
    change: (held) => rewritten(held, edited(renamed)),
  },
  {
    what: '… and all signed anew with a key of the attacker’s, put on the record',
    ...{ bundle: ['time stamp'], database: ['key given', 'time stamp'], post: true },
    change: (held, { own }) => ownKeys(rewritten(held, edited(signedBy(own))), own),
  },
  {
    what: '… and the time stamps taken out',
    ...{ bundle: [], database: ['key given'], post: true },
    change: (held, { own }) => ownKeys(rewritten(held, without(isStamp, edited(signedBy(own)))), own),
  },
  {
    what: 'Every key stolen: edited, and all signed anew with the true keys',
    ...{ bundle: ['time stamp'], database: ['time stamp'], post: true },
    change: (held, { keys }) => rewritten(held, edited(signedBy(...keys))),
  },
  {
    what: '… and the time stamps taken out',
    ...{ bundle: [], database: [], post: true },
    change: (held, { keys }) => rewritten(held, without(isStamp, edited(signedBy(...keys)))),
  },
  {
    what: 'The end cut off',
    ...{ bundle: ['chain', 'signature'], database: ['head'], post: true },
    change: (held) => cutAfter(held, AT.posted - 2),
    head: 'left',
  },
  {
    what: '… and the end named anew, back to a request for an export, with the checkpoints after it',
    ...{ bundle: [], database: [], post: true },
    change: (held) => cutAfter(held, AT.firstExport + 1),
  },
  {
    what: 'What came after the last post, cut off with its checkpoints',
    ...{ bundle: ['chain'], database: [], post: false },
    change: (held) => cutAfter(held, AT.posted),
  },
  {
    what: 'What nobody has signed yet, edited: up to a minute',
    ...{ bundle: [], database: [], post: false },
    change: (held, { keys }) => rewritten(held, edited(signedBy(...keys), AT.unsigned)),
  },
  {
    what: 'A decision’s text changed',
    ...{ bundle: ['commitment'], database: ['commitment'], post: false },
    change: (held) => replaced(held, AT.decision, lied),
  },
  {
    what: '… with what its entry commits to, and every hash after it',
    ...{ bundle: ['signature'], database: ['signature'], post: true },
    change: (held) => {
      const commit = commitment(held.texts.get(AT.decision)!.salt, lied)
      return replaced(
        rewritten(held, (line) => (line.seq === AT.decision ? { ...line, commit } : line)),
        AT.decision,
        lied,
      )
    },
  },
  {
    what: 'A salt exchanged',
    ...{ bundle: ['commitment'], database: ['commitment'], post: false },
    change: (held) => {
      const { body } = held.texts.get(AT.decision)!
      return { ...held, texts: new Map([...held.texts, [AT.decision, { salt: Buffer.alloc(32, 7), body }]]) }
    },
  },
  {
    what: 'A text taken out',
    ...{ bundle: ['contents'], script: [], database: ['contents'], post: false },
    tables: (held) => ({ ...held, texts: new Map([...held.texts].filter(([seq]) => seq !== AT.decision)) }),
    files: put('content/text.txt', new RegExp(`^${AT.decision} .*\\n`, 'm'), ''),
  },
  {
    what: '… and named as damaged in `damaged.txt`, as if the export had met it so',
    ...{ bundle: ['contents'], database: undefined, post: false },
    files: (files) => named(put('content/text.txt', new RegExp(`^${AT.decision} .*\\n`, 'm'), '')(files)),
  },
  {
    what: 'What is stored of a text damaged: the export is made without it and names it',
    ...{ bundle: ['contents'], database: ['commitment'], post: false },
    change: (held) => ({ ...held, damaged: [AT.decision] }),
  },
  {
    what: '… and `damaged.txt` taken out',
    ...{ bundle: ['contents'], script: [], database: undefined, post: false },
    change: (held) => ({ ...held, damaged: [AT.decision] }),
    files: (files) => new Map([...files].filter(([name]) => name !== 'damaged.txt')),
  },
  {
    what: 'A text that lies there named as damaged',
    ...{ bundle: ['contents'], database: undefined, post: false },
    files: (files) => named(files),
  },
  {
    what: 'A captured file exchanged',
    ...{ bundle: ['commitment'], database: ['commitment'], post: false },
    tables: (held) => ({
      ...held,
      files: new Map([[AT.file, { ...held.files.get(AT.file)!, body: device }]]),
    }),
    files: file(`content/files/${AT.file}`, () => device),
  },
  {
    what: 'Counsel’s mark taken out, and every hash after it made anew',
    ...{ bundle: ['signature'], database: ['signature'], post: true },
    change: (held) =>
      rewritten(
        held,
        without(({ seq }) => seq === AT.privilege, same),
      ),
  },
  {
    what: 'Privileged words put back',
    ...{ bundle: ['contents'], script: [], database: undefined, post: false },
    files: (files, held) => {
      const words = formatTextLine({ seq: AT.message, ...held.texts.get(AT.message)! })
      return put('content/text.txt', /^4 /m, `${words}4 `)(files)
    },
  },
  {
    what: 'The key in the bundle replaced',
    ...{ bundle: ['signature'], database: undefined, post: false },
    files: (files) => new Map([...files, ['key.pem', pemOf(newKey())]]),
  },
  {
    what: 'A time stamp taken out',
    ...{ bundle: ['time stamp'], database: undefined, post: false },
    files: (files) => new Map([...files].filter(([name]) => !name.endsWith('.tsr'))),
  },
  {
    what: 'Another outcome reported',
    ...{ bundle: ['outcome'], script: [], database: undefined, post: false },
    files: put('bundle.json', '"kind":"lost-device"', '"kind":"other"'),
  },
  {
    what: 'A file put in',
    ...{ bundle: ['sums'], script: [], database: undefined, post: false },
    files: (files) => new Map([...files, ['notes.txt', Buffer.from('read this first')]]),
  },
  {
    what: 'A page of the report edited',
    ...{ bundle: ['sums'], database: undefined, post: false },
    ...{ files: put('report.html', 'incident', 'Incident'), sums: 'left' },
  },
  {
    what: '… and the sums made anew',
    ...{ bundle: [], database: undefined, post: false },
    files: put('report.html', 'incident', 'Incident'),
  },
]

const kinds: readonly (readonly [RegExp, DatabaseCheck])[] = [
  [/the key given is/, 'key given'],
  [/time stamp/, 'time stamp'],
  [/the post /, 'witness'],
  [/checkpoint/, 'signature'],
  [/is not what the entry commits to|does not open/, 'commitment'],
  [/commits to is gone/, 'contents'],
  [/the log's head/, 'head'],
  [/./, 'chain'],
]
const kindOf = (fault: string): DatabaseCheck => kinds.find(([pattern]) => pattern.test(fault))![1]

/** In the script's words. */
const scriptKinds: readonly (readonly [RegExp, Check])[] = [
  [/^files:|^no such file was packed/, 'sums'],
  [/does not continue|is not the one bundle.json names|does not ask for this/, 'chain'],
  [/does not stamp|tsr is missing/, 'time stamp'],
  [/commits to another/, 'commitment'],
  [/damaged/, 'contents'],
  [/./, 'signature'],
]
const scriptKindOf = (words: string): Check => scriptKinds.find(([pattern]) => pattern.test(words))![1]

describe.skipIf(!hasOpenssl)('what somebody does to a record', () => {
  let authorityHere: Authority
  let made: Awaited<ReturnType<typeof record>>
  let database: TestDatabase
  let store: Store
  let tools: Tools
  let post = ''
  const recordKeys = loadKeys({ recordKey: Buffer.alloc(32, 3).toString('base64') })

  beforeAll(async () => {
    authorityHere = authority()
    made = await record((request, text) => {
      const response = authorityHere.stamp(request)
      const stamp = checkTimeStamp(response, text)
      if (stamp.fault !== null) throw new Error(stamp.fault)
      return { response, at: stamp.at }
    })
    tools = { keys: made.keys, own: newKey() }
    post = signedNote(noteOf(parseLine(made.held.lines[AT.posted - 1]!)))
    database = await testDatabase()
    store = await openStore(database, recordKeys, () => null)
  })
  afterAll(async () => {
    authorityHere.close()
    await database.close()
  })

  /** As an auditor runs it. */
  function byScript(folder: string): string[] {
    const { status, stdout, stderr } = spawnSync('sh', ['verify.sh'], { cwd: folder, encoding: 'utf8' })
    const said = [...stdout.matchAll(/^ALTERED: (.*)$/gm)].map(([, what]) => scriptKindOf(what!))
    expect([status, stderr]).toEqual([said.length > 0 ? 1 : 0, ''])
    return [...new Set(said)].sort()
  }

  async function inBundle(row: Row, held: Held) {
    const source = sourceOf(held, authorityHere.caPem)
    const damaged = held.damaged ? await damagedIn(source) : []
    const written = await unzipped((await bundleOf({ ...source, damaged })).bytes)
    const files = row.files?.(written, made.held) ?? written
    const folder = asFolder(row.sums === 'left' ? files : withSums(files), temporaryFolder())
    const copied = join(temporaryFolder(), 'post.txt')
    writeFileSync(copied, post)
    return {
      alone: caughtBy(await checked(folder)),
      withPost: caughtBy(await checked(folder, copied)),
      script: byScript(folder),
    }
  }

  async function inTables(row: Row, held: Held): Promise<{ alone: string[]; withPost: string[] }> {
    const keys = { kek: recordKeys.kek, dek: made.dek }
    await stored(database, held, keys, row.head === 'left' ? made.held.lines : held.lines)
    const checkpointKey = made.keys[1].fingerprint
    const alone = await faults(store, { checkpointKey })
    const withPost = await faults(store, { checkpointKey, witnesses: readWitness(post) })
    return { alone: alone.map(kindOf), withPost: withPost.map(kindOf) }
  }

  test('nothing: both are whole, and agree with the post', async () => {
    const nothing = { what: 'Nothing', bundle: [], database: [], post: false }
    const none = { alone: [], withPost: [] }
    expect(await inBundle(nothing, made.held)).toEqual({ ...none, script: [] })
    expect(await inTables(nothing, made.held)).toEqual(none)
  })

  test.each(rows.map((row, index) => [`${index + 1}. ${row.what}`, row] as const))('%s', async (_, row) => {
    const held = row.change?.(made.held, tools) ?? made.held
    const bundle = await inBundle(row, held)
    expect(bundle.alone).toEqual([...row.bundle].sort())
    expect(bundle.script).toEqual([...(row.script ?? row.bundle)].sort())
    expect(bundle.withPost.includes('witness')).toBe(row.post)
    if (row.database === undefined) return
    const tables = await inTables(row, row.tables?.(held) ?? held)
    expect(tables.alone.sort()).toEqual([...row.database].sort())
    // Of a log only the first fault is told, so that a post is heard where there is none.
    if (row.database.length === 0) expect(tables.withPost).toEqual(row.post ? ['witness'] : [])
  })
})

describe('the README', () => {
  const file = new URL('../../README.md', import.meta.url)
  const bounds = /(?<=<!-- attacks -->\n)[\s\S]+?(?=\n<!-- \/attacks -->)/
  const shows = (checks: readonly string[] | undefined): string =>
    checks === undefined ? '' : checks.length === 0 ? '**nothing**' : checks.join(', ')

  test('tells these rows and no others', () => {
    const lines = rows.map(
      ({ what, bundle, script = bundle, database, post }) =>
        `| ${what} | ${shows(bundle)} | ${shows(script)} | ${shows(database)} | ${post ? 'yes' : ''} |`,
    )
    const head = [
      '| What somebody does | `verify` of a bundle shows | its `verify.sh` shows | `verify` of the database shows | a post from the chat shows it |',
    ]
    const table = [...head, '|---|---|---|---|---|', ...lines].join('\n')
    const readme = readFileSync(file, 'utf8')
    if (process.env.WRITE_README)
      writeFileSync(
        file,
        readme.replace(bounds, () => table),
      )
    expect(
      bounds.exec(readFileSync(file, 'utf8'))?.[0],
      'WRITE_README=1 npx vitest run --config tests/vitest.config.ts tests/bundle/attacks.test.ts',
    ).toBe(table)
  })
})
