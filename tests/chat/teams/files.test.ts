import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InboundFile } from '../../../src/chat/port.ts'
import type { Api } from '../../../src/chat/teams/api.ts'
import { imageId } from '../../../src/chat/teams/reading/attached.ts'
import { chatMessageSchema } from '../../../src/chat/teams/reading/payload.ts'
import { saidInRow } from '../../../src/chat/teams/reading/said.ts'
import { download } from '../../../src/chat/teams/verbs/files.ts'
import { type LocalTeams, startLocalTeams } from '../../support/teams/local.ts'
import { connected, failureOf } from './connected.ts'

const at = new Date('2026-11-20T14:05:00.000Z')
const bytes = Buffer.from('%PDF-1.7 a scan')
let teams: LocalTeams
let api: Api
let room: string

beforeEach(async () => {
  teams = await startLocalTeams({ now: () => at })
  api = await connected(teams, () => at)
  room = teams.admin.createChannel('Incidents', 'room')
})
afterEach(() => teams.close())

const told = (id: string, more: Partial<InboundFile> = {}): InboundFile => ({
  id,
  name: 'scan.pdf',
  mime: '',
  size: 0,
  ...more,
})
const upload = (more: { thread?: string; mime?: string; bytes?: Buffer } = {}) =>
  teams
    .as('sam')
    .upload(
      room,
      { name: 'scan.pdf', bytes: more.bytes ?? bytes, mime: more.mime ?? 'application/pdf' },
      more,
    )

async function taken(file: InboundFile, message: string): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of await download(api, file, { room, message })) parts.push(part)
  return Buffer.concat(parts)
}

describe('a file', () => {
  test('comes as it is', async () => {
    const { file, message } = await upload()
    expect(await taken(told(file), message)).toEqual(bytes)
  })

  test('of a reply comes as well, though nobody told under which message it is', async () => {
    const root = await teams.as('dana').post(room, 'hello')
    const { file, message } = await upload({ thread: root })
    expect(await taken(told(file), message)).toEqual(bytes)
  })

  test('of no bytes is no failure', async () => {
    const { file, message } = await upload({ bytes: Buffer.alloc(0) })
    expect(await taken(told(file), message)).toEqual(Buffer.alloc(0))
  })

  test('of another size than was told is refused', async () => {
    const { file, message } = await upload()
    expect(await failureOf(taken(told(file, { size: 4 }), message))).toMatchObject({
      failure: 'refused',
      code: 'file_size_differs',
    })
  })

  test('that was deleted is gone, and so is one of a deleted message', async () => {
    const { file, message } = await upload()
    teams.admin.deleteFile(file)
    expect(await failureOf(taken(told(file), message))).toMatchObject({
      failure: 'gone',
      code: 'file_not_found',
    })
    const other = await upload()
    await teams.as('sam').remove(room, other.message)
    expect(await failureOf(taken(told(other.file), other.message))).toMatchObject({ failure: 'gone' })
  })

  test('the bot was not given the permission for stays a reference', async () => {
    teams.admin.grantFiles(false)
    const { file, message } = await upload()
    expect(await failureOf(taken(told(file), message))).toMatchObject({
      failure: 'unsupported',
      code: 'no_permission',
    })
  })

  test('that turns out to be a login page is refused', async () => {
    const { file, message } = await upload()
    teams.faults.failCalls('download', { kind: 'page' })
    expect(await failureOf(taken(told(file), message))).toMatchObject({
      failure: 'refused',
      code: 'login_page',
    })
  })

  test('that is a page of HTML is taken as one', async () => {
    const page = Buffer.from('<!doctype html><p>hello')
    const { file, message } = await upload({ mime: 'text/html', bytes: page })
    expect(await taken(told(file), message)).toEqual(page)
  })

  test.each([
    [
      'with 429 says when to try again',
      { kind: 'status', status: 429, retryAfterSeconds: 9 },
      { retryAfterMs: 9000 },
    ],
    ['with 503 may come later', { kind: 'status', status: 503 }, { code: 'http_503' }],
    ['with its line cut may come later', { kind: 'cut', done: false }, {}],
  ] as const)('that fails %s', async (_, fault, wanted) => {
    const { file, message } = await upload()
    teams.faults.failCalls('download', fault)
    expect(await failureOf(taken(told(file), message))).toMatchObject({ failure: 'transient', ...wanted })
  })
})

describe('a pasted picture', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\n a screen', 'latin1')
  const pasted = async (more: { thread?: string; text?: string } = {}) => {
    const message = await teams.as('sam').paste(room, { bytes: png }, more)
    const { stored } = teams.admin.message(room, message)!
    const row = chatMessageSchema.parse({ id: message, body: { contentType: 'html', content: stored } })
    const [file] = saidInRow(api.self, row).references.map((each) => each.file)
    return { message, file: file! }
  }
  const rewritten = (message: string, html: string) =>
    void Object.assign(teams.admin.message(room, message)!, { stored: html })

  test('comes as it is, of a root message and of a reply', async () => {
    const root = await pasted()
    expect(await taken(root.file, root.message)).toEqual(png)
    const reply = await pasted({ thread: root.message, text: 'another' })
    expect(reply.file.id).not.toBe(root.file.id)
    expect(await taken(reply.file, reply.message)).toEqual(png)
  })

  test('of a deleted message is gone', async () => {
    const { file, message } = await pasted()
    await teams.as('sam').remove(room, message)
    expect(await failureOf(taken(file, message))).toMatchObject({ failure: 'gone' })
  })

  test('that the message shows no more, or shows from elsewhere, is not fetched', async () => {
    const { file, message } = await pasted()
    const elsewhere = 'http://169.254.169.254/latest/meta-data'
    rewritten(message, `<p>x <img src="${elsewhere}"></p>`)
    for (const id of [file.id, imageId(elsewhere)])
      expect(await failureOf(taken(told(id), message))).toMatchObject({
        failure: 'unsupported',
        code: 'not_hosted',
      })
    expect(teams.calls.some(({ op }) => op === 'graph.picture')).toBe(false)
  })

  test('is looked for under its own message, wherever the message’s author says it lies', async () => {
    const other = await pasted()
    const { message } = await pasted()
    const hosted = Buffer.from('../../../secret').toString('base64')
    const src = `${teams.urls.graph}/teams/${teams.hospitalTeamId}/channels/x/messages/1/hostedContents/${hosted}/$value`
    rewritten(message, `<img src="${src}">`)
    expect(await failureOf(taken(told(imageId(src)), message))).toMatchObject({ failure: 'gone' })
    rewritten(message, teams.admin.message(room, other.message)!.stored)
    expect(await failureOf(taken(other.file, message))).toMatchObject({ failure: 'gone' })
    const asked = teams.calls.filter(({ op }) => op === 'graph.picture').map(({ path }) => path)
    expect(asked).toHaveLength(2)
    for (const path of asked)
      expect(decodeURIComponent(path)).toContain(`${room}/messages/${message}/hostedContents/`)
  })

  test('that turns out to be a login page is refused, and one that is not to be read stays a reference', async () => {
    const { file, message } = await pasted()
    teams.faults.failCalls('graph.picture', { kind: 'page' })
    expect(await failureOf(taken(file, message))).toMatchObject({ failure: 'refused', code: 'login_page' })
    teams.faults.failCalls('graph.picture', { kind: 'status', status: 403 })
    expect(await failureOf(taken(file, message))).toMatchObject({ failure: 'unsupported' })
    teams.faults.failCalls('graph.picture', { kind: 'status', status: 429, retryAfterSeconds: 9 })
    expect(await failureOf(taken(file, message))).toMatchObject({ failure: 'transient', retryAfterMs: 9000 })
  })
})

test('a file is found whether its message writes its id in small or capital letters', async () => {
  const { file, message } = await upload()
  const [stored] = teams.admin.message(room, message)!.files
  Object.assign(stored!, { id: file.toUpperCase() })
  expect(await taken(told(file.toLowerCase()), message)).toEqual(bytes)
})

describe('the token', () => {
  let seen: IncomingHttpHeaders[]
  let elsewhere: ReturnType<typeof createServer>
  beforeEach(async () => {
    seen = []
    elsewhere = createServer((request, response) => {
      seen.push(request.headers)
      response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes)
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => void elsewhere.close())

  const leadingTo = (location: string): Api => {
    const graph = { ...api.graph }
    graph.answer = async () => {
      const answer = new Response(null, { status: 302, headers: { location } })
      return Object.defineProperty(answer, 'url', { value: teams.urls.graph })
    }
    return { ...api, graph }
  }

  test('is not shown where the bytes lie', async () => {
    const { file, message } = await upload()
    const { port } = elsewhere.address() as AddressInfo
    for await (const _ of await download(leadingTo(`http://127.0.0.1:${port}/f`), told(file), {
      room,
      message,
    }));
    expect(seen).toHaveLength(1)
    expect(seen[0]).not.toHaveProperty('authorization')
  })

  test.each(['http://files.example/f', 'ftp://files.example/f', 'file:///etc/passwd'])(
    'and the bytes are not fetched in the clear, or by other ways: %s',
    async (location) => {
      const { file, message } = await upload()
      expect(await failureOf(download(leadingTo(location), told(file), { room, message }))).toMatchObject({
        failure: 'refused',
        code: 'foreign_host',
      })
    },
  )
})
