/** What a scenario expects of the record: kinds and counts in order, and that it is whole. */
import { insteadOf } from './equivalents.ts'
import { expectation, type Row } from './row.ts'
import { fail, type Scene, theIncident } from './scene.ts'

/** `message.edited ×2`, or the bare kind for one. */
function readCounts(scene: Scene, list: string): [string, number][] {
  return list.split(/,\s*/).map((each) => {
    const [, kind = '', count = '1'] = /^([a-z_.]+)(?: ×(\d+))?$/.exec(each) ?? []
    return [kind || fail(scene, 'kinds such as message.edited ×2', each), Number(count)]
  })
}

/** The scenario names what is recorded where the platform can do everything. */
function asRecordedHere(scene: Scene, wanted: readonly [string, number][]): [string, number][] {
  const { delivering, world } = scene.stage
  const port = delivering.portOf(world.platform) ?? fail(scene, 'a platform that is connected', 'it is not')
  return wanted.map(([kind, count]) => {
    const instead = insteadOf(kind, port.capabilities)
    if (!instead) return [kind, count]
    return [instead.at(-1)?.kind ?? kind, instead.length > 0 ? count : 0]
  })
}

function sayCounts(kinds: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${kind} ×${count}`).join(', ')
}

/** Each named kind this often, first seen in this order; kinds that are not named may stand between. */
async function counts(scene: Scene, list: string, after: number): Promise<void> {
  const wanted = asRecordedHere(scene, readCounts(scene, list))
  const { incident } = await theIncident(scene)
  const kinds = await scene.stage.store.kinds(incident, after)
  const named = kinds.filter((kind) => wanted.some(([each]) => each === kind))
  const expected = wanted.filter(([, count]) => count > 0).map(([kind, count]) => `${kind} ×${count}`)
  if (sayCounts(named) !== expected.join(', ')) fail(scene, list, sayCounts(kinds))
}

export async function wholeRecord(scene: Pick<Scene, 'stage'>): Promise<string[]> {
  const faults: string[] = []
  for await (const { incident, fault } of scene.stage.store.verify())
    if (fault) faults.push(`${incident}: entry ${fault.seq} — ${fault.what}`)
  return faults
}

/** The words stand in what is sealed, or nowhere; and in no line of the log. */
async function isSealed(scene: Scene, words: string): Promise<boolean> {
  const { incident } = await theIncident(scene)
  let found = false
  for await (const { record, text } of scene.stage.store.reading.log(incident)) {
    if (record.includes(words)) fail(scene, 'lines without it', `${words}, in a line of the log`)
    found ||= text?.body.includes(words) ?? false
  }
  return found
}

export const recordings: readonly Row[] = [
  expectation('Record > decision.recorded, message.edited ×2', /Record > (.+)/, (scene, [list = '']) =>
    counts(scene, list, scene.entriesBefore),
  ),
  expectation('Whole record > incident.declared', /Whole record > (.+)/, (scene, [list = '']) =>
    counts(scene, list, 0),
  ),
  expectation('Record keeps sealed > a name', /Record keeps sealed > (.+)/, async (scene, [words = '']) => {
    if (!(await isSealed(scene, words))) fail(scene, words, 'nothing sealed that says it')
  }),
  expectation('Record nowhere says > a name', /Record nowhere says > (.+)/, async (scene, [words = '']) => {
    if (await isSealed(scene, words)) fail(scene, `nothing sealed that says ${words}`, 'it is there')
  }),
  expectation('Record is whole', /Record is whole/, async (scene) => {
    const faults = await wholeRecord(scene)
    if (faults.length > 0) fail(scene, 'every log is whole', faults.join('\n'))
  }),
]
