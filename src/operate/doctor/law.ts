/** Whether counsel should read rows of the regulation table again: law changes, and a table does not notice. */
import type { Config } from '../../config.ts'
import type { CalendarDate } from '../../domain/calendar.ts'
import { roomRows } from '../../domain/clock-names.ts'
import { sayDay } from '../../domain/dates-in-words.ts'
import { regulationsVersion } from '../../domain/regulations.ts'
import { dateIn } from '../../domain/zone.ts'
import { type Finding, good, warn } from './finding.ts'

export function lawFinding({ regimes, zone }: Pick<Config, 'regimes' | 'zone'>, now: Date): Finding {
  // A contract is no law: its days are what was typed of it.
  const rows = roomRows(['hipaa', ...regimes]).filter(({ regime }) => regime !== 'contract')
  const today = dateIn(zone, now)
  const past = rows.filter(({ verifyBy }) => today > verifyBy)
  const table = `The regulation table is of ${regulationsVersion}`
  if (past.length > 0)
    return warn(
      `${table}, and ${past.length} of the ${rows.length} rows in use were to be read again by now: ${past.map(({ id }) => id).join(', ')}`,
      'ask counsel whether they still hold, and install a newer version of Wardroom',
    )
  const next = rows.map(({ verifyBy }) => verifyBy).sort()[0] as CalendarDate
  const unread = rows.filter(({ verified }) => verified === 'from general knowledge')
  const said = `${table}; of its ${rows.length} rows in use the next is to be read again by ${sayDay(next)}`
  if (unread.length === 0) return good(said)
  return warn(
    `${said}; not read in their source: ${unread.map(({ id }) => id).join(', ')}`,
    'ask counsel before you rely on these',
  )
}
