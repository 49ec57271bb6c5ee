/** What the database said, without what it was asked: drivers put parameters and row values into their messages. */
import { DrizzleQueryError } from 'drizzle-orm'

type Spoken = {
  code?: unknown
  message?: unknown
  constraint?: unknown
  constraint_name?: unknown
  table?: unknown
}

export class DatabaseFault extends Error {
  readonly code: string
  readonly constraint: string | undefined
  constructor(code: string, message: string, constraint?: string) {
    super(message)
    this.name = 'DatabaseFault'
    this.code = code
    this.constraint = constraint
  }
}

const sqlState = /^[0-9A-Z]{5}$/
const network = /^(E[A-Z]+|CONNECTION_[A-Z]+|CONNECT_TIMEOUT)$/

export function databaseFault(error: unknown): unknown {
  if (error instanceof DatabaseFault) return error
  const cause = error instanceof DrizzleQueryError ? error.cause : error
  if (!(cause instanceof Error)) return error
  const { code, message, constraint, constraint_name } = cause as Spoken
  if (typeof code === 'string' && (sqlState.test(code) || network.test(code))) {
    const name = constraint_name ?? constraint
    return new DatabaseFault(
      code,
      quoteless(code, String(message)),
      typeof name === 'string' ? name : undefined,
    )
  }
  return error instanceof DrizzleQueryError ? new DatabaseFault('XX000', cause.message) : error
}

/** Class 22 (bad data) repeats the offending value in its message: "invalid input syntax for type integer: …". */
function quoteless(code: string, message: string): string {
  return code.startsWith('22') ? message.replace(/[:"].*$/s, '').trimEnd() : message
}

/**
 * Lock, statement or session wait ran out, or the transaction lost a race: nothing was recorded, try again.
 * A connection lost is not among them: it may have been lost after the commit.
 */
export function isTryAgain(error: unknown): boolean {
  return error instanceof DatabaseFault && ['55P03', '57014', '40001', '40P01', '25P03'].includes(error.code)
}

export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const hit = error instanceof DatabaseFault && error.code === '23505'
  return hit && (constraint === undefined || error.constraint === constraint)
}
