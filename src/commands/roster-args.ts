/** What `roster` is asked. */
import { z } from 'zod'
import { maybe } from './here.ts'
import { roleIds } from './role-words.ts'

export const rosterArgs = z.object({
  do: z.enum(['show', 'name', 'clear']).default('name'),
  role: z.enum(roleIds, 'Choose a role.').optional(),
  holder: maybe,
  deputy: maybe,
  phone: maybe,
  deputyPhone: maybe,
  /** The form showed who is named now: a person left out of it was taken out. */
  whole: maybe,
})

export type RosterArgs = z.infer<typeof rosterArgs>
