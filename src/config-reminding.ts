/** The part of the environment about reminders and targets: quiet hours, the waits of an escalation, days by rule, as people write them. */
import { z } from 'zod'
import { isRegime } from './domain/clock-names.ts'
import {
  escalationOf,
  escalationSteps,
  isWithin,
  MORNING,
  type Quiet,
  type Reminding,
} from './domain/reminding.ts'
import type { LocalTime } from './domain/zone.ts'

function timeOf(typed: string): LocalTime | undefined {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed.trim()) ?? []
  return hour === undefined ? undefined : { hour: Number(hour), minute: Number(minute) }
}

const quietHours = z
  .string()
  .default('20:00-07:00')
  .transform((typed, context): Quiet | null => {
    if (typed.trim().toLowerCase() === 'off') return null
    const [from, to, ...more] = typed.split(/[-–]/).map(timeOf)
    const wrong = (message: string): never => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (!from || !to || more.length > 0) return wrong('two times of day such as 22:00-07:00, or off')
    if (from.hour === to.hour && from.minute === to.minute)
      return wrong('begins and ends at one time; write off for none')
    if (isWithin({ from, to }, MORNING)) return wrong('covers 08:00, when each morning’s reminders go out')
    return { from, to }
  })

/** Hours after the owner's reminder: a later step never comes before an earlier one, and none is so late that it is no step. */
const waits = (usual: string, most: number) =>
  z
    .string()
    .default(usual)
    .transform((typed, context): readonly number[] => {
      const hours = typed
        .split(',')
        .map((part) => (/^\s*\d{1,3}(\.\d{1,2})?\s*$/.test(part) ? Number(part) : 0))
      const isRising = hours.every((each, at) => each > (hours[at - 1] ?? 0))
      if (hours.length === escalationSteps && isRising && hours.every((each) => each <= most)) return hours
      context.addIssue({
        code: 'custom',
        message: `three numbers of hours, each more than the one before and none over ${most}, such as ${usual}`,
      })
      return z.NEVER
    })

/** `state=20, hipaa.media=40`: beginnings of rows' ids and days from discovery. */
const targets = z
  .string()
  .default('')
  .transform((typed, context): Readonly<Record<string, number>> => {
    const pairs = typed
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => /^([a-z0-9_.]+)\s*=\s*(\d{1,2})$/.exec(part)?.slice(1) ?? [part])
    for (const [start = '', days] of pairs) {
      const message =
        days === undefined
          ? `${start.slice(0, 40)} is no beginning of a row’s id and a number of days, such as state=20`
          : !isRegime(start)
            ? `${start} begins no clock of the table; for instance state, state.tx, hipaa.media`
            : Number(days) < 1 || Number(days) > 60
              ? `${start}: 1 to 60 days`
              : undefined
      if (message) context.addIssue({ code: 'custom', message })
    }
    return Object.fromEntries(pairs.map(([start, days]) => [start, Number(days)]))
  })

export const targetShape = {
  TARGET_DAYS: z.coerce.number().int().min(1).max(60).default(45),
  TARGET_DAYS_BY_RULE: targets,
}

export const remindingShape = {
  /** In the organisation's zone; `off`: none. */
  QUIET_HOURS: quietHours,
  /** Deputy, commander, sponsor. */
  ESCALATE_AFTER: waits('24,48,72', 168),
  /** With three days or less to go. */
  ESCALATE_AFTER_URGENT: waits('4,8,12', 24),
  /** Clocks of hours. */
  ESCALATE_AFTER_HOURLY: waits('1,2,3', 24),
}

export const remindingOf = (values: z.output<z.ZodObject<typeof remindingShape>>): Reminding => ({
  quiet: values.QUIET_HOURS,
  escalation: escalationOf({
    days: values.ESCALATE_AFTER,
    // With less time left nobody is asked later.
    urgent: values.ESCALATE_AFTER_URGENT.map((hours, at) => Math.min(hours, values.ESCALATE_AFTER[at]!)),
    byHour: values.ESCALATE_AFTER_HOURLY,
  }),
})
