// The Web API methods this workspace knows; a name that is not here answers unknown_method.
import type { Core } from '../core.ts'
import type { Json } from '../page-api.ts'
import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { historyMethods } from './history.ts'
import { itemMethods } from './items.ts'
import { peopleMethods } from './people.ts'
import { viewMethods } from './views.ts'

export type Method = {
  /** any one of these; methods whose scope depends on the channel check it themselves */
  scope?: readonly string[]
  anyToken?: boolean
  required: readonly string[]
  optional: readonly string[]
  run: (core: Core, args: Json) => Json
}
export type Methods = Record<string, Method>

export const methods: Methods = {
  ...peopleMethods,
  ...chatMethods,
  ...conversationMethods,
  ...historyMethods,
  ...itemMethods,
  ...viewMethods,
  ...fileMethods,
}
