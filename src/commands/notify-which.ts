/** The notification a person means: one that is owed, was sent, or may yet be owed. */
import { clockShort } from '../domain/clock-names.ts'
import type { IncidentState } from '../domain/incident.ts'
import { clockFromWords, type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { findRegulation } from '../domain/regulations.ts'
import { upperFirst } from '../views/scene.ts'
import { clockLabel } from './clock-lines.ts'
import type { Context } from './command.ts'
import type { NotifyArgs, NotifyStep } from './notify-words.ts'

export interface NotifyAsked {
  readonly state: IncidentState
  readonly clock: IncidentClock
  readonly args: NotifyArgs
}

/** A draft may be ready before it is known that it is owed. */
const isOpenTo = ({ status }: IncidentClock): boolean =>
  status === 'running' || status === 'met' || status === 'depends'

export const notifiable = (state: IncidentState, now: Date): readonly IncidentClock[] =>
  incidentClocks(state, now).filter(isOpenTo)

/** HHS has two clocks and one name: whichever is owed, the earlier where both may be. */
const meant = (id: string, open: readonly IncidentClock[]) =>
  open.find((clock) => clock.id === id) ??
  (id === 'hipaa.hhs.500plus' ? open.find((clock) => clock.id === 'hipaa.hhs.under500') : undefined)

export function whichNotification(
  typed: string | undefined,
  step: NotifyStep | undefined,
  state: IncidentState,
  context: Context,
): IncidentClock | Refusal {
  const open = notifiable(state, context.at)
  const [only] = open
  if (!typed && only && open.length === 1) return only
  const { incident } = state
  const more = {
    field: 'clock',
    buttons: open.slice(0, 4).map(({ short, label }) => ({
      label: upperFirst(label),
      line: ['notify', short, ...(step ? [step] : [])].join(' '),
      incident,
      ...(step ? { form: true } : {}),
    })),
  }
  const names = open.map(({ label, short }) => `${label} (${short})`).join(', ')
  if (!only)
    return refuse('no-notification', 'No notification is owed here, so there is nothing to send.', more)
  if (!typed) return refuse('which-notification', `Which notification? ${names}.`, more)
  const id = clockFromWords(typed)
  if (!id)
    return refuse(
      'no-such-notification',
      `I know no notification "${typed.slice(0, 30)}". Here: ${names}.`,
      more,
    )
  return meant(id, open) ?? notOwed(id, names, more, state)
}

/** Some are owed only once somebody records what makes them so. */
function notOwed(
  id: string,
  names: string,
  more: Pick<Refusal, 'field' | 'buttons'>,
  { incident }: IncidentState,
): Refusal {
  const label = upperFirst(clockLabel(id))
  const row = findRegulation(id)
  if (row?.start !== 'recorded' || !row.trigger)
    return refuse('notification-not-owed', `${label} is not owed here. Owed: ${names}.`, more)
  const line = `fact started ${clockShort(id)} now`
  return refuse(
    'notification-not-owed',
    `${label} is not owed here: nobody recorded ${row.trigger}. Owed: ${names}.`,
    { ...more, buttons: [{ label: 'Record that it is so', line, incident }, ...(more.buttons ?? [])] },
  )
}
