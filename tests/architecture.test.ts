/** The tree's rules: imports run one way, and what belongs in one place stays there. */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(src + name, 'utf8') }))

/** The part of the tree a file belongs to; files at the top of src/ are `root`: entry, composition, handle, tick, deliver. */
const partOf = (name: string) =>
  /^chat\/\w+\//.exec(name)?.[0].slice(0, -1) ?? (name.includes('/') ? name.split('/')[0]! : 'root')
const importsOf = ({ name, text }: (typeof files)[number]) =>
  [...text.matchAll(/(?:\bfrom |\bimport |\bimport\()'([^'\n]+)'\)?/g)].map(([, to]) =>
    to!.startsWith('.') ? posix.join(posix.dirname(name), to!) : to!,
  )
const offenders = (found: (file: (typeof files)[number]) => boolean, allowed: readonly string[] = []) =>
  files.filter((file) => found(file) && !allowed.includes(file.name)).map(({ name }) => name)

/** What each part may import of the others. Root, operate and the demo import anything: there the parts are put together. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  views: ['domain'],
  commands: ['domain', 'views'],
  store: ['domain'],
  bundle: ['domain', 'views', 'store'],
  chat: ['views'],
  'chat/slack': ['chat', 'views'],
  'chat/teams': ['chat', 'views'],
  practice: [],
  evidence: ['domain', 'store', 'chat', 'delivery'],
  outgoing: ['domain', 'store'],
  raster: ['bundle'],
  pipeline: ['domain', 'views', 'commands', 'store', 'chat', 'evidence', 'outgoing'],
  delivery: ['domain', 'views', 'store', 'bundle', 'raster', 'chat', 'evidence', 'outgoing', 'pipeline'],
}
/** What every part is handed, and the tables' own log type; the practice roster names the product's roles: types only. */
const importExceptions = ['practice/roster.ts → domain/roles.ts']
const sharedByAll = ['wardroom.ts']

test('imports run one way', () => {
  const wrong = files.flatMap((file) => {
    const from = partOf(file.name)
    if (['root', 'operate', 'demo'].includes(from)) return []
    return importsOf(file)
      .filter((to) => to.endsWith('.ts') && partOf(to) !== from && !sharedByAll.includes(to))
      .filter((to) => !mayImport[from]?.includes(partOf(to)))
      .map((to) => `${file.name} → ${to}`)
  })
  expect(wrong.filter((each) => !importExceptions.includes(each))).toEqual([])
})

test('no file needs itself, over however many others', () => {
  const known = new Map(files.map((file) => [file.name, importsOf(file)]))
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) circles.push([...path.slice(path.indexOf(name)), name].join(' → '))
    else if (!done.has(name)) for (const to of known.get(name) ?? []) visit(to, [...path, name])
    done.add(name)
  }
  for (const name of known.keys()) visit(name, [])
  expect(circles).toEqual([])
})

test.each([
  ['@slack/', /^chat\/slack\//],
  ['botbuilder', /^chat\/teams\//],
  ['botframework-connector', /^chat\/teams\//],
  ['botframework-schema', /^chat\/teams\//],
  ['drizzle-orm', /^store\//],
  ['postgres', /^store\//],
  ['@electric-sql/', /^store\//],
  ['ws', /^practice\//],
  ['pdfkit', /^bundle\//],
  ['yazl', /^(?:bundle|chat\/teams)\//],
  ['yauzl', /^bundle\//],
  ['csv-stringify', /^bundle\//],
  ['@resvg/', /^raster\//],
  ['pino', /^log\.ts$/],
])('%s is imported only where %s', (library, where) => {
  const uses = (to: string) =>
    to === library || to.startsWith(library.endsWith('/') ? library : `${library}/`)
  expect(offenders((file) => importsOf(file).some(uses) && !where.test(file.name))).toEqual([])
})

test('the language of scenarios knows no platform: each has its world', () => {
  const speech = (name: string) => /^demo\/[^/]+$/.test(name) && name !== 'demo/demo.ts'
  const platform = /^(?:practice|chat\/(?:slack|teams)|demo\/[\w-]+)\//
  expect(offenders((file) => speech(file.name) && importsOf(file).some((to) => platform.test(to)))).toEqual(
    [],
  )
})

test('the environment is read in config.ts', () => {
  expect(offenders(({ text }) => /process\.env\b/.test(text), ['config.ts'])).toEqual([])
})

test('the clock is read in main.ts and passed down', () => {
  // The lock of a data directory is compared with the times of files, which nobody can move.
  const files = ['main.ts', 'store/lock-file.ts', 'store/single-opener.ts']
  expect(offenders(({ text }) => /\bDate\.now\(|\bnew Date\(\)/.test(text), files)).toEqual([])
})

test('no enums, and no classes but errors and the file system that syncs', () => {
  const classes =
    /^(?:export )?(?:abstract )?class \w+(?! extends (?:Error|NodeFS)\b)\b(?! extends (?:Error|NodeFS))/m
  expect(offenders(({ text }) => /^\s*(?:export )?(?:const )?enum /m.test(text))).toEqual([])
  expect(offenders(({ text }) => classes.test(text))).toEqual([])
})

test('every file says what it promises, in at most 300 lines', () => {
  expect(offenders(({ text }) => !/^(?:#!.*\n)?\/[/*]/.test(text))).toEqual([])
  expect(offenders(({ text }) => text.split('\n').length > 301)).toEqual([])
})
