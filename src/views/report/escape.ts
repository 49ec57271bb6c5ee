/** Words that people typed, made safe for a page. What would change the order of what is read is shown, not obeyed. */

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Controls: of the terminal, and of the direction of writing. A tab is a space; line feeds stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

export const codePoint = (sign: string): string =>
  `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

export const visible = (words: string): string =>
  words.toWellFormed().replace(/\r\n?/g, '\n').replaceAll('\t', ' ').replace(CONTROLS, codePoint)

export const escaped = (words: string): string =>
  visible(words).replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
