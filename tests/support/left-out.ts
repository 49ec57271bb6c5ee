/** Says in one line what this run leaves out, so that a green run is not taken for more than it is. */
import { findChromium } from './chromium.ts'
import { hasOpenssl } from './tsa.ts'

const wants: readonly [string, boolean, string][] = [
  ['Postgres', process.env.TEST_DATABASE_URL !== undefined, 'set TEST_DATABASE_URL'],
  ['OpenSSL', hasOpenssl, 'install openssl 3'],
  ['the browser', findChromium() !== undefined, 'install chromium or set CHROMIUM'],
]

export default function setup(): void {
  const without = wants.filter(([, isHere]) => !isHere).map(([what, , how]) => `${what} (${how})`)
  if (without.length > 0) console.log(`Left out on this machine: ${without.join(', ')}.`)
}
