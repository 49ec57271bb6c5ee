/** A logger for Slack's libraries that keeps codes and the fixed head of a sentence, never a payload or a token. */
import { type Logger, LogLevel } from '@slack/bolt'

/** What we need of pino. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Bolt logs whole payloads at debug, and errors whose sentence may quote one: all but the sentence's head is cut. */
export function redactingLogger(log: Log): Logger {
  return {
    debug() {},
    info() {},
    warn: (...said) => log.warn({ code: head(said) }, 'slack library'),
    error: (...said) => log.error({ code: head(said) }, 'slack library'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  }
}

function head(said: readonly unknown[]): string {
  const first = said[0]
  if (typeof first !== 'string') return codeOf(first)
  return first.slice(0, 60).split(/[^A-Za-z ]/, 1)[0] || 'unnamed'
}

/** An error's code without its sentence. */
export function codeOf(error: unknown): string {
  const { code, name, data } = (error ?? {}) as { code?: unknown; name?: unknown; data?: { error?: unknown } }
  if (typeof data?.error === 'string') return data.error.slice(0, 60)
  if (typeof code === 'string') return code.slice(0, 60)
  return typeof name === 'string' ? name.slice(0, 60) : 'unknown'
}
