/** Counts what an export would hold, for its form. A form must open within three seconds, so a long log is not counted. */
import type { Context } from '../commands/command.ts'
import type { AnyCommand } from '../commands/index.ts'
import { leavingOf, MOST_COUNTED } from '../domain/leaving.ts'
import type { EntryLine } from '../domain/record.ts'
import type { Wardroom } from '../wardroom.ts'

export async function withLeaving(
  { store }: Pick<Wardroom, 'store'>,
  row: AnyCommand,
  context: Context,
): Promise<Context> {
  const incident = context.state?.incident
  const head = row.wantsLeaving && incident ? await store.head(incident) : undefined
  if (!head || !incident) return context
  if (head.seq > MOST_COUNTED) return { ...context, leaving: { entries: head.seq, scopes: undefined } }
  const lines: EntryLine[] = []
  for await (const { line } of store.reading.log(incident, { text: () => false })) lines.push(line)
  return { ...context, leaving: leavingOf(lines) }
}
