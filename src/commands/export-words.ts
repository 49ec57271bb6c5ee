/** `export` as typed or filled in: how much is to leave, and for days from when to when. */
import { z } from 'zod'
import type { Scope } from '../domain/bundle-scope.ts'
import { isCalendarDate } from '../domain/calendar.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import { parseWhen } from '../domain/when.ts'
import { dateIn } from '../domain/zone.ts'
import type { Context } from './command.ts'
import { maybe, said } from './here.ts'
import { todayOf, zoneOf } from './reading.ts'

export const exportArgs = z.object({
  scope: z.enum(['decision-file', 'full', 'dates'], 'Choose what is to leave.').default('decision-file'),
  from: maybe,
  to: maybe,
})
export type ExportArgs = z.infer<typeof exportArgs>

export function typedExport(words: string): ExportArgs | Refusal | undefined {
  const typed = words.trim().toLowerCase()
  if (typed === '') return undefined
  if (/^(full|all|everything)$/.test(typed)) return { scope: 'full', from: undefined, to: undefined }
  if (/^decisions?([\s-]file)?$/.test(typed))
    return { scope: 'decision-file', from: undefined, to: undefined }
  const [, from, to] = /^(?:from\s+)?(.+?)\s+to\s+(.+)$/i.exec(words.trim()) ?? []
  if (from && to) return { scope: 'dates', from, to }
  return refuse(
    'export-scope',
    `"${said(words)}" is no scope. Say decision file, full, or two days such as 2026-11-20 to 2026-11-27.`,
    { buttons: [{ label: 'Choose', line: 'export', form: true }] },
  )
}

/** The days as the record has them; both are part of it. */
export function scopeOf({ scope, from, to }: ExportArgs, context: Context): Scope | Refusal {
  if (scope !== 'dates') return { kind: scope, from: null, to: null }
  const days = { from: dayOf('from', from, context), to: dayOf('to', to ?? todayOf(context), context) }
  if (isRefusal(days.from)) return days.from
  if (isRefusal(days.to)) return days.to
  if (days.from > days.to)
    return refuse('export-days', 'The first day is after the last one. Give the earlier day first.', {
      field: 'from',
    })
  return { kind: scope, from: days.from, to: days.to }
}

function dayOf(field: 'from' | 'to', typed: string | undefined, context: Context): string | Refusal {
  if (!typed) return refuse('export-days', 'Say from which day.', { field })
  if (isCalendarDate(typed)) return typed
  const when = parseWhen(typed, { now: context.at, zone: zoneOf(context) })
  if (when.kind === 'refused') return refuse(`time-${when.reason}`, when.message, { field })
  return when.kind === 'date' ? when.date : dateIn(zoneOf(context), when.at)
}
