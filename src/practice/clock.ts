/**
 * The practice clock: real time plus an offset that only grows and survives a restart, so that a sixty-day countdown
 * can be watched in a minute and the record never runs backwards.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface PracticeClock {
  readonly now: () => Date
  /** Moves ahead to this instant; an instant already past moves nothing. */
  readonly moveTo: (at: Date) => void
  readonly isMoved: () => boolean
}

export function practiceClock(file: string | undefined, real: () => number): PracticeClock {
  let offset = file ? readOffset(file) : 0
  return {
    now: () => new Date(real() + offset),
    moveTo(at) {
      offset = Math.max(offset, at.getTime() - real())
      if (file) keep(file, offset)
    },
    isMoved: () => offset > 0,
  }
}

function readOffset(file: string): number {
  try {
    const { offsetMs } = JSON.parse(readFileSync(file, 'utf8')) as { offsetMs?: unknown }
    return typeof offsetMs === 'number' && offsetMs >= 0 ? offsetMs : 0
  } catch {
    return 0
  }
}

function keep(file: string, offsetMs: number) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify({ offsetMs }))
  renameSync(`${file}.new`, file)
}
