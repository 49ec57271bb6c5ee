/** The running clock a person means: the one named, or the only one. */
import type { IncidentState } from '../domain/incident.ts'
import { type ClockId, clockFromWords, type IncidentClock } from '../domain/incident-clocks.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { clockLabel, runningClocks } from './clock-lines.ts'
import type { Context } from './command.ts'

/** The clock's name may be two words; what follows it is the rest of the command. */
export function splitClock(typed: string): { clock: ClockId | undefined; rest: string } {
  const words = typed.trim().split(/\s+/).filter(Boolean)
  for (let length = Math.min(2, words.length); length > 0; length--) {
    const clock = clockFromWords(words.slice(0, length).join(' '))
    if (clock) return { clock, rest: words.slice(length).join(' ') }
  }
  return { clock: undefined, rest: words.join(' ') }
}

/** HHS has two clocks and one name: whichever runs, the earlier where both do. */
const meant = (clock: ClockId, running: readonly IncidentClock[]) =>
  running.find(({ id }) => id === clock) ??
  (clock === 'hipaa.hhs.500plus' ? running.find(({ id }) => id === 'hipaa.hhs.under500') : undefined)

export function whichClock(
  typed: string | undefined,
  verb: string,
  state: IncidentState,
  context: Context,
): IncidentClock | Refusal {
  const running = runningClocks(state, context.at)
  const { incident } = state
  const buttons = running
    .slice(0, 4)
    .map(({ short, label }) => ({ label, line: `${verb} ${short}`, incident, form: verb === 'snooze' }))
  const [only] = running
  if (!only)
    return refuse('no-clock-running', 'No clock runs here, so there is nothing to do.', { field: 'clock' })
  if (!typed) {
    if (running.length === 1) return only
    return refuse('which-clock', `Which clock? ${names(running)}.`, { field: 'clock', buttons })
  }
  const named = clockFromWords(typed)
  if (!named)
    return refuse('no-such-clock', `That is no clock I know. Running: ${names(running)}.`, {
      field: 'clock',
      buttons,
    })
  return (
    meant(named, running) ??
    refuse('clock-not-running', `${clockLabel(named)} does not run. Running: ${names(running)}.`, {
      field: 'clock',
      buttons,
    })
  )
}

const names = (clocks: readonly IncidentClock[]) =>
  clocks.map(({ label, short }) => `${label} (${short})`).join(', ')
