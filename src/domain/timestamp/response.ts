/**
 * A time-stamping authority's answer taken apart (RFC 3161, RFC 5652): what it says, and who signed it how. Nothing is
 * believed here. Throws `NotDer` where it is something else, `NotGranted` where the authority refused.
 */
import { X509Certificate } from 'node:crypto'
import { children, type Element, element, expectTag, NotDer, oidOf, TAG, timeOf } from './der.ts'

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
} as const

export class NotGranted extends Error {}

export interface TimeStampResponse {
  /** The signed bytes: version, policy, imprint, serial number, time … */
  readonly info: Buffer
  readonly hash: string
  readonly imprint: Buffer
  readonly at: string
  readonly nonce: Buffer | undefined
  readonly certificates: readonly X509Certificate[]
  readonly signer: Signer
}

export interface Signer {
  /** Issuer's name and serial number in DER, or the key's identifier. */
  readonly id: Element
  readonly digest: string
  readonly attributes: Element
  readonly algorithm: string
  readonly signature: Buffer
}

/** An authority sends its own certificate and those above it; more than these is somebody's play. */
const MOST_CERTIFICATES = 12

export function readResponse(bytes: Buffer): TimeStampResponse {
  const [status, token] = children(expectTag(element(bytes), TAG.sequence))
  const [code] = children(expectTag(status, TAG.sequence))
  const granted = expectTag(code, TAG.integer).body
  if (granted.length !== 1 || granted[0]! > 1) throw new NotGranted('the authority refused')
  const [type, content] = children(expectTag(token, TAG.sequence))
  if (oidOf(type) !== OID.signedData) throw new NotDer('no signed data')
  return readSigned(element(expectTag(content, TAG.context0).body))
}

function readSigned(signed: Element): TimeStampResponse {
  const [, , wrapped, ...rest] = children(expectTag(signed, TAG.sequence))
  const [type, content] = children(expectTag(wrapped, TAG.sequence))
  if (oidOf(type) !== OID.timeStampInfo) throw new NotDer('no time stamp')
  const info = expectTag(element(expectTag(content, TAG.context0).body), TAG.octets).body
  const held = rest.find(({ tag }) => tag === TAG.context0)
  const [signer, ...more] = children(expectTag(rest.at(-1), TAG.set))
  if (more.length > 0) throw new NotDer('more than one signer')
  return {
    info,
    ...readInfo(info),
    certificates: held ? readCertificates(held) : [],
    signer: readSigner(expectTag(signer, TAG.sequence)),
  }
}

function readInfo(info: Buffer) {
  const [version, , imprint, , at, ...rest] = children(expectTag(element(info), TAG.sequence))
  if (!expectTag(version, TAG.integer).body.equals(Buffer.from([1]))) throw new NotDer('another version')
  const [algorithm, hashed] = children(expectTag(imprint, TAG.sequence))
  return {
    hash: oidOf(children(expectTag(algorithm, TAG.sequence))[0]),
    imprint: expectTag(hashed, TAG.octets).body,
    at: timeOf(at),
    nonce: rest.find(({ tag }) => tag === TAG.integer)?.body,
  }
}

function readCertificates(held: Element): X509Certificate[] {
  const found = children(held).filter(({ tag }) => tag === TAG.sequence)
  if (found.length > MOST_CERTIFICATES) throw new NotDer('more certificates than an authority has')
  return found.map(({ bytes }) => new X509Certificate(bytes))
}

function readSigner(signer: Element): Signer {
  const [, id, digest, attributes, algorithm, signature] = children(signer)
  if (!id) throw new NotDer('nobody signed')
  return {
    id,
    digest: oidOf(children(expectTag(digest, TAG.sequence))[0]),
    attributes: expectTag(attributes, TAG.context0),
    algorithm: oidOf(children(expectTag(algorithm, TAG.sequence))[0]),
    signature: expectTag(signature, TAG.octets).body,
  }
}
