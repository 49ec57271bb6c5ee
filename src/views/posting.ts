/** The substitute notice that must stay posted: until when, whether it was taken down too early, and when it may end. */
import { addDays } from '../domain/calendar.ts'
import { sayDay, sayDays, sayLastDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { type SubstituteNotice, substituteNotice } from '../domain/substitute-notice.ts'
import type { Block, Line } from './card.ts'
import { buttons, form, lines, nameOf, todayOf } from './scene.ts'

/** `posted Mon 11 Jan 2027; keep it posted …`, for the clocks card and the report. */
export function postingWords({ postedOn, through, takenDownOn, daysShort }: SubstituteNotice): string {
  if (!postedOn || !through)
    return 'post it on the home page or in major media for 90 days, with a toll-free line'
  const posted = `posted ${sayDay(postedOn)}`
  if (!takenDownOn)
    return `${posted}; keep it posted and the toll-free line open at least through ${sayDay(through)}`
  if (daysShort === 0) return `${posted}, taken down ${sayDay(takenDownOn)} after its 90 days`
  return `${posted}, ▲ taken down ${sayDay(takenDownOn)}, ${sayDays(daysShort)} before its 90 days were over. Post it again: they begin anew`
}

/** Nothing where it was taken down as it may, or is not needed after all, since this was asked for. */
export function postingBlocks(state: IncidentState, now: Date): readonly Block[] {
  const notice = substituteNotice(state)
  if (!notice?.postedOn || !notice.through || notice.needs !== 'a posting') return []
  const { postedOn, through, takenDownOn, daysShort } = notice
  if (takenDownOn && daysShort === 0) return []
  const today = todayOf({ state, now })
  const head: Line = [
    { bold: `${nameOf(state)} · substitute notice` },
    ` · posted ${sayDay(postedOn)} · 45 CFR 164.404(d)(2)`,
  ]
  if (takenDownOn)
    return [
      lines([
        head,
        `▲ It was taken down ${sayDay(takenDownOn)}, ${sayDays(daysShort)} before its 90 days were over.`,
        'Post it again, with its toll-free line, and record the day: its 90 days begin anew.',
      ]),
      ...buttons(form(state, 'Record the posting', 'fact substitute')),
    ]
  const body: readonly Line[] =
    today > through
      ? [
          `It stood through ${sayDay(through)}: from ${sayDay(addDays(through, 1))} on it may be taken down, and its line closed.`,
        ]
      : [
          `It stays posted, and its toll-free line open, through ${sayLastDay(today, through)}.`,
          'Look at the page and call the number today.',
        ]
  return [lines([head, ...body]), ...buttons(form(state, 'Record that it was taken down', 'fact taken-down'))]
}
