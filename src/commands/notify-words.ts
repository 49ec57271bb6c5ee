/** `notify` as it is typed: the notification, what is done with it, and the words that step needs. */
import { z } from 'zod'
import { maybe } from './here.ts'
import { splitReason } from './late-entry.ts'
import { splitClock } from './which-clock.ts'
import { takePerson } from './words.ts'

export const notifyArgs = z.object({
  clock: maybe,
  step: maybe,
  person: maybe,
  day: maybe,
  words: maybe,
  contents: z.array(z.string()).optional(),
  /** Of a form: what its platform says of each file that was chosen. */
  files: z
    .array(z.object({ id: z.string(), name: z.string(), mime: z.string(), size: z.number() }))
    .optional(),
  count: maybe,
  manner: maybe,
  reason: maybe,
})
export type NotifyArgs = z.infer<typeof notifyArgs>
export type TypedNotify = { readonly [K in keyof NotifyArgs]?: NotifyArgs[K] }

export const notifySteps = [
  { id: 'own', label: 'Name its owner', words: ['owner', 'owned', 'assign'] },
  { id: 'target', label: 'Set its target', words: ['targeted', 'by'] },
  { id: 'draft', label: 'Record the draft', words: ['drafted', 'letter'] },
  { id: 'approve', label: 'Approve the draft', words: ['approved', 'approval'] },
  { id: 'sent', label: 'Record that it was sent', words: ['send', 'mailed', 'filed', 'published'] },
  { id: 'proof', label: 'Attach the proof', words: ['proved', 'receipt'] },
  { id: 'withdraw', label: 'Take back the last step', words: ['undo', 'withdrawn', 'mistake'] },
] as const

export type NotifyStep = (typeof notifySteps)[number]['id']

export const stepFromWords = (word: string | undefined): NotifyStep | undefined => {
  const typed = word?.toLowerCase()
  return notifySteps.find(({ id, words }) => id === typed || words.some((each) => each === typed))?.id
}

/** A word that is neither a clock nor a step is taken for the clock, and refused by its name. */
export function typedNotify(words: string, actor: string): TypedNotify {
  const { clock, rest } = splitClock(words)
  const name = clock
    ? words
        .trim()
        .slice(0, words.trim().length - rest.length)
        .trim()
    : ''
  const [first = '', ...others] = rest.split(/\s+/)
  const step = stepFromWords(first)
  if (!clock && !step) return first ? { clock: first, ...stepAndMore(others, actor) } : {}
  if (!step) return { clock: name, ...(first ? { step: first } : {}) }
  return {
    ...(name ? { clock: name } : {}),
    ...stepAndMore([step, ...rest.split(/\s+/).slice(1)], actor, rest),
  }
}

function stepAndMore(typed: readonly string[], actor: string, whole = typed.join(' ')): TypedNotify {
  const step = stepFromWords(typed[0])
  if (!step) return typed[0] ? { step: typed[0] } : {}
  const more = whole.replace(/^\S+\s*/, '')
  return { step, ...readers[step](more.trim(), actor) }
}

const ifAny = <K extends string>(name: K, value: string | undefined): { readonly [N in K]?: string } =>
  (value?.trim() ? { [name]: value.trim() } : {}) as { readonly [N in K]?: string }

const readers: Readonly<Record<NotifyStep, (more: string, actor: string) => TypedNotify>> = {
  own: (more, actor) => {
    const { before, because } = splitReason(more)
    const person = /^(me|myself)$/i.test(before) ? actor : takePerson(before).person
    return { ...ifAny('person', person), ...ifAny('reason', because) }
  },
  target: (more) => {
    const { before, because } = splitReason(more)
    return { ...ifAny('day', before.replace(/^(on|by)\s+/i, '')), ...ifAny('reason', because) }
  },
  draft: (more) => ifAny('words', more),
  approve: (more) => {
    const letters = more.toUpperCase().match(/[A-Z]+/g) ?? []
    return letters.length > 0 && letters.every((letter) => letter.length === 1) ? { contents: letters } : {}
  },
  sent: typedSent,
  proof: (more) => ifAny('words', more),
  withdraw: (more) => ifAny('reason', splitReason(` ${more}`).because ?? more),
}

/** `11 Jan 2027 to 612 by mail proof <link or words>`: the proof comes last, for it may hold any word. */
function typedSent(more: string): TypedNotify {
  const proof = /(?:^|\s)proof\s+([\s\S]+)$/i.exec(more)
  const { before, because } = splitReason(proof ? more.slice(0, proof.index) : more)
  let left = before
  const manner = /\sby\s+([a-z' -]{2,40})$/i.exec(` ${left.trim()}`)
  if (manner) left = ` ${left.trim()}`.slice(0, manner.index)
  const count = /(?:^|\s)to\s+(\d[\d,]*)(?:\s+(?:people|individuals|persons|of them))?/i.exec(left)
  if (count) left = left.slice(0, count.index) + left.slice(count.index + count[0].length)
  return {
    ...ifAny('day', left.trim().replace(/^on\s+/i, '')),
    ...ifAny('count', count?.[1]?.replaceAll(',', '')),
    ...ifAny('manner', manner?.[1]),
    ...ifAny('words', proof?.[1]),
    ...ifAny('reason', because),
  }
}

/** What a step cannot do without: the form asks for it where it was not typed. */
export const isWhole = (
  { step, person, day, words, contents, manner, reason }: TypedNotify,
  attached = 0,
): boolean => {
  const needs: Readonly<Record<NotifyStep, unknown>> = {
    own: person,
    target: day,
    draft: words,
    approve: contents?.length,
    sent: day && manner,
    proof: words || attached > 0,
    withdraw: reason,
  }
  const known = stepFromWords(step)
  return known ? Boolean(needs[known]) : true
}
