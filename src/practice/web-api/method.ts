// What a method of the Web API is: the scopes and arguments it takes, and what it does.
import type { Core } from '../core.ts'
import type { Json } from '../page-api.ts'

export type Method = {
  /** any one of these; methods whose scope depends on the channel check it themselves */
  scope?: readonly string[]
  anyToken?: boolean
  required: readonly string[]
  optional: readonly string[]
  run: (core: Core, args: Json) => Json
}

export type Methods = Record<string, Method>
