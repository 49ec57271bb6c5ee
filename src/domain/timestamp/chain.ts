/**
 * Whether an authority's certificate may sign time stamps, and whether it leads to a root that was given. Judged at the
 * stamp's own time: it must still hold when the certificates have long run out. Revocation is not looked up.
 */
import { X509Certificate } from 'node:crypto'
import { children, type Element, element, expectTag, oidOf, TAG } from './der.ts'

const EXTENDED_USE = '2.5.29.37'
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const CONTEXT_3 = 0xa3
const LONGEST = 8

/** The only use it is for, and marked so that nobody may overlook it (RFC 3161, 2.3). */
export function isForTimeStamps(certificate: X509Certificate): boolean {
  const [use] = extensionsOf(certificate).filter(([id]) => oidOf(id) === EXTENDED_USE)
  const isCritical = use?.some(({ tag, body }) => tag === TAG.boolean && body[0] === 0xff) === true
  const uses = certificate.keyUsage ?? []
  return isCritical && uses.length === 1 && uses[0] === TIME_STAMPING
}

function extensionsOf({ raw }: X509Certificate): Element[][] {
  const [signed] = children(expectTag(element(raw), TAG.sequence))
  const held = children(expectTag(signed, TAG.sequence)).find(({ tag }) => tag === CONTEXT_3)
  if (!held) return []
  return children(element(held.body)).map((one) => children(expectTag(one, TAG.sequence)))
}

/** Issuer's name and serial number as CMS names a certificate by them. */
export function isNamedBy({ raw }: X509Certificate, id: Element): boolean {
  if (id.tag !== TAG.sequence) return false
  const [signed] = children(expectTag(element(raw), TAG.sequence))
  const [version, ...rest] = children(expectTag(signed, TAG.sequence))
  const [serial, , issuer] = version?.tag === TAG.context0 ? rest : [version, ...rest]
  const [named, numbered] = children(id)
  return issuer !== undefined && serial !== undefined && named !== undefined && numbered !== undefined
    ? issuer.bytes.equals(named.bytes) && serial.bytes.equals(numbered.bytes)
    : false
}

/** Every certificate of a PEM file. Throws where one is none. */
export const certificatesOf = (pem: string): X509Certificate[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (each) => new X509Certificate(each),
  )

const isSelfSigned = (one: X509Certificate): boolean =>
  one.subject === one.issuer && one.checkIssued(one) && one.verify(one.publicKey)

/** A path from the signer over what came with the stamp to a root that was given, each valid at that time. */
export function leadsToRoot(
  signer: X509Certificate,
  sent: readonly X509Certificate[],
  given: readonly X509Certificate[],
  at: string,
): boolean {
  const roots = given.filter(isSelfSigned)
  const above = [...given, ...sent].filter((one) => one.ca)
  const when = Date.parse(at)
  const isValid = (one: X509Certificate) =>
    Date.parse(one.validFrom) <= when && when <= Date.parse(one.validTo)
  const seen = new Set<string>()
  let level = [signer].filter(isValid)
  for (let height = 0; height < LONGEST && level.length > 0; height += 1) {
    if (level.some((one) => roots.some((root) => root.fingerprint256 === one.fingerprint256))) return true
    for (const one of level) seen.add(one.fingerprint256)
    level = above.filter(
      (issuer) =>
        !seen.has(issuer.fingerprint256) &&
        isValid(issuer) &&
        level.some((one) => one.checkIssued(issuer) && one.verify(issuer.publicKey)),
    )
  }
  return false
}
