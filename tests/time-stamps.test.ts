/** Each posted checkpoint gets a time stamp, whatever the authority does meanwhile; and nothing waits for it. */
import type { RequestListener } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deliverPass } from '../src/deliver.ts'
import { timeStamper } from '../src/delivery/time-stamp.ts'
import { noteOf, noteText } from '../src/domain/checkpoint.ts'
import type { EntryLine } from '../src/domain/record.ts'
import { checkTimeStamp } from '../src/domain/timestamp/check.ts'
import { nonceOf, timeStampRequest } from '../src/domain/timestamp/request.ts'
import { tick } from '../src/tick.ts'
import { declare, drain, INCIDENT, say, signed, witnessed } from './support/checkpoints.ts'
import { testDatabase } from './support/database.ts'
import { hurry } from './support/patience.ts'
import { faults, linesOf } from './support/record.ts'
import { stillWardroom } from './support/still.ts'
import { type Authority, authority, hasOpenssl, type TsaServer, tsaServer } from './support/tsa.ts'

const TEXT = 'what was signed\n'

describe.skipIf(!hasOpenssl)('an authority', () => {
  let tsa: Authority
  let server: TsaServer
  beforeAll(async () => {
    tsa = authority()
    server = await tsaServer(tsa.stamp)
  })
  beforeEach(() => {
    server.answer = tsa.stamp
  })
  afterAll(async () => {
    await server.close()
    tsa.close()
  })

  test('that answers is believed, and OpenSSL believes what was kept', async () => {
    const { response, at, tsa: host } = await timeStamper(server.url, tsa.caPem)(TEXT)
    expect(checkTimeStamp(response, TEXT, tsa.caPem)).toMatchObject({ fault: null, at, isTrusted: true })
    expect(server.url).toContain(host)
    expect(tsa.opensslTakes(response, TEXT)).toBe(true)
    expect(tsa.opensslTakes(response, `${TEXT} `)).toBe(false)
  })

  const answered =
    (body: string | Buffer, status = 200): RequestListener =>
    (_, response) =>
      void response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body)
  const another = nonceOf(Buffer.alloc(8, 7))
  test.each<[string, (request: Buffer) => Buffer | RequestListener, string]>([
    ['with a page', () => answered('<html>Sign in</html>'), 'tsa_no_time_stamp'],
    ['with nothing', () => answered(''), 'tsa_no_time_stamp'],
    [
      'with a stamp of another text',
      () => tsa.stamp(timeStampRequest('other', another)),
      'tsa_no_time_stamp',
    ],
    ['with one it made before', () => tsa.stamp(timeStampRequest(TEXT, another)), 'tsa_no_time_stamp'],
    ['with a refusal', () => Buffer.from('30053003020102', 'hex'), 'tsa_no_time_stamp'],
    ['that it is busy', () => answered('', 503), 'tsa_503'],
    [
      'with somewhere else',
      () => (_, to) => void to.writeHead(307, { location: '/x' }).end(),
      'tsa_unreachable',
    ],
    ['by hanging up', () => (_, to) => void to.destroy(), 'tsa_unreachable'],
    ['never', () => () => {}, 'tsa_unreachable'],
    [
      'for ever',
      () => (_, to) => {
        const drip = setInterval(() => to.write('x'), 20)
        to.on('close', () => clearInterval(drip))
      },
      'tsa_unreachable',
    ],
    [
      'without end',
      () => (_, to) => {
        const more = () => to.write(Buffer.alloc(30_000)) && setImmediate(more)
        to.on('drain', more)
        more()
      },
      'tsa_too_large',
    ],
  ])('that answers %s is not believed', async (_, answer, code) => {
    server.answer = answer
    await expect(timeStamper(server.url, tsa.caPem, 400)(TEXT)).rejects.toMatchObject({
      failure: 'transient',
      code,
    })
  })

  test('that is not there, or whose roots are others, is not believed', async () => {
    const gone = await tsaServer(tsa.stamp)
    await gone.close()
    await expect(timeStamper(gone.url, tsa.caPem)(TEXT)).rejects.toMatchObject({ code: 'tsa_unreachable' })
    const other = authority()
    const untrusted = timeStamper(server.url, other.caPem)(TEXT)
    await expect(untrusted).rejects.toMatchObject({ code: 'tsa_no_time_stamp' })
    other.close()
  })

  test('that fails is asked again; evidence and posts go on; one entry says what it said', async () => {
    const database = await testDatabase()
    const wardroom = await stillWardroom(database)
    const telling = { ...wardroom.delivering.telling, timeStamps: true }
    const delivering = { ...wardroom.delivering, telling, timeStamp: timeStamper(server.url, tsa.caPem, 400) }
    await declare(wardroom)
    let asked = 0
    server.answer = () => {
      asked += 1
      return () => {}
    }
    wardroom.moveTo(new Date(wardroom.now().getTime() + 3_600_000))
    await tick(delivering)
    // The loop of posts does not so much as look at the stamp.
    while ((await deliverPass(delivering, 'short')) > 0);
    expect([asked, witnessed(wardroom).length]).toEqual([0, 1])
    await Promise.all([deliverPass(delivering, 'stamps'), say(wardroom, 'meanwhile')])
    expect(asked).toBe(1)
    expect(await deliverPass(delivering, 'stamps')).toBe(0)
    server.answer = tsa.stamp
    await hurry(wardroom)
    await drain({ ...wardroom, delivering })
    const [checkpoint] = await signed(wardroom)
    const stamps = (await linesOf(wardroom, INCIDENT)).filter(({ kind }) => kind === 'checkpoint.timestamped')
    expect(stamps).toHaveLength(1)
    expect(stamps[0]).toMatchObject({ ref: checkpoint!.seq, data: { entry: checkpoint!.seq } })
    const kept = Buffer.from(stamps[0]!.data.token, 'base64')
    const text = noteText(noteOf(checkpoint as unknown as EntryLine))
    expect(checkTimeStamp(kept, text, tsa.caPem)).toMatchObject({ fault: null, at: stamps[0]!.data.at })
    expect(tsa.opensslTakes(kept, text)).toBe(true)
    expect(await faults(wardroom.store)).toEqual([])
    await database.close()
  })
})
