/**
 * DER, as much of it as a time stamp needs. Reading is strict and lazy: one element at a time, never past its parent's
 * end, so bytes from outside cost no more than their length. Throws `NotDer`.
 */
export interface Element {
  readonly tag: number
  /** With its tag and length. */
  readonly bytes: Buffer
  readonly body: Buffer
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
  context1: 0xa1,
} as const

export class NotDer extends Error {}

/** The one element these bytes are. */
export function element(bytes: Buffer): Element {
  const first = elementAt(bytes)
  if (first.bytes.length !== bytes.length) throw new NotDer('more than one element')
  return first
}

export function children({ body }: Pick<Element, 'body'>): Element[] {
  const found: Element[] = []
  for (let at = 0; at < body.length; ) {
    const next = elementAt(body.subarray(at))
    found.push(next)
    at += next.bytes.length
  }
  return found
}

/** The element where one of this tag must stand. */
export function expectTag(found: Element | undefined, tag: number): Element {
  if (found?.tag !== tag) throw new NotDer(`${found?.tag ?? 'nothing'} where ${tag} belongs`)
  return found
}

function elementAt(bytes: Buffer): Element {
  const [tag, short] = bytes
  if (tag === undefined || short === undefined) throw new NotDer('ends too early')
  if ((tag & 0x1f) === 0x1f) throw new NotDer('a long tag')
  const octets = short < 0x80 ? 0 : short & 0x7f
  if (short === 0x80 || octets > 3 || bytes.length < 2 + octets) throw new NotDer('no length')
  const length = octets === 0 ? short : bytes.readUIntBE(2, octets)
  const isShortest = octets === 0 || (length >= 0x80 && length >= 256 ** (octets - 1))
  const start = 2 + octets
  if (!isShortest || bytes.length < start + length) throw new NotDer('not its length')
  return { tag, bytes: bytes.subarray(0, start + length), body: bytes.subarray(start, start + length) }
}

/** As dotted numbers. */
export function oidOf(found: Element | undefined): string {
  const { body } = expectTag(found, TAG.oid)
  const numbers: number[] = []
  let value = 0
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f)
    if (value > Number.MAX_SAFE_INTEGER / 128) throw new NotDer('a number too large')
    if (byte & 0x80) continue
    if (numbers.length > 0) numbers.push(value)
    else numbers.push(...(value < 80 ? [Math.floor(value / 40), value % 40] : [2, value - 80]))
    value = 0
  }
  return numbers.join('.')
}

/** ISO, to the millisecond. */
export function timeOf(found: Element | undefined): string {
  const text = expectTag(found, TAG.time).body.toString('latin1')
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text)
  if (!parts) throw new NotDer('no time')
  const [, year, month, day, hour, minute, second, fraction = ''] = parts
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
  const at = new Date(iso)
  if (Number.isNaN(at.getTime()) || at.toISOString() !== iso) throw new NotDer('no time')
  return iso
}

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  if (body.length > 0xffff) throw new RangeError('longer than anything a request holds')
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
