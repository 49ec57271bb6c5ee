/** The day the substitute notice was taken down. Before its 90 days are over that is a fault, recorded as what it is. */
import { type CalendarDate, daysBetween } from '../domain/calendar.ts'
import { sayDay, sayDays } from '../domain/dates-in-words.ts'
import type { FactValues } from '../domain/facts.ts'
import { substituteNotice } from '../domain/substitute-notice.ts'
import { parseWhen } from '../domain/when.ts'
import { type Reading, readDay, refused, sayOn } from './fact-days.ts'
import type { FactReader } from './fact-reader.ts'

const NOT = /^(not|no|never|not after all|withdraw|withdrawn|null)$/i

export const takenDown: FactReader<FactValues['taken-down']> = {
  read: ({ value, at }, context, state) => {
    const reading: Reading = { fact: 'taken-down', context, state }
    const said = value ?? at ?? ''
    const posted = substituteNotice(state)?.postedOn
    if (!posted)
      return refused(
        reading,
        'not-posted',
        'No posting is recorded that could be taken down: fact substitute 11 Jan 2027 records one.',
        'value',
      )
    if (NOT.test(said)) {
      if (state.facts['taken-down']?.value.on) return { on: null }
      return refused(reading, 'not-recorded', 'It is not recorded as taken down.', 'value')
    }
    if (!said) return refused(reading, 'day', 'On which day was it taken down?', 'value')
    const on = readDay(reading, said, 'value')
    if (typeof on !== 'string') return on
    if (on > posted) return { on }
    return refused(
      reading,
      'before-posting',
      `It was posted ${sayDay(posted)}, so it cannot have stood until then. Check the day; a posting that never stood is taken back: fact substitute not.`,
      'value',
    )
  },
  say: ({ on }, state) => {
    if (on === null) return 'the posting was not taken down after all'
    const through = substituteNotice(state)?.through
    const early = through ? daysBetween(on as CalendarDate, through) : 0
    return early > 0
      ? `the posting was taken down ${sayOn(on, state)}, ▲ ${sayDays(early)} before its 90 days are over. Post it again and record the day (fact substitute): its 90 days begin anew`
      : `the posting was taken down ${sayOn(on, state)}, after its 90 days`
  },
  intro: ['It stays posted, and its toll-free line open, for 90 days at least. 45 CFR 164.404(d)(2)(ii)'],
  fields: (context, typed) => {
    const zone = context.state?.organisation.zone
    const when = typed && zone ? parseWhen(typed, { now: context.at, zone, tense: 'past' }) : undefined
    return [
      {
        kind: 'date',
        name: 'value',
        label: 'Taken down on',
        ...(when && when.kind !== 'refused' ? { initial: when.date } : {}),
      },
    ]
  },
}
