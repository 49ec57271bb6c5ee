// Phases, checklists, kinds and outcomes as tables.
import { describe, expect, it } from 'vitest'
import { checklist, findItem, itemsFor, itemsFulfilledBy, openRequired } from '../../src/domain/checklists.ts'
import { type IncidentKind, isKind, kindFromWords, kindLabel, kinds } from '../../src/domain/kinds.ts'
import { outcomeFromWords, outcomes } from '../../src/domain/outcomes.ts'
import { nextPhase, phaseFromWords, phases } from '../../src/domain/phases.ts'

/** An incident of this kind with nothing recorded yet, or with people affected. */
const of = (kind: IncidentKind, total?: number | null, byState: Record<string, number> = {}) => ({
  kind,
  facts: total === undefined ? {} : { affected: { value: { total, byState }, at: '', actor: '', seq: 2 } },
})
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id)
const series = (letter: string, last: number) =>
  Array.from({ length: last }, (_, index) => `${letter}${index + 1}`)

describe('the checklist', () => {
  it('has every item of facts/rules.md §E and R11, in order', () =>
    expect(ids(checklist)).toEqual(
      [
        ['P', 12],
        ['D', 12],
        ['C', 12],
        ['E', 9],
        ['R', 11],
        ['X', 11],
      ].flatMap(([letter, last]) => series(letter as string, last as number)),
    ))

  it('requires these and no others', () =>
    expect(ids(checklist.filter(({ required }) => required))).toEqual(
      'D1 D6 D7 D8 D11 C1 C2 E1 R8 R10 R11 X3 X4'.split(' '),
    ))

  it('gives every item a calm short title, evidence, a citation and a known kind', () => {
    for (const item of checklist) {
      expect(item.title.length, item.id).toBeLessThanOrEqual(95)
      expect(item.title, item.id).toMatch(/^[A-Z][^!]*[^.!]$/)
      expect(item.evidence.length * item.citation.length, item.id).toBeGreaterThan(0)
      if (item.kinds !== 'all') expect(item.kinds.every(isKind), item.id).toBe(true)
    }
  })

  it('asks that logs, configurations and communications be preserved', () => {
    for (const id of ['C2', 'C9', 'E9'])
      expect(findItem(id)?.evidence).toMatch(/logs, configurations and communications/)
  })

  it('a lost laptop needs no malware items, ransomware does', () => {
    expect(ids(itemsFor(of('lost-device'), 'eradication'))).toEqual(['E1', 'E3', 'E4', 'E9'])
    expect(ids(itemsFor(of('malware'), 'eradication'))).toEqual(series('E', 9))
  })

  it('whether data was encrypted is no question when someone looked at a chart', () => {
    expect(ids(itemsFor(of('snooping'), 'detection'))).not.toContain('D8')
    for (const kind of ['lost-device', 'malware', 'vendor', 'other'] as const)
      expect(ids(itemsFor(of(kind), 'detection'))).toContain('D8')
  })

  it('an unknown kind sees everything', () => expect(itemsFor(of('other'))).toHaveLength(checklist.length))

  it.each<[string, number | null | undefined, Record<string, number>, boolean]>([
    ['nothing recorded', undefined, {}, true],
    ['the total unknown', null, {}, true],
    ['499 in one State and the total unknown', null, { TX: 499 }, true],
    ['500 over two States and the total unknown', null, { TX: 400, OK: 100 }, false],
    ['499', 499, { TX: 499 }, true],
    ['500', 500, {}, false],
    ['612', 612, { TX: 501 }, false],
  ])('with %s the annual log, for fewer than 500, is on the list: %s %j %s', (_, total, byState, isOn) => {
    const subject = of('lost-device', total, byState)
    expect(ids(itemsFor(subject, 'post-incident')).includes('X4')).toBe(isOn)
    expect(ids(openRequired(subject, 'post-incident', ['X3']))).toEqual(isOn ? ['X4'] : [])
  })

  it('no other row waits for a fact', () =>
    expect(ids(checklist.filter(({ appliesWhen }) => appliesWhen))).toEqual(['X4']))

  it.each<[string, string[]]>([
    ['declare', ['D3', 'D4']],
    ['fact discovered', ['D1']],
    ['fact severity', ['D5']],
    ['fact affected', ['D7']],
    ['fact unsecured', ['D8']],
    ['decide', ['C1']],
    ['close', ['R10']],
    ['note', []],
  ])('%s fulfils %j', (command, items) =>
    expect(ids(itemsFulfilledBy(command, of('malware')))).toEqual(items),
  )
})

describe('what comes next', () => {
  it('required items still open stop a phase', () => {
    expect(ids(openRequired(of('snooping'), 'detection', ['D1', 'D6']))).toEqual(['D7', 'D11'])
    expect(openRequired(of('malware'), 'containment', ['C1', 'C2'])).toEqual([])
  })

  it('an item is found in any case', () => expect(findItem(' d1 ')?.id).toBe('D1'))
})

describe('phases', () => {
  it('stand in order', () =>
    expect(ids(phases)).toEqual([
      'preparation',
      'detection',
      'containment',
      'eradication',
      'recovery',
      'post-incident',
    ]))

  it('follow one another and end', () => {
    expect(nextPhase('detection')).toBe('containment')
    expect(nextPhase('post-incident')).toBeNull()
  })

  it.each([
    ['Detection & analysis', 'detection'],
    ['contain', 'containment'],
    ['Post-incident', 'post-incident'],
    ['recover', 'recovery'],
    ['post', 'post-incident'],
    ['lunch', null],
  ])('%j is %s', (text, phase) => expect(phaseFromWords(text)).toBe(phase))
})

describe('kinds', () => {
  it.each([
    ['my laptop was stolen', 'lost-device'],
    ['Left my PHONE in a taxi', 'lost-device'],
    ['usb stick missing', 'lost-device'],
    ['lost', 'lost-device'],
    ['faxed to the wrong clinic', 'misdirected-disclosure'],
    ['misdirected e-mail with a spreadsheet', 'misdirected-disclosure'],
    ['letter went to the wrong patient', 'misdirected-disclosure'],
    ['a nurse looked at chart of a neighbour', 'snooping'],
    ['snooping', 'snooping'],
    ['ransomware on the file server', 'malware'],
    ['phishing on a laptop', 'malware'],
    ['all our files are encrypted', 'malware'],
    ['stolen credentials', 'malware'],
    ['the billing company told us', 'vendor'],
    ['our business associate lost a laptop', 'vendor'],
    ['lost or stolen device', 'lost-device'],
    ['malware', 'malware'],
    ['something is odd', 'other'],
    ['phonetic alphabet', 'other'],
    ['the laptops', 'other'],
    ['', 'other'],
    ['🚑 ransomware🚑', 'malware'],
  ])('%j is %s', (text, kind) => expect(kindFromWords(text)).toBe(kind))

  it('every kind has a label of the vocabulary', () =>
    expect(kinds.map(({ id }) => kindLabel(id))).toEqual([
      'lost or stolen device',
      'misdirected disclosure',
      'snooping',
      'malware or ransomware',
      'vendor',
      'other',
    ]))

  it('no alias belongs to two kinds', () => {
    const aliases = kinds.flatMap((kind) => kind.aliases.split('|').filter(Boolean))
    expect(new Set(aliases).size).toBe(aliases.length)
  })
})

describe('outcomes', () => {
  it('are eight', () => expect(ids(outcomes)).toHaveLength(8))

  it.each([
    ['Breach notified', 'breach-notified'],
    ['low_probability', 'low-probability'],
    ['secured phi', 'secured-phi'],
    ['duplicate of', 'duplicate'],
    ['won', null],
  ])('%j is %s', (text, outcome) => expect(outcomeFromWords(text)).toBe(outcome))
})
