/** What became of an incident since a morning, in the words a channel of managers may read: no name, no reason, no text. */

import { concluded } from '../domain/assessment.ts'
import type { CalendarDate } from '../domain/calendar.ts'
import { factDate } from '../domain/clock-facts.ts'
import { sayDay } from '../domain/dates-in-words.ts'
import type { IncidentState } from '../domain/incident.ts'
import { notificationOf } from '../domain/notifications.ts'
import { outcomeLabel } from '../domain/outcomes.ts'
import { phaseLabel } from '../domain/phases.ts'
import { findRegulation } from '../domain/regulations.ts'
import { type Role, roleLabel } from '../domain/roles.ts'
import type { Line } from './card.ts'
import { headingOf, nameOf } from './scene.ts'

const day = (date: string | null): string => (date ? sayDay(date as CalendarDate) : 'none')
const label = (id: string): string => findRegulation(id)?.label ?? id

/** Those whose taking or leaving managers should know of; the room knows of the others. */
const leading: readonly Role[] = ['commander', 'privacy-officer', 'counsel']

export function changesSince(state: IncidentState, since: Date): Line[] {
  const from = since.toISOString()
  const isNew = state.declared.at >= from
  const said = isNew ? [] : [...clockChanges(state, from), ...phaseChanges(state, from)]
  const all = [
    ...said,
    ...noticeChanges(state, from),
    ...assessmentChanges(state, from),
    ...roleChanges(state, from),
  ]
  const { closed } = state
  return [
    ...(isNew ? [[{ bold: headingOf(state) }, ': declared.'] as const] : []),
    ...all.map((words): Line => [{ bold: nameOf(state) }, `: ${words}.`]),
    ...(closed && closed.at >= from
      ? [[{ bold: nameOf(state) }, `: closed, ${outcomeLabel(closed.outcome)}.`] as const]
      : []),
  ]
}

const clockChanges = ({ clocks }: IncidentState, from: string): string[] =>
  Object.entries(clocks).flatMap(([id, { at, before, lastDay }]) => {
    if (at < from || before === lastDay) return []
    if (!lastDay) return [`${label(id)}, last day ${day(before)} → no longer owed`]
    return [
      before
        ? `${label(id)}, last day ${day(before)} → ${day(lastDay)}`
        : `${label(id)} now owed, last day ${day(lastDay)}`,
    ]
  })

function phaseChanges({ phases }: IncidentState, from: string): string[] {
  const last = phases.at(-1)
  return last && last.at >= from ? [`now in ${phaseLabel(last.phase)}`] : []
}

/** The last step of each notice, which says the ones before it. What was sent otherwise is known by its day alone. */
function noticeChanges({ notifications, notified, organisation }: IncidentState, from: string): string[] {
  const isNew = (step: { readonly at: string } | null | undefined) => !!step && step.at >= from
  return [...new Set([...Object.keys(notified), ...Object.keys(notifications)])].flatMap((id) => {
    const { proved, sent, approved, drafted } = notificationOf({ notifications }, id)
    const sentOn = notified[id]?.on
    const on = sentOn === undefined ? null : factDate(organisation.zone, sentOn)
    if (isNew(proved)) return [`${label(id)}, proof attached`]
    if (isNew(sent) || (!sent && on && on >= from.slice(0, 10))) return [`${label(id)}, sent ${day(on)}`]
    if (isNew(approved)) return [`${label(id)}, approved`]
    return isNew(drafted) ? [`${label(id)}, drafted`] : []
  })
}

function assessmentChanges({ assessment }: IncidentState, from: string): string[] {
  const { signed, confirmed } = assessment
  const last = confirmed ?? signed
  if (!signed || !last || last.at < from) return []
  return [
    concluded(assessment)
      ? 'the breach assessment was signed'
      : 'the breach assessment waits for a second signature',
  ]
}

function roleChanges({ tenures, roles }: IncidentState, from: string): string[] {
  return leading.flatMap((role) => {
    if (roles[role] && roles[role].since >= from) return [`${roleLabel(role)} is held by somebody new`]
    const left = !roles[role] && tenures.some((one) => one.role === role && one.until && one.until >= from)
    return left ? [`▲ nobody holds ${roleLabel(role)} any more`] : []
  })
}
