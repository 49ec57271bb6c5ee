// Draws an SVG on a thread of its own: a picture takes some tenths of a second, in which nothing else could be recorded.
// The program that draws is loaded once, with the first picture. Plain JavaScript, because a thread is started from a file.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { crc32, deflateSync } from 'node:zlib'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')
const ready = initWasm(readFileSync(wasm))
const fonts = new Map()

parentPort.on('message', async ({ id, svg, widths, mostBytes, faces, fresh }) => {
  try {
    await ready
    for (const [face, bytes] of fresh) fonts.set(face, bytes)
    const fontBuffers = faces.map((face) => fonts.get(face))
    parentPort.postMessage({ id, png: drawn(svg, widths, mostBytes, fontBuffers) })
  } catch (error) {
    parentPort.postMessage({ id, error: String(error) })
  }
})

/** The widest that weighs no more; undefined where none does. */
function drawn(svg, widths, mostBytes, fontBuffers) {
  for (const width of widths) {
    const font = { fontBuffers, defaultFontFamily: 'Noto Sans' }
    const resvg = new Resvg(svg, { background: '#ffffff', fitTo: { mode: 'width', value: width }, font })
    const image = resvg.render()
    const png = { bytes: encoded(image), width: image.width, height: image.height }
    image.free()
    resvg.free()
    if (png.bytes.length <= mostBytes) return png
  }
  return undefined
}

/** With a table of its few colors it weighs less than half of what it would with each pixel's own. */
function encoded({ width, height, pixels }) {
  const words = new Uint32Array(pixels.slice().buffer)
  const { rows, colors } = tabled(words, width, height)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a pixel, which is a place in the table.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colors)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** As exact as 256 colors allow: where there are more, like ones share the first of them, so that paper stays white. */
function tabled(words, width, height) {
  for (let coarse = 0; ; coarse++) {
    const mask = (0xff << coarse) & 0xff
    const found = placed(words, width, height, mask | (mask << 8) | (mask << 16))
    if (found) return found
  }
}

function placed(words, width, height, mask) {
  const places = new Map()
  const colors = []
  const rows = Buffer.alloc((width + 1) * height)
  let last = -1
  let place = 0
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    // Most points are as the one before.
    if (word !== last) {
      last = word
      place = places.get(word & mask)
      if (place === undefined) {
        place = places.size
        if (place === 256) return undefined
        places.set(word & mask, place)
        colors.push(word & 0xff, (word >> 8) & 0xff, (word >> 16) & 0xff)
      }
    }
    rows[at + Math.floor(at / width) + 1] = place
  }
  return { rows, colors }
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
