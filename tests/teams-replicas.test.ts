/** Two replicas on one Postgres and one Teams, each told everything: a room, a post, an entry and an incident once each. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliveryOf } from '../src/chat/teams/cards/delivery.ts'
import { handClock } from '../src/demo/stage.ts'
import { openDatabase } from '../src/store/db.ts'
import { silent, testDatabase, testServerUrl } from './support/database.ts'
import { faults, linesOf } from './support/record.ts'
import { startLocalTeams } from './support/teams/local.ts'
import {
  declareOnTeams,
  type TeamsRoom,
  type TeamsWardroom,
  teamsWardroom,
} from './support/teams/wardroom.ts'
import { FRIDAY_NIGHT } from './support/wardroom.ts'

/** Everything that comes goes to every one of them at once; the first answer is the answer. */
async function toAll(urls: readonly string[]): Promise<Server> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const headers = { authorization: request.headers.authorization ?? '', 'content-type': 'application/json' }
    const body = Buffer.concat(parts)
    const answers = await Promise.all(urls.map((url) => fetch(url, { method: 'POST', headers, body })))
    const [first] = await Promise.all(
      answers.map(async (answer) => [answer.status, await answer.text()] as const),
    )
    response.writeHead(first![0], { 'content-type': 'application/json' }).end(first![1])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

describe.skipIf(testServerUrl === undefined)('two replicas on Teams', () => {
  let replicas: readonly TeamsWardroom[]
  let server: Server
  let war: TeamsRoom
  const first = () => replicas[0]!

  beforeAll(async () => {
    const clock = handClock(FRIDAY_NIGHT)
    const database = await testDatabase()
    const beside = { ...(await openDatabase({ databaseUrl: database.url!, log: silent })), url: database.url }
    const local = await startLocalTeams({ now: clock.now, retryScale: 0.001 })
    const one = await teamsWardroom({ clock, database, local })
    const two = await teamsWardroom({ clock, database: beside, local, recordKey: one.recordKey })
    replicas = [one, two]
    server = await toAll(replicas.map(({ url }) => url))
    local.setBot(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`)
    war = await declareOnTeams(one)
  })
  afterAll(async () => {
    expect(await faults(first().store)).toEqual([])
    expect(replicas.flatMap(({ errors }) => errors)).toEqual([])
    const { local } = first()
    await replicas[1]!.close()
    await first().close()
    await local.close()
    server.closeAllConnections()
    server.close()
  })

  const settle = () => Promise.all(replicas.map((each) => each.settleAll()))
  const lines = async (kind: string) =>
    (await linesOf(first(), war.incident)).filter((line) => line.kind === kind)

  test('one command told to both is one incident, one channel, and each post of its opening once', async () => {
    await settle()
    expect(await first().store.incidents()).toHaveLength(1)
    expect(await lines('room.opened')).toHaveLength(1)
    const { local } = first()
    const rooms = local.as('dana').channels()
    expect(rooms.filter(({ name }) => name.startsWith(war.incident))).toHaveLength(1)
    const sent = (await lines('post.sent')).filter(({ data }) => data.to === null)
    expect(sent.map(({ data }) => data.view)).toEqual(['notice', 'status', 'clocks', 'checklist'])
    const bot = local
      .as('dana')
      .everything(war.room)
      .filter(({ isBot }) => isBot)
    expect(bot).toHaveLength(4)
  })

  test('everything said, changed and decided is on the record once, and the decision stands once', async () => {
    const { local } = first()
    for (let n = 0; n < 15; n++) {
      const message = await local.as('sam').post(war.room, `line ${n}`)
      if (n % 3 === 0) await local.as('sam').edit(war.room, message, `line ${n}, mended`)
      if (n % 5 === 0) await local.as('sam').remove(war.room, message)
    }
    await local.as('dana').mention(war.room, 'decide we wipe it because it is not encrypted')
    await local.as('priya').command(war.room, 'claim commander')
    await settle()
    const posted = (await lines('message.posted')).map(({ text }) => text.body)
    expect(posted.filter((body) => /^line \d+$/.test(body ?? '')).toSorted()).toEqual(
      Array.from({ length: 15 }, (_, n) => `line ${n}`).toSorted(),
    )
    expect(await lines('message.edited')).toHaveLength(5)
    expect(await lines('message.deleted')).toHaveLength(3)
    expect(await lines('decision.recorded')).toHaveLength(1)
    expect(await lines('role.assigned')).toHaveLength(1)
    const [decision] = (await lines('post.sent')).filter(({ data }) => data.view === 'decision')
    const cards = local
      .as('dana')
      .everything(war.room)
      .map(({ card }) => card && deliveryOf(card))
    expect(cards.filter((delivery) => delivery === decision?.data.delivery)).toHaveLength(1)
  })

  test('one of them gone, the other goes on', async () => {
    const { local } = first()
    await Promise.all(replicas[1]!.chats.map((chat) => chat.stop()))
    local.setBot(first().url)
    await local.as('sam').post(war.room, 'still heard')
    await local.idle()
    expect((await lines('message.posted')).map(({ text }) => text.body)).toContain('still heard')
  })
})
