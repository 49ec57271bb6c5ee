/** What we need of pino. Fields are ids and codes, never a payload, a name or a token. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** An error's code without its sentence. */
export function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  if (typeof code === 'string') return code.slice(0, 60)
  return typeof name === 'string' ? name.slice(0, 60) : 'unknown'
}
