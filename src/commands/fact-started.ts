/** The moment from which a clock counts that does not count from discovery. */

import { factDate } from '../domain/clock-facts.ts'
import { startChoices, startFromWords, startLabel } from '../domain/clock-starts.ts'
import type { FactValues } from '../domain/facts.ts'
import { discoveryOn } from '../domain/incident-clocks.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import { upperFirst } from '../views/scene.ts'
import { type Reading, readMoment, refused, sayOn } from './fact-days.ts'
import { choice } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

const how = 'Type it like fact determined 24 Nov 2026, or a time with it where hours count.'
const NOT = /^(not(?: so)?|no|never|withdraw|withdrawn)$/i

/** The name may be of two words; what follows it is the moment. */
function split(typed: string): { start: string | undefined; name: string; when: string } {
  const words = typed.trim().split(/\s+/)
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const name = words.slice(0, length).join(' ')
    const start = startFromWords(name)
    if (start)
      return {
        start,
        name,
        when: words
          .slice(length)
          .join(' ')
          .replace(/^on\s+/i, ''),
      }
  }
  return { start: undefined, name: '', when: '' }
}

/** Whoever detected or determined it knew of it: one of the two days is wrong, and the earlier discovery moves more. */
function beforeDiscovery(reading: Reading, at: string): Refusal | undefined {
  const { state } = reading
  const known = discoveryOn(state)
  if (!known || factDate(state.organisation.zone, at) >= known) return undefined
  return refused(
    reading,
    'before-discovery',
    `Nobody knew before ${sayOn(known, state)}, as recorded, so nothing can have begun ${sayOn(at, state)}. Check the day, or record that somebody knew earlier: fact discovered.`,
    'more',
  )
}

export const started: FactReader<FactValues['started']> = {
  read: ({ value = '', more, at }, context, state) => {
    const reading: Reading = { fact: 'started', context, state }
    const { start, name, when } = split(value)
    if (!start) return refused(reading, 'which', `Which start? ${how}`, 'value')
    const said = more ?? ([when, at && `at ${at}`].filter(Boolean).join(' ') || '')
    if (NOT.test(said))
      return state.starts[start] === undefined
        ? refused(reading, 'not-recorded', 'That start is not recorded.', 'value')
        : { start, at: null }
    if (!said)
      return refused(reading, 'day', `When was that? Type it like fact started ${name} today 09:30.`, 'more')
    const moment = readMoment(reading, said, 'more')
    if (isRefusal(moment)) return moment
    return beforeDiscovery(reading, moment) ?? { start, at: moment }
  },
  say: ({ start, at }, state) =>
    at === null ? `${startLabel(start)}: not so after all` : `${startLabel(start)} ${sayOn(at, state)}`,
  intro: [
    'Some laws count from another day than discovery. Until it is recorded they count from discovery, which is earlier.',
  ],
  fields: (_, typed) => {
    const { start, when } = split(typed)
    return [
      choice(
        'What happened',
        startChoices.map(({ id, label }) => ({ value: id, label: upperFirst(label) })),
        start,
      ),
      {
        kind: 'text',
        name: 'more',
        label: 'When',
        hint: 'For example: 24 Nov 2026, or 24 Nov 2026 14:10 where hours count',
        maxLength: 60,
        ...(when ? { initial: when } : {}),
      },
    ]
  },
}
