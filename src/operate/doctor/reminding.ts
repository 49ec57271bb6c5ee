/** When reminders wait and how soon they go on to the next person, as configured. */
import type { Config } from '../../config.ts'
import { defaultOffsets } from '../../domain/reminder-moments.ts'
import type { EscalationStep } from '../../domain/reminding.ts'
import type { LocalTime } from '../../domain/zone.ts'
import { type Finding, good } from './finding.ts'

const time = ({ hour, minute }: LocalTime): string =>
  [hour, minute].map((each) => String(each).padStart(2, '0')).join(':')

export function remindingFindings({ reminding, zone }: Pick<Config, 'reminding' | 'zone'>): Finding[] {
  const { quiet, escalation } = reminding
  const after = (hours: keyof EscalationStep): string => escalation.map((step) => step[hours]).join(', ')
  return [
    good(
      quiet
        ? `Quiet hours ${time(quiet.from)} to ${time(quiet.to)} (${zone}): never on a last day, for clocks of hours or before containment`
        : 'No quiet hours: reminders go out night or day',
    ),
    good(
      `A reminder nobody answers goes on to deputy, commander and sponsor after ${after('afterHours')} hours; with three days or less to go after ${after('afterHoursUrgent')}; for clocks of hours after ${after('afterHoursByHour')}`,
    ),
    good(
      `What is owed at once comes back every ${[...new Set(Object.values(defaultOffsets.atOnce))].join(' or ')} hours, night and day, until it is recorded as sent`,
    ),
  ]
}
