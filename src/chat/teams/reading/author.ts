/** Who wrote or did it: a person by Entra id, another app as `28:<app id>`, which no person's id can be. */

import { botMember, type Self } from '../wire/self.ts'
import type { Directory } from './directory.ts'
import { guid } from './ids.ts'
import { nameOf } from './mentioned.ts'
import type { Account, IdentitySet } from './payload.ts'

export interface Author {
  readonly id: string
  readonly kind: 'human' | 'bot' | 'system'
  readonly isUs: boolean
  /** Shown where there is no id to name them by. */
  readonly name?: string
}

/** Undefined: a person of whom an activity tells only the member id, and whom nobody told of before. */
export function authorIn(
  self: Self,
  directory: Directory,
  from: Account | null | undefined,
): Author | undefined {
  if (!from) return undefined
  if (from.id.startsWith('28:')) return app(self, from.id.slice(3))
  const id = guid(from.aadObjectId) ?? directory.byMember(from.id)?.id
  return id === undefined ? undefined : { id, kind: 'human', isUs: false }
}

export function authorOf(self: Self, from: IdentitySet | null | undefined): Author | undefined {
  if (from?.application?.id) return app(self, from.application.id)
  const id = guid(from?.user?.id)
  return id === undefined ? undefined : { id, kind: 'human', isUs: false }
}

function app(self: Self, id: string): Author {
  const member = `28:${id}`.toLowerCase()
  return { id: member, kind: 'bot', isUs: member === botMember(self).toLowerCase() }
}

/** Whoever wrote from outside Entra, by mail or without an account: their words are evidence, the name is all there is. */
export function strangerIn(from: IdentitySet | null | undefined): Author {
  const name = nameOf(from?.user?.displayName ?? from?.application?.displayName ?? '')
  return { id: '', kind: 'system', isUs: false, ...(name === '' ? {} : { name }) }
}
