// The internal target: an earlier day the organisation sets itself, because 60 days is an outer limit and the duty is
// without unreasonable delay (45 CFR 164.404(b)). Never later than the last day.
import { addDays, type CalendarDate, earlier } from './calendar.ts'

export const defaultTargetDays = 45

export const targetDay = (
  discoveryDate: CalendarDate,
  lastDay: CalendarDate,
  days: number = defaultTargetDays,
): CalendarDate => earlier(addDays(discoveryDate, days), lastDay)
