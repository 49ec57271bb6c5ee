/** The first page of a bundle. What it claims is compared with the record; here it only must be one. */
import { z } from 'zod'
import { FORMAT, files, type Manifest } from '../domain/bundle.ts'
import { canonicalBytes } from '../domain/record.ts'
import { Unreadable } from './read-parts.ts'
import type { Reading } from './reading.ts'

const LIMIT = 64 * 1024
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const text = z.string()

const shape = z.object({
  format: z.literal(FORMAT),
  incident: z.string().regex(/^[\w-]{1,64}$/),
  scope: z.object({
    kind: z.enum(['decision-file', 'full', 'dates']),
    from: day.nullable(),
    to: day.nullable(),
  }),
  through: z.number().int().positive(),
  head: text,
  at: text,
  practice: z.boolean(),
  platform: text,
  zone: text,
  reported: z.object({
    ...{ kind: text, phase: text, outcome: text.nullable(), declaredAt: text, closedAt: text.nullable() },
    decisions: z.number(),
    clocks: z.array(z.object({ clock: text, lastDay: text.nullable(), notifiedOn: text.nullable() })),
  }),
})

export interface FirstPage {
  readonly manifest: Manifest
  /** Whether it is written as the program writes it. */
  readonly isCanonical: boolean
}

export async function readManifest(reading: Reading): Promise<FirstPage> {
  for (const name of [files.manifest, files.events])
    if (!reading.has(name)) throw new Unreadable(`it is no bundle of Wardroom: ${name} is not in it.`)
  const bytes = await reading.whole(files.manifest, LIMIT)
  const value = bytes && parsed(bytes)
  const { format } = (value ?? {}) as { format?: unknown }
  if (typeof format === 'number' && format > FORMAT)
    throw new Unreadable(`it was made by a newer Wardroom (format ${format}): update this one.`)
  const read = shape.safeParse(value)
  if (!bytes || !read.success) throw new Unreadable(`its ${files.manifest} cannot be read.`)
  const written = Buffer.concat([canonicalBytes(read.data), Buffer.from('\n')])
  return { manifest: read.data, isCanonical: written.equals(bytes) }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
