/**
 * What a dialog carries and brings back: what the form is about, and its definition, so that a submit with errors is
 * drawn again with nothing kept in between. It was in the person's hands: what it carries is signed for them, the rest is
 * checked like typing.
 */
import { z } from 'zod'
import type { Form } from '../../../views/card.ts'
import { filledValue } from './fields.ts'
import { isZone } from './wall-time.ts'

const metadataSchema = z.object({
  verb: z.string().min(1),
  nonce: z.string().min(8).max(200),
  incident: z.string().exactOptional(),
  room: z.string().exactOptional(),
  carry: z.record(z.string(), z.string()).exactOptional(),
  /** What of the carry no dialog could hold whole. */
  cut: z.array(z.string()).exactOptional(),
  /** `Self.sign` of `signedWords`. */
  sign: z.string().exactOptional(),
  /** The zone the form's times were labelled with. */
  zone: z.string().refine(isZone).exactOptional(),
})
export type FormMetadata = z.infer<typeof metadataSchema>

/** What must come back to this person as it went: what the form is about, and words that pass for somebody else's. */
export const signedWords = (person: string, { verb, nonce, incident, carry = {}, cut = [] }: FormMetadata) =>
  JSON.stringify([person, verb, nonce, incident ?? null, Object.entries(carry).sort(), [...cut].sort()])

const span = z.union([
  z.string(),
  z.object({ bold: z.string() }),
  z.object({ code: z.string() }),
  z.object({ struck: z.string() }),
  z.object({ person: z.string() }),
  z.object({ room: z.string() }),
  z.object({ link: z.string(), url: z.string() }),
])

const base = {
  name: z.string().min(1),
  label: z.string(),
  hint: z.string().exactOptional(),
  optional: z.boolean().exactOptional(),
}
const options = z.array(z.object({ value: z.string(), label: z.string(), hint: z.string().exactOptional() }))

const field = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.enum(['text', 'long-text']), maxLength: z.number().exactOptional() }),
  z.object({ ...base, kind: z.enum(['number', 'person', 'people', 'date']) }),
  z.object({ ...base, kind: z.enum(['choice', 'switches']), options }),
  z.object({ ...base, kind: z.literal('files'), max: z.number(), instead: z.string() }),
  z.object({ ...base, kind: z.literal('instant'), initial: z.string().exactOptional() }),
])

const definitionSchema = z.object({
  title: z.string(),
  submit: z.string(),
  intro: z.array(z.union([z.string(), z.array(span)])).exactOptional(),
  fields: z.array(field).max(100),
})

const dataSchema = z.looseObject({ w: metadataSchema, q: definitionSchema })

/** Initial values travel in the inputs themselves; an instant's also here, to the second. */
export function definitionOf(form: Form): z.infer<typeof definitionSchema> {
  return definitionSchema.parse({
    title: form.title,
    submit: form.submit,
    ...(form.intro ? { intro: form.intro } : {}),
    fields: form.fields,
  })
}

/** What a dialog's submit brings: what the form is about, the values by field name, and the form to draw again. */
export function readDialog(
  data: unknown,
  zone: string,
): { metadata: FormMetadata; values: Record<string, string | readonly string[]>; form: Form } | undefined {
  const parsed = dataSchema.safeParse(data)
  if (!parsed.success) return undefined
  const { w: metadata, q: definition, ...given } = parsed.data
  const form = { ...definition, ...about(metadata) } as Form
  const filled = form.fields.flatMap((each) => {
    const value = filledValue(each, given, metadata.zone ?? zone)
    return value === undefined ? [] : [[each.name, value] as const]
  })
  return { metadata, values: Object.fromEntries(filled), form }
}

const about = ({ verb, nonce, incident, carry }: FormMetadata) => ({
  verb,
  nonce,
  ...(incident === undefined ? {} : { incident }),
  ...(carry ? { carry } : {}),
})
