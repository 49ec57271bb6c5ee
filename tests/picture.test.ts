/** A picture in the room: drawn to size on a thread of its own, posted once whatever fails, in words where it must be. */
import { crc32, inflateSync } from 'node:zlib'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ChatError } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { sha256Hex } from '../src/domain/record.ts'
import { rasterise } from '../src/raster/raster.ts'
import { testDatabase } from './support/database.ts'
import { begin, linesOf } from './support/record.ts'
import { type StillPlatform, type StillWardroom, stillPlatform, stillWardroom } from './support/still.ts'

/** Every piece's check, and as many bytes of points as width and height say. */
function decoded(png: Uint8Array) {
  const bytes = Buffer.from(png)
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  const pieces = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const body = bytes.subarray(at + 4, at + 8 + length)
    expect(crc32(body)).toBe(bytes.readUInt32BE(at + 8 + length))
    pieces.set(body.subarray(0, 4).toString(), body.subarray(4))
    at += length + 12
  }
  const [width, height] = [pieces.get('IHDR')!.readUInt32BE(0), pieces.get('IHDR')!.readUInt32BE(4)]
  const rows = inflateSync(pieces.get('IDAT')!)
  expect(rows.length).toBe((width + 1) * height)
  const colors = pieces.get('PLTE')!
  const used = new Set<string>()
  for (const [at, place] of rows.entries())
    if (at % (width + 1) > 0) used.add(colors.toString('hex', place * 3, place * 3 + 3))
  return { width, height, used }
}

const drawing = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60">${inside}</svg>`

describe('drawing', () => {
  test('is as wide as was asked for, in its own colors, on white', async () => {
    const png = await rasterise(
      drawing('<rect x="10" y="10" width="20" height="20" fill="#a3240f"/>'),
      [200],
      1e6,
    )
    expect(png).toMatchObject({ width: 200, height: 120 })
    expect(decoded(png!.bytes)).toEqual({ width: 200, height: 120, used: new Set(['ffffff', 'a3240f']) })
  })

  test.each([
    ['plain words', 'Letters to individuals'],
    ['letters of other scripts', '張偉 שלום Ñandú Ελένη Дана'],
  ])('has ink for %s', async (_, words) => {
    const text = `<text x="4" y="30" font-size="7" fill="#000000">${words}</text>`
    const png = await rasterise(drawing(text), [100], 1e6)
    expect(decoded(png!.bytes).used.size).toBeGreaterThan(4)
  })

  test('more colors than a table holds are made coarser, and fewer points are taken until it is light enough', async () => {
    const stops =
      '<linearGradient id="g"><stop stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient>'
    const wild = drawing(`${stops}<rect width="100" height="60" fill="url(#g)" transform="rotate(7)"/>`)
    const large = await rasterise(wild, [800], 1e6)
    expect(decoded(large!.bytes)).toMatchObject({ width: 800, height: 480 })
    const small = await rasterise(wild, [800, 400, 100], large!.bytes.length - 1)
    expect(small?.width).toBe(400)
    expect(await rasterise(wild, [100], 100)).toBeUndefined()
  })

  test('what is no drawing is refused, and the next one is drawn', async () => {
    await expect(rasterise('<p>no', [10], 1e6)).rejects.toThrow()
    expect((await rasterise(drawing(''), [10], 1e6))?.width).toBe(10)
  })
})

describe('the clocks as a picture in the room', () => {
  const incident = 'inc-2026-0001'
  let wardroom: StillWardroom
  let platform: StillPlatform
  beforeAll(async () => {
    platform = stillPlatform()
    wardroom = await stillWardroom(await testDatabase(), platform)
    await begin(wardroom.store, incident, 'C0ROOM')
  })
  afterAll(() => wardroom.database.close())
  beforeEach(async () => {
    await wardroom.database.transaction((tx) => tx.execute(sql`delete from outbox`))
    platform.posts.splice(0)
  })

  async function asked(times = 1): Promise<void> {
    const { seq = 0 } = (await linesOf(wardroom, incident)).at(-1) ?? {}
    const wish = {
      incident,
      lane: `room:${incident}`,
      verb: 'picture',
      view: 'clocks-picture',
      args: { seq },
    }
    for (let at = 0; at < times; at++)
      await wardroom.store.write((unit) =>
        unit.enqueue([{ ...wish, card: `${incident}/C0ROOM/clocks-picture` }]),
      )
  }
  async function delivered() {
    const before = (await linesOf(wardroom, incident)).length
    for (let pass = 0; pass < 2; pass++) {
      await wardroom.database.transaction((tx) =>
        tx.execute(
          sql`update outbox set not_before = clock_timestamp() - interval '1 second' where done_at is null`,
        ),
      )
      await deliverPass(wardroom.delivering)
    }
    return (await linesOf(wardroom, incident)).slice(before)
  }

  test('stands there once with its words, and the record has the hash of what was shown', async () => {
    await asked(2)
    const [sent, posted, ...more] = await delivered()
    expect(more).toEqual([])
    const [only, ...others] = platform.posts
    expect(others).toEqual([])
    expect(only?.text).toContain('○ Letters to individuals')
    expect(sent).toMatchObject({
      kind: 'post.sent',
      data: { view: 'clocks-picture', message: only?.message },
    })
    expect(posted).toMatchObject({
      kind: 'picture.posted',
      data: { message: only?.message, sha256: sha256Hex(Buffer.from(only!.png!)), width: 1200 },
    })
    const { width, height } = decoded(only!.png!)
    expect(posted?.data).toMatchObject({ width, height, bytes: only?.png?.length })
  })

  test.each(['before', 'after'] as const)(
    'is there once though the call failed %s it was done',
    async (when) => {
      platform.fail('postPicture', when)
      await asked()
      const lines = await delivered()
      expect(platform.posts).toHaveLength(1)
      expect(platform.posts[0]?.png).toBeDefined()
      expect(lines.filter(({ kind }) => kind === 'post.sent')).toHaveLength(1)
    },
  )

  test.each([
    ['shows no pictures', { pictureBytes: 0 }, 'no_pictures'],
    ['takes none so large', { pictureBytes: 900 }, 'too_large'],
    // Nothing that can be handed to another thread: drawing itself fails.
    ['makes drawing fail', { pictureBytes: (() => 0) as unknown as number }, 'fault'],
  ])('a platform that %s gets the words, and the record says why', async (_, capability, code) => {
    const { port } = platform
    Object.assign(platform, { port: { ...port, capabilities: { ...port.capabilities, ...capability } } })
    await asked()
    const lines = await delivered()
    Object.assign(platform, { port })
    expect(platform.posts[0]).not.toHaveProperty('png')
    expect(platform.posts[0]?.text).toContain('No picture could be shown here.')
    expect(platform.posts[0]?.text).toContain('○ Letters to individuals')
    expect(lines.map(({ kind, data }) => [kind, data.code])).toEqual([
      ['post.sent', undefined],
      ['picture.not_drawn', code],
    ])
  })

  test('a picture that is refused is said in words; a room that is gone is not', async () => {
    const { port } = platform
    const refusing = (failure: 'refused' | 'gone', code: string) =>
      Object.assign(platform, {
        port: { ...port, postPicture: () => Promise.reject(new ChatError(failure, code)) },
      })
    refusing('refused', 'file_uploads_disabled')
    await asked()
    expect((await delivered()).at(-1)).toMatchObject({ data: { code: 'file_uploads_disabled' } })
    expect(platform.posts).toHaveLength(1)
    refusing('gone', 'channel_not_found')
    await asked()
    const lines = await delivered()
    Object.assign(platform, { port })
    expect(platform.posts.filter(({ text }) => text.includes('· clocks'))).toHaveLength(1)
    expect(lines.map(({ kind }) => kind)).toContain('room.lost')
  })
})
