/** The register of incidents, made and brought to whoever asked, alone; deliveries of the organisation, about no one incident. */
import { createReadStream } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csv } from '../bundle/csv.ts'
import { ChatError, type ChatPort, type MessageRef } from '../chat/port.ts'
import { event } from '../domain/events.ts'
import { isExcluded } from '../domain/permit.ts'
import { sha256Hex } from '../domain/record.ts'
import { takeRegisterBack, type Whose } from '../outgoing/register.ts'
import {
  registerColumns,
  registerFailed,
  registerKept,
  registerRow,
  registerSentWith,
} from '../views/register.ts'
import type { OrganisationJob, Outcome } from './delivering.ts'
import { digest } from './digest.ts'
import { type SentAt, takenOut } from './export-remove.ts'
import { homes } from './homes.ts'
import { tellUntold } from './managers-untold.ts'
import { allowed } from './people.ts'

const TRIED_FOR_MS = 24 * 3_600_000

export const organisationDeliverers: Readonly<Record<string, (job: OrganisationJob) => Promise<Outcome>>> = {
  digest,
  'managers-untold': tellUntold,
  homes,
  register,
  'register-told': told,
  'register-remove': remove,
}

const whoseIn = ({ row }: OrganisationJob): Whose => row.args as unknown as Whose

async function register(job: OrganisationJob): Promise<Outcome> {
  const { port, delivering } = job
  const whose = whoseIn(job)
  const { person } = whose
  const { code } = await allowed(port, person)
  if (code) return { outcome: code, events: [event('register.failed', { code, step: 'make', to: person })] }
  const made = await written(job, whose)
  const { sha256, bytes, incidents, path } = made
  const of = { to: person, sha256, bytes, incidents }
  const sent = bytes > port.capabilities.privateFileBytes ? undefined : await send(job, person, made)
  if (!sent) {
    await port.post({ person }, registerKept(delivering.exports.host, path, bytes, sha256), job.row.id)
    return {
      outcome: 'kept',
      events: [event('register.delivered', { how: 'server', room: null, message: null, ...of })],
    }
  }
  await rm(path, { force: true })
  const at = delivering.now().toISOString()
  return {
    outcome: 'sent',
    events: [event('register.delivered', { how: 'direct-message', ...sent, ...of })],
    also: (unit) => unit.enqueue([takeRegisterBack(whose, { ...sent, at })]),
  }
}

/** Once: an attempt that was interrupted finds what it made, so that what was sent is what is on the record. */
async function written({ row, delivering }: OrganisationJob, whose: Whose) {
  const { folder } = delivering.exports
  const path = join(folder, `register-${row.id}.csv`)
  const incidents = (await delivering.store.incidents())
    .filter((state) => state.platform === whose.platform && state.workspace === whose.workspace)
    .filter((state) => !isExcluded(state, whose.person))
    .reverse()
  const before = await readFile(path).catch(() => undefined)
  const content = before ?? Buffer.concat(await all(csv(registerColumns, rowsOf(delivering, incidents))))
  if (!before) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    await writeFile(`${path}.part`, content, { mode: 0o600 })
    await rename(`${path}.part`, path)
  }
  const lines = { incidents: incidents.length, bytes: content.length, sha256: sha256Hex(content) }
  return { path, name: `register-${row.id}.csv`, ...lines }
}

async function* rowsOf(
  { store }: OrganisationJob['delivering'],
  incidents: Awaited<ReturnType<OrganisationJob['delivering']['store']['incidents']>>,
) {
  for (const state of incidents) {
    const seq = state.names[state.declared.by]
    const texts = seq === undefined ? undefined : await store.texts(state.incident, [seq])
    yield registerRow(state, seq === undefined ? undefined : texts?.get(seq)?.name)
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const item of items) out.push(item)
  return out
}

async function send(
  { port, row }: OrganisationJob,
  person: string,
  made: Awaited<ReturnType<typeof written>>,
): Promise<MessageRef | undefined> {
  const { name, bytes, path, incidents, sha256 } = made
  const comment = registerSentWith(incidents, sha256)
  const file = { name, bytes, comment, read: () => createReadStream(path) }
  try {
    // Its name is the delivery's, so looking back further than the first attempt finds no other.
    return await port.sendFile(person, file, row.attempt > 1 ? new Date(0) : undefined)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    if (error.failure === 'transient' && row.triedForMs < TRIED_FOR_MS) throw error
    return undefined
  }
}

async function told(job: OrganisationJob): Promise<Outcome> {
  const { person, step, code } = job.row.args as Record<'person' | 'step' | 'code', string>
  await post(job.port, person, step, code, job.row.id)
  return { outcome: 'told', events: [] }
}

const post = (port: ChatPort, person: string, step: string, code: string, delivery: string) =>
  port.post({ person }, registerFailed(step, code), delivery)

async function remove({ row, port, delivering }: OrganisationJob): Promise<Outcome> {
  const sent = row.args as unknown as SentAt
  const { person, room, message } = sent
  const code = await takenOut(port, row, sent, delivering.now())
  if (code) return { outcome: code, events: [event('register.failed', { code, step: 'remove', to: person })] }
  return { outcome: 'removed', events: [event('register.removed', { room, message })] }
}
