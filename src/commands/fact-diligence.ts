/** The day it would have been known by reasonable diligence: discovery, whoever knew later (45 CFR 164.404(a)(2)). */
import type { FactValues } from '../domain/facts.ts'
import { isRefusal } from '../domain/refusal.ts'
import { sayWhen } from './declared-reply.ts'
import { type Reading, readKnown, refused } from './fact-days.ts'
import { dayField } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

export const diligence: FactReader<FactValues['diligence']> = {
  read: ({ value = '', at }, context, state) => {
    const reading: Reading = { fact: 'diligence', context, state }
    if (/^(not so|no|withdrawn|withdraw)$/i.test(value.trim()))
      return state.facts.diligence?.value.at
        ? { at: null }
        : refused(reading, 'not-recorded', 'No day of reasonable diligence is recorded.', 'value')
    const moment = readKnown(reading, [value, at && `at ${at}`].filter(Boolean).join(' '), 'value')
    return isRefusal(moment) ? moment : { at: moment }
  },
  say: ({ at }, { organisation }) =>
    at === null
      ? 'no day on which it should have been known'
      : `reasonable diligence would have shown it ${sayWhen(organisation.zone, at)}`,
  intro: [
    'The day somebody would have known, had alerts, tickets and mail been looked at as they should be.',
  ],
  fields: (context, typed) => [
    dayField('It would have been known on', typed || (context.state?.facts.diligence?.value.at ?? '')),
  ],
}
