/** An incident under way in a Wardroom that stands still, and steps that make checkpoints in it. */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Inbound } from '../../src/chat/port.ts'
import { deliverPass } from '../../src/deliver.ts'
import { tick } from '../../src/tick.ts'
import { linesOf, PLACE } from './record.ts'
import type { StillWardroom } from './still.ts'

export const INCIDENT = 'inc-2026-0001'
export const ROOM = `C-${INCIDENT}`

const from = (wardroom: StillWardroom, actor: string) =>
  ({ ...PLACE, actor, actorKind: 'human', at: wardroom.now() }) as const

export const run = (
  wardroom: StillWardroom,
  line: string,
  actor = 'U0SAMOKAFOR',
  room: string | null = ROOM,
) =>
  wardroom.handle({
    ...from(wardroom, actor),
    ...(room ? { room } : {}),
    ...{ type: 'command', via: 'slash', key: `test:${randomUUID()}`, line, canOpenForm: true },
  })

export function say(wardroom: StillWardroom, text: string) {
  const id = randomUUID()
  const message: Inbound = {
    ...from(wardroom, 'U0SAMOKAFOR'),
    ...{ type: 'message', change: 'posted', key: `slack:T0PRACTICE:${ROOM}:${id}` },
    ...{ room: ROOM, message: id, body: { text, author: 'U0SAMOKAFOR', files: [] } },
  }
  return wardroom.handle(message)
}

/** Passes until nothing is left to deliver, whatever it was to wait for. */
export async function drain(...wardrooms: readonly StillWardroom[]): Promise<void> {
  const { database } = wardrooms[0]!
  for (let pass = 0; pass < 60; pass += 1) {
    await database.transaction((tx) =>
      tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
        where done_at is null and leased_until is null`),
    )
    const done = await Promise.all(wardrooms.map((one) => deliverPass(one.delivering)))
    if (done.every((rows) => rows === 0)) return
  }
  throw new Error('the outbox is never empty')
}

/** Time passes, the tick looks, and what it wants said is said. */
export async function pass(wardroom: StillWardroom, seconds: number): Promise<void> {
  wardroom.moveTo(new Date(wardroom.now().getTime() + seconds * 1000))
  await tick(wardroom.delivering)
  await drain(wardroom)
}

export async function declare(wardroom: StillWardroom): Promise<void> {
  await run(wardroom, 'declare my laptop was stolen', 'U0SAMOKAFOR', null)
  await drain(wardroom)
}

export const signed = async (wardroom: StillWardroom) =>
  (await linesOf(wardroom, INCIDENT)).filter(({ kind }) => kind === 'checkpoint.signed')

export const why = async (wardroom: StillWardroom): Promise<string[]> =>
  (await signed(wardroom)).map(({ data }) => data.why)

/** What the platform shows of checkpoints, in the room. */
export const witnessed = (wardroom: StillWardroom) =>
  wardroom.platform.posts.filter(({ room, text }) => room === ROOM && text.includes('wardroom checkpoint '))
