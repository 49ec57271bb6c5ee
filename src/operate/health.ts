/** `/healthz` on loopback: for a supervisor on this machine. Counts and ages, nothing of any incident. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Running } from '../start.ts'

/** A loop that has not ended a pass for this long is stuck. */
const STUCK_MS = 60_000

type Asked = Pick<Running, 'chats' | 'loops' | 'delivering'>

export async function health(running: Asked) {
  const chats = Object.fromEntries(
    running.chats.map(({ platform, current }) => [
      platform,
      current()?.health() ?? { ok: false, mode: 'connecting' },
    ]),
  )
  const database = await running.delivering.store.outbox.waiting().then(
    (waiting) => ({ ok: true, waiting }),
    () => ({ ok: false, waiting: null }),
  )
  const age = (last: number | null) => (last === null ? null : Math.round(performance.now() - last))
  const loops = {
    tickAgeMs: age(running.loops.tick.lastPass()),
    deliverAgeMs: age(running.loops.deliver.lastPass()),
  }
  const isMoving = Object.values(loops).every((ms) => ms === null || ms < STUCK_MS)
  const areConnected = Object.values(chats).every(({ ok }) => ok)
  return { ok: areConnected && database.ok && isMoving, database, loops, ...chats }
}

export async function serveHealth(port: number, running: () => Asked) {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (request.method !== 'GET' || path !== '/healthz') {
      response.writeHead(404).end()
      return
    }
    health(running()).then(
      (report) => {
        response
          .writeHead(report.ok ? 200 : 503, { 'content-type': 'application/json' })
          .end(JSON.stringify(report))
      },
      () => response.writeHead(503).end(),
    )
  })
  // A port already taken costs the health page, never the start: an incident may be running.
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  return {
    port: listening ? (server.address() as AddressInfo).port : null,
    close: () => new Promise<void>((resolve) => (listening ? server.close(() => resolve()) : resolve())),
  }
}
