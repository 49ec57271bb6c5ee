/** Where Teams' activities come to, tried by listening there for a moment. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Config } from '../../config.ts'
import { bad, type Finding, good, warn } from './finding.ts'
import { askHealth } from './running.ts'

export const anonymousFinding = warn(
  'TEAMS_ANONYMOUS: whoever reaches this machine may speak as anybody, and nothing is asked of Microsoft',
  'for development only: unset it, and set TEAMS_APP_ID, to serve people',
)

export async function listeningFinding(
  config: Config,
  { httpHost, httpPort }: NonNullable<Config['teams']>,
): Promise<Finding> {
  const at = `${httpHost}:${httpPort}`
  const proxy = 'a TLS proxy must pass /api/messages to it'
  if (httpPort === 0)
    return warn('TEAMS_HTTP_PORT is 0: any free port', 'set one that the TLS proxy can pass to')
  const code = await listenCode(httpHost, httpPort)
  if (code === undefined) return good(`Activities come to ${at}, which is free: ${proxy}`)
  if (code !== 'EADDRINUSE')
    return bad(
      `Nothing can listen on ${at} (${code})`,
      'set TEAMS_HTTP_HOST and TEAMS_HTTP_PORT to what this machine has',
    )
  const health = await askHealth(config.healthPort)
  if (health?.teams) return good(`Activities come to ${at}, where a Wardroom listens: ${proxy}`)
  return warn(
    `${at} is taken, and no Wardroom on Teams answers at 127.0.0.1:${config.healthPort}`,
    'if another program has it, set TEAMS_HTTP_PORT to a free port; if it is Wardroom, give doctor its HEALTH_PORT',
  )
}

async function listenCode(host: string, port: number): Promise<string | undefined> {
  const probe = createServer((socket) => socket.destroy())
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
    probe.close()
    await once(probe, 'close')
    return undefined
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}
