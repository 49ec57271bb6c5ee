/** When someone first knew. It becomes the discovery date, provisional until the privacy officer confirms it (45 CFR 164.404(a)(2)). */
import { addYearsKeeping, type CalendarDate } from '../domain/calendar.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen, type When } from '../domain/when.ts'
import type { Context } from './command.ts'
import type { DeclareArgs } from './declare-args.ts'
import { middayOf, todayOf, zoneOf } from './reading.ts'

type Read = Exclude<When, { kind: 'refused' }>

export function noticedAt(args: DeclareArgs, context: Context): string | Refusal {
  const typed = args.noticed?.trim()
  if (!typed) return context.at.toISOString()
  const when = parseWhen(typed, { now: context.at, zone: zoneOf(context), tense: 'past' })
  if (when.kind !== 'refused') return tooOld(when, context) ?? (when.kind === 'date' ? when.date : when.at)
  return refuse(`noticed-${when.reason.replaceAll('_', '-')}`, when.message, {
    field: 'noticed',
    buttons: [{ label: 'Open the form', line: 'declare', form: true }],
  })
}

const tooOld = ({ date }: Read, context: Context): Refusal | undefined => {
  const oldest: CalendarDate = addYearsKeeping(todayOf(context), -10)
  if (date >= oldest) return undefined
  return refuse(
    'noticed-too-old',
    'That is more than ten years ago. Check the year; if it is right, declare it with today and correct it with fact discovered.',
    { field: 'noticed' },
  )
}

/** What the form starts from: the time typed or the message's, else now. */
export function initialNoticed(typed: string | undefined, context: Context): string {
  const now = context.at.toISOString()
  if (!typed) return now
  const zone = zoneOf(context)
  const when = parseWhen(typed, { now: context.at, zone, tense: 'past' })
  if (when.kind === 'refused') return now
  return when.kind === 'instant' ? when.at : middayOf(zone, when.date, now)
}
