/** Who else knew: any colleague or agent counts, but never whoever committed the breach (45 CFR 164.404(a)(2)). */
import type { FactValues } from '../domain/facts.ts'
import type { IncidentState } from '../domain/incident.ts'
import { isSame } from '../domain/incident-facts.ts'
import { type Knowledge, knowerFromWord, knowerLabel, knowers } from '../domain/knowers.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Field } from '../views/card.ts'
import { upperFirst } from '../views/scene.ts'
import { sayWhen } from './declared-reply.ts'
import { type Reading, readKnown, refused } from './fact-days.ts'
import { choice } from './fact-fields.ts'
import type { FactReader } from './fact-reader.ts'

type Knew = FactValues['knew']

const how =
  'Type it like fact knew employee 11 Nov 2026 by "Maria Lopez, help desk" because she opened the ticket; for whoever did it, wrongdoer stands after the day.'
const NOT = /\b(?:not so|withdrawn|withdraw|recorded by mistake)\b/i
const WRONGDOER = /\b(?:wrongdoer|who did it|committed it)\b/i

interface Typed {
  readonly word: string
  readonly on: string
  readonly committedBreach: boolean
  readonly withdrawn: boolean
}

function split(typed: string): Typed {
  const bare = typed.replace(NOT, ' ').replace(WRONGDOER, ' ').trim()
  const [, word = '', on = ''] = /^(\S*)\s*(?:on\s+)?(.*)$/s.exec(bare) ?? []
  return { word, on: on.trim(), committedBreach: WRONGDOER.test(typed), withdrawn: NOT.test(typed) }
}

const say = ({ who, at, committedBreach, withdrawn }: Knew, { organisation }: IncidentState): string => {
  const known = `${committedBreach ? 'whoever committed it' : knowerLabel(who)} knew ${sayWhen(organisation.zone, at)}`
  if (withdrawn) return `what ${known} was recorded by mistake`
  return committedBreach ? `${known}: their own knowledge never counts` : known
}

export const knew: FactReader<Knew> = {
  read: ({ value = '', more, extra, at, by, byPerson }, context, state) => {
    const reading: Reading = { fact: 'knew', context, state }
    const typed = split([value, extra].filter(Boolean).join(' '))
    const who = knowerFromWord(typed.word)
    if (!who)
      return refused(reading, 'who', `Who knew: workforce, employee, officer or agent? ${how}`, 'value')
    const said = more ?? [typed.on, at && `at ${at}`].filter(Boolean).join(' ')
    if (!said) return refused(reading, 'day', `When did they know? ${how}`, 'more')
    const moment = readKnown(reading, said, 'more')
    if (isRefusal(moment)) return moment
    const known: Knowledge = { who, at: moment, committedBreach: typed.committedBreach }
    if (typed.withdrawn) return withdrawal(reading, known)
    if (!by && !byPerson) return refused(reading, 'name', `Who was it? The record names them. ${how}`, 'by')
    return { ...known, withdrawn: false }
  },
  say,
  intro: [
    'The organisation knows what any colleague or agent knew, on the day they knew it. Only whoever committed the breach does not count.',
  ],
  fields: (_, typed) => knewFields(split(typed)),
}

function withdrawal(reading: Reading, known: Knowledge): Knew | Refusal {
  const { state } = reading
  if (state.knowledge.some((one) => isSame(one, known))) return { ...known, withdrawn: true }
  const role = known.committedBreach ? 'whoever committed it' : knowerLabel(known.who)
  return refused(
    reading,
    'not-recorded',
    `It is not recorded that ${role} knew ${sayWhen(state.organisation.zone, known.at)}.`,
    'more',
  )
}

const knewFields = ({ word, on, committedBreach, withdrawn }: Typed): readonly Field[] => [
  choice(
    'Who knew',
    knowers.map(({ id, label }) => ({ value: id, label: upperFirst(label) })),
    knowerFromWord(word),
  ),
  {
    kind: 'text',
    name: 'more',
    label: 'When they knew',
    hint: 'For example: 11 Nov 2026, or 11 Nov 2026 21:40',
    maxLength: 60,
    ...(on ? { initial: on } : {}),
  },
  {
    kind: 'choice',
    name: 'extra',
    label: 'Did they commit the breach?',
    options: [
      { value: 'no', label: 'No: what they knew, we knew' },
      { value: 'wrongdoer', label: 'Yes: their own knowledge never counts' },
      { value: 'not so', label: 'It was recorded by mistake' },
      { value: 'wrongdoer not so', label: 'That they committed it was a mistake' },
    ],
    initial: [...(committedBreach ? ['wrongdoer'] : []), ...(withdrawn ? ['not so'] : [])].join(' ') || 'no',
  },
]
