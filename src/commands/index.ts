/** The table of commands. A command is one file and one line here; help, usage and the manifest derive from it. */
import { ack } from './ack.ts'
import { assign } from './assign.ts'
import { check } from './check.ts'
import { claim } from './claim.ts'
import { clocks } from './clocks.ts'
import { close } from './close.ts'
import { decide } from './decide.ts'
import { declare } from './declare.ts'
import { fact } from './fact.ts'
import { helpFor } from './help.ts'
import { home } from './home.ts'
import { late } from './late.ts'
import { list } from './list.ts'
import { note } from './note.ts'
import { reopen } from './reopen.ts'
import { room } from './room.ts'
import { snooze } from './snooze.ts'
import { status } from './status.ts'
import { type AnyCommand, define, findIn } from './table.ts'
import { nearest } from './words.ts'

export { declaredReply } from './declared-reply.ts'
export { type AnyCommand, define } from './table.ts'

export const commands: readonly AnyCommand[] = [
  define(declare),
  define(status),
  define(assign),
  define(claim),
  define(check),
  define(decide),
  define(note),
  define(fact),
  define(clocks),
  define(late),
  define(ack),
  define(snooze),
  define(list),
  define(close),
  define(reopen),
  define(room),
  define(home),
  define(helpFor(() => commands)),
]

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
