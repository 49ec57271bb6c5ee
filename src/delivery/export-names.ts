/**
 * Nobody stands in a report by a bare id: before the bundle is made, whoever of the log has no name is looked up. Names
 * stand after the request then, so it is put again in the same commit, behind them.
 */
import { ChatError } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { peopleNamed } from '../domain/people.ts'
import { isNamedIn } from '../outgoing/names.ts'
import { checkpointNow } from '../pipeline/checkpoint.ts'
import { commitEvents } from '../pipeline/commit.ts'
import type { Job, Outcome } from './delivering.ts'
import type { Asked } from './export-file.ts'
import { namesOf } from './names.ts'

/** A platform that names nobody for a minute must not keep the record from who may have it. */
const TRIES = 6

export async function named(job: Job, { seq, person, scope }: Asked): Promise<Outcome | undefined> {
  const { row, delivering } = job
  const events = await namesOf(job, await unnamed(job, seq)).catch((error: unknown) => {
    if (error instanceof ChatError && row.attempt >= TRIES) return []
    throw error
  })
  if (events.length === 0) return undefined
  const { kind, from, to } = scope
  return {
    outcome: 'named first',
    events,
    async also(unit) {
      const { incident } = row
      const stamp = { actor: { id: person, kind: 'human' as const }, at: delivering.now(), source: null }
      const again = event('export.requested', { scope: kind, from, to }, undefined, seq)
      await commitEvents(unit, incident, await unit.incident(incident), [again], stamp, delivering.telling)
      await checkpointNow(delivering, unit, incident, 'export')
    },
  }
}

async function unnamed({ row, state, delivering }: Job, upTo: number): Promise<string[]> {
  const found = new Set<string>()
  for await (const { line } of delivering.store.reading.log(row.incident, { upTo, text: () => false })) {
    const by = line.actor.kind === 'human' ? [line.actor.id] : []
    for (const person of [...by, ...peopleNamed(line)])
      if (person !== '' && !isNamedIn(state, person)) found.add(person)
  }
  return [...found]
}
