// The Web API methods this workspace knows; a name that is not here answers unknown_method.
import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { historyMethods } from './history.ts'
import { itemMethods } from './items.ts'
import type { Methods } from './method.ts'
import { peopleMethods } from './people.ts'
import { viewMethods } from './views.ts'

export const methods: Methods = {
  ...peopleMethods,
  ...chatMethods,
  ...conversationMethods,
  ...historyMethods,
  ...itemMethods,
  ...viewMethods,
  ...fileMethods,
}
