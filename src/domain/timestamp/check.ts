/**
 * Whether an authority's answer is a time stamp of this text: its imprint, the authority's signature over it and over
 * which certificate signed, and, where roots are given, the way from that certificate to one of them. Needs no network
 * and never throws, whatever the bytes are.
 */
import { createHash, type KeyObject, verify, type X509Certificate } from 'node:crypto'
import { certificatesOf, isForTimeStamps, isNamedBy, leadsToRoot } from './chain.ts'
import { children, type Element, element, expectTag, NotDer, oidOf, TAG } from './der.ts'
import { imprintOf } from './request.ts'
import { NotGranted, readResponse, type TimeStampResponse } from './response.ts'

export type TimeStampCheck =
  | { readonly fault: string }
  | {
      readonly fault: null
      /** The authority's own time. */
      readonly at: string
      /** The certificate that signed, by its subject. */
      readonly signer: string
      /** Whether it leads to a root that was given. */
      readonly isTrusted: boolean
    }

const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const SHA256 = '2.16.840.1.101.3.4.2.1'
const TIME_STAMP_INFO = '1.2.840.113549.1.9.16.1.4'

/** How a signature is made, and with which hash where its own name says so. */
const SIGNATURES: Readonly<Record<string, { readonly key: string; readonly hash?: string }>> = {
  '1.2.840.113549.1.1.1': { key: 'rsa' },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.2.1': { key: 'ec' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
}

const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signedBy: '1.2.840.113549.1.9.16.2.12',
  signedByV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** `nonce`: the request's, where the answer to one is checked. */
export function checkTimeStamp(
  response: Buffer,
  text: string,
  caPem?: string,
  nonce?: Buffer,
): TimeStampCheck {
  try {
    const stamp = readResponse(response)
    const signer = stamp.certificates.find((one) => isNamedBy(one, stamp.signer.id))
    const fault = faultOf(stamp, signer, text, nonce)
    if (fault !== undefined || !signer)
      return { fault: fault ?? 'the certificate that signed it is not in it' }
    const isTrusted =
      caPem !== undefined && leadsToRoot(signer, stamp.certificates, certificatesOf(caPem), stamp.at)
    if (caPem !== undefined && !isTrusted)
      return { fault: 'its certificate does not lead to a root in the file of certificates' }
    return { fault: null, at: stamp.at, signer: signer.subject.replaceAll('\n', ', '), isTrusted }
  } catch (error) {
    if (error instanceof NotGranted) return { fault: 'the authority refused to make it' }
    // What OpenSSL cannot read as a certificate is no more a time stamp than what we cannot read ourselves.
    return { fault: error instanceof NotDer ? 'it is no time stamp' : 'it cannot be read' }
  }
}

function faultOf(
  stamp: TimeStampResponse,
  signer: X509Certificate | undefined,
  text: string,
  nonce: Buffer | undefined,
): string | undefined {
  if (stamp.hash !== SHA256 || !stamp.imprint.equals(imprintOf(text))) return 'it is a stamp of another text'
  if (nonce && !stamp.nonce?.equals(nonce)) return 'it answers another request'
  if (!signer) return 'the certificate that signed it is not in it'
  if (!isForTimeStamps(signer)) return 'its certificate is not one for time stamps'
  const attributes = attributesOf(stamp.signer.attributes)
  const hash = HASHES[stamp.signer.digest]
  if (!hash) return 'its hash is one that is not known here'
  const digest = createHash(hash).update(stamp.info).digest()
  if (oidOf(attributes.get(ATTRIBUTE.contentType)) !== TIME_STAMP_INFO) return 'it signs something else'
  if (!expectTag(attributes.get(ATTRIBUTE.messageDigest), TAG.octets).body.equals(digest))
    return 'its signature is over something else'
  if (!namesSigner(attributes, signer)) return 'its signature does not name the certificate it was made with'
  return isSigned(stamp, signer.publicKey, hash) ? undefined : "its signature is not its certificate's"
}

/** The one value of each. An attribute that stands twice is none. */
function attributesOf(held: Element): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>()
  for (const attribute of children(held)) {
    const [id, values] = children(expectTag(attribute, TAG.sequence))
    const name = oidOf(id)
    const [value, ...more] = children(expectTag(values, TAG.set))
    if (!value || more.length > 0 || found.has(name)) throw new NotDer('an attribute without its one value')
    found.set(name, value)
  }
  return found
}

/** Without it a signature could be passed off as made with another certificate of the same key (RFC 5035). */
function namesSigner(attributes: ReadonlyMap<string, Element>, signer: X509Certificate): boolean {
  const v2 = attributes.get(ATTRIBUTE.signedByV2)
  const v1 = attributes.get(ATTRIBUTE.signedBy)
  const named = v2 ?? v1
  if (!named) return false
  const [ids] = children(expectTag(named, TAG.sequence))
  const [own] = children(expectTag(ids, TAG.sequence))
  const parts = children(expectTag(own, TAG.sequence))
  const isHashNamed = v2 !== undefined && parts[0]?.tag === TAG.sequence
  const hash = isHashNamed ? HASHES[oidOf(children(parts[0]!)[0])] : v2 ? 'sha256' : 'sha1'
  if (!hash) return false
  const stated = expectTag(parts[isHashNamed ? 1 : 0], TAG.octets).body
  return stated.equals(createHash(hash).update(signer.raw).digest())
}

/** What is signed are the attributes as a SET, though they stand there under a tag of their own (RFC 5652, 5.4). */
function isSigned({ signer }: TimeStampResponse, key: KeyObject, digest: string): boolean {
  const how = SIGNATURES[signer.algorithm]
  if (!how || key.asymmetricKeyType !== how.key) return false
  const signed = Buffer.from(signer.attributes.bytes)
  signed[0] = TAG.set
  return verify(how.hash ?? digest, element(signed).bytes, key, signer.signature)
}
