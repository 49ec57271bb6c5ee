/**
 * A platform that takes nothing for days while we run: each morning's message gives way to the next, which says so, and
 * every one of them is on the record as sent or as superseded. What may have arrived is looked for first.
 */
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { ChatError, type ChatPort } from '../src/chat/port.ts'
import { deliverPass } from '../src/deliver.ts'
import { takenOver } from '../src/delivery/give-way.ts'
import { tick } from '../src/tick.ts'
import { testDatabase } from './support/database.ts'
import { begin, faults, linesOf } from './support/record.ts'
import { type StillWardroom, stillWardroom } from './support/still.ts'

const INCIDENT = 'inc-2026-0001'
const DANA = 'U0DANAREYES'
const since = '2026-11-24T13:00:00.000Z'
const older = { incident: INCIDENT, args: { person: DANA, on: '2026-11-24', at: since, with: ['last-days'] } }
const newest = {
  incident: INCIDENT,
  args: { person: DANA, on: '2026-11-25', at: '2026-11-25T13:00:00.000Z' },
}

test.each<[string, object, object, object]>([
  [
    'says that there was one, and since when',
    older.args,
    { with: ['last-days'] },
    { covers: { count: 1, since } },
  ],
  [
    'says how many, where the one that gives way stood for others already',
    { ...older.args, at: '2026-11-26T13:00:00.000Z', covers: { count: 2, since } },
    { with: ['last-days'] },
    { covers: { count: 3, since } },
  ],
  [
    'adds to those that gave way to it before',
    older.args,
    { with: ['last-days'], covers: { count: 1, since: '2026-11-23T13:00:00.000Z' } },
    { covers: { count: 2, since: '2026-11-23T13:00:00.000Z' } },
  ],
  [
    'brings what the older one was to bring besides',
    { ...older.args, with: ['items', 'last-days'] },
    { with: ['last-days'] },
    { also: { [INCIDENT]: ['items'] } },
  ],
  [
    'brings it of every incident',
    { ...older.args, also: { 'inc-2026-0002': ['posting'] } },
    { with: ['last-days'], also: { 'inc-2026-0002': ['last-days'] } },
    { also: { 'inc-2026-0002': ['last-days', 'posting'] } },
  ],
  [
    'keeps its own reason for a clock that both speak of',
    { with: ['moved|hipaa.media', 'near|hipaa.individual'], at: since },
    { with: ['unreached|hipaa.media'] },
    { with: ['unreached|hipaa.media'], also: { [INCIDENT]: ['near|hipaa.individual'] } },
  ],
  [
    'says no day where the older one had none',
    { with: ['last-days'] },
    {},
    { covers: { count: 1, since: null } },
  ],
])('the newer one %s', (_, before, now, expected) => {
  const joined = takenOver(
    { incident: INCIDENT, args: { ...before } },
    { ...newest, args: { ...newest.args, ...now } },
  )
  expect(joined).toMatchObject({ ...newest.args, ...expected })
})

const due = ({ database }: StillWardroom) =>
  database.transaction((tx) =>
    tx.execute(sql`update outbox set not_before = clock_timestamp() - interval '1 second'
      where done_at is null and leased_until is null`),
  )

async function drained(wardroom: StillWardroom, port?: ChatPort): Promise<void> {
  const delivering = { ...wardroom.delivering, ...(port ? { portOf: () => port } : {}) }
  do await due(wardroom)
  while ((await deliverPass(delivering)) > 0)
}

async function underWay(channel?: string) {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const still = await stillWardroom(database)
  const telling = {
    ...still.delivering.telling,
    ...(channel ? { managersChannels: { slack: channel } } : {}),
  }
  const wardroom = { ...still, delivering: { ...still.delivering, telling } }
  onTestFinished(async () => expect(await faults(wardroom.store)).toEqual([]))
  await begin(wardroom.store, INCIDENT, 'C0ROOM')
  await drained(wardroom)
  return wardroom
}

/** One look at each waiting row; what is refused waits for its next try. */
async function morning(wardroom: StillWardroom, at: string, port: ChatPort): Promise<void> {
  wardroom.moveTo(new Date(at))
  await tick(wardroom.delivering)
  await due(wardroom)
  const delivering = { ...wardroom.delivering, portOf: () => port }
  for (let pass = 0; pass < 6 && (await deliverPass(delivering)) > 0; pass += 1);
}

const away = (port: ChatPort): ChatPort => {
  const call = async () => {
    throw new ChatError('transient', 'ENETUNREACH')
  }
  return { ...port, person: call, post: call, update: call, findPost: call, roomInfo: call, dress: call }
}

test('after three mornings without the platform people, room and managers read one message that says so', async () => {
  const wardroom = await underWay('C0MANAGERS')
  const { platform, store, database } = wardroom
  const gone = away(platform.port)
  // Three, two and one day left; the last day of the letters is a Tuesday.
  for (const at of ['16T13:00:30', '16T17:01:00', '17T13:00:30', '18T13:00:30'])
    await morning(wardroom, `2027-01-${at}Z`, gone)
  const before = platform.posts.length
  wardroom.moveTo(new Date('2027-01-18T20:00:00Z'))
  await drained(wardroom)

  const posts = platform.posts.slice(before)
  const said =
    /^[23] earlier messages could not be delivered since Sat 16 Jan 08:00. This one has all that still stands./
  for (const room of [`D-${DANA}`, 'C0ROOM']) {
    const reminders = posts.filter(
      (post) => post.room === room && post.text.includes('letters to individuals · last day'),
    )
    expect(reminders.map(({ text }) => text)).toEqual([expect.stringMatching(said)])
  }
  const managers = posts.filter(
    ({ room, text }) => room === 'C0MANAGERS' && text.includes('not sent, last day'),
  )
  expect(managers.map(({ text }) => text)).toEqual([
    expect.stringContaining('could not be delivered since Sat 16 Jan'),
  ])

  const lines = await linesOf({ store, database }, INCIDENT)
  const of = (view: string, kind: string) =>
    lines.filter((line) => line.kind === kind && line.data.view === view && (line.data.to ?? DANA) === DANA)
  // Nothing went silently: each is there as sent or as superseded, by the one that was sent.
  const newestOf = of('reminders', 'post.sent').at(-1)!.data.delivery
  const superseded = of('reminders', 'post.superseded')
  expect(superseded.map(({ data }) => data.maybeSent)).toEqual([false, false])
  expect(superseded.at(-1)!.data.by).toBe(newestOf)
  expect(superseded.at(0)!.data.by).toBe(superseded.at(1)!.data.delivery)
  // The clocks went on meanwhile: each morning's reminder and its escalation are there.
  const steps = lines.filter(
    ({ kind, data }) => kind === 'reminder.sent' && data.clock === 'hipaa.individual',
  )
  expect(steps.map(({ data }) => data.offset)).toEqual(expect.arrayContaining(['3', '2', '1']))
  expect(steps.some(({ data }) => data.step > 0)).toBe(true)
})

test('a message whose attempt ended in no answer is looked for first, and gives way where it is not there', async () => {
  const wardroom = await underWay()
  const { platform, store, database } = wardroom
  const toDana = () => platform.posts.filter(({ room }) => room === `D-${DANA}`)
  for (const [at, next, canReadBack, arrived] of [
    ['2027-01-12', '2027-01-16', true, true],
    ['2027-01-17', '2027-01-18', true, false],
    // Nobody can look: that it may have arrived is on the record.
    ['2027-01-19', '2027-01-20', false, true],
  ] as const) {
    const capabilities = { ...platform.port.capabilities, readBackDirect: canReadBack }
    const silent: ChatPort = {
      ...platform.port,
      capabilities,
      post: async (target, ...call) => {
        if (!('person' in target)) return platform.port.post(target, ...call)
        if (arrived) await platform.port.post(target, ...call)
        throw new ChatError('transient', 'timeout', { maybeDone: true })
      },
    }
    const before = toDana().length
    const known = (await linesOf({ store, database }, INCIDENT)).length
    await morning(wardroom, `${at}T13:00:30Z`, silent)
    wardroom.moveTo(new Date(`${next}T13:00:30Z`))
    await tick(wardroom.delivering)
    await drained(wardroom, { ...platform.port, capabilities })

    const lines = (await linesOf({ store, database }, INCIDENT)).slice(known)
    const became = lines
      .filter(({ kind, data }) => kind.startsWith('post.') && data.to === DANA)
      .map(({ kind, data }) => (kind === 'post.superseded' ? { maybeSent: data.maybeSent } : kind))
    const isSeen = arrived && canReadBack
    expect(became).toEqual([isSeen ? 'post.sent' : { maybeSent: !canReadBack }, 'post.sent'])
    const posts = toDana().slice(before)
    expect(posts).toHaveLength(arrived ? 2 : 1)
    expect(posts.at(-1)!.text.includes('An earlier message could not be delivered')).toBe(!isSeen)
  }
})
