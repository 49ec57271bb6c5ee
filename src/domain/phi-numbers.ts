/**
 * Numbers that are a person's: Social Security, medical record and payment card. Each is a pattern that proposes, and a
 * check that decides. Every pattern is bounded, so that a text costs time in proportion to its length.
 */
import {
  afterOf,
  beforeOf,
  followsAnotherThing,
  type Hit,
  isPartOfMore,
  saysAfter,
  saysBefore,
} from './phi-context.ts'

/** One separator as people and programs write it, also where a line broke within the number. */
const GAP = '(?:[ \\t]?[-.][ \\t]?(?:\\r?\\n)?[ \\t]{0,2}|[ \\t]{0,2}\\r?\\n[ \\t]{0,2}|[ \\t])'
const ALONE = '(?<![\\p{L}\\d])'
const NO_MORE = '(?![\\p{L}\\d])'

export const SSN_WORDS =
  /\b(?:ssns?|s\.s\.n\b\.?|ss ?#|ss no\.?|ssan|social security|soc(?:ial)?\.? ?sec)(?![a-z])/giu
export const RECORD_WORDS =
  /\b(?:mrns?|m\.r\.n\.?|mr ?#|medical[ -]records?|med(?:ical)?[ -]recs?|chart ?(?:#|no\b|number|num\b|id\b)|(?:patient|pt)[ -]?(?:#|id\b|no\b|number|num\b)|hospital (?:no\b|number))(?![a-z])/giu
const CARD_WORDS = /\b(?:visa|mastercard|amex|american express|discover|diners|credit|debit|card|cc|pan)\b/giu

export const patterns = {
  ssn: new RegExp(`${ALONE}(\\d{3})(${GAP})(\\d{2})(${GAP})(\\d{4})${NO_MORE}`, 'gu'),
  nineDigits: new RegExp(`${ALONE}\\d{9}${NO_MORE}`, 'gu'),
  recordNumber: new RegExp(`${ALONE}(?:\\p{L}{1,3}-?)?\\d(?:[- ]?\\d){4,11}${NO_MORE}`, 'gu'),
  cardGroups: new RegExp(
    `${ALONE}(?:\\d{4}${GAP}\\d{4}${GAP}\\d{4}${GAP}\\d{4}|\\d{4}${GAP}\\d{6}${GAP}\\d{4,5})${NO_MORE}`,
    'gu',
  ),
  cardDigits: new RegExp(`${ALONE}\\d{13,19}${NO_MORE}`, 'gu'),
} as const

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** What the Social Security Administration has never given out, and digits that are plainly a place holder. */
export function isSocialSecurity(digits: string): boolean {
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)]
  if (digits.length !== 9 || area === '000' || area === '666' || area >= '900') return false
  return group !== '00' && serial !== '0000' && !/^(\d)\1{8}$/.test(digits)
}

/** Hyphens alone are enough: nothing else is written three, two and four. Other separators want the word. */
export function isSsn(hit: Hit, [, , first = '', , second = '']: RegExpMatchArray): boolean {
  if (!isSocialSecurity(digitsOf(hit.text.slice(hit.from, hit.to)))) return false
  if (saysBefore(hit, SSN_WORDS, 'loose') || saysAfter(hit, SSN_WORDS)) return true
  if (isPartOfMore(hit) || followsAnotherThing(hit)) return false
  if (first.includes('-') && second.includes('-')) return true
  const isAmongNumbers = /\d[ \t]$/.test(beforeOf(hit)) || /^[ \t]\d/.test(afterOf(hit))
  return first === ' ' && second === ' ' && !isAmongNumbers
}

export const isBareSsn = (hit: Hit): boolean =>
  isSocialSecurity(hit.text.slice(hit.from, hit.to)) &&
  (saysBefore(hit, SSN_WORDS, 'close') || saysAfter(hit, SSN_WORDS))

const COUNTED =
  /^\s{0,3}(?:patients?|people|persons?|records?|individuals?|members?|charts?|rows?|of|were|files?)\b/i
const PHONE = /^\(?\d{3}\)?[- .]\d{3}[- .]\d{4}$/
const DATE = /^(?:\d{4}[- ]\d{1,2}[- ]\d{1,2}|\d{1,2}[- ]\d{1,2}[- ]\d{2,4})$/

export function isRecordNumber(hit: Hit): boolean {
  const found = hit.text.slice(hit.from, hit.to)
  if (PHONE.test(found) || DATE.test(found) || COUNTED.test(afterOf(hit))) return false
  if (/^[/.,:]\d|^%/.test(afterOf(hit)) || /[$€£]$|\d[.,:/]$/.test(beforeOf(hit))) return false
  return /^mrn/i.test(found) || saysBefore(hit, RECORD_WORDS, 'close') || saysAfter(hit, RECORD_WORDS)
}

/** Brands by what their numbers begin with, and how long those are. */
const brands: readonly (readonly [string, RegExp, readonly number[]])[] = [
  ['Visa', /^4/, [13, 16, 19]],
  ['Mastercard', /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  ['American Express', /^3[47]/, [15]],
  ['Discover', /^(?:6011|64[4-9]|65)/, [16, 19]],
  ['Diners Club', /^3(?:0[0-5]|[689])/, [14, 16]],
  ['JCB', /^35(?:2[89]|[3-8])/, [16]],
  ['UnionPay', /^62/, [16, 17, 18, 19]],
]

export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    const doubled = at % 2 === 0 ? digit : digit * 2
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

const isBranded = (digits: string): boolean =>
  brands.some(([, prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length)) &&
  passesLuhn(digits) &&
  !/^(\d)\1+$/.test(digits)

export const isGroupedCard = (hit: Hit): boolean =>
  isBranded(digitsOf(hit.text.slice(hit.from, hit.to))) && !isPartOfMore(hit)

/** One run of digits may be anything's number: fifteen and sixteen stand alone, the rarer lengths want the word. */
export function isBareCard(hit: Hit): boolean {
  const digits = hit.text.slice(hit.from, hit.to)
  if (!isBranded(digits)) return false
  if (saysBefore(hit, CARD_WORDS, 'loose') || saysAfter(hit, CARD_WORDS)) return true
  const isUsual = digits.length === 16 || digits.length === 15
  return isUsual && !isPartOfMore(hit) && !followsAnotherThing(hit)
}
