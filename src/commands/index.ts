/** The table of commands. A command is one file and one line here; help, usage and the manifest derive from it. */
import { accept } from './accept.ts'
import { ack } from './ack.ts'
import { assess } from './assess.ts'
import { assign } from './assign.ts'
import { check } from './check.ts'
import { claim } from './claim.ts'
import { clocks } from './clocks.ts'
import { clocksAll } from './clocks-all.ts'
import { close } from './close.ts'
import { custody } from './custody.ts'
import { decide } from './decide.ts'
import { declare } from './declare.ts'
import { decline } from './decline.ts'
import { dispose } from './dispose.ts'
import { evidence } from './evidence.ts'
import { exporting } from './export.ts'
import { fact } from './fact.ts'
import { handoff } from './handoff.ts'
import { helpFor } from './help.ts'
import { home } from './home.ts'
import { late } from './late.ts'
import { legalHold, legalHoldAll } from './legal-hold.ts'
import { list } from './list.ts'
import { note } from './note.ts'
import { notify } from './notify.ts'
import { phase } from './phase.ts'
import { privilege } from './privilege.ts'
import { redact } from './redact.ts'
import { register } from './register.ts'
import { reopen } from './reopen.ts'
import { roles } from './roles.ts'
import { room } from './room.ts'
import { roster } from './roster.ts'
import { snooze } from './snooze.ts'
import { status } from './status.ts'
import { type AnyCommand, define, findIn } from './table.ts'
import { whatIf } from './what-if.ts'
import { nearest } from './words.ts'

export { declaredReply } from './declared-reply.ts'
export { type AnyCommand, define, isReading, isSealedAlone } from './table.ts'

const rows: readonly AnyCommand[] = [
  define(declare),
  define(status),
  define(roles),
  define(assign),
  define(claim),
  define(handoff),
  define(accept),
  define(decline),
  define(phase),
  define(check),
  define(note),
  define(decide),
  define(evidence),
  define(fact),
  define(assess),
  define(custody),
  define(legalHold),
  define(legalHoldAll),
  define(redact),
  define(dispose),
  define(clocks),
  define(clocksAll),
  define(whatIf),
  define(late),
  define(notify),
  define(ack),
  define(snooze),
  define(list),
  define(register),
  define(roster),
  define(close),
  define(reopen),
  define(room),
  define(privilege),
  define(exporting),
  define(home),
  define(helpFor(() => commands)),
]

/** The lines of the short help, in order: what people type most. */
const short = ['declare', 'status', 'assign', 'check', 'decide', 'fact', 'late']

export const commands: readonly AnyCommand[] = rows.map((row) =>
  short.includes(row.verb) ? { ...row, short: short.indexOf(row.verb) + 1 } : row,
)

/** By verb or alias, in any case. */
export const findCommand = (word: string): AnyCommand | undefined => findIn(commands, word)

/** The verb a typo was closest to. */
export function nearestVerb(word: string): string | undefined {
  const found = nearest(
    word,
    commands.flatMap(({ verb, aliases }) => [verb, ...aliases]),
  )
  return found && findCommand(found)?.verb
}
