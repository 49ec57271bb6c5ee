// The contract's output to the letter, for any facts: which fields stand together, how days and instants are written, and
// what is left of it where there is nothing to report.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { computeClocks } from '../../src/domain/clocks.ts'
import { runClocks } from '../../src/domain/clocks-command.ts'
import { facts, read } from './law/facts.ts'

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const utc = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
const texts = {
  label: z.string().min(3),
  recipient: z.string().min(3),
  citation: z.string().min(3),
  verified: z.enum(['verified in source', 'partly verified in source', 'from general knowledge']),
}
const undecided = z.strictObject({
  fact: z.string(),
  question: z.string().endsWith('?'),
  earliest: z.union([date, utc]).nullable(),
  alternative: z.union([date, utc]).nullable(),
})
const open = { undecided: undecided.optional(), alsoUndecided: z.array(undecided).min(1).optional() }
const owed = { ...texts, ...open, applicable: z.literal(true), meaning: z.string().optional() }
const besides = {
  states: z.array(z.string().length(2)).min(1).optional(),
  discoveryYear: z.number().int().optional(),
  contemporaneousWith: z.string().optional(),
  startedFrom: z.literal('discovery').optional(),
}
const held = {
  baseDueDate: date,
  holdUntil: date.nullable(),
  holdBasis: z.enum(['oral', 'written']).nullable(),
  holdFlags: z.array(z.string()),
}
const day = { ...owed, ...besides, dueDate: date, dueLocal: local, dueEndExclusiveUtc: utc }
const instant = { dueInstantUtc: utc, dueInstantLocal: local }

const clock = z.union([
  z.strictObject({
    ...texts,
    ...open,
    applicable: z.literal(false),
    reason: z.string().regex(/^[a-z0-9_]+$/),
  }),
  z.strictObject(day),
  z.strictObject({ ...day, ...held }),
  z.strictObject({ ...owed, ...besides, ...instant }),
  // The SEC's, which has a day and its hour.
  z.strictObject({ ...owed, ...instant, dueDate: date }),
  z.strictObject({ ...owed, ...besides, dueDate: z.null(), pendingTrigger: z.string() }),
  z.strictObject({ ...owed, retainAtLeastThrough: z.null(), dueDate: z.null(), pendingTrigger: z.string() }),
  z.strictObject({ ...owed, retainAtLeastThrough: date }),
  z.strictObject({ ...owed, dueDate: z.null() }),
])

const result = z.strictObject({
  discoveryDate: date.nullable(),
  discoveryBasis: z
    .enum([
      ...(['actual_knowledge', 'reasonable_diligence', 'notice_from_business_associate'] as const),
      ...(['imputed_workforce', 'imputed_officer', 'imputed_employee', 'imputed_agent'] as const),
      'imputed_agent_business_associate',
    ])
    .nullable(),
  reportable: z.boolean(),
  reason: z.string().nullable(),
  documentationRequired: z.literal(true),
  effectiveBaDueDate: date.optional(),
  clocks: z.record(z.string(), clock),
})

const less = fc.subarray(['discoveredAt', 'affectedCount', 'residentsByState'] as const)

it('is of the shape the contract says, and the command prints the same', () => {
  fc.assert(
    fc.property(facts, less, (input, missing) => {
      const asked = { ...input, ...Object.fromEntries(missing.map((fact) => [fact, null])) }
      const computed = JSON.parse(JSON.stringify(computeClocks(read(asked))))
      expect(result.safeParse(computed).error?.issues ?? []).toEqual([])
      expect(JSON.parse(runClocks(JSON.stringify(asked)).out)).toEqual(computed)
    }),
    { numRuns: 40 },
  )
})

const nothing = fc.constantFrom<[string, object]>(
  ['no_phi', { phiInvolved: false }],
  ['permitted_use_or_disclosure', { impermissible: false }],
  ['secured_phi_safe_harbour', { unsecured: false }],
  ['secured_phi_safe_harbour', { encrypted: true, keyCompromised: false }],
  ['exception_not_retained', { exception: 'not_retained' }],
  ['exception_inadvertent_internal', { exception: 'inadvertent_internal' }],
  ['exception_unintentional_workforce', { exception: 'unintentional_workforce' }],
  ['low_probability_of_compromise', { riskAssessment: 'low_probability' }],
)

it('where nothing is to be reported says why, keeps the record, and moves no law that does not ask for a breach', () => {
  fc.assert(
    fc.property(facts, nothing, (input, [reason, why]) => {
      const reported = computeClocks(read(input))
      const { clocks, ...said } = computeClocks(read({ ...input, ...why }))
      const { discoveryDate, discoveryBasis } = reported
      expect(said).toMatchObject({
        reportable: false,
        reason,
        documentationRequired: true,
        discoveryDate,
        discoveryBasis,
      })
      for (const [id, one] of Object.entries(clocks)) {
        const asksForBreach =
          /^(hipaa|part2|ftc)\./.test(id) && !/retention|response|service_provider/.test(id)
        // Pennsylvania's goes with the letters, whichever they are: without any it waits.
        if (id === 'state.pa.ag') continue
        if (!asksForBreach) expect([id, one]).toEqual([id, reported.clocks[id]])
        else if (!one.applicable) expect(['not_hipaa_regulated', reason]).toContain(one.reason)
        else expect(id).toBe('none that is owed')
      }
      expect(Object.keys(clocks)).toEqual(Object.keys(reported.clocks))
    }),
    { numRuns: 25 },
  )
})
