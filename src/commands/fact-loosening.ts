/** Facts that move a last day later or end a clock: only the privacy officer or counsel, and never without a reason. */
import type { ClockMove, EventOf } from '../domain/events.ts'
import type { Fact } from '../domain/facts.ts'
import { mayAct } from '../domain/permit.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Context } from './command.ts'
import type { FactEffect } from './fact-effect.ts'
import { askOfficer } from './fact-officer.ts'
import { readers } from './fact-rows.ts'
import type { FactArgs } from './fact-words.ts'

type Recorded = EventOf<'fact.recorded'>

export function loosening(
  recorded: Recorded,
  { loosening: moves }: FactEffect,
  { reason, value, more }: FactArgs,
  context: Context,
): Refusal | undefined {
  const { state } = context
  if (!state) return undefined
  const meets = recorded.data.fact === 'notified'
  if (moves.length === 0 && !meets) return undefined
  if (mayAct(state, context.organisation, 'clock.later', context.actor))
    return askOfficer(
      'not-permitted-later',
      `Only the privacy officer or counsel can record ${that(recorded, state)}, because it would ${meets ? 'end a countdown' : consequence(moves)}.`,
      context,
      ['privacy-officer', 'counsel'],
      readers[recorded.data.fact].say(recorded.data.value, state),
    )
  if (reason || moves.length === 0) return undefined
  return refuse(
    'reason-needed-later',
    `This would ${consequence(moves)}, so say why: add because … at the end${example(recorded.data.fact)}.`,
    {
      field: 'reason',
      buttons: [
        {
          label: 'Give the reason',
          line: ['fact', recorded.data.fact, value, more].filter(Boolean).join(' ').slice(0, 200),
          form: true,
          incident: state.incident,
        },
      ],
    },
  )
}

const examples: Readonly<Partial<Record<Fact, string>>> = {
  affected: "the vendor's count is final",
  unsecured: 'the disk was encrypted and the key is safe',
  discovered: 'the ticket is from the 18th',
  encryption: 'the key is kept on another server',
  vendor: 'the contract leaves the manner of work to them',
  delay: 'the official asked for it in writing',
  phi: 'the device held no patient data',
  permitted: 'the disclosure was for treatment',
}

const example = (fact: Fact): string => (examples[fact] ? `, for example because ${examples[fact]}` : '')

const that = ({ data }: Recorded, state: NonNullable<Context['state']>) => {
  const said = readers[data.fact].say(data.value, state)
  if (data.fact === 'discovered') return 'a later discovery date'
  if (data.fact === 'affected') return said
  return data.fact === 'notified' ? 'that a notice went out' : `that ${said}`
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five']
const clocks = (moves: readonly ClockMove[]) =>
  `${numbers[moves.length] ?? moves.length} ${moves.length === 1 ? 'clock' : 'clocks'}`

function consequence(moves: readonly ClockMove[]): string {
  const ended = moves.filter(({ after }) => after === null)
  const later = moves.filter(({ after }) => after !== null)
  const parts = [
    ...(ended.length > 0 ? [`end ${clocks(ended)}`] : []),
    ...(later.length > 0 ? [`move ${clocks(later)} later`] : []),
  ]
  return parts.join(' and ')
}
