/** Time passes: every moment at which something is due is lived through. An outage is a jump, or time in which nothing is told. */
import { after, readMoment, sayNow } from './dates.ts'
import { act, type Row } from './row.ts'
import { fail, type Scene } from './scene.ts'

const whenOf = (scene: Scene, date = '', time?: string): Date => {
  const now = scene.stage.clock.now()
  const at = readMoment(time ? `${date} ${time}` : date)
  if (!at) return fail(scene, 'a date such as Tue 19 Jan 2027 at 08:00, with its own weekday', date)
  return at > now ? at : fail(scene, `a time after ${sayNow(now)}`, sayNow(at))
}

const length = '(\\d+|an?) (second|minute|hour|day|week)s?'
const later = (scene: Scene, count = '1', unit = 'minute') =>
  after(scene.stage.clock.now(), Number(count) || 1, unit)

/** A second past, so that what falls due at that instant has fallen due. */
async function untilNextReminder(scene: Scene): Promise<void> {
  const at = await scene.stage.nextReminder()
  if (!at) return fail(scene, 'a reminder that is coming', 'none')
  await scene.stage.liveTo(new Date(Math.max(at.getTime(), scene.stage.clock.now().getTime()) + 1000))
}

export const times: readonly Row[] = [
  act('After 15 minutes', new RegExp(`After ${length}`), (scene, [count, unit]) =>
    scene.stage.liveTo(later(scene, count, unit)),
  ),
  act('On Tue 19 Jan 2027 at 08:00', /On (.+?)(?: at (\d{1,2}:\d{2}))?/, (scene, [date, time]) =>
    scene.stage.liveTo(whenOf(scene, date, time)),
  ),
  act('Until the next reminder', /Until the next reminder/, untilNextReminder),
  act(
    'Wardroom is away until Mon 4 Jan 2027 at 09:00',
    /Wardroom is away until (.+?) at (.+)/,
    (scene, [date, time]) => scene.stage.moveTo(whenOf(scene, date, time)),
  ),
  act('Wardroom is down', /Wardroom is down/, (scene) => scene.stage.goDown()),
  act('Wardroom is back', /Wardroom is back/, (scene) => scene.stage.comeBack()),
]
