/** A birth date: a date that is said to be one, or that somebody named was born on. A date by itself is nobody's. */
import { afterOf, beforeOf, type Hit, saysAfter, saysBefore } from './phi-context.ts'

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}'
const YEAR = '(?:(?:19|20)\\d{2}|\\d{2})'
const ALONE = '(?<![\\p{L}\\d.])'
const NO_MORE = '(?![\\p{L}\\d])'

export const patterns = {
  numericDate: new RegExp(
    `${ALONE}(?:(?:19|20)\\d{2}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]${YEAR}|(?:19|20)\\d{6})${NO_MORE}`,
    'giu',
  ),
  dayMonth: new RegExp(
    `${ALONE}\\d{1,2}(?:st|nd|rd|th)?[ -]?(?:of )?${MONTH}[.,]?[ -]?${YEAR}${NO_MORE}`,
    'giu',
  ),
  monthDay: new RegExp(`${ALONE}${MONTH}\\.?[ -]?\\d{1,2}(?:st|nd|rd|th)?,?[ -]${YEAR}${NO_MORE}`, 'giu'),
} as const

export const BIRTH_WORDS =
  /\b(?:dob|d\.o\.b\.?|date[ -]?of[ -]?birth|birth[ -]?date|geburtsdatum|fecha de nacimiento)(?![a-z])/giu
const BORN_WORDS = /\b(?:born|birthday|b\.)(?![a-z])/giu

/** Capitals that begin a sentence, and no name. */
const NO_NAMES = new Set(
  `The This That These Those It He She They We You I A An When Where Who Our Their My His Her In On At Born Birthday Date
  And But If Was Is Are Were Patient Patients Not No Yes Also Since Only Monday Tuesday Wednesday Thursday Friday Saturday
  Sunday January February March April May June July August September October November December`.split(/\s+/),
)

const hasName = (words: string): boolean =>
  [...words.matchAll(/(?<![\p{L}@#])\p{Lu}[\p{L}'’]{1,20}/gu)].some(
    ([word]) => !NO_NAMES.has(word) && /\p{Ll}/u.test(word),
  )

/** Digits that make a day of some month, whichever stands first. */
function isDay(date: string): boolean {
  const numbers = date.match(/\d+/g) ?? []
  const [first = ''] = numbers
  if (numbers.length === 1 && first.length === 8)
    return isDay(`${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)}`)
  const [a = 0, b = 1] = (first.length === 4 ? numbers.slice(1) : numbers.slice(0, 2)).map(Number)
  if (/\p{L}{3}/u.test(date)) return a >= 1 && a <= 31
  return a >= 1 && b >= 1 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31
}

export function isBirthDate(hit: Hit): boolean {
  if (!isDay(hit.text.slice(hit.from, hit.to))) return false
  if (saysBefore(hit, BIRTH_WORDS, 'close') || saysAfter(hit, BIRTH_WORDS)) return true
  if (!saysBefore(hit, BORN_WORDS, 'close') && !saysAfter(hit, BORN_WORDS)) return false
  return hasName(beforeOf(hit)) || hasName(afterOf(hit))
}
