/**
 * A law-enforcement official's statement (45 CFR 164.412). Who said it, and for which agency, must be on the record; an
 * oral one lasts 30 days from the day it was made, a written one as long as it says.
 */
import type { FactValues } from '../domain/facts.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { type Reading, readDay, refused, sayOn, together } from './fact-days.ts'
import { choice } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

type Delay = FactValues['delay']

const how =
  'Type it like fact delay oral 2 Dec 2026 by "Agent Ruiz, FBI", or fact delay written 2 Dec 2026 until 15 Feb 2027 by "Agent Ruiz, FBI".'

interface Typed {
  readonly kind?: string
  readonly on: string
  readonly until: string
}

function split(typed: string): Typed {
  const found =
    /^\s*(oral|written|withdrawn|withdraw|no)?\b\s*(?:on\s+)?(.*?)(?:\s*\b(?:until|through)\s+(.*))?$/is.exec(
      typed,
    )
  const kind = found?.[1]?.toLowerCase()
  return { ...(kind ? { kind } : {}), on: found?.[2] ?? '', until: found?.[3] ?? '' }
}

function withdrawal(reading: Reading, on: string | Refusal): Delay | Refusal {
  const { state } = reading
  if (isRefusal(on)) return on
  return state.delays.some((one) => one.on === on)
    ? { kind: 'withdrawn', on, until: null }
    : refused(reading, 'not-recorded', `No statement of ${sayOn(on, state)} is recorded.`, 'more')
}

function endOf(reading: Reading, kind: Delay['kind'], typed: string): string | null | Refusal {
  if (!typed) return null
  if (kind !== 'oral') return readDay(reading, typed, 'extra', 'any')
  const says =
    'An oral statement ends 30 days after it was made, whatever was said. Ask for it in writing, with its end.'
  return refused(reading, 'oral-until', says, 'extra')
}

const kindOf = (word: string): Delay['kind'] => (word === 'oral' || word === 'written' ? word : 'withdrawn')

export const delay: FactReader<Delay> = {
  read: ({ value = '', more, extra, by, byPerson }, context, state) => {
    const reading: Reading = { fact: 'delay', context, state }
    const typed = split(value)
    if (!typed.kind) return refused(reading, 'kind', `Was the statement oral or written? ${how}`, 'value')
    const kind = kindOf(typed.kind)
    const said = more ?? typed.on
    if (!said) return refused(reading, 'day', `On which day was it made? ${how}`, 'more')
    const on = readDay(reading, said, 'more')
    if (kind === 'withdrawn') return withdrawal(reading, on)
    const official =
      by || byPerson
        ? null
        : refused(
            reading,
            'official',
            `Who said so, and for which agency? The law wants it on the record. ${how}`,
            'value',
          )
    const until = endOf(reading, kind, extra ?? typed.until)
    if (official || isRefusal(on) || isRefusal(until)) return together([on, official, until], how)
    if (until !== null && until < on)
      return refused(
        reading,
        'ends-before',
        `It would end ${sayOn(until, state)}, before it was made. Check the two days.`,
        'extra',
      )
    return { kind, on, until }
  },
  say: ({ kind, on, until }, state) => {
    const day = sayOn(on, state)
    if (kind === 'withdrawn') return `the statement of ${day} was recorded by mistake`
    if (kind === 'oral') return `law-enforcement delay, oral statement of ${day}, for 30 days`
    return until
      ? `law-enforcement delay in writing of ${day}, until ${sayOn(until, state)}`
      : `law-enforcement delay in writing of ${day} that names no end, so for 30 days`
  },
  intro: [
    'Only an official’s statement that notice would impede an investigation delays it: not our own wish, nor an inquiry still running.',
  ],
  fields: (_, typed) => {
    const { kind, on, until } = split(typed)
    return [
      choice(
        'The statement',
        [
          { value: 'oral', label: 'Oral: for 30 days from the day it was made' },
          { value: 'written', label: 'Written' },
          { value: 'withdrawn', label: 'Recorded by mistake' },
        ],
        kind,
      ),
      { kind: 'text', name: 'more', label: 'Made on', maxLength: 60, ...(on ? { initial: on } : {}) },
      {
        kind: 'text',
        name: 'extra',
        label: 'Until, as the writing says',
        optional: true,
        maxLength: 60,
        ...(until ? { initial: until } : {}),
      },
    ]
  },
}
