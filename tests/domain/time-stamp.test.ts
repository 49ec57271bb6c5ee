/** What is taken for a time stamp and what is not, against OpenSSL as the authority and as the other verifier. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificatesOf, isForTimeStamps, leadsToRoot } from '../../src/domain/timestamp/chain.ts'
import { checkTimeStamp } from '../../src/domain/timestamp/check.ts'
import { children, der, element, NotDer, oidOf, TAG, timeOf } from '../../src/domain/timestamp/der.ts'
import { nonceOf, timeStampRequest } from '../../src/domain/timestamp/request.ts'
import { readResponse } from '../../src/domain/timestamp/response.ts'
import { type Authority, authority, hasOpenssl } from '../support/tsa.ts'

const TEXT = `wardroom checkpoint inc-2026-0007\n212\n${'ab'.repeat(32)}\n2026-11-22T14:30:00.000Z\n77B0-1D2C-93AA-41E2\n`
const NONCE = nonceOf(Buffer.from('0102030405060708', 'hex'))
const REQUEST = timeStampRequest(TEXT, NONCE)

test('a request asks for SHA-256 of the text alone, with a nonce and the certificate', () => {
  const digest = createHash('sha256').update(TEXT).digest('hex')
  expect(REQUEST.toString('hex')).toBe(
    `30430201013031300d060960864801650304020105000420${digest}020841020304050607080101ff`,
  )
  expect(() => nonceOf(Buffer.alloc(7))).toThrow()
})

describe('DER', () => {
  test.each<[string, string]>([
    ['nothing', ''],
    ['a tag alone', '30'],
    ['a length past the end', '3003020101ff'.slice(0, 8)],
    ['more after the end', '30030201010000'],
    ['no end named', '30800000'],
    ['a length longer than it need be', '308103020101'],
    ['a length of eight bytes', '3088ffffffffffffffff'],
    ['a tag of many bytes', '1f8101'],
  ])('%s is not it', (_, hex) => {
    expect(() => element(Buffer.from(hex, 'hex'))).toThrow(NotDer)
  })

  test('a child may not reach past its parent', () => {
    expect(() => children(element(Buffer.from('3003020501', 'hex')))).toThrow(NotDer)
  })

  test('what is written is read again, at every form of length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_000])
      expect(element(der(TAG.octets, Buffer.alloc(length))).body).toHaveLength(length)
  })

  test.each([
    ['20260229120000Z', undefined],
    ['20261122143000Z', '2026-11-22T14:30:00.000Z'],
    ['20261122143000.1234567Z', '2026-11-22T14:30:00.123Z'],
    ['20261122143000+0100', undefined],
    ['20261322143000Z', undefined],
  ])('the time %s', (text, iso) => {
    const read = () => timeOf(element(der(TAG.time, Buffer.from(text))))
    if (iso) expect(read()).toBe(iso)
    else expect(read).toThrow(NotDer)
  })

  test.each([
    ['0603551d25', '2.5.29.37'],
    ['06092a864886f70d010702', '1.2.840.113549.1.7.2'],
    ['0603883703', '2.999.3'],
  ])('the name %s', (hex, oid) => {
    expect(oidOf(element(Buffer.from(hex, 'hex')))).toBe(oid)
  })
})

describe.skipIf(!hasOpenssl)('a stamp by OpenSSL', () => {
  let tsa: Authority
  let stamp: Buffer
  beforeAll(() => {
    tsa = authority()
    stamp = tsa.stamp(REQUEST)
  })
  afterAll(() => tsa.close())

  test('is taken, by us as by OpenSSL, with its time and who made it', () => {
    expect(checkTimeStamp(stamp, TEXT, tsa.caPem, NONCE)).toEqual({
      fault: null,
      at: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
      signer: 'CN=Stamps',
      isTrusted: true,
    })
    expect(tsa.opensslTakes(stamp, TEXT)).toBe(true)
    // Without roots nothing leads anywhere, and it says so.
    expect(checkTimeStamp(stamp, TEXT)).toMatchObject({ fault: null, isTrusted: false })
  })

  test.each<[string, Parameters<typeof authority>[0]]>([
    ['made with RSA', { key: 'rsa' }],
    ['that names its certificate by SHA-1, as older ones do', { ess: 'sha1' }],
    ['by an authority under another', { between: true }],
  ])('%s is taken', (_, made) => {
    const other = authority(made)
    const response = other.stamp(REQUEST)
    expect(checkTimeStamp(response, TEXT, other.caPem, NONCE)).toMatchObject({ fault: null, isTrusted: true })
    expect(other.opensslTakes(response, TEXT)).toBe(true)
    other.close()
  })

  test.each([
    ['critical,timeStamping', true],
    ['timeStamping', false],
    ['critical,timeStamping,serverAuth', false],
    ['critical,serverAuth', false],
  ])('a certificate for %s: %s', (use, isOne) => {
    const other = authority({ use })
    const [certificate] = certificatesOf(other.certificate)
    expect(isForTimeStamps(certificate!)).toBe(isOne)
    other.close()
  })

  test('a way to a root holds at the time of the stamp, not for ever', () => {
    const [signer] = certificatesOf(tsa.certificate)
    const leads = (at: string) => leadsToRoot(signer!, [], certificatesOf(tsa.caPem), at)
    const made = (checkTimeStamp(stamp, TEXT) as { at: string }).at
    expect([leads(made), leads('2020-01-01T00:00:00.000Z'), leads('2090-01-01T00:00:00.000Z')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('is not one of another text, of another request, nor under another root', () => {
    const other = authority()
    const faults = [
      checkTimeStamp(stamp, `${TEXT} `, tsa.caPem),
      checkTimeStamp(stamp, TEXT, tsa.caPem, nonceOf(Buffer.alloc(8, 9))),
      checkTimeStamp(stamp, TEXT, other.caPem),
      checkTimeStamp(stamp, TEXT, ''),
      checkTimeStamp(stamp, TEXT, 'no certificate'),
    ].map(({ fault }) => fault)
    expect(faults).toEqual([
      'it is a stamp of another text',
      'it answers another request',
      ...Array.from({ length: 3 }, () => expect.stringContaining('does not lead to a root')),
    ])
    other.close()
  })

  test('with any one bit changed is taken for the same stamp or for none, and never breaks', () => {
    const whole = checkTimeStamp(stamp, TEXT, tsa.caPem)
    const { info, signer } = readResponse(stamp)
    const [certificate] = certificatesOf(tsa.certificate)
    const signed = [info, signer.attributes.body, signer.signature, certificate!.raw].map((part) => {
      const from = stamp.indexOf(part)
      return [from, from + part.length] as const
    })
    for (let at = 0; at < stamp.length; at += 2) {
      const bent = Buffer.from(stamp)
      bent[at] = bent[at]! ^ (1 << ((at >> 1) % 8))
      const checked = checkTimeStamp(bent, TEXT, tsa.caPem)
      const isSigned = signed.some(([from, to]) => at >= from && at < to)
      // What nobody signs: version numbers, lists of names, other certificates.
      if (isSigned || checked.fault !== null) expect(checked.fault).not.toBeNull()
      else expect(checked).toEqual(whole)
    }
    for (let end = 0; end < stamp.length; end += 7)
      expect(checkTimeStamp(stamp.subarray(0, end), TEXT).fault).not.toBeNull()
  })

  test('is none when it is a refusal, a page or another file', () => {
    const refused = tsa.stamp(
      Buffer.from(REQUEST.toString('hex').replace(`0420${digestOf(TEXT)}`, '0420'), 'hex'),
    )
    expect(checkTimeStamp(refused, TEXT).fault).toBe('the authority refused to make it')
    for (const other of ['<html>Sign in</html>', 'no', tsa.caPem, REQUEST])
      expect(checkTimeStamp(Buffer.from(other), TEXT).fault).toBe('it is no time stamp')
  })
})

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
