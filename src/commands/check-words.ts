/** What `check …` says: nothing or a phase shows the list, an item's id with a verb acts on it, `add` adds one. */
import { phaseFromWords } from '../domain/phases.ts'
import { roleFromWords } from '../domain/roles.ts'
import type { Context } from './command.ts'
import { splitReason, takeLate } from './late-entry.ts'

export interface CheckWords {
  readonly do?: 'show' | 'done' | 'skip' | 'reopen' | 'add'
  readonly item?: string
  readonly phase?: string
  readonly note?: string
  readonly reason?: string
  readonly title?: string
  readonly role?: string
  readonly at?: string | undefined
  readonly by?: string | undefined
  readonly byPerson?: string | undefined
}

const verbs: Readonly<Record<string, 'done' | 'skip' | 'reopen'>> = {
  done: 'done',
  complete: 'done',
  completed: 'done',
  finish: 'done',
  finished: 'done',
  ok: 'done',
  tick: 'done',
  skip: 'skip',
  skipped: 'skip',
  reopen: 'reopen',
  undo: 'reopen',
  undone: 'reopen',
  open: 'reopen',
}

const verbOf = (word: string | undefined) =>
  word !== undefined && Object.hasOwn(verbs, word.toLowerCase()) ? verbs[word.toLowerCase()] : undefined

export function readCheck(line: string, context: Context): CheckWords {
  const typed = line.trim()
  if (typed === '') return { do: 'show' }
  const adding = /^add(?:\s+([\s\S]+))?$/i.exec(typed)
  if (adding) return { do: 'add', ...readAdded(adding[1] ?? '') }
  const phase = phaseFromWords(typed)
  if (phase) return { do: 'show', phase }
  const [, first = '', second, rest = ''] = /^(\S+)(?:\s+(\S+)([\s\S]*))?$/.exec(typed) ?? []
  if (verbOf(second)) return acting(verbOf(second), first, rest.trim(), context)
  if (verbOf(first)) return acting(verbOf(first), second, rest.trim(), context)
  return { item: first, ...(second ? { note: `${second}${rest}`.trim() } : {}) }
}

function acting(
  verb: CheckWords['do'],
  item: string | undefined,
  rest: string,
  context: Context,
): CheckWords {
  const head = { ...(verb ? { do: verb } : {}), ...(item ? { item } : {}) }
  if (verb === 'skip') return { ...head, ...skipping(rest, context) }
  const { rest: note, ...late } = takeLate(rest, context)
  return { ...head, ...(note ? { note } : {}), ...late }
}

/** When and by whom may stand before the reason or after it. */
function skipping(words: string, context: Context): Partial<CheckWords> {
  const { before, because } = splitReason(words)
  const ahead = takeLate(before, context)
  const { rest, ...after } = takeLate(because ?? '', context)
  const reason = [ahead.rest, rest].filter(Boolean).join(' — ')
  const { at, by, byPerson } = { ...ahead, ...after }
  return {
    ...(reason ? { reason } : {}),
    ...(at ? { at } : {}),
    ...(by ? { by } : {}),
    ...(byPerson ? { byPerson } : {}),
  }
}

/** `for <role>` at the end names its role; any other `for` is part of the title. */
function readAdded(words: string): Pick<CheckWords, 'title' | 'role'> {
  const title = words.trim().replace(/^"([^"]*)"$/, '$1')
  const at = title.toLowerCase().lastIndexOf(' for ')
  const role = at > 0 ? roleFromWords(title.slice(at + 5)) : undefined
  if (role) return { title: title.slice(0, at).trim(), role }
  return title ? { title } : {}
}
