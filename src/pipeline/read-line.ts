/** From a typed line to a row of the command table: verb, near miss, or words that want the declare form. Pure. */
import { type AnyCommand, findCommand, nearestVerb } from '../commands/index.ts'
import { nearest, straight } from '../commands/words.ts'
import { kindFromWords } from '../domain/kinds.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { roleFromWords, roles } from '../domain/roles.ts'

export interface ReadLine {
  readonly row: AnyCommand
  /** What was typed, for the echo and the record. */
  readonly typed: string
  /** What follows the verb and the incident's name. */
  readonly words: string
  /** The incident the line names. */
  readonly incident: string | undefined
  readonly wantsForm: boolean
  readonly refusal?: Refusal
}

const NAMED = /^(inc-\d{4}-\d{4,})(?=\s|$)/i

function takeIncident(text: string): [string | undefined, string] {
  const found = NAMED.exec(text)
  return found?.[1] ? [found[1].toLowerCase(), text.slice(found[0].length).trim()] : [undefined, text]
}

const must = (verb: string): AnyCommand => {
  const row = findCommand(verb)
  if (!row) throw new Error(`the command table has no ${verb}`)
  return row
}

export function readLine(line: string, { inRoom }: { inRoom: boolean }): ReadLine {
  const typed = straight(line).trim()
  const [first, afterFirst] = takeIncident(typed)
  const [, word = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(afterFirst) ?? []
  const [second, words] = first ? [undefined, rest.trim()] : takeIncident(rest.trim())
  const incident = first ?? second
  const base = { typed, words, incident, wantsForm: false }
  if (word === '') return { ...base, row: must(inRoom || incident ? 'status' : 'home') }
  const row = findCommand(word.toLowerCase())
  if (row?.verb === 'list' && /^csv$/i.test(words)) return { ...base, row: must('register'), words: '' }
  const [, supposing] = /^what[ -]?if(?:\s+([\s\S]*))?$/i.exec(words) ?? []
  if (row?.verb === 'clocks' && /^what[ -]?if(\s|$)/i.test(words))
    return { ...base, row: must('what-if'), words: supposing ?? '' }
  const [, page] = /^all(?:\s+(.*))?$/i.exec(words) ?? []
  if (row?.verb === 'clocks' && /^all(\s|$)/i.test(words))
    return { ...base, row: must('clocks-all'), words: page ?? '' }
  if (row) return { ...base, row }

  const meant = nearestVerb(word.toLowerCase())
  // Elsewhere than in a room, a sentence that names a kind of incident is somebody reporting one, not a typo.
  const reports = !inRoom && words !== '' && kindFromWords(typed) !== 'other'
  if (meant && !reports) return { ...base, row: must(meant), refusal: didYouMean(typed, word, meant) }
  return { ...base, row: must('declare'), words: typed, wantsForm: true }
}

/** Verbs whose next word is a role, which may be mistyped too. */
const TAKES_ROLE: readonly string[] = ['assign', 'claim', 'handoff', 'accept', 'decline']

function corrected(typed: string, word: string, verb: string): string {
  const line = typed.replace(word, verb)
  if (!TAKES_ROLE.includes(verb)) return line
  const [, role = ''] = new RegExp(`${verb}\\s+([a-z-]+)`, 'i').exec(line) ?? []
  const meant = role && !roleFromWords(role) && nearest(role, roleNames)
  return meant ? line.replace(role, meant) : line
}

const roleNames = roles.flatMap(({ id, aliases }) => [id, ...aliases.filter((alias) => !alias.includes(' '))])

const didYouMean = (typed: string, word: string, verb: string): Refusal => {
  const line = corrected(typed, word, verb)
  return refuse('unknown-verb', `There is no command "${word}". Did you mean ${line}?`, {
    buttons: [
      { label: 'Run it', line },
      { label: 'Help', line: 'help' },
      { label: 'Declare instead', line: `declare ${typed}`, form: true },
    ],
  })
}
