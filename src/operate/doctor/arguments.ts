/** What doctor was asked for, or how it is asked. */
import { parseArgs } from 'node:util'

export interface CanaryAsked {
  /** Undefined: the incidents team's own. */
  readonly channel: string | undefined
  /** How long a person has for the message they are asked for. */
  readonly seconds: number
}

export interface Asked {
  readonly keyIsBackedUp: boolean
  /** Undefined: nothing is posted. */
  readonly canary: CanaryAsked | undefined
}

export const USAGE =
  'Usage: wardroom doctor [--key-backed-up] [--canary [--canary-channel <19:…>] [--canary-seconds <5–600>]]'

const options = {
  'key-backed-up': { type: 'boolean' },
  canary: { type: 'boolean' },
  'canary-channel': { type: 'string' },
  'canary-seconds': { type: 'string' },
} as const

const SECONDS = 60

/** A sentence: what is wrong with it. */
export function readArguments(args: readonly string[]): Asked | string {
  const given = { args: [...args], options, strict: false, allowPositionals: true, tokens: true } as const
  const { values, tokens } = parseArgs(given)
  for (const token of tokens) {
    if (token.kind === 'positional') return `"${token.value}" is not known.`
    if (token.kind === 'option' && !(token.name in options)) return `"${token.rawName}" is not known.`
  }
  const { 'canary-channel': channel, 'canary-seconds': told = String(SECONDS) } = values
  const seconds = Number(told)
  if (channel !== undefined && !/^19:.+@thread\./.test(String(channel)))
    return '--canary-channel: a channel’s id, 19:…@thread.tacv2.'
  if (!Number.isInteger(seconds) || seconds < 5 || seconds > 600)
    return '--canary-seconds: a whole number from 5 to 600.'
  const isAsked = values.canary || channel !== undefined || 'canary-seconds' in values
  return {
    keyIsBackedUp: Boolean(values['key-backed-up']),
    canary: isAsked ? { channel: channel === undefined ? undefined : String(channel), seconds } : undefined,
  }
}
