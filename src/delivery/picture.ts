/**
 * The clocks as a picture in the room, with the same in words: one post, found again after an interrupted attempt like any
 * other. What cannot be drawn, or is not taken as a picture, is posted in words alone, and the record says why.
 */
import { ChatError, type ChatPort, type OutgoingPicture } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { currentRoom } from '../domain/incident.ts'
import { seenFrom } from '../domain/organisation.ts'
import { sha256Hex } from '../domain/record.ts'
import { rasterise } from '../raster/raster.ts'
import { clocksPictureCard } from '../views/clocks-picture/card.ts'
import { clocksPictureOf, WIDTH } from '../views/clocks-picture/drawing.ts'
import { told } from '../views/clocks-picture/told.ts'
import { svg } from '../views/report/svg.ts'
import type { Scene } from '../views/scene.ts'
import type { Job, Outcome } from './delivering.ts'
import { mayHaveLandedSince, posted, postOnce } from './posting.ts'

/** More than twice as many points as it is wide, for dense screens; fewer where a platform takes only so much. */
const WIDTHS = [1200, 810, WIDTH]
/** Rows, likewise: how many are left out is said in the picture. */
const ROWS = [16, 8, 4] as const

export async function picture(job: Job): Promise<Outcome> {
  const { state, row, port } = job
  const room = currentRoom(state)?.room
  if (!room) return { outcome: 'no room', events: [] }
  const scene = await sceneOf(job)
  const card = clocksPictureCard(scene)
  if (row.attempt > 1 && port.capabilities.readBack) {
    const found = await port.findPost({ room }, row.id, mayHaveLandedSince(job))
    if (found) return posted(job, card, found, null)
  }
  const drawn = await drawnFor(job, scene)
  if (typeof drawn === 'string') return inWords(job, room, scene, drawn)
  try {
    const ref = await port.postPicture(room, drawn, card, row.id)
    const { png, width, height } = drawn
    const data = { ...ref, sha256: sha256Hex(png), bytes: png.length, width, height }
    const outcome = posted(job, card, ref, null)
    return { ...outcome, events: [...outcome.events, event('picture.posted', data, undefined, seqOf(job))] }
  } catch (error) {
    // Whatever may yet work, or says that the room is gone, goes the way of every post.
    const isFinal =
      error instanceof ChatError && (error.failure === 'refused' || error.failure === 'unsupported')
    if (!isFinal) throw error
    return inWords(job, room, scene, error.code)
  }
}

const seqOf = ({ row }: Job): number => Number(row.args.seq)

async function inWords(job: Job, room: string, scene: Scene, code: string): Promise<Outcome> {
  const card = clocksPictureCard(scene, false)
  const outcome = posted(job, card, await postOnce(job, { room }, card), null)
  return {
    ...outcome,
    events: [...outcome.events, event('picture.not_drawn', { code }, undefined, seqOf(job))],
  }
}

async function sceneOf({ delivering, state }: Job): Promise<Scene> {
  const organisation = seenFrom(await delivering.store.organisation(), state.platform)
  return { state, organisation, now: delivering.now(), word: delivering.wordOn(state.platform) }
}

/** As large as the platform takes it; a code where there is none. */
async function drawnFor(
  { delivering, port, state, row }: Job,
  scene: Scene,
): Promise<OutgoingPicture | string> {
  const most = port.capabilities.pictureBytes
  if (most === 0) return 'no_pictures'
  const name = await namesOf(port, scene)
  try {
    const count = told(scene).rows.length
    for (const rows of ROWS.filter((each, at) => at === 0 || each < count)) {
      const drawing = clocksPictureOf(scene, name, rows)
      const png = await rasterise(svg(drawing), WIDTHS, most)
      if (!png) continue
      const { bytes, width, height } = png
      return {
        name: `${state.incident}-clocks`,
        title: drawing.title,
        alt: drawing.description,
        png: bytes,
        width,
        height,
      }
    }
    return 'too_large'
  } catch (error) {
    delivering.log.error(
      { err: error, incident: row.incident, delivery: row.id },
      'a picture could not be drawn',
    )
    return 'fault'
  }
}

/** A picture cannot name people by mention. Who has no account any more has no name. */
async function namesOf(port: ChatPort, scene: Scene): Promise<(person: string) => string> {
  const owners = new Set(told(scene).rows.flatMap(({ owner }) => owner ?? []))
  const found = new Map<string, string>()
  for (const id of owners) {
    const person = await port.person(id).catch((error: unknown) => {
      if (error instanceof ChatError && error.failure === 'transient') throw error
      return undefined
    })
    if (person) found.set(id, person.name)
  }
  return (id) => found.get(id) ?? 'somebody no longer here'
}
