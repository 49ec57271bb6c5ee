/** A scenario as it is written: a line is an act or an expectation; an indented one belongs to the line above. */

export interface ScriptLine {
  readonly number: number
  readonly text: string
  readonly isIndented: boolean
}

export interface Script {
  readonly file: string
  readonly lines: readonly ScriptLine[]
}

export const readScript = (file: string, text: string): Script => ({
  file,
  lines: text.split(/\r?\n/).flatMap((line, index) => {
    const words = line.trim()
    return words === '' ? [] : [{ number: index + 1, text: words, isIndented: /^\s/.test(line) }]
  }),
})

/** One line that did not come true: where it stands, what it wanted, what was there. */
export const untrue = (at: { file: string; line: ScriptLine }, expected: string, seen: string): string =>
  `${at.file}:${at.line.number}  ${at.line.text}\n\nexpected: ${expected}\n\nseen:\n${seen.replace(/^/gm, '  ')}`

export class ScenarioFailure extends Error {
  override readonly name = 'ScenarioFailure'
  constructor(failures: readonly string[]) {
    super(failures.join(`\n\n${'═'.repeat(80)}\n\n`))
  }
}
