/**
 * What one tick costs: so many incidents are due, and a thousand or ten thousand others stand open and are not. The others
 * are one incident's log row copied, with nothing new for a checkpoint; those that are due are declared as by people.
 */
import { sql } from 'drizzle-orm'
import { openDatabase } from '../../src/store/db.ts'
import { tick } from '../../src/tick.ts'
import { silent } from '../support/database.ts'
import { begin } from '../support/record.ts'
import { stillWardroom } from '../support/still.ts'
import { median } from './load.ts'

const DUE = 20
const ROUNDS = 9

export interface Ticks {
  readonly open: number
  /** Milliseconds, the median of the rounds. */
  readonly due: number
  readonly idle: number
  /** The narrow question of the checkpoints alone, which is part of both. */
  readonly question: number
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

export async function measureTicks(
  where: { readonly databaseUrl?: string; readonly dataDir?: string; readonly migrationsFolder: string },
  open: number,
): Promise<Ticks> {
  const database = await openDatabase({ ...where, log: silent })
  const wardroom = await stillWardroom({ ...database, url: where.databaseUrl })
  const { store, delivering } = wardroom
  for (let n = 1; n <= DUE; n += 1) await begin(store, `inc-2026-${9000 + n}`, `C${n}`)
  await tick(delivering)
  const exec = (statement: ReturnType<typeof sql>) => database.transaction((tx) => tx.execute(statement))
  await exec(sql`insert into log (incident, seq, hash, reducer, state, key_at, next_wake_at)
    select made.incident, seq, hash, reducer, jsonb_set(state, '{incident}', to_jsonb(made.incident)), key_at,
      timestamptz '2036-01-01' + n * interval '1 second'
    from log, (select n, 'inc-2025-' || lpad(n::text, 5, '0') as incident from generate_series(1, ${open}::int) n) made
    where log.incident = 'inc-2026-9001'`)
  await exec(sql`insert into checkpoint_mark (incident, looked, looked_at, signed, posted, posted_at)
    select incident, seq, now(), seq, seq, now() from log where incident like 'inc-2025-%'`)
  await exec(sql`analyze`)
  const [due, idle, question]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    wardroom.moveTo((await store.nextWake())!)
    let woken = 0
    const ms = await timed(async () => {
      woken = await tick(delivering)
    })
    if (woken !== DUE) throw new Error(`${woken} incidents were woken, not ${DUE}`)
    due.push(ms)
    idle.push(await timed(() => tick(delivering)))
    question.push(await timed(() => store.checkpoints.waiting()))
  }
  await database.close()
  return { open, due: median(due), idle: median(idle), question: median(question) }
}

/** The smaller beside the larger, with what the larger costs of it. */
export function tickRows(name: string, few: Ticks, many: Ticks): string[] {
  const row = (what: string, of: keyof Omit<Ticks, 'open'>) =>
    `| ${name} | ${what} | ${few[of].toFixed(1)} | ${many[of].toFixed(1)} | ${(many[of] / few[of]).toFixed(2)} |`
  return [
    row(`a tick, ${DUE} incidents due`, 'due'),
    row('a tick, nothing due', 'idle'),
    row('of it the question for checkpoints', 'question'),
  ]
}

export const tickHeading = (few: number, many: number): string[] => [
  `| Where | What | ms, ${few.toLocaleString('en-US')} open | ms, ${many.toLocaleString('en-US')} open | ratio |`,
  '|---|---|---|---|---|',
]
