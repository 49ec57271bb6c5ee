/** A time-stamping authority on this machine: OpenSSL makes its certificates and its stamps, a loopback server misbehaves. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
const RSA = ['-newkey', 'rsa:2048']
const CA = ['basicConstraints=critical,CA:true', 'keyUsage=critical,keyCertSign']

const configuration = (ess: string) => `[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = chain.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = ${ess}
`

export interface Authority {
  readonly folder: string
  readonly caPem: string
  /** The authority's own, PEM. */
  readonly certificate: string
  readonly stamp: (request: Buffer) => Buffer
  /** What `openssl ts -verify` says of a response to this text. */
  readonly opensslTakes: (response: Buffer, text: string) => boolean
  readonly close: () => void
}

interface Made {
  readonly key?: 'ec' | 'rsa'
  readonly ess?: 'sha1' | 'sha256'
  readonly use?: string
  /** A certificate between the root and the authority's. */
  readonly between?: boolean
}

export function authority(made: Made = {}): Authority {
  const { key = 'ec', ess = 'sha256', use = 'critical,timeStamping', between = false } = made
  const folder = mkdtempSync(join(tmpdir(), 'wardroom-tsa-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const root = CA.flatMap((each) => ['-addext', each])
  openssl(
    'req',
    '-x509',
    ...EC,
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Root',
    '-days',
    '30',
    ...root,
  )
  const issue = (
    name: string,
    subject: string,
    by: string,
    algorithm: readonly string[],
    extensions: readonly string[],
  ) => {
    writeFileSync(at('ext'), `${extensions.join('\n')}\n`)
    openssl('req', ...algorithm, '-nodes', '-keyout', `${name}.key`, '-out', 'csr', '-subj', `/CN=${subject}`)
    openssl(
      'x509',
      '-req',
      '-in',
      'csr',
      '-CA',
      `${by}.pem`,
      '-CAkey',
      `${by}.key`,
      '-set_serial',
      '0x80c5',
      '-days',
      '20',
      '-extfile',
      'ext',
      '-out',
      `${name}.pem`,
    )
  }
  if (between) issue('middle', 'Middle', 'ca', EC, CA)
  const issuer = between ? 'middle' : 'ca'
  issue('tsa', 'Stamps', issuer, key === 'rsa' ? RSA : EC, [`extendedKeyUsage=${use}`])
  writeFileSync(at('chain.pem'), readFileSync(at(`${issuer}.pem`)))
  writeFileSync(at('serial'), '01\n')
  writeFileSync(at('tsa.cnf'), configuration(ess))
  return {
    folder,
    caPem: readFileSync(at('ca.pem'), 'utf8'),
    certificate: readFileSync(at('tsa.pem'), 'utf8'),
    stamp(request) {
      writeFileSync(at('query'), request)
      openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query', '-out', 'reply')
      return readFileSync(at('reply'))
    },
    opensslTakes(response, text) {
      writeFileSync(at('kept.tsr'), response)
      writeFileSync(at('kept.txt'), text)
      const args = ['ts', '-verify', '-in', 'kept.tsr', '-data', 'kept.txt', '-CAfile', 'ca.pem']
      return spawnSync('openssl', args, { cwd: folder }).status === 0
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

export interface TsaServer {
  readonly url: string
  /** How the next requests are answered; each request's bytes are handed to it. */
  answer: (request: Buffer) => Buffer | RequestListener
  readonly close: () => Promise<void>
}

export async function tsaServer(answer: TsaServer['answer']): Promise<TsaServer> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part as Uint8Array))
    const said = served.answer(Buffer.concat(parts))
    if (typeof said === 'function') return said(request, response)
    return response.setHeader('content-type', 'application/timestamp-reply').end(said)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const served: TsaServer = {
    url: `http://127.0.0.1:${port}/tsa`,
    answer,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return served
}
