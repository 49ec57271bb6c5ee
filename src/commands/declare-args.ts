/** What `declare` is asked. */
import { z } from 'zod'

export const declareArgs = z.object({
  /** Longer than the form's 500 only when it was typed: nothing a frightened person typed is cut. */
  sentence: z.string().trim().max(40_000).default(''),
  kind: z.string().optional(),
  noticed: z.string().optional(),
  switches: z.array(z.string()).default([]),
  excluded: z.array(z.string()).default([]),
  about_author: z.string().optional(),
  about_at: z.string().optional(),
  about_text: z.string().optional(),
  about_message: z.string().optional(),
})

export type DeclareArgs = z.infer<typeof declareArgs>
