/**
 * Whether a text looks like it carries somebody's identifier: which kinds, and nothing of the text. A guess that asks a
 * person to look again, so it would rather miss an odd one than cry at ticket numbers. Linear in the text's length.
 */
import * as births from './phi-births.ts'
import type { Hit } from './phi-context.ts'
import * as numbers from './phi-numbers.ts'
import { tableSentences } from './phi-table.ts'
import { foldedText } from './phi-text.ts'

export const phiKinds = ['ssn', 'record-number', 'card', 'birth-date'] as const
export type PhiKind = (typeof phiKinds)[number]

const labels: Readonly<Record<PhiKind, string>> = {
  ssn: 'a Social Security number',
  'record-number': 'a medical record number',
  card: 'a payment card number',
  'birth-date': 'somebody’s birth date',
}

/** What proposes, what decides, and a word without which nothing is decided: where it is nowhere, nothing is looked at. */
type Rule = readonly [PhiKind, RegExp, (hit: Hit, match: RegExpMatchArray) => boolean, RegExp?]

/** Wider than the words themselves, and quick: most texts have none. */
const ofSsn = /\bss|\bs\.s|\bsoc/i
const ofRecord = /mrn|\bm(?:\.r|r ?#|ed)|\bchart|\bp(?:t|atient)|\bhospital/i
const ofBirth = /dob|d\.o\.b|birth|born|geburt|nacimiento|\bb\./i

export const rules: readonly Rule[] = [
  ['ssn', numbers.patterns.ssn, numbers.isSsn],
  ['ssn', numbers.patterns.nineDigits, numbers.isBareSsn, ofSsn],
  ['record-number', numbers.patterns.recordNumber, numbers.isRecordNumber, ofRecord],
  ['card', numbers.patterns.cardGroups, numbers.isGroupedCard],
  ['card', numbers.patterns.cardDigits, numbers.isBareCard],
  ['birth-date', births.patterns.numericDate, births.isBirthDate, ofBirth],
  ['birth-date', births.patterns.dayMonth, births.isBirthDate, ofBirth],
  ['birth-date', births.patterns.monthDay, births.isBirthDate, ofBirth],
]

/** The kinds a text looks like it carries, in the order of `phiKinds`. `isName`: it is a name or a code and no sentence. */
export function phiIn(text: string, isName = false): readonly PhiKind[] {
  // Most of what people say has no number at all.
  if (!/\p{Nd}/u.test(text)) return []
  const folded = foldedText(text)
  const found = new Set<PhiKind>()
  for (const words of [
    folded,
    ...(folded.includes('|') || folded.includes('\n') ? tableSentences(folded) : []),
  ])
    for (const [kind, pattern, decides, needs] of rules)
      if (!found.has(kind) && (!needs || needs.test(words)) && isThere(words, isName, pattern, decides))
        found.add(kind)
  return phiKinds.filter((kind) => found.has(kind))
}

function isThere(text: string, isName: boolean, pattern: RegExp, decides: Rule[2]): boolean {
  for (const match of text.matchAll(pattern)) {
    const hit = { text, from: match.index, to: match.index + match[0].length, isName }
    if (decides(hit, match)) return true
  }
  return false
}

/** `a Social Security number`, `a payment card number or somebody’s birth date`. */
export const phiInWords = (kinds: readonly string[]): string => {
  const said = phiKinds.filter((kind) => kinds.includes(kind)).map((kind) => labels[kind])
  if (said.length < 2) return said[0] ?? 'somebody’s identifier'
  return `${said.slice(0, -1).join(', ')} or ${said.at(-1)}`
}
