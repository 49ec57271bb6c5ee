/** What `check` is asked. */
import { z } from 'zod'
import { maybe } from './here.ts'
import { roleIds } from './role-words.ts'

export const checkArgs = z.object({
  do: z.enum(['show', 'done', 'skip', 'reopen', 'add']).default('show'),
  item: maybe,
  phase: maybe,
  note: maybe,
  reason: maybe,
  title: maybe,
  role: z
    .enum([...roleIds, ''])
    .optional()
    .transform((role) => role || undefined),
  at: maybe,
  by: maybe,
  byPerson: maybe,
})

export type CheckArgs = z.infer<typeof checkArgs>
