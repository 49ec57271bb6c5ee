/** Structured log: ids and codes only. Never message text, never what somebody typed, never a token. */
import { randomBytes } from 'node:crypto'
import { type Logger, type LoggerOptions, pino } from 'pino'

export type Log = Logger

/** `sink` takes each line instead of standard output. */
export const makeLog = (level: string, sink?: { write(line: string): void }): Log =>
  pino(options(level), ...(sink ? [sink] : []))

const options = (level: string): LoggerOptions => ({
  level,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  // An error's message may quote what it choked on; its name, code and place do not.
  serializers: { err: safeError },
})

function safeError(error: unknown) {
  if (!(error instanceof Error)) return { name: 'not an error' }
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.slice(0, 4).map((frame) => frame.trim().replace(/\(?file:.*\/(?=[^/]+:\d+:\d+)/, '(')),
  }
}

/** A short reference a tired person can read out: the same in the answer and in the log. */
export function faultRef(): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  return [...randomBytes(4)].map((byte) => letters[byte % letters.length]).join('')
}
