/** Clocks without an incident: "if we discovered it on that day, this many people, in those States". Nothing is recorded. */
import { z } from 'zod'
import type { FactValues } from '../domain/facts.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { supposed } from '../domain/what-if.ts'
import { parseWhen } from '../domain/when.ts'
import { whatIfCard } from '../views/what-if.ts'
import type { Command, Context } from './command.ts'
import { readTyped } from './fact-affected-words.ts'
import { maybe, needed } from './here.ts'
import { sceneOf } from './overview.ts'

const whatIfArgs = z.object({
  on: needed('Say on which day it would have been discovered, such as 18 Nov 2026.'),
  value: maybe,
  more: maybe,
})
type WhatIfArgs = z.infer<typeof whatIfArgs>

/** The organisation as it stands today: an incident keeps the copy of its own day. */
const ours = ({ organisation, settings }: Context) => organisation.configured ?? settings.organisation

export const whatIf: Command<WhatIfArgs> = {
  verb: 'what-if',
  aliases: ['whatif', 'clocks-what-if'],
  summary: 'The clocks as they would be for a day, a count and States; clocks what-if does the same',
  usage: 'what-if <day> [how many people] [State count …]',
  examples: ['what-if 18 Nov 2026 612 TX 501 OK 111', 'what-if'],
  who: 'Anyone. Nothing is recorded.',
  about: 'anywhere',
  reads: true,
  leavesNoTrace: true,
  args: whatIfArgs,
  parse: (words, context) => (words.trim() === '' ? undefined : split(words.trim(), context)),
  form: (_, { words = '' }) => ({
    title: 'What if',
    submit: 'Show the clocks',
    intro: ['Shown to you alone. Nothing is recorded, and no incident is declared.'],
    fields: [
      {
        kind: 'text',
        name: 'on',
        label: 'If it was discovered on',
        hint: 'For example: 18 Nov 2026, yesterday, 2026-11-18 22:10',
        maxLength: 60,
        ...(words ? { initial: words.slice(0, 60) } : {}),
      },
      {
        kind: 'text',
        name: 'value',
        label: 'How many people in all',
        hint: '612, or how few and how many: 400-600. Empty: nobody knows.',
        optional: true,
        maxLength: 60,
      },
      {
        kind: 'text',
        name: 'more',
        label: 'Residents by State',
        hint: 'For example: TX 501 OK 111',
        optional: true,
        maxLength: 300,
      },
    ],
  }),
  decide: ({ on, value, more }, context) => {
    const facts = ours(context)
    const when = parseWhen(on, { now: context.at, zone: facts.zone, tense: 'any' })
    if (when.kind === 'refused') return refuse(`time-${when.reason}`, when.message, { field: 'on', buttons })
    const people = counted([value, more].filter(Boolean).join(' '), context)
    if (isRefusal(people)) return people
    const discovered = when.kind === 'date' ? when.date : when.at
    const state = supposed(facts, discovered, people, context.at)
    return { events: [], reply: whatIfCard(sceneOf({ ...context, state }, state)) }
  },
}

const buttons = [{ label: 'Open the form', line: 'what-if', form: true }]

/** The day is as many of the first words as are one: `18 Nov 2026 612 TX 501` is a day and two counts. */
function split(typed: string, { at, ...context }: Context): WhatIfArgs {
  const { zone } = ours({ at, ...context })
  const words = typed.replace(/^(?:on|if)\s+/i, '').split(/\s+/)
  for (let length = words.length; length > 0; length--) {
    const on = words
      .slice(0, length)
      .join(' ')
      .replace(/[,:;]$/, '')
    const when = parseWhen(on, { now: at, zone, tense: 'any' })
    // A time that came twice or never is a day and a time all the same: the refusal says which.
    if (when.kind === 'refused' && !when.reason.endsWith('_local_time')) continue
    return { on, value: words.slice(length).join(' ') || undefined, more: undefined }
  }
  return { on: typed, value: undefined, more: undefined }
}

function counted(typed: string, context: Context): FactValues['affected'] | null | Refusal {
  if (!typed) return null
  const read = readTyped(typed, context)
  if ('refusal' in read) return { ...read, buttons }
  const { total = null, byState = {}, least, most } = read
  const residents = Object.values(byState).reduce((all, people) => all + people, 0)
  if (total !== null && residents > (most ?? total))
    return refuse(
      'affected-states-exceed-total',
      `The States add up to ${residents.toLocaleString('en-US')}, more than the total of ${total.toLocaleString('en-US')}.`,
      { field: 'more', buttons },
    )
  return { total, byState, ...(least !== undefined && most !== undefined ? { least, most } : {}) }
}
