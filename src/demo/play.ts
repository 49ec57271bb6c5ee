/** Plays a scenario line by line on a stage. What did not come true is told at the end, in one ScenarioFailure. */
import { pressings } from './acts-press.ts'
import { sayings } from './acts-say.ts'
import { times } from './acts-time.ts'
import { readMoment } from './dates.ts'
import { recordings, wholeRecord } from './expect-record.ts'
import { expectations } from './expectations.ts'
import type { Row } from './row.ts'
import { fail, mark, type Scene } from './scene.ts'
import { ScenarioFailure, type Script, type ScriptLine, untrue } from './script.ts'
import type { Stage } from './stage.ts'

/** In order: what people say stands last, because almost any line reads as speech. */
export const language: readonly Row[] = [
  ...expectations,
  ...recordings,
  ...times,
  ...pressings,
  {
    example: 'In inc-2026-0001',
    pattern: /^In (inc-\d{4}-\d{4,})$/,
    isAct: true,
    async play(scene, [incident]) {
      scene.chosen = incident
    },
  },
  ...sayings,
]

/** What an audience is told as the play goes on. */
export interface Audience {
  readonly remark: (text: string) => void
  /** Before the line is played, with what became visible since the one before. */
  readonly beat: (scene: Scene, next: ScriptLine | undefined, isAct: boolean) => Promise<void>
}

const silent: Audience = { remark() {}, async beat() {} }

/** The first line that is no remark: `At Fri 20 Nov 2026 22:41`. */
export function openingTime(script: Script): Date {
  const line = script.lines.find(({ text }) => !text.startsWith('#'))
  const at = readMoment(/^At (.+)$/.exec(line?.text ?? '')?.[1] ?? '')
  if (line && at) return at
  const place = { file: script.file, line: line ?? { number: 1, text: '', isIndented: false } }
  const expected = 'At Fri 20 Nov 2026 22:41, with its own weekday'
  throw new ScenarioFailure([untrue(place, expected, line?.text ?? 'an empty file')])
}

const SETTING = /^Organisation counts (.+)$/

/** What the organisation has switched on beside HIPAA, as its environment says it: a line of its own, after the opening. */
export function organisationOf({ lines }: Script): Readonly<Record<string, string>> {
  const regimes = lines.flatMap(({ text }) => SETTING.exec(text)?.[1] ?? [])
  return regimes.length > 0 ? { ORG_REGIMES: regimes.join() } : {}
}

/** Returns how many expectations held. */
export async function play(
  script: Script,
  stage: Stage,
  errors: readonly string[],
  audience = silent,
): Promise<number> {
  const [first] = script.lines
  const scene: Scene = {
    stage,
    file: script.file,
    line: first ?? { number: 1, text: '', isIndented: false },
    actor: undefined,
    that: undefined,
    lastBy: new Map(),
    chosen: undefined,
    formErrors: undefined,
    filled: new Map(),
    before: new Set(),
    entriesBefore: 0,
  }
  let held = 0
  const failures: string[] = []
  try {
    for (const line of script.lines) {
      scene.line = line
      if (line.text.startsWith('#')) audience.remark(line.text.replace(/^#+\s*/, ''))
      else if (!line.text.startsWith('At ') && !SETTING.test(line.text))
        held += await playLine(scene, line, audience, failures)
    }
    unsaid(scene)
    await audience.beat(scene, undefined, true)
    const faults = [...(await wholeRecord(scene)), ...errors]
    if (faults.length > 0) fail(scene, 'a whole record and no faults by the end', faults.join('\n'))
  } catch (error) {
    if (!(error instanceof ScenarioFailure)) throw error
    failures.push(error.message)
  }
  if (failures.length > 0) throw new ScenarioFailure(failures)
  return held
}

async function playLine(
  scene: Scene,
  line: ScriptLine,
  audience: Audience,
  failures: string[],
): Promise<0 | 1> {
  for (const row of language) {
    const words = row.pattern.exec(line.text)
    if (!words) continue
    if (row.isAct) {
      unsaid(scene)
      await scene.stage.settle()
      await audience.beat(scene, line, true)
      await mark(scene)
    } else await audience.beat(scene, line, false)
    if (!row.isAct) return expected(scene, row, words.slice(1), failures)
    await played(scene, row, words.slice(1))
    // What an act makes due at once happens before anybody looks.
    await scene.stage.moveTo(scene.stage.clock.now())
    return 0
  }
  return fail(scene, 'a line of the language', language.map(({ example }) => example).join('\n'))
}

/** An expectation that does not hold is kept, and the play goes on: one run tells all that is wrong. */
async function expected(
  scene: Scene,
  row: Row,
  words: readonly string[],
  failures: string[],
): Promise<0 | 1> {
  try {
    await row.play(scene, words)
    return 1
  } catch (error) {
    if (!(error instanceof ScenarioFailure)) throw error
    failures.push(error.message)
    return 0
  }
}

/** A form's mistake that no line expected. */
function unsaid(scene: Scene): void {
  if (scene.formErrors !== undefined) fail(scene, 'the form before this line is accepted', scene.formErrors)
}

/** What the platform refuses a person is a failure of the line, not of the program. */
async function played(scene: Scene, row: Row, words: readonly string[]): Promise<void> {
  try {
    await row.play(scene, words)
  } catch (error) {
    const refusal = scene.stage.world.refusal(error)
    if (refusal !== undefined) fail(scene, 'the platform lets this happen', refusal)
    throw error
  }
}
