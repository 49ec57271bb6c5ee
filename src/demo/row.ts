/** One row of the language: how a line reads, and what it does. `example` is its documentation. */
import type { Scene } from './scene.ts'

export interface Row {
  readonly example: string
  readonly pattern: RegExp
  /** An act makes what follows its consequence; an expectation leaves that alone. */
  readonly isAct: boolean
  readonly play: (scene: Scene, words: readonly string[]) => Promise<void>
}

type Play = Row['play']

/** Patterns are anchored here; a word the pattern left out arrives as an empty text. */
const row =
  (isAct: boolean) =>
  (example: string, pattern: RegExp, play: Play): Row => ({
    example,
    pattern: new RegExp(`^(?:${pattern.source})$`, `${pattern.flags}s`),
    isAct,
    play,
  })

export const act = row(true)
export const expectation = row(false)
