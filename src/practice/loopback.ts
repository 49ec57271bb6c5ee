// Only this machine, and only this page, may talk to the practice workspace: against DNS rebinding and cross-site posts.
import type { IncomingMessage } from 'node:http'

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]'])

const isLoopbackAuthority = (authority: string, port: number): boolean => {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(authority.toLowerCase())
  return match !== null && loopbackHosts.has(match[1] ?? '') && Number(match[2] ?? 80) === port
}

export const isFromLoopback = (request: IncomingMessage, port: number): boolean =>
  isLoopbackAuthority(request.headers.host ?? '', port)

/** A browser names the page that asks. No Origin: not a browser's cross-site request. */
export const isSameOrigin = (request: IncomingMessage, port: number): boolean => {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return true
  return origin.startsWith('http://') && isLoopbackAuthority(origin.slice('http://'.length), port)
}
