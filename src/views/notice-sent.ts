/** A notice that went out, told in the room: on which day, in time or late. The reminders above it are answered by this. */
import { factDate } from '../domain/clock-facts.ts'
import { sayDay, sayDays, sayLength } from '../domain/dates-in-words.ts'
import { type IncidentClock, incidentClocks } from '../domain/incident-clocks.ts'
import { mannerLabel } from '../domain/notification-rules.ts'
import { notificationOf } from '../domain/notifications.ts'
import type { Card, Line } from './card.ts'
import { lastDayWords } from './clock-words.ts'
import {
  about,
  act,
  buttons,
  byWhom,
  form,
  lines,
  nameOf,
  quiet,
  type Scene,
  upperFirst,
  wordArg,
  zoneOf,
} from './scene.ts'
import type { View } from './view.ts'

const spareWords = (clock: IncidentClock | undefined): string => {
  if (!clock || clock.spare === null) return ''
  const { spare, spareMs } = clock
  if (spareMs !== null)
    return spareMs < 0 ? `, ▲ ${sayLength(-spareMs)} late` : `, ${sayLength(spareMs)} before its hour`
  if (spare === 0) return ', on its last day'
  return spare > 0 ? `, ${sayDays(spare)} before its last day` : `, ${sayDays(-spare)} after its last day`
}

export function noticeSentCard(scene: Scene, id: string, on: string | undefined, by: string): Card {
  const { state, now } = scene
  const clock = incidentClocks(state, now).find((each) => each.id === id)
  const label = upperFirst(clock?.label ?? 'a notice')
  const sent = on === undefined ? undefined : factDate(zoneOf(state), on)
  const what: Line = sent
    ? [{ bold: `✓ ${label}` }, ` went out ${sayDay(sent)}${spareWords(clock)}.`]
    : [
        { bold: `▲ ${label}` },
        ` did not go out after all; it was recorded by mistake. ${clock ? `Last day ${lastDayWords(scene, clock)}.` : ''}`,
      ]
  const { sent: told, proved, given } = notificationOf(state, id)
  const how = told ? `, ${told.count === null ? '' : `to ${told.count} `}by ${mannerLabel(told.manner)}` : ''
  const waits = given.length > 0 ? '; its proof is being fetched' : '; attach the proof'
  const proof = proved ? `; its proof is entry ${proved.seq}` : waits
  return about(state, sent ? 'a notice went out' : 'a notice did not go out after all', [
    lines([what, [byWhom(by), sent ? ` recorded it${how}. Its reminders stop${proof}.` : ' recorded it.']]),
    quiet(nameOf(state)),
    ...buttons(
      ...(sent && clock && !proved && given.length === 0
        ? [form(state, 'Attach the proof', `notify ${clock.short} proof`)]
        : []),
      act(state, 'Clocks', 'clocks'),
    ),
  ])
}

export const noticeSent: View = {
  draw: (drawing) =>
    noticeSentCard(
      drawing,
      wordArg(drawing.args, 'clock') ?? '',
      wordArg(drawing.args, 'on'),
      wordArg(drawing.args, 'by') ?? '',
    ),
}
