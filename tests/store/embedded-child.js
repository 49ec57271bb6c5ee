/** Opens a data directory, writes rows and says so line by line, until it is killed. */
import { closeSync, fsyncSync } from 'node:fs'
import { openDatabase } from '../../dist/store/db.js'
import { keyFingerprint } from '../../dist/store/schema.js'

const silent = { info() {}, warn() {}, error() {} }
const [dataDir, fault] = process.argv.slice(2)
let isFailing = false
function sync(descriptor) {
  if (isFailing) throw new Error('no such luck')
  fsyncSync(descriptor)
}

const database = await openDatabase({ dataDir, embedded: { sync }, log: silent })
process.stdout.write('open\n')
for (let n = 1; n <= 100_000; n += 1) {
  if (fault === 'fsync' && n === 4) isFailing = true
  await database.transaction((tx) => tx.insert(keyFingerprint).values({ name: `row ${n}`, fingerprint: 'F' }))
  process.stdout.write(`${n}\n`)
}
closeSync(1)
