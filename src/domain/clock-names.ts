/** What the clocks of a war room are called when typed, and which rows of the table an organisation has switched on. */
import type { Regulation } from './regulation.ts'
import { regulations } from './regulations.ts'

/** A row's id; the names people type for it are below. */
export type ClockId = string

/** The clocks of HIPAA, and the window of one's own contract, in the order cards show them: always on. */
const hipaa = [
  { id: 'hipaa.individual', short: 'individuals', words: ['people', 'letters', 'patients'] },
  { id: 'hipaa.individual.urgent', short: 'urgent', words: ['telephone', 'phone', 'urgent notice'] },
  { id: 'hipaa.hhs.500plus', short: 'hhs-500', words: ['hhs', 'ocr', 'hhs 500'] },
  { id: 'hipaa.hhs.under500', short: 'hhs-annual', words: ['annual', 'hhs annual', 'log'] },
  { id: 'hipaa.media', short: 'media', words: ['press'] },
  { id: 'hipaa.ba_to_ce', short: 'covered-entity', words: ['covered entity', 'ce', 'upstream'] },
  { id: 'baa.contract', short: 'contract', words: ['agreement', 'baa'] },
] as const

/** `state.tx.ag` is typed `tx-ag`, `state.ca.civ1798_82.individual` `ca-civ1798-82-individual`. */
const shortOf = (id: ClockId): string => id.replace(/^state\./, '').replace(/[._]/g, '-')

export const clockShort = (id: ClockId): string => hipaa.find((one) => one.id === id)?.short ?? shortOf(id)

export function clockFromWords(words: string): ClockId | undefined {
  const typed = words.trim().toLowerCase()
  const named = hipaa.find(
    ({ id, short, words: names }) =>
      id === typed || short === typed || (names as readonly string[]).includes(typed),
  )
  return (
    named?.id ?? countable.find(({ id }) => id === typed || shortOf(id) === typed.replace(/\s+/g, '-'))?.id
  )
}

/** Rows a room can count down: keeping a record or a posting is no notice, and a rule inside others is no clock. */
const countable = regulations.filter(
  ({ enabled, countRule, shownWith }) =>
    enabled &&
    countRule !== 'anniversary_minimum' &&
    countRule !== 'minimum_duration_inclusive' &&
    shownWith?.length !== 0,
)

/** A regime is the beginning of its rows' ids: `state` for every State, `state.tx`, `part2`, `gdpr`, or one row whole. */
export const isOfRegime = (id: ClockId, regime: string): boolean =>
  id === regime || id.startsWith(`${regime}.`)

/** False for a word that begins no row that is law: nothing would come of switching it on. */
export const isRegime = (regime: string): boolean => countable.some(({ id }) => isOfRegime(id, regime))

const ALWAYS: readonly ClockId[] = hipaa.map(({ id }) => id)

/** Rows by regimes switched on; the same list for the same regimes, because every commit asks. */
const known = new Map<string, readonly Regulation[]>()

export function roomRows(regimes: readonly string[]): readonly Regulation[] {
  const key = regimes.join()
  const found = known.get(key)
  if (found) return found
  const others = countable.filter(
    ({ id }) => !ALWAYS.includes(id) && regimes.some((regime) => isOfRegime(id, regime)),
  )
  const rows = [...ALWAYS.flatMap((id) => regulations.filter((row) => row.id === id)), ...others]
  known.set(key, rows)
  return rows
}

/** Rows that could count and are not switched on. */
export function rowsOff(regimes: readonly string[]): readonly Regulation[] {
  const on = new Set(roomRows(regimes))
  return countable.filter((row) => !on.has(row))
}

/**
 * Whether one is a facility licensed by California is a fact of the organisation, which `state` for every State does not
 * say: `state.ca`, or that law's own rows, do (Cal. Health & Safety Code 1280.15).
 */
export const isCaliforniaFacility = (regimes: readonly string[]): boolean =>
  regimes.some((regime) => regime === 'state.ca' || isOfRegime(regime, 'state.ca.hsc1280_15'))

export const isPart2On = (regimes: readonly string[]): boolean =>
  regimes.some((regime) => isOfRegime(regime, 'part2'))

/** States with residents among the people affected whose law has rows here and is not switched on. */
export function statesNotOn(regimes: readonly string[], states: readonly string[]): readonly string[] {
  const on = new Set(roomRows(regimes).map(({ jurisdiction }) => jurisdiction))
  const has = new Set(countable.map(({ jurisdiction }) => jurisdiction))
  return states.filter((state) => has.has(state) && !on.has(state))
}
