/** Exhibits: what is evidence and lies outside chat. What kinds there are, and how they are numbered and proved the same. */

export const exhibitSources = [
  { id: 'disk-image', label: 'disk image' },
  { id: 'log-export', label: 'log export' },
  { id: 'configuration', label: 'configuration' },
  { id: 'paper', label: 'paper' },
  { id: 'other', label: 'something else' },
] as const

export type ExhibitSource = (typeof exhibitSources)[number]['id']

export const sourceLabel = (id: ExhibitSource): string =>
  exhibitSources.find((source) => source.id === id)!.label

export const exhibitName = (number: number): string => `E${number}`

/** `E3`, `e3` or `3`. */
export function exhibitNumber(typed: string): number | undefined {
  const found = /^e?([1-9]\d{0,5})$/i.exec(typed.trim())
  return found ? Number(found[1]) : undefined
}

/** A SHA-256 as sixty-four hexadecimal digits, in any case and with the spaces or colons that tools print. */
export function sha256From(typed: string): string | undefined {
  const digits = typed.replace(/[\s:]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(digits) ? digits : undefined
}

/** A number read off a seal, a bag or a form: never a sentence, because it stands outside what is sealed. */
export function sealFrom(typed: string): string | undefined {
  const number = typed.trim()
  return /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9./-]{0,39}$/.test(number) ? number : undefined
}
