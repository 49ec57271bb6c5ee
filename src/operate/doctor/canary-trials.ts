/** The two trials of the canary: what doctor does itself, and what a person does. Every wait has an end. */
import { randomUUID } from 'node:crypto'
import { ChatError } from '../../chat/port.ts'
import type { Api } from '../../chat/teams/api.ts'
import { deleteCanary, editCanary, postCanary, type Row, rowsInGraph } from '../../chat/teams/app/canary.ts'
import { type Change, latest, type Times } from '../../chat/teams/app/canary-watch.ts'
import { chatError } from '../../chat/teams/wire/errors.ts'
import type { Pushes } from './canary-pushes.ts'

export interface Own {
  /** Undefined: it could not be posted. */
  readonly message: string | undefined
  /** What the bot API refused, by its code. */
  readonly refused: Readonly<Partial<Record<Change, string>>>
  readonly graph: Times
  /** Why Graph could not be asked. */
  readonly graphCode: string | undefined
  /** Graph returns the hidden element by which a post is found again. */
  readonly isFound: boolean
  readonly pushed: Times
}

export interface Person {
  readonly pushed: Times
  readonly graph: Times
  readonly graphCode: string | undefined
}

const STEP_MS = 2_000
/** What a bot does is in Graph within seconds. */
export const GRAPH_SECONDS = 20
const PUSH_SECONDS = 4
/** For clocks that disagree. */
const SLACK_MS = 60_000

const isWhole = (times: Times): boolean => Boolean(times.posted && times.edited && times.deleted)
export const codeOf = (error: unknown): string => (error instanceof ChatError ? error.code : 'unknown')

async function until<T>(
  { time }: Api,
  seconds: number,
  look: () => Promise<T>,
  isDone: (found: T) => boolean,
): Promise<T> {
  const end = time.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (isDone(found) || time.now() >= end) return found
    await time.wait(STEP_MS)
  }
}

/** Graph, looked into again and again: one look that fails is none, unless it says that no look ever will succeed. */
function looksInto(api: Api, channel: string, since: Date) {
  let failure: ChatError | undefined
  return {
    /** Why the last look failed. */
    code: () => failure?.code,
    isClosed: () => failure !== undefined && failure.failure !== 'transient',
    async rows(): Promise<readonly Row[]> {
      try {
        const rows = await rowsInGraph(api, channel, since)
        failure = undefined
        return rows
      } catch (error) {
        failure = chatError(error)
        return []
      }
    },
  }
}

/** Deleted whatever else went wrong. */
export async function ownTrial(api: Api, channel: string, pushes: Pushes | undefined): Promise<Own> {
  const delivery = `canary-${randomUUID()}`
  const since = new Date(api.now().getTime() - SLACK_MS)
  const refused: Partial<Record<Change, string>> = {}
  const graph = looksInto(api, channel, since)
  let times: Times = {}
  let isFound = false
  let message: string | undefined

  async function look(): Promise<void> {
    const row = (await graph.rows()).find((each) => each.message === message)
    times = latest(times, row)
    isFound ||= row?.delivery === delivery
  }
  async function tried(change: Change, act: () => Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      refused[change] = codeOf(error)
      return
    }
    const isDone = () => graph.isClosed() || times[change] !== undefined
    if (!isDone()) await until(api, GRAPH_SECONDS, look, isDone)
  }

  await tried('posted', async () => {
    message = await postCanary(api, channel, delivery)
  })
  const made: string | undefined = message
  let pushed: Times = {}
  if (made !== undefined) {
    await tried('edited', () => editCanary(api, channel, made, delivery))
    await tried('deleted', () => deleteCanary(api, channel, made))
    if (pushes) pushed = await until(api, PUSH_SECONDS, () => pushes.of(made), isWhole)
  }
  return { message: made, refused, graph: times, graphCode: graph.code(), isFound, pushed }
}

/** The first message after `after` that begins with the word. Of one deleted at once Graph may never have shown words. */
export async function personTrial(
  api: Api,
  channel: string,
  pushes: Pushes,
  after: string,
  seconds: number,
): Promise<Person> {
  const shown = new Map<string, Row>()
  const graph = looksInto(api, channel, new Date(Number(after)))
  const isLater = (message: string) => Number(message) > Number(after)

  async function found(): Promise<Person> {
    for (const row of await graph.rows())
      if (row.by === 'person' && isLater(row.message))
        shown.set(row.message, joined(shown.get(row.message), row))
    const graphCode = graph.code()
    const last = await pushes.last()
    const rows = [...shown.values()]
    const inGraph = rows.find((row) => row.isCanary) ?? rows.find((row) => row.deleted)
    const message = last !== undefined && isLater(last) ? last : inGraph?.message
    if (message === undefined) return { pushed: {}, graph: {}, graphCode }
    return { pushed: await pushes.of(message), graph: latest(shown.get(message)), graphCode }
  }
  const isDone = ({ pushed, graph: times }: Person) => isWhole(pushed) && (isWhole(times) || graph.isClosed())
  return until(api, seconds, found, isDone)
}

const joined = (known: Row | undefined, row: Row): Row => ({
  ...row,
  ...latest(known, row),
  isCanary: row.isCanary || known?.isCanary === true,
})
