/**
 * A text as the detectors of PHI read it: digits of any script are ASCII ones, invisible characters are gone, and every
 * hyphen and space is the plain one. One pass; the text only shrinks or keeps its length.
 */

/** Between visible characters, and seen by nobody: pasted from web pages, or put there to pass unseen. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|\u20e3/u
const DIGIT = /\p{Nd}/u

export function foldedText(text: string): string {
  // A client that takes a number for a telephone's writes it twice.
  return text.replace(/<tel:[^|>]{0,40}\|/g, '<').replace(/[^\n\r\t\x20-\x7e]/gu, folded)
}

function folded(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (INVISIBLE.test(character)) return ''
  if (DIGIT.test(character)) return String(digitValue(code))
  if (/[\p{Pd}\u2212]/u.test(character)) return '-'
  if (/\p{Zs}/u.test(character)) return ' '
  return /[\x85\u2028\u2029]/.test(character) ? '\n' : character
}

/** Unicode gives each script its ten digits in a row, from zero; mathematical ones are five rows behind each other. */
function digitValue(code: number): number {
  let first = code
  while (code - first < 50 && DIGIT.test(String.fromCodePoint(first - 1))) first -= 1
  return (code - first) % 10
}
