/**
 * The beginning of a file's bytes as text, where they are text: by what they are, and for odd encodings by what the file
 * says it is. Bounded, because a log may be large; undefined for everything else.
 */

/** Where a file carries people's data it does so from its first rows. */
export const LOOKED_BYTES = 256 * 1024

const TEXT_TYPE = /^text\/|[/+](?:json|xml|csv|yaml|x-yaml|x-ndjson|sql|rtf|javascript)$/i
const TEXT_NAME =
  /\.(?:txt|csv|tsv|log|json|ndjson|xml|html?|md|ya?ml|sql|hl7|edi|x12|eml|ini|conf|rtf|vcf)$/i

export function fileText(bytes: Uint8Array, file: { mime: string; name: string }): string | undefined {
  const head = bytes.subarray(0, LOOKED_BYTES)
  const wide = wideEncoding(head)
  if (wide) return new TextDecoder(wide).decode(head)
  if (head.includes(0)) return undefined
  const text = asUtf8(head, bytes.length > head.length)
  if (text !== undefined) return text
  const saysText = TEXT_TYPE.test(file.mime) || TEXT_NAME.test(file.name)
  return saysText ? new TextDecoder('latin1').decode(head) : undefined
}

/** By its mark, or by the zeros that every other byte of Western text is. */
function wideEncoding(head: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const sample = head.subarray(0, 512 & ~1)
  if (sample.length < 4) return undefined
  const zerosAt = (odd: number) => sample.filter((byte, at) => at % 2 === odd && byte === 0).length
  const most = sample.length * 0.4
  if (zerosAt(1) >= most && zerosAt(0) === 0) return 'utf-16le'
  return zerosAt(0) >= most && zerosAt(1) === 0 ? 'utf-16be' : undefined
}

/** Where it was cut within a character, that character is left out. */
function asUtf8(head: Uint8Array, isCut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: isCut })
  } catch {
    return undefined
  }
}
