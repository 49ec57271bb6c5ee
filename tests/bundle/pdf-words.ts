/** The words of a PDF as a reader copies them out: glyphs of its pages, told by each font's own table of characters. */
import { inflateSync } from 'node:zlib'

export function pdfWords(pdf: Buffer): string {
  const objects = new Map<string, string>()
  const raw = pdf.toString('latin1')
  for (const [, id, body] of raw.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) objects.set(id!, body!)
  const stream = (body: string): string => {
    const found = /stream\r?\n(.*?)\r?\nendstream/s.exec(body)?.[1] ?? ''
    return body.includes('/FlateDecode')
      ? inflateSync(Buffer.from(found, 'latin1')).toString('latin1')
      : found
  }
  const fonts = new Map<string, Map<number, string>>()
  for (const body of objects.values())
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id!) ?? '')?.[1]
      if (table) fonts.set(name!, characters(stream(objects.get(table)!)))
    }
  const pages = [...objects.values()].filter((body) => /\bTJ\b/.test(stream(body)))
  return pages.map((body) => pageWords(stream(body), fonts)).join('\n')
}

/** `<0000> <0012> [<0041> <0042> …]` */
function characters(table: string): Map<number, string> {
  const found = new Map<number, string>()
  for (const [, from, , list] of table.matchAll(/<(\w+)> <(\w+)> \[(.*?)\]/gs))
    for (const [index, [, hex]] of [...list!.matchAll(/<([\w ]*)>/g)].entries()) {
      const units = hex!.replace(/\s/g, '').match(/.{4}/g) ?? []
      const at = Number.parseInt(from!, 16) + index
      found.set(at, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
    }
  return found
}

function pageWords(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font = ''
  const out: string[] = []
  for (const [, name, glyphs] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/gs)) {
    if (name) font = name
    else
      out.push(
        [...glyphs!.matchAll(/<(\w+)>/g)]
          .flatMap(([, hex]) => hex!.match(/.{4}/g) ?? [])
          .map((hex) => fonts.get(font)?.get(Number.parseInt(hex, 16)) ?? '\ufffd')
          .join(''),
      )
  }
  return out.join('\n')
}
