/**
 * What Teams accepts of a card: the Adaptive Card 1.5 schema where the reference folder is present, with Teams' own
 * additions taken off first (`msteams`, an image's `msTeams`, and the `filtered` lists that a person types into), and the size.
 */
import { existsSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'

const file = new URL('../../../../shared/schemas/teams/adaptive-card-1.5.0.json', import.meta.url)
export const hasSchema = existsSync(file)

let compiled: ValidateFunction | undefined

function validator(): ValidateFunction {
  if (compiled) return compiled
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
  compiled = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  return compiled
}

/** Problems in words; none for a good card. */
export function cardProblems(card: unknown, budget = 20_000): string[] {
  const found: string[] = []
  const bytes = Buffer.byteLength(JSON.stringify(card))
  if (bytes > budget) found.push(`${bytes} bytes`)
  const actions = JSON.stringify(card, (key, value) =>
    key === 'actions' && value.length > 6 ? 'MORE' : value,
  )
  if (actions.includes('"MORE"')) found.push('more than six actions in a set')
  if (!hasSchema) return found
  const validate = validator()
  if (!validate(plainCard(card)))
    found.push(...(validate.errors ?? []).slice(0, 5).map((each) => `${each.instancePath} ${each.message}`))
  return found
}

const plainCard = (card: unknown): unknown =>
  JSON.parse(
    JSON.stringify(card, (key, value) => {
      if (key === 'msteams' || key === 'msTeams') return undefined
      return key === 'style' && value === 'filtered' ? 'compact' : value
    }),
  )
